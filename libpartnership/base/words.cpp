// SPDX-License-Identifier: Apache-2.0
#include "base/words.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace partnership {
namespace {

constexpr std::size_t most_names = 5;

constexpr std::string_view first_strong = "\u2068", left_to_right = "\u2066", end = "\u2069";

// Of the Latin script: ASCII, and U+00C0 to U+024F (bytes C3 80 to C9 8F) without the signs for
// times and divided by.
bool has_latin(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
    if (c < 0xC3 || c > 0xC9 || i + 1 == text.size()) continue;
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if (c == 0xC3 && (next == 0x97 || next == 0xB7)) continue;
    if (c != 0xC9 || next <= 0x8F) return true;
  }
  return false;
}

// U+0600 to U+07BF: bytes D8 to DE.
bool has_arabic(std::string_view text) noexcept {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xD8 && byte <= 0xDE;
  });
}

std::string between(std::string_view before, std::string_view part) {
  std::string out(before);
  out += part;
  out += end;
  return out;
}

// The forms of an Arabic noun: alone behind another and as an object, two of it as the subject and
// otherwise, three to ten, eleven to ninety-nine, and more.
struct Noun {
  std::string_view one, one_object, two, two_behind, few, many, more;
  std::string_view en_one, en_more, fr_one, fr_more;
};
constexpr std::array<Noun, 5> nouns = {{
    {"يوم واحد", "يومًا واحدًا", "يومان", "يومين", "أيام", "يومًا", "يوم", "day", "days", "jour",
     "jours"},
    {"يوم عمل واحد", "يوم عمل واحدًا", "يوما عمل", "يومي عمل", "أيام عمل", "يوم عمل", "يوم عمل",
     "working day", "working days", "jour ouvrable", "jours ouvrables"},
    {"أسبوع واحد", "أسبوعًا واحدًا", "أسبوعان", "أسبوعين", "أسابيع", "أسبوعًا", "أسبوع", "week",
     "weeks", "semaine", "semaines"},
    {"شهر واحد", "شهرًا واحدًا", "شهران", "شهرين", "أشهر", "شهرًا", "شهر", "month", "months", "mois",
     "mois"},
    {"سنة واحدة", "سنة واحدة", "سنتان", "سنتين", "سنوات", "سنة", "سنة", "year", "years", "an",
     "ans"},
}};

std::string say_counted_in_arabic(std::int64_t count, const Noun& noun, Stands stands) {
  if (count == 1) return std::string(stands == Stands::object ? noun.one_object : noun.one);
  if (count == 2) return std::string(stands == Stands::subject ? noun.two : noun.two_behind);
  const std::int64_t last = std::abs(count % 100);
  const std::string_view form = last >= 3 && last <= 10 ? noun.few
                                : last >= 11            ? noun.many
                                                        : noun.more;
  return std::to_string(count) + " " + std::string(form);
}

}  // namespace

std::string say(const Words& words, Language language,
                std::initializer_list<std::string_view> arguments) {
  const std::string_view text = words.in(language);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') {
      out += text[i];
      continue;
    }
    out += arguments.begin()[static_cast<std::size_t>(text[i + 1] - '0')];
    i += 2;
  }
  return out;
}

std::string join_texts(std::span<const std::string> texts, Language language) {
  constexpr Words comma = {"، ", ", ", ", "};
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += comma.in(language);
    out += text;
  }
  return out;
}

std::string join_names(std::span<const std::string> names, Language language) {
  std::string out = join_texts(names.first(std::min(names.size(), most_names)), language);
  if (names.size() <= most_names) return out;
  const std::size_t more = names.size() - most_names;
  const Words words = {" و{0} غيرها", " and {0} more",
                       more == 1 ? " et {0} autre" : " et {0} autres"};
  return out + say(words, language, {std::to_string(more)});
}

std::string apart(std::string_view part, Language language) {
  const bool other = language == Language::ar ? has_latin(part) : has_arabic(part);
  return other ? between(first_strong, part) : std::string(part);
}

std::string code_apart(std::string_view code, Language language) {
  const bool arabic = has_arabic(code);
  const bool latin = has_latin(code);
  if (language == Language::ar) return latin ? between(left_to_right, code) : std::string(code);
  if (!arabic) return std::string(code);
  return between(latin ? left_to_right : first_strong, code);
}

std::string say_counted(std::int64_t count, Counted unit, Stands stands, Language language) {
  const Noun& noun = nouns[static_cast<std::size_t>(unit)];
  if (language == Language::ar) return say_counted_in_arabic(count, noun, stands);
  const bool one = language == Language::fr ? count > -2 && count < 2 : count == 1 || count == -1;
  const std::string_view word = language == Language::fr ? (one ? noun.fr_one : noun.fr_more)
                                                         : (one ? noun.en_one : noun.en_more);
  return std::to_string(count) + " " + std::string(word);
}

}  // namespace partnership
