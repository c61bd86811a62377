// SPDX-License-Identifier: Apache-2.0
//
// The C functions of feel.h that build cases: a right call, what they refuse, and that a call that
// is refused changes nothing.
#include <cstring>

#include "feel_support.hpp"

namespace {

using namespace pship_testing;

Owned<pship_feel_builder> builder_of(const pship_feel* feel) {
  return made<pship_feel_builder>(
      [&](auto** out) { return pship_feel_builder_new(feel, out, nullptr); });
}

constexpr std::string_view nothing;  // no schema

class Built {
 public:
  explicit Built(std::string_view types = schema) : feel_(compiled(rules, types)) {
    builder_ = builder_of(feel_.get());
  }
  pship_feel_builder* get() const noexcept { return builder_.get(); }
  const pship_feel* feel() const noexcept { return feel_.get(); }

  // The case as an expression; the builder is then empty.
  std::string finish() const {
    const auto built = made<pship_feel_case>(
        [&](auto** out) { return pship_feel_builder_finish(get(), out, nullptr); });
    if (built == nullptr) return "none";
    return expression_of(made<pship_value>([&](auto** out) {
                           return pship_feel_case_value(built.get(), out, nullptr);
                         }).get());
  }

 private:
  Owned<pship_feel> feel_;
  Owned<pship_feel_builder> builder_;
};

#define ADDS(call) EXPECT_TRUE(gives([&](pship_error** err) { return call; }))
#define REFUSES(status, call) EXPECT_TRUE(refuses(status, [&](pship_error** err) { return call; }))

TEST(CApi, pship_feel_builder_new) {
  const auto feel = compiled();
  pship_feel_builder* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_feel_builder_new(feel.get(), &out, err); }));
  const Owned<pship_feel_builder> builder(out);
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_new, feel.get(), &out));
}

constexpr const char* no_name = nullptr;

TEST(CApi, pship_feel_builder_null) {
  const Built built;
  ADDS(pship_feel_builder_null(built.get(), "n", err));
  REFUSES(PSHIP_STATE, pship_feel_builder_null(built.get(), "n", err));  // twice
  REFUSES(PSHIP_STATE, pship_feel_builder_null(built.get(), nullptr, err));
  REFUSES(PSHIP_INVALID_ARGUMENT, pship_feel_builder_null(built.get(), "m", err));
  REFUSES(PSHIP_MALFORMED, pship_feel_builder_null(built.get(), "\xff", err));
  EXPECT_EQ(built.finish(), "{n: null}");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_null, nullptr, may(no_name)));
  const Built plain(nothing);
  ADDS(pship_feel_builder_null(plain.get(), "any name", err));
  EXPECT_EQ(plain.finish(), R"({"any name": null})");
}

TEST(CApi, pship_feel_builder_bool) {
  const Built built(nothing);
  ADDS(pship_feel_builder_bool(built.get(), "a", 1, err));
  ADDS(pship_feel_builder_bool(built.get(), "b", 0, err));
  EXPECT_EQ(built.finish(), "{a: true, b: false}");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_bool, nullptr, may(no_name), 1));
}

TEST(CApi, pship_feel_builder_int) {
  const Built built(nothing);
  ADDS(pship_feel_builder_int(built.get(), "a", INT64_MIN, err));
  ADDS(pship_feel_builder_int(built.get(), "b", INT64_MAX, err));
  EXPECT_EQ(built.finish(), "{a: -9223372036854775808, b: 9223372036854775807}");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_int, nullptr, may(no_name), 1));
}

TEST(CApi, pship_feel_builder_number) {
  const Built built;
  const std::string_view digits = "1234567890123456789012345678901.250";
  ADDS(pship_feel_builder_number(built.get(), "n", digits.data(), digits.size(), err));
  REFUSES(PSHIP_MALFORMED, pship_feel_builder_number(built.get(), "votes", "1x", 2, err));
  REFUSES(PSHIP_MALFORMED, pship_feel_builder_number(built.get(), "votes", nullptr, 0, err));
  EXPECT_EQ(built.finish(), "{n: 1234567890123456789012345678901.25}");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_number, built.get(), may("n"), digits.data(),
                             digits.size()));
}

TEST(CApi, pship_feel_builder_text) {
  const Built built;
  ADDS(pship_feel_builder_text(built.get(), "day", "2026-01-05", 10, err));  // becomes a date
  ADDS(pship_feel_builder_text(built.get(), "n", "text", 4, err));           // stays what it is
  ADDS(pship_feel_builder_text(built.get(), "side", nullptr, 0, err));
  REFUSES(PSHIP_MALFORMED, pship_feel_builder_text(built.get(), "votes", "\xc3", 1, err));
  EXPECT_EQ(built.finish(), R"({day: @"2026-01-05", n: "text", side: ""})");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_text, built.get(), may("n"), "x", 1U));
}

TEST(CApi, pship_feel_builder_date) {
  const Built built;
  ADDS(pship_feel_builder_date(built.get(), "day", 0, err));
  REFUSES(PSHIP_INVALID_ARGUMENT,
          pship_feel_builder_date(built.get(), "side", PSHIP_DATE_NONE, err));
  EXPECT_EQ(built.finish(), R"({day: @"1970-01-01"})");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_date, nullptr, may(no_name), 1));
}

TEST(CApi, pship_feel_builder_temporal) {
  const Built built(nothing);
  const std::string_view texts[] = {"PT1H30M", "P1Y", "2026-01-05T10:00:00@Asia/Beirut",
                                    "10:00:00"};
  const char* names[] = {"a", "b", "c", "d"};
  for (int i = 0; i < 4; ++i) {
    ADDS(pship_feel_builder_temporal(built.get(), names[i], texts[i].data(), texts[i].size(), err));
  }
  REFUSES(PSHIP_MALFORMED, pship_feel_builder_temporal(built.get(), "e", "x", 1, err));
  EXPECT_EQ(built.finish(),
            R"({a: @"PT1H30M", b: @"P1Y", c: @"2026-01-05T10:00:00@Asia/Beirut", d: @"10:00:00"})");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_temporal, built.get(), may("n"), "P1D", 3U));
}

TEST(CApi, pship_feel_builder_value) {
  const Built built(R"({"f": "Any", "c": "Any", "n": "number"})");
  auto function = value_of("{n: 3, f: function(x) x + n}");
  const pship_value* inner = pship_value_find(function.get(), "f");
  ADDS(pship_feel_builder_value(built.get(), "f", inner, err));
  ADDS(pship_feel_builder_value(built.get(), "c", value_of("[1, {a: \"x\"}]").get(), err));
  REFUSES(PSHIP_STATE, pship_feel_builder_value(built.get(), "c", inner, err));
  function.reset();  // what the function needs is kept
  const auto built_case = made<pship_feel_case>(
      [&](auto** out) { return pship_feel_builder_finish(built.get(), out, nullptr); });
  const auto value = made<pship_value>(
      [&](auto** out) { return pship_feel_case_value(built_case.get(), out, nullptr); });
  EXPECT_EQ(expression_of(pship_value_find(value.get(), "c")), R"([1, {a: "x"}])");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_value, built.get(), may(no_name),
                             static_cast<const pship_value*>(value.get())));

  const auto user = compiled(R"json({"it": "f(4)"})json", {});
  const auto builder = builder_of(user.get());
  ADDS(pship_feel_builder_value(builder.get(), "f", pship_value_find(value.get(), "f"), err));
  const auto with = made<pship_feel_case>(
      [&](auto** out) { return pship_feel_builder_finish(builder.get(), out, nullptr); });
  EXPECT_EQ(expression_of(made<pship_value>([&](auto** out) {
                            return pship_feel_evaluate(user.get(), 0, with.get(), nullptr, nullptr,
                                                       out, nullptr, nullptr);
                          }).get()),
            "7");
}

TEST(FeelBuilder, ReadsTextsAsTheJsonOfACaseIsRead) {
  const std::string_view types =
      R"({"days": "days and time duration", "months": "years and months duration", "day": "date"})";
  const auto feel = compiled(R"({"it": "[days, months, day]"})", types);
  const auto given = [&](const char* text) {
    const auto builder = builder_of(feel.get());
    std::string json = "{";
    for (const char* name : {"days", "months", "day"}) {
      ADDS(pship_feel_builder_text(builder.get(), name, text, std::strlen(text), err));
      json += (json.size() > 1 ? ",\"" : "\"") + std::string(name) + "\":\"" + text + "\"";
    }
    const auto built = made<pship_feel_case>(
        [&](auto** out) { return pship_feel_builder_finish(builder.get(), out, nullptr); });
    const auto read = read_case(feel.get(), json + "}");
    const auto shown = [](const pship_feel_case* each) {
      return expression_of(made<pship_value>([&](auto** out) {
                             return pship_feel_case_value(each, out, nullptr);
                           }).get());
    };
    EXPECT_EQ(shown(built.get()), shown(read.get())) << text;
    return shown(built.get());
  };
  EXPECT_EQ(given("P1D"), R"({days: @"P1D", months: "P1D", day: "P1D"})");
  EXPECT_EQ(given("P1Y"), R"({days: "P1Y", months: @"P1Y", day: "P1Y"})");
  EXPECT_EQ(given("2026-01-05"),
            R"({days: "2026-01-05", months: "2026-01-05", day: @"2026-01-05"})");
}

// A function in a range goes from case to case, and each thing that brought it is freed.
TEST(FeelFunctions, KeepWhatTheyNeedFromHandToHand) {
  const auto user = compiled(R"json({"both": "[r, (= r.start)]", "call": "r.start(4)"})json", {});
  const auto with = [&](const pship_value* value) {
    const auto builder = builder_of(user.get());
    ADDS(pship_feel_builder_value(builder.get(), "r", value, err));
    return made<pship_feel_case>(
        [&](auto** out) { return pship_feel_builder_finish(builder.get(), out, nullptr); });
  };
  const auto evaluated = [&](std::int32_t expression, const pship_feel_case* over) {
    return made<pship_value>([&](auto** out) {
      return pship_feel_evaluate(user.get(), expression, over, nullptr, nullptr, out, nullptr,
                                 nullptr);
    });
  };
  auto over = with(value_of("{n: 3, f: function(x) x + n, r: (= f)}.r").get());
  EXPECT_EQ(expression_of(evaluated(1, over.get()).get()), "7");
  auto whole = made<pship_value>(
      [&](auto** out) { return pship_feel_case_value(over.get(), out, nullptr); });
  over.reset();
  over = with(pship_value_find(whole.get(), "r"));
  whole.reset();
  for (const std::int64_t item : {0, 1, 0}) {
    const auto both = evaluated(0, over.get());
    over.reset();
    over = with(pship_value_item(both.get(), item));
    EXPECT_EQ(expression_of(evaluated(1, over.get()).get()), "7");
  }
}

TEST(CApi, pship_feel_builder_list) {
  const Built built;
  ADDS(pship_feel_builder_list(built.get(), "votes", err));
  ADDS(pship_feel_builder_int(built.get(), nullptr, 1, err));
  ADDS(pship_feel_builder_list(built.get(), nullptr, err));
  ADDS(pship_feel_builder_end(built.get(), err));
  REFUSES(PSHIP_STATE, pship_feel_builder_int(built.get(), "name", 1, err));
  ADDS(pship_feel_builder_end(built.get(), err));
  EXPECT_EQ(built.finish(), "{votes: [1, []]}");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_list, nullptr, may(no_name)));

  const Built deep(nothing);
  ADDS(pship_feel_builder_list(deep.get(), "a", err));
  for (int i = 1; i < 900; ++i) ADDS(pship_feel_builder_list(deep.get(), nullptr, err));
  REFUSES(PSHIP_LIMIT, pship_feel_builder_list(deep.get(), nullptr, err));
  for (int i = 0; i < 900; ++i) ADDS(pship_feel_builder_end(deep.get(), err));
  EXPECT_EQ(deep.finish().size(), 1800U + 5);
}

TEST(CApi, pship_feel_builder_context) {
  const Built built;
  ADDS(pship_feel_builder_context(built.get(), "box", err));
  ADDS(pship_feel_builder_text(built.get(), "at", "10:00:00", 8, err));
  REFUSES(PSHIP_INVALID_ARGUMENT, pship_feel_builder_null(built.get(), "att", err));
  ADDS(pship_feel_builder_end(built.get(), err));
  EXPECT_EQ(built.finish(), R"({box: {at: @"10:00:00"}})");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_context, nullptr, may(no_name)));

  // A name is found to be there already among many, too.
  const Built many(nothing);
  for (int i = 0; i < 100; ++i) {
    const std::string name = "n" + std::to_string(i);
    ADDS(pship_feel_builder_int(many.get(), name.c_str(), i, err));
  }
  for (const char* name : {"n0", "n50", "n99"}) {
    REFUSES(PSHIP_STATE, pship_feel_builder_int(many.get(), name, 1, err));
  }
  EXPECT_NE(many.finish().find("n99: 99}"), std::string::npos);
}

TEST(CApi, pship_feel_builder_range) {
  const Built built(nothing);
  ADDS(pship_feel_builder_range(built.get(), "r", PSHIP_RANGE_LOW_CLOSED, err));
  ADDS(pship_feel_builder_int(built.get(), nullptr, 1, err));
  REFUSES(PSHIP_STATE, pship_feel_builder_end(built.get(), err));  // one end
  ADDS(pship_feel_builder_int(built.get(), nullptr, 2, err));
  REFUSES(PSHIP_STATE, pship_feel_builder_int(built.get(), nullptr, 3, err));
  ADDS(pship_feel_builder_end(built.get(), err));
  ADDS(pship_feel_builder_range(built.get(), "t", PSHIP_RANGE_TEST, err));
  ADDS(pship_feel_builder_null(built.get(), nullptr, err));
  ADDS(pship_feel_builder_int(built.get(), nullptr, 10, err));
  ADDS(pship_feel_builder_end(built.get(), err));
  for (const std::int32_t form : {-1, 16}) {
    REFUSES(PSHIP_INVALID_ARGUMENT, pship_feel_builder_range(built.get(), "x", form, err));
  }
  EXPECT_EQ(built.finish(), "{r: [1..2), t: (<10)}");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_range, nullptr, may(no_name), 0));
}

TEST(CApi, pship_feel_builder_end) {
  const Built built;
  REFUSES(PSHIP_STATE, pship_feel_builder_end(built.get(), err));
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_end, nullptr));
}

TEST(CApi, pship_feel_builder_finish) {
  const Built built;
  pship_feel_case* out = nullptr;
  ADDS(pship_feel_builder_list(built.get(), "votes", err));
  EXPECT_TRUE(refuses(
      PSHIP_STATE,
      [&](pship_error** err) { return pship_feel_builder_finish(built.get(), &out, err); }, out));
  ADDS(pship_feel_builder_end(built.get(), err));
  EXPECT_EQ(built.finish(), "{votes: []}");
  EXPECT_EQ(built.finish(), "{}");
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_finish, built.get(), &out));
}

TEST(CApi, pship_feel_builder_add) {
  const Built built;
  ADDS(pship_feel_builder_int(built.get(), "n", 1, err));
  ADDS(pship_feel_builder_add(built.get(), err));
  ADDS(pship_feel_builder_list(built.get(), "votes", err));
  REFUSES(PSHIP_STATE, pship_feel_builder_add(built.get(), err));
  REFUSES(PSHIP_STATE, pship_feel_builder_add(Built(nothing).get(), err));
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_add, nullptr));
}

TEST(CApi, pship_feel_builder_cases) {
  const Built built;
  pship_feel_cases* out = nullptr;
  const auto cases = [&](pship_error** err) {
    return pship_feel_builder_cases(built.get(), &out, err);
  };
  for (int i = 0; i < 3; ++i) {
    ADDS(pship_feel_builder_int(built.get(), "n", i, err));
    ADDS(pship_feel_builder_add(built.get(), err));
  }
  ADDS(pship_feel_builder_int(built.get(), "n", 9, err));
  EXPECT_TRUE(refuses(PSHIP_STATE, cases, out));
  ADDS(pship_feel_builder_add(built.get(), err));
  EXPECT_TRUE(gives(cases));
  const Owned<pship_feel_cases> four(out);
  EXPECT_EQ(pship_feel_cases_count(out), 4);
  EXPECT_TRUE(gives(cases));
  const Owned<pship_feel_cases> none(out);
  EXPECT_EQ(pship_feel_cases_count(out), 0);
  EXPECT_TRUE(refuses_misuse(pship_feel_builder_cases, built.get(), &out));
}

TEST(CApi, pship_feel_builder_free) {
  pship_feel_builder_free(nullptr);
}

}  // namespace
