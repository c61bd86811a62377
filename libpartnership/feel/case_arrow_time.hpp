// SPDX-License-Identifier: Apache-2.0
//
// Arrow's dates, times, timestamps and durations as values. For case_arrow.cpp only.
#pragma once

#include <optional>
#include <string_view>

#include "feel/arena.hpp"
#include "feel/type.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// What the ticks of a column are.
struct Clock {
  enum class Of : std::uint8_t { days, timestamp, time, duration };
  Of of = Of::days;
  int bytes = 8;
  std::int64_t per_second = 1;  // ticks
  enum class Place : std::uint8_t { local, offset, zone };
  Place place = Place::local;  // of a timestamp
  std::int32_t offset = 0;
  std::uint16_t zone = 0;

  // Of tdD, tdm, tss to tsn with a zone behind the colon, tts to ttn, tDs to tDn; nullopt: another
  // format, or a zone that is not known.
  static std::optional<Clock> read(std::string_view format);

  // `type`: what is declared (nullptr: nothing); a local timestamp at midnight becomes the date
  // that is. nullopt: out of range.
  std::optional<Value> value(Arena& arena, std::int64_t ticks, const Type* type) const;
};

}  // namespace partnership::feel
