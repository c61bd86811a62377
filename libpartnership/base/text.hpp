// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 text: validity, places in a source text, the search key, and the nearest spelling. ICU is
// used here and in no other file of this room but date.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace partnership {

// The offset of the first byte that is not well-formed UTF-8 (RFC 3629: no surrogates, no overlong
// forms), or std::string_view::npos when the whole text is well-formed.
std::size_t utf8_invalid_at(std::string_view text) noexcept;

void append_utf8(std::string& out, char32_t c);  // a code point that is no surrogate

struct Place {
  std::int64_t line = 1;    // from 1
  std::int64_t column = 1;  // from 1, in code points
};

// Line and column of a byte offset (offsets past the end give the end). LF ends a line.
Place place_of(std::string_view text, std::size_t offset) noexcept;

// The user's own text for a message: in backticks, on one line, at most 60 code points (then
// "..."); controls, and bytes that are not UTF-8, become U+FFFD.
std::string backticked(std::string_view text);

// The key under which different spellings of one name find each other: compatibility decomposition
// and case folding (Unicode TR 15 and TR 44), then marks, tatweel, punctuation, controls and all
// white space go (writers differ on the space in names such as Abd Allah), Latin letters lose
// their strokes and ligatures, and the Arabic letters that writers interchange are made one (alef
// with or without hamza or madda, yeh and alef maksura, teh marbuta and heh, Persian and Arabic kaf
// and yeh, and digits of any script). The key of a key is itself. For finding and for warnings of
// duplicates, never for merging.
// Throws Error(malformed) when `text` is not UTF-8, Error(limit) past 16 MiB.
std::string search_key(std::string_view text);

// The text composed (Unicode TR 15, NFC): two spellings of it that look the same become the same.
// Throws Error(malformed) when `text` is not UTF-8, Error(limit) past 16 MiB.
std::string nfc(std::string_view text);

// The candidate nearest to `word` by edit distance (in code points, a swap of neighbours counts
// one, ASCII case counts nothing; the first of several as near), or an empty view when none is near
// enough to help a reader (more than a third of the word would have to change).
std::string_view nearest_spelling(std::string_view word,
                                  std::span<const std::string_view> candidates);

}  // namespace partnership
