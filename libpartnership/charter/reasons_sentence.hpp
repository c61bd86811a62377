// SPDX-License-Identifier: Apache-2.0
//
// One sentence about one finding in one language. For the files reasons*.cpp only.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/words.hpp"
#include "charter/reasons.hpp"

namespace partnership::charter {

class Sentence {
 public:
  Sentence(const Told& told, Language language)
      : told_(told),
        finding_(told.finding),
        in_(language),
        norm_(told.charter.norms()[told.norm]),
        version_(
            finding_.version < 0
                ? nullptr
                : &told.charter
                       .versions()[norm_.versions[static_cast<std::size_t>(finding_.version)]]) {}

  std::string why() const;
  std::string compensation() const;

 private:
  std::string words(const Words& words,
                    std::initializer_list<std::string_view> arguments = {}) const {
    return say(words, in_, arguments);
  }
  std::string day(Date date) const { return render(date, in_); }
  std::string due() const {
    return finding_.due == date_none ? std::string("–") : day(finding_.due);
  }
  bool has_due() const noexcept { return finding_.due != date_none; }
  std::string days(std::int64_t count, Stands stands) const {
    return say_counted(count, Counted::days, stands, in_);
  }
  // What was consulted for the norm itself; nullptr: it was not.
  const Consulted* consulted(Part part) const noexcept {
    if (told_.seen == nullptr) return nullptr;
    for (const Consulted& each : told_.seen->consulted) {
      if (each.part == part && each.norm == told_.norm) return &each;
    }
    return nullptr;
  }
  Date day_of(Part part) const noexcept {
    const Consulted* const found = consulted(part);
    return found == nullptr ? date_none : found->day;
  }
  const Measures& measures() const noexcept {
    static constexpr Measures none;
    return told_.seen == nullptr ? none : told_.seen->measures;
  }
  // When it was done, or closed; also planned for a later day than the one asked.
  Date done() const noexcept { return day_of(shape() == Shape::duration ? Part::to : Part::done); }
  Shape shape() const noexcept { return version_ == nullptr ? Shape::require : version_->shape; }
  bool pending() const noexcept { return finding_.outcome == Outcome::pending; }

  // reasons.cpp
  std::string not_in_force() const;
  std::string bounds(const InForce& in_force) const;
  std::string not_triggered() const;
  std::string missing_facts() const;
  std::string missing_names() const;
  std::string condition() const;
  std::string exception() const;
  std::string defeated() const;
  std::string no_evidence() const;
  // "; due by DAY", or nothing.
  std::string due_by() const;

  // reasons_shapes.cpp
  // " (due by DAY)", or nothing.
  std::string due_apart() const;
  std::string in_time() const;
  std::string late() const;
  std::string open() const;
  std::string silence() const;
  std::string overdue(const Words& how) const;
  std::string extension_not_told() const;
  // " (at the earliest DAY)", or nothing.
  std::string earliest() const;
  std::string open_duration() const;
  std::string long_enough() const;
  std::string too_short() const;
  std::string next_due() const;
  std::string gap() const;
  std::string count() const;
  std::string cells() const;
  std::string cell_names() const;

  const Told& told_;
  const Finding& finding_;
  Language in_;
  const Norm& norm_;
  const NormVersion* version_;
};

}  // namespace partnership::charter
