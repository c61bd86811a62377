// SPDX-License-Identifier: Apache-2.0
//
// Why a finding came out, in Arabic, English and French: one sentence that repeats neither the
// norm's label nor its outcome.
//
// What it will not do: decide. Every date and number is the finding's own, or was noted while it
// was decided.
#pragma once

#include <string>
#include <string_view>

#include "base/langmap.hpp"
#include "charter/assess.hpp"

namespace partnership::charter {

struct Told {
  const Charter& charter;
  std::uint32_t norm;  // of Charter::norms()
  Finding finding;
  Date on;                            // the day as of which was asked
  const Examination* seen = nullptr;  // nullptr: only what the finding itself knows is said
  std::string_view excuse;            // the text that an exception gives as its reason; or empty
};

std::string say_reason(const Told& told, Language language);

}  // namespace partnership::charter
