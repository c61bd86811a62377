// SPDX-License-Identifier: Apache-2.0
#include "committee/draw.hpp"

#include <cassert>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "verify/draw.hpp"

namespace partnership {

namespace {

constexpr std::string_view prefix = "libpartnership draw 1\n";

// Members are written in the order of their names, which is the canonical one.
void write_panel(json::Writer& out, const UniformPanel& panel) {
  out.begin_object();
  if (!panel.auxiliary.empty()) {
    out.key("auxiliary").begin_array();
    for (const auto& [column, value] : panel.auxiliary) {
      out.begin_array().value(std::int64_t{column}).value(value).end_array();
    }
    out.end_array();
  }
  out.key("members").begin_array();
  for (const std::uint32_t nominee : panel.members) out.value(std::int64_t{nominee});
  out.end_array().end_object();
}

}  // namespace

std::string panels_document(const UniformLottery& uniform, std::span<const std::string> nominees,
                            const Hash& lottery) {
  if (nominees.size() != uniform.seats.size()) {
    throw Error(Code::invalid_argument, "there is not one id for each nominee");
  }
  const std::string reason = "a probability so small that " +
                             std::to_string(uniform.panels.size()) +
                             " panels that keep it were not found";
  json::Writer out;
  out.begin_object().key("deviation").value(uniform.deviation.text());
  out.key("draw").value("panels").key("lost").begin_array();
  for (const auto& [nominee, probability] : uniform.lost) {
    out.begin_object().key("nominee").value(std::int64_t{nominee});
    out.key("probability").value(probability.text()).key("reason").value(reason).end_object();
  }
  out.end_array().key("lottery").value(hex(lottery)).key("nominees").begin_array();
  for (const std::string& id : nominees) out.value(id);
  out.end_array().key("panels").begin_array();
  for (const UniformPanel& panel : uniform.panels) write_panel(out, panel);
  out.end_array().key("version").value(std::int64_t{1}).end_object();
  return json::canonical(json::Document::parse(out.take())->root());
}

std::uint64_t draw_number(const Hash& panels_document, std::string_view seed,
                          std::uint64_t panels) {
  assert(panels > 0);
  std::string text(prefix);
  text += hex(panels_document);
  text += '\n';
  text += seed;
  return RandomStream(std::string_view(text)).below(panels) + 1;
}

std::string draw_document(std::string_view panels_document, std::string_view seed) {
  if (seed.empty() || utf8_invalid_at(seed) != std::string_view::npos) {
    throw Error(Code::invalid_argument, "the seed is empty or not UTF-8");
  }
  const auto document = json::Document::parse(panels_document);
  const json::Value root = document->root();
  verify::DrawReport report = verify::verify_draw(panels_document);  // nothing else is drawn from
  if (!report.sound) throw Error(Code::invalid_document, std::move(report.faults));
  if (report.drawn) throw Error(Code::invalid_document, "this is the result of a draw already");
  const std::string published = json::canonical(root);
  const auto panels = static_cast<std::uint64_t>(report.panels);
  const std::uint64_t number = draw_number(sha256(published), seed, panels);
  std::vector<std::string_view> nominees;
  const json::Value ids = *root.find("nominees");
  for (const json::Value id : ids) nominees.push_back(id.text());
  const json::Value panel = (*root.find("panels"))[static_cast<std::size_t>(number - 1)];
  const json::Value drawn = *panel.find("members");
  json::Writer out;
  out.begin_object().key("draw").value("result").key("members").begin_array();
  for (const json::Value member : drawn) {
    out.value(nominees[static_cast<std::size_t>(member.integer())]);
  }
  out.end_array().key("number").value(static_cast<std::int64_t>(number));
  out.key("published").raw(published);
  out.key("seed").value(seed).key("version").value(std::int64_t{1}).end_object();
  return out.take();
}

}  // namespace partnership
