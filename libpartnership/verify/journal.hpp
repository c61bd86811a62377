// SPDX-License-Identifier: Apache-2.0
//
// The independent verifier of a published journal. It knows JSON and hashes and nothing of
// registers, kinds of events or SQLite: whoever has the published lines and a root can check the
// one against the other.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/hash.hpp"

namespace partnership::verify {

struct JournalReport {
  std::int64_t entries = 0;
  Hash root{};
};

// Reads a journal as published: a line an entry, each ended by LF (the last may lack it). Each
// entry must be a JSON object in RFC 8785 canonical form with exactly the members actor, effective,
// kind, personal, public, recorded and version, of their types. The root is that of RFC 9162 over
// the lines' bytes. Throws Error(corrupt) with every line that is no entry, up to 100.
JournalReport verify_journal(std::string_view lines);

}  // namespace partnership::verify
