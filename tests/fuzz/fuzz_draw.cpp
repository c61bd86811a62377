// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the document of a draw, with a certificate after a NUL: the verifier refuses it with
// what is wrong, or the draw made anew gives the same document.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "committee/draw.hpp"
#include "fuzz/demand.hpp"
#include "verify/draw.hpp"

using namespace partnership;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = all.find('\0');
  const std::string_view text = all.substr(0, cut);
  verify::DrawWanted wanted;
  wanted.steps = 10'000'000;
  if (cut != std::string_view::npos) wanted.certificate = all.substr(cut + 1);
  try {
    const auto report = verify::verify_draw(text, wanted);
    demand(report.sound == report.faults.empty(), "sound where nothing is wrong");
    const auto document = json::Document::parse(text);
    if (!report.sound) return 0;
    const auto published = report.drawn ? document->root().find("published") : document->root();
    const auto made =
        draw_document(json::canonical(*published), report.drawn ? report.seed : "seed");
    if (report.drawn) demand(made == json::canonical(document->root()), "the same result");
    demand(verify::verify_draw(made).sound, "what is drawn verifies");
  } catch (const Error& error) {
    demand(error.code() == Code::limit || error.code() == Code::malformed,
           "limits, or no JSON at all");
  }
  return 0;
}
