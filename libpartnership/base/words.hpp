// SPDX-License-Identifier: Apache-2.0
//
// What sentences in Arabic, English and French are made of: templates, lists of names, counted
// days, and parts that run in the other direction. Digits are Latin. Wherever a number decides the
// form of a word, the code sees to it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "base/langmap.hpp"

namespace partnership {

// One text in each language. French sets a no-break space before ":" and ";".
struct Words {
  std::string_view ar, en, fr;
  std::string_view in(Language language) const noexcept {
    return language == Language::ar ? ar : language == Language::fr ? fr : en;
  }
};

// Puts the arguments where the template says {0}, {1}, ...
std::string say(const Words& words, Language language,
                std::initializer_list<std::string_view> arguments = {});

// Texts joined by the language's comma.
std::string join_texts(std::span<const std::string> texts, Language language);
// The same of names; at most five, then how many more there are.
std::string join_names(std::span<const std::string> names, Language language);

// A part that would lead the text around it astray stands in Unicode isolates (U+2068, U+2069): in
// Arabic what holds Latin letters, in English and French what holds Arabic ones.
std::string apart(std::string_view part, Language language);
// The same of code, which runs from left to right where it holds Latin letters (U+2066).
std::string code_apart(std::string_view code, Language language);

enum class Counted : std::uint8_t { days, working_days, weeks, months, years };
// How an Arabic noun stands in its sentence: as its subject, as an object or adverb, or behind
// another noun or a preposition. French and English do not care.
enum class Stands : std::uint8_t { subject, object, behind };
// "15 days", "1 day"; "3 jours ouvrables"; "يوم واحد", "يومين", "3 أيام", "15 يومًا", "100 يوم".
std::string say_counted(std::int64_t count, Counted unit, Stands stands, Language language);

}  // namespace partnership
