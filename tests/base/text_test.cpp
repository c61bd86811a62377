// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace partnership {
namespace {

using std::string_view_literals::operator""sv;

// The encoding of RFC 3629 section 3, bit by bit.
std::string encode(std::uint32_t c) {
  std::string out;
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 + c / 64);
    put(0x80 + c % 64);
  } else if (c < 0x10000) {
    put(0xE0 + c / 4096);
    put(0x80 + c / 64 % 64);
    put(0x80 + c % 64);
  } else {
    put(0xF0 + c / 262144);
    put(0x80 + c / 4096 % 64);
    put(0x80 + c / 64 % 64);
    put(0x80 + c % 64);
  }
  return out;
}

bool scalar(std::uint32_t c) {
  return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

// The oracle: decodes arithmetically, then asks whether encoding gives the same bytes back.
std::size_t naive_invalid_at(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    bool found = false;
    for (std::size_t length = 1; length <= 4 && at + length <= text.size() && !found; ++length) {
      std::uint32_t value = 0;
      if (length == 1) value = byte(at);
      if (length == 2) value = byte(at) & 0x1Fu;
      if (length == 3) value = byte(at) & 0x0Fu;
      if (length == 4) value = byte(at) & 0x07u;
      for (std::size_t i = 1; i < length; ++i) value = value * 64 + (byte(at + i) & 0x3Fu);
      if (scalar(value) && encode(value) == text.substr(at, length)) {
        at += length;
        found = true;
      }
    }
    if (!found) return at;
  }
  return std::string_view::npos;
}

TEST(Utf8, EveryCodePointIsWellFormedAndNoSurrogateIs) {
  for (std::uint32_t c = 0; c < 0x110800; ++c) {
    const std::string text = encode(c);
    ASSERT_EQ(utf8_invalid_at(text), scalar(c) ? std::string_view::npos : 0) << c;
  }
}

TEST(Utf8, AgreesWithTheOracleOnAllShortSequences) {
  std::string text(2, '\0');
  for (unsigned a = 0; a < 256; ++a) {
    text[0] = static_cast<char>(a);
    for (unsigned b = 0; b < 256; ++b) {
      text[1] = static_cast<char>(b);
      ASSERT_EQ(utf8_invalid_at(text), naive_invalid_at(text)) << a << ' ' << b;
    }
  }
  // Three and four bytes: every lead above ASCII, boundary bytes after it.
  constexpr std::array<unsigned, 12> edges = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90,
                                              0x9F, 0xA0, 0xBF, 0xC0, 0xE0, 0xFF};
  text.resize(4);
  for (unsigned a = 0x80; a < 256; ++a) {
    for (const unsigned b : edges) {
      for (const unsigned c : edges) {
        for (const unsigned d : edges) {
          text = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                  static_cast<char>(d)};
          ASSERT_EQ(utf8_invalid_at(text), naive_invalid_at(text)) << a << ' ' << b << ' ' << c;
          ASSERT_EQ(utf8_invalid_at(text.substr(0, 3)), naive_invalid_at(text.substr(0, 3)));
        }
      }
    }
  }
}

TEST(Utf8, AgreesWithTheOracleOnDamagedText) {
  std::mt19937 random(1);
  const std::string whole =
      "a plain run of letters, then \u0623\u0641\u0643\u0627\u0631 \u00e9 \U0001F600 and more";
  for (int round = 0; round < 20000; ++round) {
    std::string text = whole + whole;
    const std::size_t hits = random() % 3;
    for (std::size_t i = 0; i < hits; ++i)
      text[random() % text.size()] = static_cast<char>(random());
    text = text.substr(random() % 20, random() % text.size());
    ASSERT_EQ(utf8_invalid_at(text), naive_invalid_at(text)) << testing::PrintToString(text);
  }
}

TEST(Place, CountsLinesAndCodePoints) {
  const auto at = [](std::string_view text, std::size_t offset) {
    const Place place = place_of(text, offset);
    return std::pair(place.line, place.column);
  };
  EXPECT_EQ(at("", 0), std::pair(1L, 1L));
  EXPECT_EQ(at("", 7), std::pair(1L, 1L));
  EXPECT_EQ(at("ab\ncd", 2), std::pair(1L, 3L));  // the LF itself ends its line
  EXPECT_EQ(at("ab\ncd", 3), std::pair(2L, 1L));
  EXPECT_EQ(at("ab\ncd", 99), std::pair(2L, 3L));
  EXPECT_EQ(at("ab\r\ncd", 4), std::pair(2L, 1L));
  EXPECT_EQ(at("\n\n\n", 3), std::pair(4L, 1L));
  EXPECT_EQ(at("\u0623\u0641x", 4), std::pair(1L, 3L));
  EXPECT_EQ(at("\u0623\u0641x", 3), std::pair(1L, 2L));  // inside the second letter
  EXPECT_EQ(at("x\n\U0001F600y", 6), std::pair(2L, 2L));
  EXPECT_EQ(at("a\xFF\xFFz", 3), std::pair(1L, 4L));  // each wrong byte counts one
}

TEST(Backticked, KeepsAMessageOnOneLine) {
  EXPECT_EQ(backticked("size"), "`size`");
  EXPECT_EQ(backticked(""), "``");
  EXPECT_EQ(backticked("a\nb\tc\x7F"), "`a\uFFFDb\uFFFDc\uFFFD`");
  EXPECT_EQ(backticked("\u0085\u2028\u2029"), "`\uFFFD\uFFFD\uFFFD`");
  EXPECT_EQ(backticked("\xFF\u0623\xC3"), "`\uFFFD\u0623\uFFFD`");
  const std::string sixty(60, 'x');
  EXPECT_EQ(backticked(sixty), "`" + sixty + "`");
  EXPECT_EQ(backticked(sixty + "y"), "`" + sixty + "...`");
  EXPECT_EQ(backticked("a\0b"sv), "`a\uFFFDb`");
}

TEST(SearchKey, SpellingsOfOneNameFindEachOther) {
  const auto same = [](std::vector<std::string_view> spellings) {
    for (const std::string_view spelling : spellings) {
      EXPECT_EQ(search_key(spelling), search_key(spellings[0])) << spelling;
    }
  };
  same({"أفكار", "افكار", "افكـــار", "أفكـار", "أَفْكَار", "آفكار", "إفكار", "ٱفكار",
        " أفكار\u200F "});
  same({"منصة الشراكة", "منصه الشراكه", "منصّة  الشراكة", "منصۃ الشراكة", "منصة\u00A0الشراكة"});
  same({"مستشفى", "مستشفي", "مستشفی"});
  same({"كرامي", "کرامی", "ﻛﺮﺍﻣﻲ"});
  same({"عبد الله", "عبدالله"});
  same({"2018", "٢٠١٨", "۲۰۱۸", "２０１８", "2 018"});
  same({"Réforme administrative", "REFORME ADMINISTRATIVE", "Re\u0301forme  administrative",
        "r\u00E9forme-administrative", "ＲＥＦＯＲＭＥ administrative"});
  same({"œuvre", "oeuvre", "ŒUVRE"});
  same({"Al-Hassan", "Al Hassan", "al\u2011hassan", "Al\u00ADHassan", "\uFEFFAl Hassan"});
  same({"O'Brien", "O\u2019Brien", "O\u02BCBrien", "O`Brien", "o brien"});
  same({"Straße", "STRASSE", "strasse"});
  same({"U.N.D.P.", "UNDP"});
  same({"Łódź", "lodz"});
}

TEST(SearchKey, GivesTheExpectedBytes) {
  EXPECT_EQ(search_key("أفكار"), "افكار");
  EXPECT_EQ(search_key("منصة الشراكة ٣"), "منصهالشراكه3");
  EXPECT_EQ(search_key("D\u2019accord, n\u00BA\u00A012!"), "daccordno12");
  EXPECT_EQ(search_key("a + b = \u20AC5"), "a+b=\u20AC5");  // symbols stay
  EXPECT_EQ(search_key(""), "");
  EXPECT_EQ(search_key(" \t\r\n \u2003\u0640\u064B"), "");
  EXPECT_EQ(search_key("a\0b"sv), "ab");
}

// A letter with an accent sends a text through all of the Unicode rules.
TEST(SearchKey, AsciiTextGetsTheKeyThatTheUnicodeRulesGiveIt) {
  for (int a = 0; a < 128; ++a) {
    for (int b = 0; b < 128; ++b) {
      const std::string text = {static_cast<char>(a), static_cast<char>(b)};
      ASSERT_EQ(search_key(text) + "e", search_key(text + "\u00C9")) << a << " " << b;
    }
  }
}

TEST(SearchKey, DifferentNamesStayApart) {
  EXPECT_NE(search_key("أفكار"), search_key("أخبار"));
  EXPECT_NE(search_key("وزارة العدل"), search_key("وزارة العمل"));
  EXPECT_NE(search_key("phase 2"), search_key("phase 3"));
}

TEST(SearchKey, KeyOfAKeyIsItselfForEveryCodePoint) {
  for (std::uint32_t c = 0; c < 0x110000; ++c) {
    if (!scalar(c)) continue;
    const std::string key = search_key(encode(c));
    ASSERT_EQ(utf8_invalid_at(key), std::string_view::npos) << c;
    ASSERT_EQ(search_key(key), key) << c;
    const int category = u_charType(static_cast<UChar32>(c));
    if (category == U_DECIMAL_DIGIT_NUMBER) {
      ASSERT_EQ(key, std::to_string(u_charDigitValue(static_cast<UChar32>(c)))) << c;
    }
  }
}

TEST(SearchKey, KeyOfAKeyIsItselfForMixedText) {
  std::mt19937 random(2);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto i = random() % 12; i > 0; --i) {
      constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 6> blocks = {{{0x20, 0x250},
                                                                                  {0x300, 0x80},
                                                                                  {0x600, 0x100},
                                                                                  {0x1100, 0x100},
                                                                                  {0xFB50, 0x4B0},
                                                                                  {0x0, 0xD800}}};
      const auto [first, count] = blocks[random() % blocks.size()];
      text += encode(first + static_cast<std::uint32_t>(random()) % count);
    }
    const std::string key = search_key(text);
    ASSERT_EQ(search_key(key), key) << testing::PrintToString(text);
    std::string upper;
    for (const char c : text) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    ASSERT_EQ(search_key(upper), key) << testing::PrintToString(text);
  }
}

TEST(SearchKey, RefusesWhatIsNotUtf8) {
  try {
    search_key("ab\ncd\xFF");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::malformed);
    EXPECT_EQ(error.problems()[0].message, "expected UTF-8 text");
    EXPECT_EQ(error.problems()[0].offset, 5);
    EXPECT_EQ(error.problems()[0].line, 2);
    EXPECT_EQ(error.problems()[0].column, 3);
  }
}

TEST(SearchKey, TakesLongAndUnfoldingText) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "\uFDFA";  // one letter, 18 when taken apart
  EXPECT_GT(search_key(text).size(), text.size());
  EXPECT_THROW(search_key(std::string((std::size_t{16} << 20) + 1, 'a')), Error);
}

// The oracle: Levenshtein distance with swaps, by plain recursion.
std::size_t naive_distance(std::string_view a, std::string_view b) {
  if (a.empty()) return b.size();
  if (b.empty()) return a.size();
  const auto cut = [](std::string_view text, std::size_t n) {
    return text.substr(0, text.size() - n);
  };
  std::size_t best = std::min({naive_distance(cut(a, 1), b) + 1, naive_distance(a, cut(b, 1)) + 1,
                               naive_distance(cut(a, 1), cut(b, 1)) + (a.back() != b.back())});
  if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && b.back() == a[a.size() - 2]) {
    best = std::min(best, naive_distance(cut(a, 2), cut(b, 2)) + 1);
  }
  return best;
}

TEST(NearestSpelling, AgreesWithTheOracleOnAllSmallWords) {
  std::vector<std::string> words = {""};
  for (std::size_t i = 0; i < words.size() && words[i].size() < 4; ++i) {
    for (const char c : {'a', 'b', 'c'}) words.push_back(words[i] + c);
  }
  const std::vector<std::string_view> candidates = {"abc", "acbb", "ba", "cccc", "abca"};
  for (const std::string& word : words) {
    std::string_view expected;
    std::size_t least = word.size() / 3 + 1;
    for (const std::string_view candidate : candidates) {
      const std::size_t distance = naive_distance(word, candidate);
      if (distance < least) {
        least = distance;
        expected = candidate;
      }
    }
    ASSERT_EQ(nearest_spelling(word, candidates), expected) << word;
  }
}

TEST(NearestSpelling, HelpsAReader) {
  const std::vector<std::string_view> names = {"weekend", "holidays", "valid", "title", "عطلة"};
  EXPECT_EQ(nearest_spelling("weekand", names), "weekend");
  EXPECT_EQ(nearest_spelling("wekeend", names), "weekend");
  EXPECT_EQ(nearest_spelling("HOLIDAYS", names), "holidays");
  EXPECT_EQ(nearest_spelling("holiday", names), "holidays");
  EXPECT_EQ(nearest_spelling("tilte", names), "title");
  EXPECT_EQ(nearest_spelling("عطله", names), "عطلة");
  EXPECT_EQ(nearest_spelling("calendar", names), "");
  EXPECT_EQ(nearest_spelling("", names), "");
  EXPECT_EQ(nearest_spelling("x", {}), "");
  EXPECT_EQ(nearest_spelling("\xFF\xFE\xFF", names), "");
  EXPECT_EQ(nearest_spelling(std::string(1 << 20, 'a'), names), "");
}

TEST(Nfc, ComposesWhatLooksTheSame) {
  EXPECT_EQ(nfc("re\u0301gion"), "r\u00E9gion");
  EXPECT_EQ(nfc("r\u00E9gion"), "r\u00E9gion");
  EXPECT_EQ(nfc("\u0627\u0653\u0628"), "\u0622\u0628");  // alef and madda
  EXPECT_EQ(nfc("\u212B"), "\u00C5");                    // the sign is the letter
  EXPECT_EQ(nfc("\uFB01"), "\uFB01");                    // compatibility forms stay
  EXPECT_EQ(nfc(""), "");
  EXPECT_EQ(nfc("a\0b"sv), "a\0b"sv);
  EXPECT_THROW(nfc("\xFF"), Error);
}

}  // namespace
}  // namespace partnership
