// SPDX-License-Identifier: Apache-2.0
#include "base/langmap.hpp"

#include <algorithm>
#include <utility>

namespace partnership {
namespace {

std::size_t slot(Language language) noexcept {
  return static_cast<std::size_t>(language);
}

constexpr std::array<Language, 3> asked_in_order = {Language::en, Language::fr, Language::ar};

}  // namespace

std::string_view language_tag(Language language) noexcept {
  switch (language) {
    case Language::ar:
      return "ar";
    case Language::en:
      return "en";
    case Language::fr:
      return "fr";
  }
  return "";
}

std::optional<Language> language_of(std::string_view tag) noexcept {
  const std::string_view primary = tag.substr(0, std::min(tag.find_first_of("-_"), tag.size()));
  if (primary.size() != 2) return std::nullopt;
  // BCP 47 tags do not depend on case.
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
  for (const Language language : all_languages) {
    const std::string_view known = language_tag(language);
    if (same(primary[0], known[0]) && same(primary[1], known[1])) return language;
  }
  return std::nullopt;
}

LangMap LangMap::read(json::Value value, json::Problems& problems) {
  LangMap map;
  if (value.is(json::Type::string)) {
    if (value.text().empty()) problems.add(value, "expected a text that is not empty");
    map.set(Language::en, std::string(value.text()));
    return map;
  }
  if (!value.is(json::Type::object)) {
    problems.add(value,
                 "expected a language map such as `{\"ar\": ..., \"en\": ..., \"fr\": ...}` or "
                 "a text, got " +
                     json::a_type(value.type()));
    return map;
  }
  const std::size_t before = problems.size();
  json::ObjectReader reader(value, problems);
  for (const Language language : all_languages) {
    if (const auto text = reader.text(language_tag(language))) {
      map.set(language, std::string(*text));
    }
  }
  reader.finish();
  if (map.empty() && problems.size() == before) {
    problems.add(value, "expected a text in at least one of the languages `ar`, `en` and `fr`");
  }
  return map;
}

void LangMap::set(Language language, std::string text) {
  texts_[slot(language)] = std::move(text);
}

bool LangMap::empty() const noexcept {
  return std::all_of(texts_.begin(), texts_.end(), [](const auto& text) { return text.empty(); });
}

bool LangMap::has(Language language) const noexcept {
  return !texts_[slot(language)].empty();
}

Language LangMap::answered_in(Language language) const noexcept {
  if (has(language)) return language;
  for (const Language other : asked_in_order) {
    if (has(other)) return other;
  }
  return language;
}

std::string_view LangMap::get(Language language) const noexcept {
  return texts_[slot(answered_in(language))];
}

void LangMap::append_canonical(std::string& out) const {
  out += '{';
  bool first = true;
  for (const Language language : all_languages) {  // ar, en, fr: the order of RFC 8785 as well
    if (!has(language)) continue;
    if (!first) out += ',';
    first = false;
    json::append_string(out, language_tag(language));
    out += ':';
    json::append_string(out, texts_[slot(language)]);
  }
  out += '}';
}

}  // namespace partnership
