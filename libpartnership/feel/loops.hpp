// SPDX-License-Identifier: Apache-2.0
//
// The loops of the machine: what they run over, and what they keep.
#pragma once

#include "feel/machine.hpp"

namespace partnership::feel {

// Sets the loop to run over a value: a list, a range of numbers or dates, or the one value. false:
// null, or a range that cannot be counted; a warning says so.
bool iterate(Evaluation& evaluation, Loop& loop, Value domain);
// Over `low..high` as a domain without brackets, which may run down.
bool iterate_range(Evaluation& evaluation, Loop& loop, Value low, Value high);
Value counted_item(Evaluation& evaluation, const Loop& loop);
// Makes room for one more kept value.
void grow(Evaluation& evaluation, Loop& loop);

inline Value loop_item(Evaluation& evaluation, const Loop& loop) {
  if (loop.over == Loop::Over::items) return loop.items[loop.at];
  return counted_item(evaluation, loop);
}

inline void keep(Evaluation& evaluation, Loop& loop, Value value) {
  if (loop.kept_count == loop.kept_room) grow(evaluation, loop);
  loop.kept[loop.kept_count++] = value;
}

}  // namespace partnership::feel
