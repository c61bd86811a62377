// SPDX-License-Identifier: Apache-2.0
//
// What the check says, in Arabic, English and French. Templates hold the words; labels and names
// come from the criteria and the nominees; digits are Latin. No number decides the form of an
// Arabic or French word but where the code sees to it, so no plural can be wrong ("العدد 2", "il en
// manque 2").
//
// A reason does not repeat the criterion's label. It is a first sentence, to which others, which
// begin with "; ", are added.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.hpp"
#include "committee/criteria.hpp"

namespace partnership {

// A label for a rule that has none, made from the labels of what it speaks of.
std::string made_label(const Criteria& criteria, const Rule& rule, Language language);

enum class Unit { members, values };
struct Count {
  std::int64_t count;
  std::optional<std::int64_t> least, most;
  Unit unit = Unit::members;
};
struct Span {
  std::int64_t least, most;
};

// First sentences.
std::string say_count(const Count& count, Language language);  // "2 of at least 3 members"
std::string say_each(std::int64_t enough, std::int64_t values, std::int64_t least,
                     Language language);
std::string say_at_most_per(std::int64_t largest, std::int64_t most, Language language);
std::string say_all_sit(Language language);
std::string say_missing(std::span<const std::string> names, Language language);
std::string say_none_sits(Language language);
std::string say_sitting(std::span<const std::string> names, Language language);
std::string say_not_in_force(const Rule& rule, Date on, Language language);
// Of a place in a set of places that lacks members, or has too many. `others`: the labels of the
// other places of the set.
std::string say_shortage(std::int64_t needed, std::int64_t qualify,
                         std::span<const std::string> others, Language language);
std::string say_surplus(std::int64_t have, std::int64_t most, std::span<const std::string> others,
                        Language language);

// What is added.
std::string say_gap(const Count& count, Language language);  // "; 1 more is needed"; may be empty
// " (at least 2/5 of 7)", " (at most 3/5 of 4 to 6)"; empty when no share is asked.
std::string say_shares(const Bounds& bounds, Span total, Language language);
std::string say_too_few(std::span<const std::string> values, Language language);
std::string say_too_many(std::span<const std::string> values, Language language);
std::string say_absent(std::span<const std::string> values, Language language);
std::string say_among(std::span<const std::string> names, Language language);
std::string say_unknown(std::span<const std::string> names, Language language);
std::string say_unmeetable(Language language);
std::string say_together(std::span<const std::string> others, Language language);

}  // namespace partnership
