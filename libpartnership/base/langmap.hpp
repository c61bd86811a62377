// SPDX-License-Identifier: Apache-2.0
//
// Language maps: one text in Arabic, English and French, as {"ar": "...", "en": "...",
// "fr": "..."}.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace partnership {

// The values are those of PSHIP_LANG_* in include/partnership/base.h and are frozen.
enum class Language : std::int32_t { ar = 0, en = 1, fr = 2 };
inline constexpr std::array<Language, 3> all_languages = {Language::ar, Language::en, Language::fr};

std::string_view language_tag(Language language) noexcept;  // "ar", "en", "fr"
// By primary subtag, whatever its case: "ar-LB" is ar.
std::optional<Language> language_of(std::string_view tag) noexcept;

class LangMap {
 public:
  LangMap() = default;
  // Reads a language map (at least one language, each a text that is not empty), or a plain string,
  // which counts as English. What is wrong goes to `problems`.
  static LangMap read(json::Value value, json::Problems& problems);

  void set(Language language, std::string text);
  bool empty() const noexcept;
  bool has(Language language) const noexcept;
  // The text in `language`, else in the first language that has one, asked in the order en, fr, ar;
  // empty when the map is.
  std::string_view get(Language language) const noexcept;
  // Which language get() would answer in.
  Language answered_in(Language language) const noexcept;
  void append_canonical(std::string& out) const;  // {"ar":...,"en":...} in canonical order

 private:
  std::array<std::string, 3> texts_;
};

}  // namespace partnership
