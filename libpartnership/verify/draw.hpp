// SPDX-License-Identifier: Apache-2.0
//
// The independent verifier of draws: repeats a draw from its published document alone, with code of
// its own (ChaCha20 included). The documents and the procedure, byte by byte, are described in
// committee/draw.hpp.
//
// What it will not do: know when a document was published, or whether the seed could be foreseen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/rational.hpp"

namespace partnership::verify {

struct DrawWanted {
  // The lottery's certificate: then the panels are checked against it as well (each is a committee,
  // the deviation and who is lost are as stated). That the certificate holds is for
  // verify_certificate to say.
  std::optional<std::string_view> certificate;
  std::optional<Hash> panels;  // of the first document, as it was announced
  std::uint64_t steps = 100'000'000'000;
};

struct DrawReport {
  bool sound = false;
  bool drawn = false;      // a result; else the document of the panels alone
  Hash panels_document{};  // SHA-256 of the first document in canonical form
  Hash lottery{};          // as it states
  std::int64_t panels = 0;
  Rational deviation;                // as it states
  std::int64_t lost = 0;             // nominees; as it states
  std::string seed;                  // of a result
  std::int64_t number = 0;           // the number that the seed gives
  std::vector<std::string> members;  // ids of the panel of that number
  std::vector<std::string> checked;  // a sentence for each thing that was found to hold
  std::vector<Problem> faults;       // what does not, with its place; at most 1,000
};

// Of either document. Throws Error(limit) for a document too large to check.
DrawReport verify_draw(std::string_view text, const DrawWanted& wanted = {});

// The number that a seed gives: see committee/draw.hpp. `panels` is above 0 (asserted).
std::uint64_t repeat_draw(const Hash& panels_document, std::string_view seed, std::uint64_t panels);

}  // namespace partnership::verify
