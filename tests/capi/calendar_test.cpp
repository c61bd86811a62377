// SPDX-License-Identifier: Apache-2.0
//
// Every C function of calendars (base.h): what it answers, what it refuses.
#include "harness.hpp"

namespace {

using namespace pship_testing;

// 2018-08-20 is a Monday; the working days of August are 20, 21, 23, 24, 27, 28, 30, 31.
constexpr std::string_view document = R"({"calendar": "small", "title": {"en": "Small"},
  "valid": {"from": "2018-08-20", "to": "2018-09-03"}, "weekend": ["saturday", "sunday"],
  "holidays": [{"date": "2018-08-29", "name": {"en": "B", "ar": "ب"}, "source": "s",
                "verified": true},
               {"date": "2018-08-22", "name": {"en": "A"}}]})";
constexpr pship_date monday = 17763;  // 2018-08-20, the first day that is valid
constexpr pship_date after = monday + 14;

Owned<pship_calendar> small() {
  return made<pship_calendar>([](auto** out) {
    return pship_calendar_load(document.data(), document.size(), out, nullptr);
  });
}

TEST(CApi, pship_calendar_load) {
  pship_calendar* out = nullptr;
  const auto load = [&](std::string_view json) {
    return [&out, exact = Exact(json)](pship_error** err) {
      return pship_calendar_load(exact.data(), exact.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(load(document)));
  ASSERT_NE(out, nullptr);
  pship_calendar_free(out);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, load(""), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, load(document.substr(0, 100)), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, load("[]"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, load("{}"), out));
  EXPECT_TRUE(refuses_misuse(pship_calendar_load, document.data(), document.size(), &out));
}

TEST(CApi, pship_calendar_is_working_day) {
  const auto calendar = small();
  std::int32_t out = 0;
  const auto ask = [&](pship_date day) {
    return [&, day](pship_error** err) {
      return pship_calendar_is_working_day(calendar.get(), day, &out, err);
    };
  };
  EXPECT_TRUE(gives(ask(monday)));
  EXPECT_EQ(out, 1);
  for (const pship_date day : {monday + 2, monday + 5, monday + 6, monday + 9}) {
    EXPECT_TRUE(gives(ask(day)));
    EXPECT_EQ(out, 0) << day;
  }
  for (const pship_date day : {monday - 1, after, PSHIP_DATE_NONE, INT32_MAX}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask(day), out)) << day;
  }
  EXPECT_TRUE(refuses_misuse(pship_calendar_is_working_day, calendar.get(), monday, &out));
}

TEST(CApi, pship_calendar_working_days_between) {
  const auto calendar = small();
  std::int32_t out = 0;
  const auto ask = [&](pship_date from, pship_date to) {
    return [&, from, to](pship_error** err) {
      return pship_calendar_working_days_between(calendar.get(), from, to, &out, err);
    };
  };
  EXPECT_TRUE(gives(ask(monday, after)));
  EXPECT_EQ(out, 8);
  EXPECT_TRUE(gives(ask(after, monday)));
  EXPECT_EQ(out, -8);
  EXPECT_TRUE(gives(ask(monday, monday)));
  EXPECT_EQ(out, 0);
  for (const pship_date day : {monday - 2, after + 1, PSHIP_DATE_NONE, INT32_MAX}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask(monday, day), out)) << day;
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask(day, monday), out)) << day;
  }
  EXPECT_TRUE(
      refuses_misuse(pship_calendar_working_days_between, calendar.get(), monday, after, &out));
}

TEST(CApi, pship_calendar_add_working_days) {
  const auto calendar = small();
  pship_date out = 0;
  const auto ask = [&](pship_date day, std::int32_t n) {
    return [&, day, n](pship_error** err) {
      return pship_calendar_add_working_days(calendar.get(), day, n, &out, err);
    };
  };
  EXPECT_TRUE(gives(ask(monday, 2)));
  EXPECT_EQ(out, monday + 3);
  EXPECT_TRUE(gives(ask(monday + 10, -4)));
  EXPECT_EQ(out, monday + 3);
  EXPECT_TRUE(gives(ask(monday + 2, 0)));
  EXPECT_EQ(out, monday + 2);
  for (const std::int32_t n : {8, -1, INT32_MAX, INT32_MIN}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask(monday, n), out)) << n;
  }
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, ask(PSHIP_DATE_NONE, 1), out));
  EXPECT_TRUE(refuses_misuse(pship_calendar_add_working_days, calendar.get(), monday, 1, &out));
}

TEST(CApi, pship_calendar_holidays) {
  const auto calendar = small();
  pship_table* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_calendar_holidays(calendar.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out), testing::ElementsAre("date", "name_ar", "name_en", "name_fr",
                                                      "source", "verified", "moved_from"));
  EXPECT_THAT(column(out, "date"), testing::ElementsAre("2018-08-22", "2018-08-29"));
  EXPECT_THAT(column(out, "name_ar"), testing::ElementsAre("null", "ب"));
  EXPECT_THAT(column(out, "verified"), testing::ElementsAre("false", "true"));
  EXPECT_TRUE(refuses_misuse(pship_calendar_holidays, calendar.get(), &out));
}

TEST(CApi, pship_calendar_free) {
  pship_calendar_free(nullptr);
  pship_calendar_free(small().release());
}

}  // namespace
