// SPDX-License-Identifier: Apache-2.0
//
// A charter of 96 norms of all shapes over dialogues, and dialogues to assess: made up, and the
// same on every run.
#pragma once

#include <cstdint>
#include <string>

namespace partnership::benchmark_material {

// The JSON of the charter. A third of the norms are conditions over participants, a third
// deadlines, notices and durations, the rest recurrences, coverages and conditions with exceptions,
// defeats and reparations.
std::string dialogue_charter();
inline constexpr std::uint32_t dialogue_norms = 96;

// The JSON of a dialogue; the same number gives the same. Of `open` in 100 some dates have not
// come, of `unknown` in 100 some facts are not known.
std::string dialogue(std::uint32_t number, std::uint32_t open = 0, std::uint32_t unknown = 0);

// A day on which some obligations are due and some are not.
inline constexpr const char* dialogue_day = "2026-09-15";

}  // namespace partnership::benchmark_material
