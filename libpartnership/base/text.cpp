// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/icu_status.hpp"

namespace partnership {
namespace {

// More text than any name has; it keeps what ICU unfolds (up to 18 times) within its 32-bit sizes.
constexpr std::size_t max_key_source = std::size_t{16} << 20;

// Spellings beyond this many code points are nobody's slip of the pen, and cost quadratic time.
constexpr std::size_t max_spelling = 200;

std::uint8_t byte_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<std::uint8_t>(text[at]);
}

// The length of the well-formed UTF-8 sequence at `at` (RFC 3629 section 4), or 0 if there is none.
std::size_t sequence_at(std::string_view text, std::size_t at) noexcept {
  const std::uint8_t lead = byte_at(text, at);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() - at < length) return 0;
  // Only the second byte's range depends on the lead: overlong forms, surrogates, past U+10FFFF.
  const std::uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  const std::uint8_t second = byte_at(text, at + 1);
  if (second < least || second > most) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte_at(text, at + i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

// The code point of a sequence that sequence_at() measured.
char32_t code_point_at(std::string_view text, std::size_t at, std::size_t length) noexcept {
  const char32_t lead = byte_at(text, at);
  if (length == 1) return lead;
  char32_t value = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) value = (value << 6) | (byte_at(text, at + i) & 0x3Fu);
  return value;
}

struct Letters {
  char32_t from;
  std::u32string_view to;
};

// Letters that writers interchange and that decomposition leaves apart. Sorted by `from`.
constexpr std::array<Letters, 21> interchanged = {{
    {0x00E6, U"ae"},      // ae ligature
    {0x00F8, U"o"},       // o with stroke
    {0x0111, U"d"},       // d with stroke
    {0x0127, U"h"},       // h with stroke
    {0x0131, U"i"},       // dotless i
    {0x0142, U"l"},       // l with stroke
    {0x0153, U"oe"},      // oe ligature
    {0x0629, U"\u0647"},  // teh marbuta: heh
    {0x0649, U"\u064A"},  // alef maksura: yeh
    {0x0671, U"\u0627"},  // alef wasla: alef
    {0x0672, U"\u0627"},  // alef with wavy hamza above
    {0x0673, U"\u0627"},  // alef with wavy hamza below
    {0x0674, U""},        // high hamza, as U+0675 decomposes to alef and it
    {0x06A9, U"\u0643"},  // keheh: kaf
    {0x06AA, U"\u0643"},  // swash kaf
    {0x06BE, U"\u0647"},  // heh doachashmee: heh
    {0x06C1, U"\u0647"},  // heh goal: heh
    {0x06C3, U"\u0647"},  // teh marbuta goal: heh
    {0x06CC, U"\u064A"},  // Farsi yeh: yeh
    {0x06D2, U"\u064A"},  // yeh barree: yeh
    {0x06D5, U"\u0647"},  // ae: heh
}};

bool goes(char32_t c) noexcept {
  if (c == 0x0640) return true;                 // tatweel
  if (c >= 0x02B9 && c <= 0x02D1) return true;  // letters that stand as apostrophes and marks
  const UChar32 icu = static_cast<UChar32>(c);
  constexpr std::uint32_t gone =
      U_GC_M_MASK | U_GC_P_MASK | U_GC_Z_MASK | U_GC_CC_MASK | U_GC_CF_MASK | U_GC_SK_MASK;
  return (U_GET_GC_MASK(icu) & gone) != 0 || u_hasBinaryProperty(icu, UCHAR_WHITE_SPACE) ||
         u_hasBinaryProperty(icu, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

void append_folded(std::string& out, char32_t c) {
  if (goes(c)) return;
  if (const std::int32_t digit = u_charDigitValue(static_cast<UChar32>(c)); digit >= 0) {
    out.push_back(static_cast<char>('0' + digit));
    return;
  }
  const auto* found = std::lower_bound(interchanged.begin(), interchanged.end(), c,
                                       [](const Letters& l, char32_t x) { return l.from < x; });
  if (found == interchanged.end() || found->from != c) {
    append_utf8(out, c);
    return;
  }
  for (const char32_t letter : found->to) append_utf8(out, letter);
}

// What append_folded() makes of the code points that most names are written in: Latin, Greek,
// Cyrillic, Hebrew and Arabic letters. ICU is asked about each of them once only.
class FoldedLetters {
 public:
  static constexpr char32_t end = 0x0700;

  FoldedLetters() {
    std::string out;
    for (char32_t c = 0; c < end; ++c) {
      out.clear();
      append_folded(out, c);
      Folded& letter = letters_[c];
      letter.size = static_cast<std::uint8_t>(out.copy(letter.bytes, sizeof letter.bytes));
      letter.known = letter.size == out.size();
    }
  }

  void append(std::string& out, char32_t c) const {
    if (c < end && letters_[c].known) {
      out.append(letters_[c].bytes, letters_[c].size);
    } else {
      append_folded(out, c);
    }
  }

 private:
  struct Folded {
    char bytes[6];
    std::uint8_t size;
    bool known;
  };
  std::array<Folded, end> letters_;
};

bool is_ascii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Throws for what ICU is not asked to read.
void check_source(std::string_view text) {
  if (const std::size_t at = utf8_invalid_at(text); at != std::string_view::npos) {
    const Place place = place_of(text, at);
    throw Error(
        Code::malformed,
        Problem{
            "expected UTF-8 text", {}, static_cast<std::int64_t>(at), place.line, place.column});
  }
  if (text.size() > max_key_source) {
    throw Error(Code::limit,
                "expected a text of at most 16 MiB, got " + std::to_string(text.size()) + " bytes");
  }
}

// Compatibility decomposition and case folding: NFKC_Casefold (Unicode TR 44), taken apart again so
// that marks stand alone.
icu::UnicodeString decomposed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  raise_icu(status);
  const icu::UnicodeString source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const icu::UnicodeString folded = fold->normalize(source, status);
  raise_icu(status);
  icu::UnicodeString result = decompose->normalize(folded, status);
  raise_icu(status);
  if (source.isBogus() || result.isBogus()) throw std::bad_alloc();
  return result;
}

// Code points of a text; a byte of no well-formed sequence counts as one.
std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_at(text, at);
    char32_t c = length == 0 ? 0x110000u + byte_at(text, at) : code_point_at(text, at, length);
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    points.push_back(c);
    at += std::max<std::size_t>(length, 1);
  }
  return points;
}

// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::size_t utf8_invalid_at(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    if (byte_at(text, at) < 0x80) {
      // Most text is ASCII: eight bytes at a time.
      std::uint64_t block = 0;
      while (text.size() - at >= sizeof block) {
        std::memcpy(&block, text.data() + at, sizeof block);
        if ((block & 0x8080808080808080u) != 0) break;
        at += sizeof block;
      }
      while (at < text.size() && byte_at(text, at) < 0x80) ++at;
      continue;
    }
    const std::size_t length = sequence_at(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

Place place_of(std::string_view text, std::size_t offset) noexcept {
  offset = std::min(offset, text.size());
  Place place;
  std::size_t at = 0;
  for (std::size_t end = text.find('\n'); end < offset; end = text.find('\n', at)) {
    ++place.line;
    at = end + 1;
  }
  while (at < offset) {
    at += std::max<std::size_t>(sequence_at(text, at), 1);
    if (at > offset) break;  // the offset lies inside this code point
    ++place.column;
  }
  return place;
}

std::string backticked(std::string_view text) {
  constexpr std::size_t most = 60;
  std::string out = "`";
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (count == most) {
      out += "...";
      break;
    }
    const std::size_t length = sequence_at(text, at);
    const char32_t c = length == 0 ? 0 : code_point_at(text, at, length);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
      append_utf8(out, 0xFFFD);
    } else {
      out += text.substr(at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  out += '`';
  return out;
}

std::string search_key(std::string_view text) {
  check_source(text);
  static const FoldedLetters letters;
  std::string key;
  key.reserve(text.size());
  if (is_ascii(text)) {  // which nothing decomposes, and whose case folding is this
    for (const char c : text) {
      letters.append(key, static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
    }
    return key;
  }
  const icu::UnicodeString source = decomposed(text);
  const char16_t* units = source.getBuffer();
  const std::int32_t size = source.length();
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U16_NEXT(units, at, size, c);
    letters.append(key, static_cast<char32_t>(c));
  }
  return key;
}

std::string nfc(std::string_view text) {
  check_source(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(status);
  raise_icu(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  compose->normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr,
                         status);
  raise_icu(status);
  return out;
}

std::string_view nearest_spelling(std::string_view word,
                                  std::span<const std::string_view> candidates) {
  if (word.size() > 4 * max_spelling) return {};
  const std::u32string wanted = code_points(word);
  const std::size_t most = wanted.size() / 3;
  std::string_view nearest;
  std::size_t least = most + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > 4 * max_spelling) continue;
    const std::u32string points = code_points(candidate);
    const std::size_t apart =
        std::max(points.size(), wanted.size()) - std::min(points.size(), wanted.size());
    if (apart >= least) continue;
    const std::size_t distance = edit_distance(wanted, points);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace partnership
