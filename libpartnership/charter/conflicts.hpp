// SPDX-License-Identifier: Apache-2.0
//
// What contradicts itself among the norms of a charter that is read: norms that wait for each
// other's findings, and norms that cannot both be met.
//
// What it will not do: prove that two different conditions exclude each other. It compares them
// word by word; the tests beside the norms find the rest.
#pragma once

#include <span>
#include <vector>

#include "base/json.hpp"
#include "charter/charter.hpp"

namespace partnership::charter {

// Whether some day belongs to both.
bool overlap(const InForce& a, const InForce& b) noexcept;

// Why the finding of one norm needs that of another.
enum class Need : std::uint8_t {
  exception,   // it is not met only if its exception is not met either
  reparation,  // it arises when the other is broken
  breach,      // its period begins with the other's breach
};
struct Dependence {
  std::uint32_t norm, on;
  Need need;
  json::Value where;  // what says so
};

// Notes each cycle once, at one of the places that close it.
void find_cycles(std::span<const Norm> norms, std::span<const Dependence> dependences,
                 json::Problems& problems);

// Two norms that require, of one bearer in one kind of case on the same day, `x` and `not(x)`; or
// of which one obliges to and the other prohibits the same. They clash where one of them always
// applies, or both under one condition; not where one is an exception of the other, or is not
// enabled. `places`: one a version.
void find_clashes(std::span<const NormVersion> versions, std::span<const Norm> norms,
                  std::span<const json::Value> places, json::Problems& problems);

}  // namespace partnership::charter
