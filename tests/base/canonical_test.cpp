// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/json.hpp"

namespace partnership::json {
namespace {

std::string canonical_of(std::string_view text) {
  return canonical(Document::parse(text)->root());
}

std::string number_text(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

std::string string_text(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

// Section 3.2.2.2, a character at a time.
std::string naive_string_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const std::size_t known = std::string_view("\"\\\b\f\n\r\t").find(c);
    char escape[8] = {c};
    if (known != std::string_view::npos) {
      std::snprintf(escape, sizeof escape, "\\%c", "\"\\bfnrt"[known]);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
    }
    out += escape;
  }
  return out + "\"";
}

TEST(Canonical, EscapesEveryByteAtEveryPlace) {
  for (std::size_t size = 1; size <= 24; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        // Bytes beyond ASCII stand for the parts of a longer character here.
        std::string text(size, at % 2 == 0 ? 'a' : '\xD8');
        text[at] = static_cast<char>(byte);
        if (byte == 0) continue;  // the naive writer's formats end there
        ASSERT_EQ(string_text(text), naive_string_text(text));
        text[size - 1] = '"';
        ASSERT_EQ(string_text(text), naive_string_text(text));
      }
    }
  }
  EXPECT_EQ(string_text(std::string_view("12345678\0", 9)), "\"12345678\\u0000\"");
}

// RFC 8785 appendix B, every row that is a number.
TEST(Canonical, WritesTheNumbersOfAppendixB) {
  const std::vector<std::pair<std::uint64_t, std::string>> rows = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"}};
  for (const auto& [bits, text] : rows) {
    const auto value = std::bit_cast<double>(bits);
    EXPECT_EQ(number_text(value), text);
    EXPECT_EQ(canonical_of(text), text);
    char exact[800];
    std::snprintf(exact, sizeof exact, "%.780e", value);
    EXPECT_EQ(canonical_of(exact), text) << exact;
  }
}

// The shortest digits by trying all precisions, laid out by the rules of Number::toString.
std::string naive_number(double value) {
  char text[40];
  int precision = 0;
  do {
    std::snprintf(text, sizeof text, "%.*e", precision++, value);
  } while (std::strtod(text, nullptr) != value);
  std::string digits;
  const std::string whole(text);
  const std::size_t e = whole.find('e');
  for (const char c : whole.substr(0, e)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  const int n = std::atoi(whole.c_str() + e + 1) + 1;
  const std::string sign = value < 0 ? "-" : "";
  if (n > 21 || n < -5) {
    const std::string rest = digits.size() > 1 ? "." + digits.substr(1) : "";
    return sign + digits.substr(0, 1) + rest + "e" + (n > 0 ? "+" : "") + std::to_string(n - 1);
  }
  if (n <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  const auto point = static_cast<std::size_t>(n);
  if (digits.size() <= point) return sign + digits + std::string(point - digits.size(), '0');
  return sign + digits.substr(0, point) + "." + digits.substr(point);
}

void expect_shortest(double value) {
  const std::string text = number_text(value);
  ASSERT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
  const std::string naive = naive_number(value);
  // At a power of two the shortest digits need not be the nearest ones of their number; then ours
  // are fewer.
  if (text != naive) {
    ASSERT_LT(text.size(), naive.size()) << text << " " << naive;
  }
}

TEST(Canonical, WritesTheShortestDigitsOfRandomNumbers) {
  std::mt19937_64 random(13);
  for (int i = 0; i < 100000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (std::isfinite(value)) expect_shortest(value);
    expect_shortest(static_cast<double>(static_cast<std::int64_t>(random()) >> (i % 60)));
    expect_shortest(std::round(static_cast<double>(random() % 1000000)) / 1000);
  }
  for (int power = -320; power <= 308; ++power) {
    const std::string text = "1e" + std::to_string(power);
    const double ten = std::strtod(text.c_str(), nullptr);
    expect_shortest(ten);
    expect_shortest(std::nextafter(ten, 0));
    expect_shortest(std::nextafter(ten, 1e308));
  }
  for (int power = -1074; power <= 1023; ++power) expect_shortest(std::ldexp(1.0, power));
}

TEST(Canonical, WritesZeroWithoutASign) {
  EXPECT_EQ(canonical_of("-0"), "0");
  EXPECT_EQ(canonical_of("-0.0"), "0");
  EXPECT_EQ(canonical_of("-0e5"), "0");
  EXPECT_EQ(canonical_of("-1e-400"), "0");
}

TEST(Canonical, WritesIntegersAsTheDoublesTheyAre) {
  EXPECT_EQ(canonical_of("9007199254740992"), "9007199254740992");
  EXPECT_EQ(canonical_of("-9007199254740992"), "-9007199254740992");
  EXPECT_EQ(canonical_of("9007199254740993"), "9007199254740992");
  EXPECT_EQ(canonical_of("9007199254740995"), "9007199254740996");
  EXPECT_EQ(canonical_of("9223372036854775807"), "9223372036854776000");
  EXPECT_EQ(canonical_of("-9223372036854775808"), "-9223372036854776000");
  EXPECT_EQ(canonical_of("1000000000000000000000"), "1e+21");
  EXPECT_EQ(canonical_of("56.0"), "56");
  EXPECT_EQ(canonical_of("-17"), "-17");
}

// The samples published with the RFC: arrays, french, structures, unicode, values, weird.
TEST(Canonical, WritesThePublishedSamples) {
  EXPECT_EQ(
      canonical_of("[\n  56,\n  {\n    \"d\": true,\n    \"10\": null,\n    \"1\": [ ]\n  }\n]"),
      R"([56,{"1":[],"10":null,"d":true}])");
  EXPECT_EQ(canonical_of(R"({
  "peach": "This sorting order",
  "péché": "is wrong according to French",
  "pêche": "but canonicalization MUST",
  "sin":   "ingnore locale"
}
)"),
            R"({"peach":"This sorting order","péché":"is wrong according to French",)"
            R"("pêche":"but canonicalization MUST","sin":"ingnore locale"})");
  EXPECT_EQ(canonical_of(R"({
  "1": {"f": {"f": "hi","F": 5} ,"\n": 56.0},
  "10": { },
  "": "empty",
  "a": { },
  "111": [ { } ],
  "A": { }
})"),
            R"({"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}})");
  EXPECT_EQ(canonical_of("{\n  \"Unnormalized Unicode\":\"A\\u030a\"\n}\n"),
            "{\"Unnormalized Unicode\":\"A\xCC\x8A\"}");
  EXPECT_EQ(canonical_of("{\"Unnormalized Unicode\":\"\\u1e0d\\u0307\"}"),
            "{\"Unnormalized Unicode\":\"\xE1\xB8\x8D\xCC\x87\"}");
  EXPECT_EQ(canonical_of(R"({
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
})"),
            R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
            R"("string":"€$\u000f\nA'B\"\\\\\"/"})");
  EXPECT_EQ(canonical_of(R"({
  "\u20ac": "Euro Sign",
  "1": "One",
  "\u0080": "Control\u007f",
  "\ud83d\ude02": "Smiley",
  "\u00f6": "Latin Small Letter O With Diaeresis",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "</script>": "Browser Challenge"
})"),
            "{\"1\":\"One\","
            "\"</script>\":\"Browser Challenge\",\"\xC2\x80\":\"Control\x7F\","
            "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😂\":\"Smiley\","
            "\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

// Section 3.2.3: the order of UTF-16 code units.
TEST(Canonical, SortsNamesLikeThePublishedSample) {
  EXPECT_EQ(canonical_of(
                R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})"),
            "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\xEF\xAC\xB3\":3}");
}

std::u16string utf16(std::u32string_view points) {
  std::u16string out;
  for (const char32_t c : points) {
    if (c < 0x10000) {
      out += static_cast<char16_t>(c);
    } else {
      out += static_cast<char16_t>(0xD800 + (c - 0x10000) / 0x400);
      out += static_cast<char16_t>(0xDC00 + (c - 0x10000) % 0x400);
    }
  }
  return out;
}

std::string escaped(const std::u16string& text) {
  std::string out;
  for (const char16_t unit : text) {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(unit));
    out += escape;
  }
  return out;
}

TEST(Canonical, SortsNamesByUtf16CodeUnits) {
  const std::u32string alphabet = {'a',      'b',     0x7F,   0x80,   0x7FF,  0x800,
                                   0xD7FF,   0xE000,  0xEFFF, 0xF000, 0xFFFF, 0x10000,
                                   0x10FFFF, 0x1F600, 0xFB33, 0x40000};
  std::mt19937 random(17);
  for (int i = 0; i < 2000; ++i) {
    std::map<std::u16string, int> members;  // sorted as char16_t sorts
    for (std::size_t k = random() % 12; k > 0; --k) {
      std::u32string name;
      for (std::size_t n = random() % 4; n > 0; --n) name += alphabet[random() % alphabet.size()];
      members[utf16(name)] = static_cast<int>(random() % 100);
    }
    std::vector<std::pair<std::u16string, int>> shuffled(members.begin(), members.end());
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    std::string text;
    for (const auto& [name, value] : shuffled) {
      text += (text.empty() ? "{\"" : ",\"") + escaped(name) + "\":" + std::to_string(value);
    }
    std::string sorted;
    for (const auto& [name, value] : members) {
      const auto read = Document::parse("\"" + escaped(name) + "\"");
      sorted += (sorted.empty() ? "{" : ",") + string_text(read->root().text()) + ":" +
                std::to_string(value);
    }
    if (members.empty()) text = sorted = "{";
    ASSERT_EQ(canonical_of(text + "}"), sorted + "}");
  }
}

TEST(Canonical, EscapesOnlyWhatItMust) {
  for (int c = 0; c < 0x80; ++c) {
    const std::string text = string_text(std::string(1, static_cast<char>(c)));
    char expected[10];
    const std::string special = "\b\t\n\f\r\"\\";
    if (const std::size_t known = special.find(static_cast<char>(c)); known != std::string::npos) {
      std::snprintf(expected, sizeof expected, "\"\\%c\"", "btnfr\"\\"[known]);
    } else if (c < 0x20) {
      std::snprintf(expected, sizeof expected, "\"\\u%04x\"", static_cast<unsigned>(c));
    } else {
      std::snprintf(expected, sizeof expected, "\"%c\"", c);
    }
    EXPECT_EQ(text, expected) << c;
  }
  EXPECT_EQ(string_text(""), "\"\"");
  EXPECT_EQ(string_text("a\nb\"c\\d\x01"), R"("a\nb\"c\\d\u0001")");
  EXPECT_EQ(string_text("بيروت \xE2\x80\xA8 😀"), "\"بيروت \xE2\x80\xA8 😀\"");
}

TEST(Canonical, IsAFixedPoint) {
  const std::vector<std::string> texts = {
      R"( {"b":[1,2,{"y":null,"x":[]}],"a":"\u00e9\ud83d\ude00\n","":{},"c":1.10} )",
      "[]",
      "{}",
      "\"x\"",
      "1e5",
      "null",
      R"([[[[1.5e300]]]])"};
  for (const std::string& text : texts) {
    const std::string once = canonical_of(text);
    EXPECT_EQ(canonical_of(once), once);
  }
}

TEST(Canonical, AppendsToWhatIsThere) {
  const auto document = Document::parse(R"({"b":1,"a":[true]})");
  std::string out = "x";
  append_canonical(out, document->root());
  append_canonical(out, document->root().find("a").value());
  EXPECT_EQ(out, R"(x{"a":[true],"b":1}[true])");
}

}  // namespace
}  // namespace partnership::json
