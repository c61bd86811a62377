// SPDX-License-Identifier: Apache-2.0
#include "feel/number.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>

namespace partnership::feel {
namespace {

class FeelNumber : public testing::Test {
 protected:
  std::optional<Value> parse(std::string_view text) { return parse_number(arena_, text); }
  Value number(std::string_view text) {
    const auto out = parse(text);
    EXPECT_TRUE(out) << text;
    return out.value_or(Value::small_number(-99));
  }
  static std::string text_of(const std::optional<Value>& number) {
    if (!number) return "none";
    std::string out;
    append_number(out, *number);
    return out;
  }
  Arena arena_;
};

TEST_F(FeelNumber, ReadsLiteralsAndNothingElse) {
  for (const auto& [text, printed] : std::initializer_list<std::pair<const char*, const char*>>{
           {"0", "0"},
           {"-0", "0"},
           {"0.000", "0"},
           {"007", "7"},
           {"1.0", "1"},
           {"-1.50", "-1.5"},
           {".5", "0.5"},
           {"-.872", "-0.872"},
           {"1e3", "1000"},
           {"1E+3", "1000"},
           {"1.23e-4", "0.000123"},
           {"100", "100"},
           {"1e18", "1000000000000000000"},
           {"9223372036854775807", "9223372036854775807"},
           {"9223372036854775808", "9223372036854775808"},
           {"-9223372036854775808", "-9223372036854775808"},
           {"-9223372036854775809", "-9223372036854775809"},
           {"0.000000000000000001", "0.000000000000000001"},
           {"0.0000000000000000001", "0.0000000000000000001"},
           {"9999999999999999999999999999999999", "9999999999999999999999999999999999"},
           {"1e33", "1000000000000000000000000000000000"},
           {"1e34", "1E+34"},
           {"15e39", "1.5E+40"},
           {"1e-34", "0.0000000000000000000000000000000001"},
           {"1e-35", "1E-35"},
           {"1.25e-60", "1.25E-60"},
           {"1e6144", "1E+6144"},
           {"9.999999999999999999999999999999999e6144",
            "9.999999999999999999999999999999999E+6144"},
           {"1e-6176", "1E-6176"},
           {"0e999999999999999999999", "0"},
       }) {
    EXPECT_EQ(text_of(parse(text)), printed) << text;
  }
  for (const std::string_view text :
       {"",       "-",          ".",       "-.",
        "1.",     "1.e5",       "e5",      "1e",
        "1e+",    "1e-",        "+1",      "--1",
        "1 ",     " 1",         "1,5",     "1_000",
        "0x10",   "1e5.",       "1e5e5",   "1.2.3",
        "nan",    "Infinity",   "1d",      "\xd9\xa1",
        "1e6145", "9e99999999", "-1e6145", "9.9999999999999999999999999999999999e6144"}) {
    EXPECT_EQ(parse(text), std::nullopt) << text;
  }
}

TEST_F(FeelNumber, RoundsLiteralsHalfEven) {
  EXPECT_EQ(text_of(parse("1.0000000000000000000000000000000005")), "1");
  EXPECT_EQ(text_of(parse("1.00000000000000000000000000000000050001")),
            "1.000000000000000000000000000000001");
  EXPECT_EQ(text_of(parse("1.0000000000000000000000000000000015")),
            "1.000000000000000000000000000000002");
  EXPECT_EQ(text_of(parse("99999999999999999999999999999999995")), "1E+35");
  EXPECT_EQ(text_of(parse("5e-6177")), "0");
  EXPECT_EQ(text_of(parse("5.0000000000000000000000000000000000000000001e-6177")), "1E-6176");
  EXPECT_EQ(text_of(parse("1234567890123456789012345678951234e-6180")),
            "1.23456789012345678901234567895E-6147");
  EXPECT_EQ(text_of(parse("-1e-99999")), "0");
}

TEST_F(FeelNumber, HostileLengthsTakeNoTime) {
  const std::string nines(1'000'000, '9'), zeros(1'000'000, '0');
  EXPECT_EQ(parse(nines), std::nullopt);
  EXPECT_EQ(text_of(parse("0." + nines)), "1");
  EXPECT_EQ(text_of(parse(zeros + "7." + zeros)), "7");
  EXPECT_EQ(text_of(parse("0." + zeros + "1e1000001")), "1");
  EXPECT_EQ(text_of(parse("1" + zeros + "e-1000000")), "1");
  EXPECT_EQ(parse("1e" + nines), std::nullopt);
  EXPECT_EQ(text_of(parse("1e-" + nines)), "0");
  EXPECT_EQ(text_of(parse("1e" + zeros + "2")), "100");
}

TEST_F(FeelNumber, IsDeafToTheLocale) {
  const char* const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ar_LB.UTF-8"};
  for (const char* name : names) {
    if (std::setlocale(LC_ALL, name) != nullptr) break;
  }
  EXPECT_EQ(text_of(parse("1.5")), "1.5");
  EXPECT_EQ(text_of(feel::number(arena_, 0.25)), "0.25");
  EXPECT_EQ(to_double(number("12345678901234567890.5")), 12345678901234567890.5);
  std::setlocale(LC_ALL, "C");
}

TEST_F(FeelNumber, ComesFromDoublesByTheirShortestText) {
  EXPECT_EQ(text_of(feel::number(arena_, 0.1)), "0.1");
  EXPECT_EQ(text_of(feel::number(arena_, -0.0)), "0");
  EXPECT_EQ(text_of(feel::number(arena_, 1e300)), "1E+300");
  EXPECT_EQ(text_of(feel::number(arena_, 5e-324)), "5E-324");
  EXPECT_EQ(text_of(feel::number(arena_, 9007199254740993.0)), "9007199254740992");
  EXPECT_EQ(feel::number(arena_, std::nan("")), std::nullopt);
  EXPECT_EQ(feel::number(arena_, std::numeric_limits<double>::infinity()), std::nullopt);
}

TEST_F(FeelNumber, BecomesTheNearestDouble) {
  std::mt19937_64 engine(1);
  for (int i = 0; i < 100'000; ++i) {  // a double's shortest text gives the double again
    double value = 0;
    const std::uint64_t bits = engine();
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    if (i % 1000 == 0) arena_.clear();
    ASSERT_EQ(to_double(*feel::number(arena_, value)), value);
  }
  EXPECT_EQ(to_double(number("0.1")), 0.1);
  EXPECT_EQ(to_double(number("-123456789.123456789")), -123456789.123456789);
  EXPECT_EQ(to_double(number("9007199254740993")), 9007199254740992.0);
  EXPECT_EQ(to_double(number("9007199254740993.0000000001")), 9007199254740994.0);
  EXPECT_EQ(to_double(number("1e400")), std::numeric_limits<double>::infinity());
  EXPECT_EQ(to_double(number("-1e400")), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(to_double(number("1e-400")), 0.0);
}

TEST_F(FeelNumber, KnowsItsIntegers) {
  EXPECT_EQ(to_int64(number("12.000")), 12);
  EXPECT_EQ(to_int64(number("12.5")), std::nullopt);
  EXPECT_EQ(to_int64(number("-9223372036854775808")), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(to_int64(number("9223372036854775808")), std::nullopt);
  EXPECT_EQ(to_int64(number("1e30")), std::nullopt);
  EXPECT_TRUE(is_integer(number("1e30")));
  EXPECT_TRUE(is_integer(number("12345678901234567890")));
  EXPECT_FALSE(is_integer(number("12345678901234567890.5")));
  EXPECT_FALSE(is_integer(number("1e-30")));
  EXPECT_EQ(to_int64(*multiply(arena_, number("1e30"), number("1e-29"))), 10);
  EXPECT_EQ(sign_of(number("-1e-30")), -1);
  EXPECT_EQ(sign_of(number("1e30")), 1);
  EXPECT_EQ(sign_of(number("0.00")), 0);
}

// Examples of DMN 1.5 (10.3.4.5) and what its conformance suite asks.
TEST_F(FeelNumber, ModuloHasTheSignOfTheDivisor) {
  const auto modulo_of = [this](std::string_view dividend, std::string_view divisor) {
    return text_of(modulo(arena_, number(dividend), number(divisor)));
  };
  EXPECT_EQ(modulo_of("12", "5"), "2");
  EXPECT_EQ(modulo_of("-12", "5"), "3");
  EXPECT_EQ(modulo_of("12", "-5"), "-3");
  EXPECT_EQ(modulo_of("-12", "-5"), "-2");
  EXPECT_EQ(modulo_of("10.1", "4.5"), "1.1");
  EXPECT_EQ(modulo_of("-10.1", "4.5"), "3.4");
  EXPECT_EQ(modulo_of("10.1", "-4.5"), "-3.4");
  EXPECT_EQ(modulo_of("-10.1", "-4.5"), "-1.1");
  EXPECT_EQ(modulo_of("10", "0"), "none");
  EXPECT_EQ(modulo_of("-9223372036854775808", "-1"), "0");
  EXPECT_EQ(modulo_of("1e6000", "7"), "1");  // 10^6 is 1 modulo 7
}

TEST_F(FeelNumber, RoundsByEveryMode) {
  const auto round = [this](std::string_view text, std::int64_t scale, Rounding rounding) {
    return text_of(round_to(arena_, number(text), scale, rounding));
  };
  EXPECT_EQ(round("0.515", 2, Rounding::half_even), "0.52");
  EXPECT_EQ(round("2.5", 0, Rounding::half_even), "2");
  EXPECT_EQ(round("-1.126", 2, Rounding::half_up), "-1.13");
  EXPECT_EQ(round("5.5", 0, Rounding::half_down), "5");
  EXPECT_EQ(round("-5.5", 0, Rounding::half_down), "-5");
  EXPECT_EQ(round("1.121", 2, Rounding::up), "1.13");
  EXPECT_EQ(round("-1.56", 1, Rounding::ceiling), "-1.5");
  EXPECT_EQ(round("-0.3333", 0, Rounding::ceiling), "0");
  EXPECT_EQ(round("-1.56", 1, Rounding::floor), "-1.6");
  EXPECT_EQ(round("1250", -2, Rounding::half_even), "1200");
  EXPECT_EQ(round("9.99e33", -34, Rounding::half_up), "1E+34");
  EXPECT_EQ(round("5.5", 6176, Rounding::up), "5.5");
  EXPECT_EQ(round("5.5", 6177, Rounding::up), "none");
  EXPECT_EQ(round("5.5", -6111, Rounding::up), "1E+6111");
  EXPECT_EQ(round("5.5", -6111, Rounding::down), "0");
  EXPECT_EQ(round("5.5", -6112, Rounding::up), "none");
  EXPECT_EQ(round("9999999999999999999999999999999999e6111", -6112, Rounding::down), "none");
}

TEST_F(FeelNumber, HasNoResultPastItsRange) {
  const Value largest = number("9.999999999999999999999999999999999e6144");
  EXPECT_EQ(add(arena_, largest, largest), std::nullopt);
  EXPECT_EQ(subtract(arena_, negate(arena_, largest), largest), std::nullopt);
  EXPECT_EQ(multiply(arena_, largest, number("10")), std::nullopt);
  EXPECT_EQ(divide(arena_, largest, number("0.1")), std::nullopt);
  EXPECT_EQ(divide(arena_, number("0"), number("0")), std::nullopt);
  EXPECT_EQ(power(arena_, number("10"), number("6145")), std::nullopt);
  EXPECT_EQ(power(arena_, number("10"), number("1e40")), std::nullopt);
  EXPECT_EQ(power(arena_, number("-10.5"), number("9999999999999")), std::nullopt);
  EXPECT_EQ(exponential(arena_, number("14150")), std::nullopt);
  EXPECT_EQ(exponential(arena_, number("1e300")), std::nullopt);
  EXPECT_EQ(text_of(exponential(arena_, number("-1e300"))), "0");
  EXPECT_EQ(text_of(power(arena_, number("0.1"), number("1e30"))), "0");
  EXPECT_EQ(text_of(multiply(arena_, number("-1e-6000"), number("1e-6000"))), "0");
  EXPECT_EQ(text_of(subtract(arena_, number("-1e-30"), number("-1e-30"))), "0");  // never -0
}

TEST_F(FeelNumber, NegatesTheLeastInt64) {
  const Value least = Value::small_number(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(text_of(negate(arena_, least)), "9223372036854775808");
  EXPECT_EQ(text_of(negate(arena_, negate(arena_, least))), "-9223372036854775808");
  EXPECT_TRUE(equal_numbers(negate(arena_, negate(arena_, least)), least));
  EXPECT_EQ(text_of(absolute(arena_, least)), "9223372036854775808");
  EXPECT_EQ(text_of(divide(arena_, least, number("-1"))), "9223372036854775808");
  EXPECT_EQ(text_of(multiply(arena_, least, number("-1"))), "9223372036854775808");
}

TEST_F(FeelNumber, ComparesExactly) {
  EXPECT_EQ(compare_numbers(number("0.1"), number("0.10")), 0);
  EXPECT_EQ(compare_numbers(number("9223372036854775807"), number("9223372036854775807.1")), -1);
  EXPECT_EQ(compare_numbers(number("9223372036854775807"), number("0.000000000000000001")), 1);
  EXPECT_EQ(compare_numbers(number("-1e6144"), number("-9223372036854775808")), -1);
  EXPECT_EQ(compare_numbers(number("1e-6176"), number("0")), 1);
  EXPECT_EQ(compare_numbers(number("-1e-6176"), number("1e-6176")), -1);
  EXPECT_FALSE(equal_numbers(number("1e30"), number("1")));
}

TEST_F(FeelNumber, PowersOfZeroAndOfNegativeNumbers) {
  const auto power_of = [this](std::string_view base, std::string_view exponent) {
    return text_of(power(arena_, number(base), number(exponent)));
  };
  EXPECT_EQ(power_of("0", "0"), "1");
  EXPECT_EQ(power_of("0", "-1"), "none");
  EXPECT_EQ(power_of("0", "0.5"), "0");
  EXPECT_EQ(power_of("5", "0"), "1");
  EXPECT_EQ(power_of("-8", "0.5"), "none");
  EXPECT_EQ(power_of("-8", "3"), "-512");
  EXPECT_EQ(power_of("-8", "3.000"), "-512");
  EXPECT_EQ(power_of("-1", "1e30"), "1");
  EXPECT_EQ(power_of("-1", "9223372036854775807"), "-1");
  EXPECT_EQ(power_of("1", "0.333"), "1");
  EXPECT_EQ(power_of("5", "-2"), "0.04");
  EXPECT_EQ(power_of("81", "5"), "3486784401");
  EXPECT_EQ(power_of("10", "6144"), "1E+6144");
  EXPECT_EQ(power_of("10", "-6176"), "1E-6176");
  EXPECT_EQ(power_of("1e-3000", "2"), "1E-6000");
  EXPECT_EQ(text_of(square_root(arena_, number("-1"))), "none");
  EXPECT_EQ(text_of(square_root(arena_, number("2"))), "1.414213562373095048801688724209698");
  EXPECT_EQ(text_of(natural_log(arena_, number("0"))), "none");
  EXPECT_EQ(text_of(natural_log(arena_, number("-1"))), "none");
  EXPECT_EQ(text_of(natural_log(arena_, number("1"))), "0");
  EXPECT_EQ(text_of(exponential(arena_, number("0"))), "1");
}

// Calculated to 80 digits and rounded half even to 34 with Python's decimal module (libmpdec).
TEST_F(FeelNumber, FunctionsAreRightToTheLastDigit) {
  struct Case {
    const char *number, *result;
  };
  constexpr Case exponentials[]{
      {"4", "54.59815003314423907811026120286088"},
      {"-1", "0.3678794411714423215955237701614609"},
      {"0.1", "1.105170918075647624811707826490247"},
      {"1e-20", "1.000000000000000000010000000000000"},
      {"1e-33", "1.000000000000000000000000000000001"},
      {"100", "2.688117141816135448412625551580014E+43"},
      {"-100", "3.720075976020835962959695803863118E-44"},
      {"14149.3", "9.181482138384384923496523700235547E+6144"},
      {"-14000", "7.537951771629720907593006284141136E-6081"},
      {"2.718281828459045235360287471352662", "15.15426224147926418976043027262990"},
      {"0.6931471805599453094172321214581766", "2.000000000000000000000000000000000"},
      {"1.5", "4.481689070338064822602055460119276"},
      {"-0.25", "0.7788007830714048682451702669783206"},
      {"1234.5678", "1.465490729309594799834821385039798E+536"},
      {"-7.25e-5", "0.9999275026280614881303234774567387"},
  };
  for (const auto& [text, result] : exponentials) {
    EXPECT_EQ(text_of(exponential(arena_, number(text))), text_of(parse(result))) << text;
  }
  constexpr Case logarithms[]{
      {"4", "1.386294361119890618834464242916353"},
      {"2", "0.6931471805599453094172321214581766"},
      {"10", "2.302585092994045684017991454684364"},
      {"0.1", "-2.302585092994045684017991454684364"},
      {"1.000000000000000000000000000000001", "9.999999999999999999999999999999995E-34"},
      {"0.9999999999999999999999999999999999", "-1.000000000000000000000000000000000E-34"},
      {"1e6144", "14147.08281135541668260653949758073"},
      {"1e-6176", "-14220.76553433122614449511522413063"},
      {"123456789.123456789", "18.63140176716801803269393334829654"},
      {"3.2", "1.163150809805680863068169152606519"},
      {"7e-3", "-4.961845129926823746948621620609913"},
      {"0.5", "-0.6931471805599453094172321214581766"},
  };
  for (const auto& [text, result] : logarithms) {
    EXPECT_EQ(text_of(natural_log(arena_, number(text))), text_of(parse(result))) << text;
  }
}

TEST_F(FeelNumber, PowersAreRightToTheLastDigit) {  // calculated likewise
  struct Case {
    const char *base, *exponent, *result;
  };
  constexpr Case cases[]{
      {"5", "2.55", "60.58617166606633673745724928244262"},
      {"2", "0.5", "1.414213562373095048801688724209698"},
      {"1.1", "100", "13780.61233982227018411833717208964"},
      {"1.1", "-100", "0.00007256571590148200129447161043984036"},
      {"0.01", "0.5", "0.1000000000000000000000000000000000"},
      {"32", "0.2", "2.000000000000000000000000000000000"},
      {"9.5", "-3", "0.001166350779997084123050007289692375"},
      {"7", "33", "7730993719707444524137094407"},
      {"2", "113", "1.038459371706965525706099265844019E+34"},
      {"3", "70", "2503155504993241601315571986085849"},
      {"3", "-70", "3.994957556592953067809833719043286E-34"},
      {"1.000000001", "1000000000", "2.718281827099904322376644023860333"},
      {"1.000000000000000000000000000000001", "1e33", "2.718281828459045235360287471352661"},
      {"-1.5", "77", "-36226547572060.63279549131442390047"},
      {"-1.5", "-78", "1.840271048022325904254493945595766E-14"},
      {"10", "-6000.5", "3.162277660168379331998893544432719E-6001"},
      {"0.3", "11000", "2.156760476396091181455906485382075E-5752"},
      {"123.456", "7.89", "31771028258180977.30906865968220513"},
      {"2", "-1000.25", "7.847780312860669737992039151762290E-302"},
      {"99999999999999999999999999999999.99", "2", "9.999999999999999999999999999999998E+63"},
      {"12345678901234567.5", "2", "152415787532388357872275656912056.2"},
  };
  for (const auto& [base, exponent, result] : cases) {
    EXPECT_EQ(text_of(power(arena_, number(base), number(exponent))), text_of(parse(result)))
        << base << " ** " << exponent;
  }
}

}  // namespace
}  // namespace partnership::feel
