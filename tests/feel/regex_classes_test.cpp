// SPDX-License-Identifier: Apache-2.0
//
// Classes of characters in regular expressions: against ICU's properties, and counted by hand.
#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <random>
#include <string>
#include <vector>

#include "feel/builtins_support.hpp"
#include "feel/regex.hpp"

namespace partnership::feel {
namespace {

constexpr std::uint64_t enough = 10'000'000;

// Every general category and the classes against ICU's own properties, over the first planes.
TEST(Regex, KnowsTheCategories) {
  struct Category {
    const char* name;
    std::uint32_t mask;
  };
  const Category categories[] = {
      {"L", U_GC_L_MASK},   {"Lu", U_GC_LU_MASK}, {"Ll", U_GC_LL_MASK}, {"Lt", U_GC_LT_MASK},
      {"Lm", U_GC_LM_MASK}, {"Lo", U_GC_LO_MASK}, {"M", U_GC_M_MASK},   {"Mn", U_GC_MN_MASK},
      {"Mc", U_GC_MC_MASK}, {"Me", U_GC_ME_MASK}, {"N", U_GC_N_MASK},   {"Nd", U_GC_ND_MASK},
      {"Nl", U_GC_NL_MASK}, {"No", U_GC_NO_MASK}, {"P", U_GC_P_MASK},   {"Pc", U_GC_PC_MASK},
      {"Pd", U_GC_PD_MASK}, {"Ps", U_GC_PS_MASK}, {"Pe", U_GC_PE_MASK}, {"Pi", U_GC_PI_MASK},
      {"Pf", U_GC_PF_MASK}, {"Po", U_GC_PO_MASK}, {"Z", U_GC_Z_MASK},   {"Zs", U_GC_ZS_MASK},
      {"Zl", U_GC_ZL_MASK}, {"Zp", U_GC_ZP_MASK}, {"S", U_GC_S_MASK},   {"Sm", U_GC_SM_MASK},
      {"Sc", U_GC_SC_MASK}, {"Sk", U_GC_SK_MASK}, {"So", U_GC_SO_MASK}, {"C", U_GC_C_MASK},
      {"Cc", U_GC_CC_MASK}, {"Cf", U_GC_CF_MASK}, {"Co", U_GC_CO_MASK}, {"Cn", U_GC_CN_MASK}};
  std::u16string all;
  std::vector<UChar32> points;
  for (UChar32 c = 1; c < 0x20000; c += c < 0x3000 ? 1 : 37) {
    if (U_IS_SURROGATE(c)) continue;
    points.push_back(c);
  }
  const auto hits = [&](const std::string& pattern, auto expected) {
    std::string problem;
    const auto regex = Regex::compile("^(?:" + pattern + ")$", "s", problem);
    ASSERT_NE(regex, nullptr) << pattern << " " << problem;
    for (const UChar32 c : points) {
      std::u16string text;
      if (c > 0xffff) text += static_cast<char16_t>(U16_LEAD(c));
      text += static_cast<char16_t>(c > 0xffff ? U16_TRAIL(c) : c);
      regex->begin(text, enough);
      EXPECT_EQ(regex->find() == Regex::Outcome::found, expected(c)) << pattern << " " << c;
    }
  };
  for (const Category& category : categories) {
    const auto in = [&](UChar32 c) { return (U_GET_GC_MASK(c) & category.mask) != 0; };
    hits("\\p{" + std::string(category.name) + "}", in);
    hits("[^\\p{" + std::string(category.name) + "}]", [&](UChar32 c) { return !in(c); });
  }
  const auto word = [](UChar32 c) {
    return (U_GET_GC_MASK(c) & (U_GC_P_MASK | U_GC_Z_MASK | U_GC_C_MASK)) == 0;
  };
  hits("\\w", word);
  hits("\\W", [&](UChar32 c) { return !word(c); });
  hits("[^\\W]", word);
  hits("[\\w\\s]",
       [&](UChar32 c) { return word(c) || c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  hits("[\\w-[\\d]]",
       [&](UChar32 c) { return word(c) && u_charType(c) != U_DECIMAL_DIGIT_NUMBER; });
  hits(".", [](UChar32) { return true; });
  hits("\\p{IsArabic}", [](UChar32 c) { return c >= 0x600 && c <= 0x6ff; });
  hits("\\P{IsBasicLatin}", [](UChar32 c) { return c > 0x7f; });
}

// Random classes over a few letters, evaluated by hand.
struct RandomClass {
  std::mt19937& random;
  bool ignores_case;
  std::string text;
  std::string members;  // of `alphabet`

  static constexpr std::string_view alphabet = "abcdeABCDE01-^";

  bool same_letter(char a, char b) const {
    const auto lower = [](char c) { return static_cast<char>(c >= 'A' && c <= 'E' ? c + 32 : c); };
    return ignores_case ? lower(a) == lower(b) : a == b;
  }

  void make(int depth) {
    const bool negated = random() % 3 == 0;
    text = negated ? "[^" : "[";
    std::string in;
    const auto add = [&](char low, char high) {
      for (const char c : alphabet) {
        for (int x = low; x <= high; ++x) {
          if (same_letter(c, static_cast<char>(x))) {
            in += c;
            break;
          }
        }
      }
    };
    for (std::size_t parts = 1 + random() % 3; parts > 0; --parts) {
      switch (random() % 4) {
        case 0: {
          const char c = alphabet[random() % 12];
          text += c;
          add(c, c);
          break;
        }
        case 1: {
          const char low = static_cast<char>('A' + static_cast<int>(random() % 5));
          const char high = static_cast<char>(low + static_cast<int>(random() % 5));
          text += std::string{low, '-', high};
          add(low, high);
          break;
        }
        case 2:
          text += "\\d";
          in += "01";
          break;
        default:
          text += random() % 2 == 0 ? "\\-" : "\\^";
          add(text.back(), text.back());
      }
    }
    const auto has = [&](char c) { return in.find(c) != std::string::npos; };
    RandomClass less{random, ignores_case, "", ""};
    if (depth > 0 && random() % 3 == 0) {
      less.make(depth - 1);
      text += "-" + less.text;
    }
    text += "]";
    for (const char c : alphabet) {
      const bool member = has(c) != negated && less.members.find(c) == std::string::npos;
      if (member) members += c;
    }
  }
};

TEST(Regex, HasTheClassesThatCountingGives) {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    RandomClass made{random, round % 2 == 0, "", ""};
    made.make(3);
    std::string problem;
    const auto regex = Regex::compile("^" + made.text + "$", made.ignores_case ? "i" : "", problem);
    ASSERT_NE(regex, nullptr) << made.text << " " << problem;
    for (const char c : RandomClass::alphabet) {
      regex->begin(to_utf16(std::string(1, c)), enough);
      EXPECT_EQ(regex->find() == Regex::Outcome::found, made.members.find(c) != std::string::npos)
          << made.text << " " << c << (made.ignores_case ? " i" : "");
    }
  }
}

}  // namespace
}  // namespace partnership::feel
