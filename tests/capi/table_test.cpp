// SPDX-License-Identifier: Apache-2.0
//
// Every C function of table.h but those of Arrow: what it answers, what it refuses.
#include <cmath>

#include "harness.hpp"

namespace {

using namespace pship_testing;
using testing::ElementsAre;

constexpr std::array<std::int32_t, 4> no_column = {-1, 4, INT32_MIN, INT32_MAX};

Owned<pship_table> from_json(std::string_view json) {
  return made<pship_table>(
      [&](auto** out) { return pship_table_read_json(json.data(), json.size(), out, nullptr); });
}

// flag (boolean), count (int64), share (double), name (text); one null in each.
Owned<pship_table> mixed() {
  return from_json(R"([{"flag": true, "count": 7, "share": 0.5, "name": "أفكار"},
                       {"flag": null, "count": null, "share": null, "name": null},
                       {"flag": false, "count": -3, "share": 2.25, "name": ""}])");
}

// A column of dates (date) and none of numbers.
Owned<pship_table> dates() {
  const std::string json = R"({"calendar": "c", "title": {"en": "C"}, "weekend": [],
    "valid": {"from": "2018-08-20", "to": "2018-09-03"},
    "holidays": [{"date": "2018-08-27", "name": {"en": "H"}}]})";
  const auto calendar = made<pship_calendar>(
      [&](auto** out) { return pship_calendar_load(json.data(), json.size(), out, nullptr); });
  return made<pship_table>(
      [&](auto** out) { return pship_calendar_holidays(calendar.get(), out, nullptr); });
}

Owned<pship_table> kinds() {  // its column `version` is int32
  return made<pship_table>([](auto** out) { return pship_platform_kinds(out, nullptr); });
}

TEST(CApi, pship_table_rows) {
  EXPECT_EQ(pship_table_rows(mixed().get()), 3);
  EXPECT_EQ(pship_table_rows(from_json("[]").get()), 0);
  EXPECT_EQ(pship_table_rows(nullptr), 0);
}

TEST(CApi, pship_table_columns) {
  EXPECT_EQ(pship_table_columns(mixed().get()), 4);
  EXPECT_EQ(pship_table_columns(from_json("[]").get()), 0);
  EXPECT_EQ(pship_table_columns(nullptr), 0);
}

TEST(CApi, pship_table_name) {
  const auto table = mixed();
  EXPECT_THAT(column_names(table.get()), ElementsAre("flag", "count", "share", "name"));
  for (const std::int32_t index : no_column) {
    EXPECT_EQ(pship_table_name(table.get(), index), nullptr) << index;
  }
  EXPECT_EQ(pship_table_name(nullptr, 0), nullptr);
}

TEST(CApi, pship_table_type) {
  const auto table = mixed();
  EXPECT_EQ(pship_table_type(table.get(), 0), PSHIP_COLUMN_BOOL);
  EXPECT_EQ(pship_table_type(table.get(), 1), PSHIP_COLUMN_INT64);
  EXPECT_EQ(pship_table_type(table.get(), 2), PSHIP_COLUMN_DOUBLE);
  EXPECT_EQ(pship_table_type(table.get(), 3), PSHIP_COLUMN_TEXT);
  EXPECT_EQ(pship_table_type(dates().get(), 0), PSHIP_COLUMN_DATE);
  EXPECT_EQ(pship_table_type(kinds().get(), 1), PSHIP_COLUMN_INT32);
  for (const std::int32_t index : no_column) {
    EXPECT_EQ(pship_table_type(table.get(), index), 0) << index;
  }
  EXPECT_EQ(pship_table_type(nullptr, 0), 0);
}

TEST(CApi, pship_table_find) {
  const auto table = mixed();
  EXPECT_EQ(pship_table_find(table.get(), "name"), 3);
  EXPECT_EQ(pship_table_find(table.get(), "nam"), -1);
  EXPECT_EQ(pship_table_find(table.get(), ""), -1);
  EXPECT_EQ(pship_table_find(table.get(), "\xff"), -1);
  EXPECT_EQ(pship_table_find(table.get(), nullptr), -1);
  EXPECT_EQ(pship_table_find(nullptr, "name"), -1);
}

// Whole columns: the right ones answer, every other column and NULL answer NULL.
template <class Accessor>
void answers_only(Accessor accessor, const pship_table* table, std::int32_t right,
                  std::int32_t also = -1) {
  for (std::int32_t index = 0; index < pship_table_columns(table); ++index) {
    EXPECT_EQ(accessor(table, index) != nullptr, index == right || index == also) << index;
  }
  for (const std::int32_t index : {-1, 100, INT32_MIN, INT32_MAX}) {
    EXPECT_EQ(accessor(table, index), nullptr) << index;
  }
  EXPECT_EQ(accessor(nullptr, right), nullptr);
}

TEST(CApi, pship_table_bool) {
  const auto table = mixed();
  answers_only(pship_table_bool, table.get(), 0);
  const std::uint8_t* cells = pship_table_bool(table.get(), 0);
  EXPECT_THAT(std::vector<int>(cells, cells + 3), ElementsAre(1, 0, 0));
}

TEST(CApi, pship_table_i32) {
  const auto table = kinds();
  answers_only(pship_table_i32, table.get(), pship_table_find(table.get(), "version"));
  const std::int32_t* cells = pship_table_i32(table.get(), 1);
  EXPECT_THAT(std::vector<std::int32_t>(cells, cells + pship_table_rows(table.get())),
              testing::Each(testing::Ge(1)));
  EXPECT_EQ(pship_table_i32(dates().get(), 0), nullptr);  // dates are no numbers
}

TEST(CApi, pship_table_i64) {
  const auto table = mixed();
  answers_only(pship_table_i64, table.get(), 1);
  const std::int64_t* cells = pship_table_i64(table.get(), 1);
  EXPECT_THAT(std::vector<std::int64_t>(cells, cells + 3), ElementsAre(7, 0, -3));
}

TEST(CApi, pship_table_double) {
  const auto table = mixed();
  answers_only(pship_table_double, table.get(), 2);
  const double* cells = pship_table_double(table.get(), 2);
  EXPECT_THAT(std::vector<double>(cells, cells + 3), ElementsAre(0.5, 0.0, 2.25));
}

TEST(CApi, pship_table_date) {
  const auto table = dates();
  answers_only(pship_table_date, table.get(), 0, 6);
  EXPECT_EQ(pship_table_date(table.get(), 0)[0], 17770);
  const auto others = kinds();
  answers_only(pship_table_date, others.get(), -1);  // numbers are no dates
}

TEST(CApi, pship_table_text_offsets) {
  const auto table = mixed();
  answers_only(pship_table_text_offsets, table.get(), 3);
  const std::int64_t* offsets = pship_table_text_offsets(table.get(), 3);
  EXPECT_THAT(std::vector<std::int64_t>(offsets, offsets + 4), ElementsAre(0, 10, 10, 10));
}

TEST(CApi, pship_table_text_bytes) {
  const auto table = mixed();
  answers_only(pship_table_text_bytes, table.get(), 3);
  EXPECT_EQ(std::string_view(pship_table_text_bytes(table.get(), 3), 10), "أفكار");
}

TEST(CApi, pship_table_text) {
  const auto table = mixed();
  std::size_t size = 99;
  const char* text = pship_table_text(table.get(), 3, 0, &size);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(std::string_view(text, size), "أفكار");
  EXPECT_NE(pship_table_text(table.get(), 3, 2, &size), nullptr);  // empty is not null
  EXPECT_EQ(size, 0U);
  EXPECT_NE(pship_table_text(table.get(), 3, 0, nullptr), nullptr);
  const auto none = [&](const pship_table* of, std::int32_t at, std::int64_t row) {
    size = 99;
    return pship_table_text(of, at, row, &size) == nullptr && size == 0;
  };
  EXPECT_TRUE(none(table.get(), 3, 1));  // null
  EXPECT_TRUE(none(table.get(), 0, 0));  // no text
  for (const std::int64_t row : {std::int64_t{-1}, std::int64_t{3}, INT64_MIN, INT64_MAX}) {
    EXPECT_TRUE(none(table.get(), 3, row)) << row;
  }
  for (const std::int32_t index : no_column) EXPECT_TRUE(none(table.get(), index, 0)) << index;
  EXPECT_TRUE(none(nullptr, 3, 0));
}

TEST(CApi, pship_table_is_null) {
  const auto table = mixed();
  for (std::int32_t index = 0; index < 4; ++index) {
    EXPECT_EQ(pship_table_is_null(table.get(), index, 0), 0) << index;
    EXPECT_EQ(pship_table_is_null(table.get(), index, 1), 1) << index;
    EXPECT_EQ(pship_table_is_null(table.get(), index, 2), 0) << index;
    EXPECT_EQ(pship_table_is_null(table.get(), index, 3), 0) << index;
    EXPECT_EQ(pship_table_is_null(table.get(), index, -1), 0) << index;
    EXPECT_EQ(pship_table_is_null(table.get(), index, INT64_MIN), 0) << index;
  }
  for (const std::int32_t index : no_column) {
    EXPECT_EQ(pship_table_is_null(table.get(), index, 1), 0) << index;
  }
  EXPECT_EQ(pship_table_is_null(nullptr, 0, 0), 0);
}

TEST(CApi, pship_table_nulls) {
  const auto table = mixed();
  for (std::int32_t index = 0; index < 4; ++index) {
    EXPECT_EQ(pship_table_nulls(table.get(), index), 1) << index;
  }
  EXPECT_EQ(pship_table_nulls(kinds().get(), 0), 0);
  for (const std::int32_t index : no_column) EXPECT_EQ(pship_table_nulls(table.get(), index), 0);
  EXPECT_EQ(pship_table_nulls(nullptr, 0), 0);
}

TEST(CApi, pship_table_validity) {
  const auto table = mixed();
  for (std::int32_t index = 0; index < 4; ++index) {
    const std::uint8_t* bits = pship_table_validity(table.get(), index);
    ASSERT_NE(bits, nullptr) << index;
    EXPECT_EQ(bits[0] & 7, 5) << index;  // there, null, there
  }
  EXPECT_EQ(pship_table_validity(kinds().get(), 0), nullptr);
  for (const std::int32_t index : no_column) {
    EXPECT_EQ(pship_table_validity(table.get(), index), nullptr) << index;
  }
  EXPECT_EQ(pship_table_validity(nullptr, 0), nullptr);
}

// ---- CSV and JSON

TEST(CApi, pship_table_read_csv) {
  pship_table* out = nullptr;
  const auto read = [&](std::string_view text, const pship_options* options = nullptr) {
    return [&out, exact = Exact(text), options](pship_error** err) {
      return pship_table_read_csv(exact.data(), exact.size(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(read("id,name\r\n1,\"a, b\"\r\n2,")));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(out, "id"), ElementsAre("1", "2"));
  EXPECT_THAT(column(out, "name"), ElementsAre("a, b", "null"));
  Options semicolon, wrong;
  EXPECT_TRUE(gives(read("id;name\n1;a", semicolon.text("delimiter", ";").get())));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "name"), ElementsAre("a"));
  for (const char* text : {"a,b\n1\n", "a,a\n", "a,\n", "a\n\"1", "a\n\xff\n"}) {
    EXPECT_TRUE(refuses(PSHIP_MALFORMED, read(text), out)) << text;
  }
  for (const char* delimiter : {"", ",,", "\"", "\n", "\r"}) {
    Options refused;
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                        read("a\n1\n", refused.text("delimiter", delimiter).get()), out))
        << delimiter;
  }
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, read("a\n1\n", wrong.flag("create", true).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_table_read_csv, "a\n", 2, nullptr, &out));
}

TEST(CApi, pship_table_write_csv) {
  const auto table = from_json(R"([{"a": 1, "b": "x\"y"}, {"a": null, "b": ""}])");
  pship_text* out = nullptr;
  const auto write = [&](const pship_options* options) {
    return [&, options](pship_error** err) {
      return pship_table_write_csv(table.get(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(write(nullptr)));
  EXPECT_EQ(said(Owned<pship_text>(out).get()), "a,b\r\n1,\"x\"\"y\"\r\n,\"\"\r\n");
  Options tab, wrong;
  EXPECT_TRUE(gives(write(tab.text("delimiter", "\t").get())));
  EXPECT_EQ(said(Owned<pship_text>(out).get()), "a\tb\r\n1\t\"x\"\"y\"\r\n\t\"\"\r\n");
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, write(wrong.text("delimiter", "ab").get()), out));
  EXPECT_TRUE(refuses_misuse(pship_table_write_csv, table.get(), nullptr, &out));
}

TEST(CApi, pship_table_read_json) {
  pship_table* out = nullptr;
  const auto read = [&](std::string_view text) {
    return [&out, exact = Exact(text)](pship_error** err) {
      return pship_table_read_json(exact.data(), exact.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(read(R"([{"a": 1}, {"b": ["x", "y"]}])")));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(out, "a"), ElementsAre("1", "null"));
  EXPECT_THAT(column(out, "b"), ElementsAre("null", "x;y"));
  for (const char* text : {"", "[", "[{\"a\":}]", "{}", "[1]", "[[]]", "null"}) {
    EXPECT_TRUE(refuses(PSHIP_MALFORMED, read(text), out)) << text;
  }
  EXPECT_TRUE(refuses_misuse(pship_table_read_json, "[]", 2, &out));
}

TEST(CApi, pship_table_write_json) {
  const auto table = mixed();
  pship_text* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_table_write_json(table.get(), &out, err); }));
  const Owned<pship_text> text(out);
  // There and back again: the same table, and the same bytes each time.
  const auto again = from_json(said(out));
  EXPECT_EQ(pship_table_equal(table.get(), again.get()), 1);
  const auto second = made<pship_text>(
      [&](auto** made_text) { return pship_table_write_json(again.get(), made_text, nullptr); });
  EXPECT_EQ(said(out), said(second.get()));
  EXPECT_TRUE(refuses_misuse(pship_table_write_json, table.get(), &out));
}

TEST(CApi, pship_table_equal) {
  const auto table = mixed();
  EXPECT_EQ(pship_table_equal(table.get(), table.get()), 1);
  EXPECT_EQ(pship_table_equal(table.get(), mixed().get()), 1);
  EXPECT_EQ(pship_table_equal(table.get(), kinds().get()), 0);
  EXPECT_EQ(pship_table_equal(from_json("[{\"a\":1}]").get(), from_json("[{\"a\":2}]").get()), 0);
  EXPECT_EQ(pship_table_equal(from_json("[{\"a\":1}]").get(), from_json("[{\"b\":1}]").get()), 0);
  EXPECT_EQ(pship_table_equal(from_json("[{\"a\":1}]").get(), from_json("[{\"a\":1.5}]").get()), 0);
  EXPECT_EQ(pship_table_equal(table.get(), nullptr), 0);
  EXPECT_EQ(pship_table_equal(nullptr, table.get()), 0);
  EXPECT_EQ(pship_table_equal(nullptr, nullptr), 1);
}

TEST(CApi, pship_table_free) {
  pship_table_free(nullptr);
  pship_table_free(mixed().release());
}

}  // namespace
