// SPDX-License-Identifier: Apache-2.0
//
// Every C function of base.h but those of calendars: what it answers, what it refuses.
#include <cmath>

#include "harness.hpp"

namespace {

using namespace pship_testing;
using testing::HasSubstr;

constexpr pship_date day_one = 17770;  // 2018-08-27

Owned<pship_text> canonical(std::string_view json) {
  return made<pship_text>(
      [&](auto** out) { return pship_json_canonical(json.data(), json.size(), out, nullptr); });
}

std::string hex(const Digest& digest) {
  std::string out;
  for (const std::uint8_t byte : digest) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

// ---- statuses and versions

TEST(CApi, pship_status_name) {
  EXPECT_STREQ(pship_status_name(PSHIP_OK), "ok");
  EXPECT_STREQ(pship_status_name(PSHIP_INVALID_DOCUMENT), "invalid_document");
  EXPECT_STREQ(pship_status_name(PSHIP_INTERNAL), "internal");
  for (pship_status status = PSHIP_OK; status <= PSHIP_INTERNAL; ++status) {
    EXPECT_STRNE(pship_status_name(status), "unknown") << status;
  }
  for (const pship_status status : {-1, PSHIP_INTERNAL + 1, INT32_MIN, INT32_MAX}) {
    EXPECT_STREQ(pship_status_name(status), "unknown") << status;
  }
}

TEST(CApi, pship_version) {
  EXPECT_STREQ(pship_version(), PSHIP_VERSION);
}

TEST(CApi, pship_abi) {
  EXPECT_EQ(pship_abi(), PSHIP_ABI);
}

// ---- errors: one with two problems and places, one with a detail, and none

Owned<pship_error> two_problems() {
  const std::string json = "{\"calendar\": 1,\n \"ملف\": 2, \"weekend\": [\"someday\"]}";
  return error_of([&](pship_error** err) {
    pship_calendar* out = nullptr;
    return pship_calendar_load(json.data(), json.size(), &out, err);
  });
}

Owned<pship_error> with_detail() {
  const Options options;
  return error_of(
      [&](pship_error** err) { return pship_options_set_bool(options.get(), "creat", 1, err); });
}

// The problem whose pointer this is, or -1.
std::int32_t problem_at(const pship_error* error, std::string_view pointer) {
  for (std::int32_t i = 0; i < pship_error_problems(error); ++i) {
    if (pship_error_pointer(error, i) == pointer) return i;
  }
  return -1;
}

constexpr std::array<std::int32_t, 4> no_problem = {-1, 1000, INT32_MIN, INT32_MAX};

TEST(CApi, pship_error_code) {
  EXPECT_EQ(pship_error_code(two_problems().get()), PSHIP_INVALID_DOCUMENT);
  EXPECT_EQ(pship_error_code(with_detail().get()), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(pship_error_code(nullptr), PSHIP_OK);
}

TEST(CApi, pship_error_message) {
  const auto error = two_problems();
  const std::string message = pship_error_message(error.get());
  EXPECT_THAT(message, HasSubstr(pship_error_problem(error.get(), 0)));
  EXPECT_THAT(message,
              HasSubstr("and " + std::to_string(pship_error_problems(error.get()) - 1) + " more"));
  EXPECT_EQ(message.find('\n'), std::string::npos);
  EXPECT_STREQ(pship_error_message(nullptr), "");
}

TEST(CApi, pship_error_problems) {
  EXPECT_GE(pship_error_problems(two_problems().get()), 2);
  EXPECT_EQ(pship_error_problems(with_detail().get()), 1);
  EXPECT_EQ(pship_error_problems(nullptr), 0);
}

TEST(CApi, pship_error_problem) {
  const auto error = two_problems();
  EXPECT_THAT(pship_error_problem(error.get(), problem_at(error.get(), "/weekend/0")),
              HasSubstr("`someday`"));
  for (const std::int32_t index : no_problem) {
    EXPECT_STREQ(pship_error_problem(error.get(), index), "") << index;
  }
  EXPECT_STREQ(pship_error_problem(nullptr, 0), "");
}

TEST(CApi, pship_error_pointer) {
  const auto error = two_problems();
  EXPECT_GE(problem_at(error.get(), "/weekend/0"), 0);
  EXPECT_GE(problem_at(error.get(), "/calendar"), 0);
  EXPECT_STREQ(pship_error_pointer(with_detail().get(), 0), "");
  for (const std::int32_t index : no_problem) {
    EXPECT_STREQ(pship_error_pointer(error.get(), index), "") << index;
  }
  EXPECT_STREQ(pship_error_pointer(nullptr, 0), "");
}

TEST(CApi, pship_error_offset) {
  const auto error = two_problems();
  // Bytes: the Arabic name takes six.
  EXPECT_EQ(pship_error_offset(error.get(), problem_at(error.get(), "/weekend/0")), 42);
  EXPECT_EQ(pship_error_offset(with_detail().get(), 0), -1);
  for (const std::int32_t index : no_problem) {
    EXPECT_EQ(pship_error_offset(error.get(), index), -1) << index;
  }
  EXPECT_EQ(pship_error_offset(nullptr, 0), -1);
}

TEST(CApi, pship_error_line) {
  const auto error = two_problems();
  EXPECT_EQ(pship_error_line(error.get(), problem_at(error.get(), "/weekend/0")), 2);
  EXPECT_EQ(pship_error_line(error.get(), problem_at(error.get(), "/calendar")), 1);
  EXPECT_EQ(pship_error_line(with_detail().get(), 0), 0);
  for (const std::int32_t index : no_problem) {
    EXPECT_EQ(pship_error_line(error.get(), index), 0) << index;
  }
  EXPECT_EQ(pship_error_line(nullptr, 0), 0);
}

TEST(CApi, pship_error_column) {
  const auto error = two_problems();
  // Code points: the Arabic name takes three.
  EXPECT_EQ(pship_error_column(error.get(), problem_at(error.get(), "/weekend/0")), 24);
  EXPECT_EQ(pship_error_column(with_detail().get(), 0), 0);
  for (const std::int32_t index : no_problem) {
    EXPECT_EQ(pship_error_column(error.get(), index), 0) << index;
  }
  EXPECT_EQ(pship_error_column(nullptr, 0), 0);
}

TEST(CApi, pship_error_details) {
  EXPECT_EQ(pship_error_details(with_detail().get()), 1);
  EXPECT_EQ(pship_error_details(two_problems().get()), 0);
  EXPECT_EQ(pship_error_details(nullptr), 0);
}

TEST(CApi, pship_error_detail_key) {
  const auto error = with_detail();
  EXPECT_STREQ(pship_error_detail_key(error.get(), 0), "nearest");
  for (const std::int32_t index : {1, -1, INT32_MIN, INT32_MAX}) {
    EXPECT_EQ(pship_error_detail_key(error.get(), index), nullptr) << index;
  }
  EXPECT_EQ(pship_error_detail_key(nullptr, 0), nullptr);
}

TEST(CApi, pship_error_detail_value) {
  const auto error = with_detail();
  EXPECT_STREQ(pship_error_detail_value(error.get(), 0), "create");
  for (const std::int32_t index : {1, -1, INT32_MIN, INT32_MAX}) {
    EXPECT_EQ(pship_error_detail_value(error.get(), index), nullptr) << index;
  }
  EXPECT_EQ(pship_error_detail_value(nullptr, 0), nullptr);
}

TEST(CApi, pship_error_free) {
  pship_error_free(nullptr);
  pship_error_free(two_problems().release());
}

// ---- texts

TEST(CApi, pship_text_data) {
  const auto text = canonical("{\"b\": 1, \"a\": []}");
  EXPECT_STREQ(pship_text_data(text.get()), R"({"a":[],"b":1})");
  EXPECT_EQ(pship_text_data(text.get())[pship_text_size(text.get())], '\0');
  EXPECT_STREQ(pship_text_data(nullptr), "");
}

TEST(CApi, pship_text_size) {
  EXPECT_EQ(pship_text_size(canonical("\"\u00e9\"").get()), 4U);
  EXPECT_EQ(pship_text_size(nullptr), 0U);
}

TEST(CApi, pship_text_free) {
  pship_text_free(nullptr);
  pship_text_free(canonical("1").release());
}

// ---- options

TEST(CApi, pship_options_new) {
  pship_options* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_options_new(&out, err); }));
  ASSERT_NE(out, nullptr);
  pship_options_free(out);
  EXPECT_TRUE(refuses_misuse(pship_options_new, &out));
}

TEST(CApi, pship_options_set_bool) {
  const Options options;
  const auto set = [&](const char* name, std::int32_t value) {
    return [&options, name, value](pship_error** err) {
      return pship_options_set_bool(options.get(), name, value, err);
    };
  };
  EXPECT_TRUE(gives(set("create", 0)));
  EXPECT_TRUE(gives(set("create", 1)));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("limit", 1)));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("", 1)));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("\xff\xfe", 1)));
  EXPECT_TRUE(refuses_misuse(pship_options_set_bool, options.get(), "create", 1));
}

TEST(CApi, pship_options_set_int) {
  const Options options;
  const auto set = [&](const char* name, std::int64_t value) {
    return [&options, name, value](pship_error** err) {
      return pship_options_set_int(options.get(), name, value, err);
    };
  };
  EXPECT_TRUE(gives(set("busy_timeout_ms", 0)));
  EXPECT_TRUE(gives(set("busy_timeout_ms", 600000)));
  for (const std::int64_t value : {std::int64_t{-1}, std::int64_t{600001}, INT64_MIN, INT64_MAX}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("busy_timeout_ms", value))) << value;
  }
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("durability", 1)));
  EXPECT_TRUE(refuses_misuse(pship_options_set_int, options.get(), "limit", 1));
}

TEST(CApi, pship_options_set_double) {
  const Options options;
  const auto set = [&](const char* name, double value) {
    return [&options, name, value](pship_error** err) {
      return pship_options_set_double(options.get(), name, value, err);
    };
  };
  // No option takes a real number yet.
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("limit", 1.0)));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("limit", std::nan(""))));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("no such option", 1.0)));
  EXPECT_TRUE(refuses_misuse(pship_options_set_double, options.get(), "limit", 1.0));
}

TEST(CApi, pship_options_set_text) {
  const Options options;
  const auto set = [&](const char* name, std::string_view value) {
    return [&options, name, value](pship_error** err) {
      const Exact exact(value);
      return pship_options_set_text(options.get(), name, exact.data(), exact.size(), err);
    };
  };
  EXPECT_TRUE(gives(set("durability", "normal")));
  EXPECT_TRUE(gives(set("id", "")));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("durability", "norma")));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("durability", "")));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, set("id", "\xff")));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("create", "true")));
  EXPECT_TRUE(refuses_misuse(pship_options_set_text, options.get(), "id", "x", 1));
}

TEST(CApi, pship_options_set_date) {
  const Options options;
  const auto set = [&](const char* name, pship_date value) {
    return [&options, name, value](pship_error** err) {
      return pship_options_set_date(options.get(), name, value, err);
    };
  };
  EXPECT_TRUE(gives(set("on", day_one)));
  EXPECT_TRUE(gives(set("on", PSHIP_DATE_NONE)));
  for (const pship_date value : {INT32_MAX, INT32_MIN + 1, -719163, 2932897}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("on", value))) << value;
  }
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, set("limit", day_one)));
  EXPECT_TRUE(refuses_misuse(pship_options_set_date, options.get(), "on", day_one));
}

TEST(CApi, pship_options_describe) {
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_options_describe(&out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out), testing::ElementsAre("scope", "name", "type", "default", "least",
                                                      "most", "choices", "sentence"));
  EXPECT_THAT(column(out, "name"), testing::IsSupersetOf({"create", "known_at", "delimiter"}));
  EXPECT_THAT(column(out, "sentence"), testing::Each(testing::StrNe("")));
  EXPECT_TRUE(refuses_misuse(pship_options_describe, &out));
}

TEST(CApi, pship_options_free) {
  pship_options_free(nullptr);
  pship_options* out = nullptr;
  ASSERT_EQ(pship_options_new(&out, nullptr), PSHIP_OK);
  pship_options_free(out);
}

// ---- dates

TEST(CApi, pship_date_parse) {
  pship_date out = 0;
  const auto parse = [&](std::string_view text) {
    return [&out, exact = Exact(text)](pship_error** err) {
      return pship_date_parse(exact.data(), exact.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(parse("2018-08-27")));
  EXPECT_EQ(out, day_one);
  EXPECT_TRUE(gives(parse("1970-01-01")));
  EXPECT_EQ(out, 0);
  for (const char* text : {"", "2018-08-2", "2018-08-271", "2018-02-30", "0000-01-01", "2018/08/27",
                           "+018-08-27", "٢٠١٨-٠٨-٢٧", "2018-08-27T00:00:00Z"}) {
    EXPECT_TRUE(refuses(PSHIP_MALFORMED, parse(text), out)) << text;
  }
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, parse(std::string_view("2018-08-2\0", 10)), out));
  EXPECT_TRUE(refuses_misuse(pship_date_parse, "2018-08-27", 10, &out));
}

TEST(CApi, pship_date_from_ymd) {
  pship_date out = 0;
  const auto from = [&](std::int32_t year, std::int32_t month, std::int32_t day) {
    return [&out, year, month, day](pship_error** err) {
      return pship_date_from_ymd(year, month, day, &out, err);
    };
  };
  EXPECT_TRUE(gives(from(2018, 8, 27)));
  EXPECT_EQ(out, day_one);
  EXPECT_TRUE(gives(from(2000, 2, 29)));
  for (const auto& [year, month, day] :
       {std::tuple(1900, 2, 29), std::tuple(2018, 0, 1), std::tuple(2018, 13, 1),
        std::tuple(2018, 1, 0), std::tuple(2018, 1, 32), std::tuple(0, 1, 1),
        std::tuple(10000, 1, 1), std::tuple(INT32_MIN, INT32_MIN, INT32_MIN),
        std::tuple(INT32_MAX, INT32_MAX, INT32_MAX)}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, from(year, month, day), out))
        << year << ' ' << month << ' ' << day;
  }
  EXPECT_TRUE(refuses_misuse(pship_date_from_ymd, 2018, 8, 27, &out));
}

TEST(CApi, pship_date_to_ymd) {
  std::int32_t year = 0, month = 0, day = 0;
  const auto to = [&](pship_date date) {
    return
        [&, date](pship_error** err) { return pship_date_to_ymd(date, &year, &month, &day, err); };
  };
  EXPECT_TRUE(gives(to(day_one)));
  EXPECT_EQ(std::tuple(year, month, day), std::tuple(2018, 8, 27));
  EXPECT_TRUE(gives(to(2932896)));
  EXPECT_EQ(std::tuple(year, month, day), std::tuple(9999, 12, 31));
  for (const pship_date date : {PSHIP_DATE_NONE, INT32_MAX, -719163, 2932897}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, to(date), year, month, day)) << date;
  }
  EXPECT_TRUE(refuses_misuse(pship_date_to_ymd, day_one, &year, &month, &day));
}

TEST(CApi, pship_date_iso) {
  pship_text* out = nullptr;
  const auto iso = [&](pship_date date) {
    return [&, date](pship_error** err) { return pship_date_iso(date, &out, err); };
  };
  EXPECT_TRUE(gives(iso(-719162)));
  EXPECT_EQ(said(Owned<pship_text>(out).get()), "0001-01-01");
  for (const pship_date date : {PSHIP_DATE_NONE, INT32_MAX, -719163, 2932897}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, iso(date), out)) << date;
  }
  EXPECT_TRUE(refuses_misuse(pship_date_iso, day_one, &out));
}

TEST(CApi, pship_date_render) {
  pship_text* out = nullptr;
  const auto render = [&](pship_date date, std::int32_t language) {
    return [&, date, language](pship_error** err) {
      return pship_date_render(date, language, &out, err);
    };
  };
  const std::array<const char*, 3> expected = {"27 آب 2018", "27 August 2018", "27 août 2018"};
  for (const std::int32_t language : {PSHIP_LANG_AR, PSHIP_LANG_EN, PSHIP_LANG_FR}) {
    EXPECT_TRUE(gives(render(day_one, language)));
    EXPECT_EQ(said(Owned<pship_text>(out).get()), expected[static_cast<std::size_t>(language)]);
  }
  for (const std::int32_t language : {-1, 3, INT32_MIN, INT32_MAX}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, render(day_one, language), out)) << language;
  }
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, render(PSHIP_DATE_NONE, PSHIP_LANG_EN), out));
  EXPECT_TRUE(refuses_misuse(pship_date_render, day_one, PSHIP_LANG_EN, &out));
}

TEST(CApi, pship_period_render) {
  pship_text* out = nullptr;
  const auto render = [&](std::string_view text, std::int32_t language) {
    return [&, exact = Exact(text), language](pship_error** err) {
      return pship_period_render(exact.data(), exact.size(), language, &out, err);
    };
  };
  EXPECT_TRUE(gives(render("2018-09-25/2018-09-26", PSHIP_LANG_EN)));
  EXPECT_EQ(said(Owned<pship_text>(out).get()), "25\u201326 September 2018");
  for (const char* text : {"", "20", "2018-13", "2018/2017", "2018-09-25/"}) {
    EXPECT_TRUE(refuses(PSHIP_MALFORMED, render(text, PSHIP_LANG_EN), out)) << text;
  }
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, render("2018", 3), out));
  EXPECT_TRUE(refuses_misuse(pship_period_render, "2018", 4, PSHIP_LANG_FR, &out));
}

// ---- texts and hashes

TEST(CApi, pship_search_key) {
  pship_text* out = nullptr;
  const auto key = [&](std::string_view text) {
    return [&, exact = Exact(text)](pship_error** err) {
      return pship_search_key(exact.data(), exact.size(), &out, err);
    };
  };
  std::vector<std::string> keys;
  for (const char* spelling : {"أفكار", "افكار", "افكـــار"}) {
    EXPECT_TRUE(gives(key(spelling)));
    keys.push_back(said(Owned<pship_text>(out).get()));
  }
  EXPECT_THAT(keys, testing::Each(keys.front()));
  EXPECT_TRUE(gives(key("")));
  EXPECT_EQ(said(Owned<pship_text>(out).get()), "");
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, key("a\xc3"), out));
  EXPECT_TRUE(refuses_misuse(pship_search_key, "a", 1, &out));
}

TEST(CApi, pship_json_canonical) {
  pship_text* out = nullptr;
  const auto make = [&](std::string_view json) {
    return [&, exact = Exact(json)](pship_error** err) {
      return pship_json_canonical(exact.data(), exact.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(make("{\"b\": 1.50, \"a\": \"\\u00e9\"}")));
  EXPECT_EQ(said(Owned<pship_text>(out).get()), R"({"a":"é","b":1.5})");
  for (const char* json : {"", " ", "{", "[1,]", "{\"a\":1,\"a\":2}", "\xef\xbb\xbf{}", "\"\xff\"",
                           "nul", "1e999", "\"\\ud800\""}) {
    EXPECT_TRUE(refuses(PSHIP_MALFORMED, make(json), out)) << json;
  }
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  EXPECT_TRUE(refuses(PSHIP_LIMIT, make(deep), out));
  EXPECT_TRUE(refuses_misuse(pship_json_canonical, "{}", 2, &out));
}

TEST(CApi, pship_sha256) {
  Digest out{};
  const auto hash = [&](const void* bytes, std::size_t size) {
    return [&out, bytes, size](pship_error** err) {
      return pship_sha256(bytes, size, out.data(), err);
    };
  };
  // FIPS 180-4, and the hash of nothing.
  const Exact abc("abc");
  EXPECT_TRUE(gives(hash(abc.data(), abc.size())));
  EXPECT_EQ(hex(out), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_TRUE(gives(hash(nullptr, 0)));
  EXPECT_EQ(hex(out), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_TRUE(refuses_misuse(pship_sha256, static_cast<const void*>("abc"), 3, out.data()));
}

TEST(CApi, pship_commitment) {
  Digest out{}, other{};
  const Digest salt{7};
  const auto commit = [&](std::string_view json) {
    return [&, exact = Exact(json)](pship_error** err) {
      return pship_commitment(exact.data(), exact.size(), salt.data(), out.data(), err);
    };
  };
  EXPECT_TRUE(gives(commit("{\"b\": 2, \"a\": 1}")));
  // What the header says it is: 0x02, the salt, the canonical form.
  std::string message = "\x02";
  message.append(salt.begin(), salt.end());
  message += R"({"a":1,"b":2})";
  ASSERT_EQ(pship_sha256(message.data(), message.size(), other.data(), nullptr), PSHIP_OK);
  EXPECT_EQ(out, other);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, commit("{"), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, commit(""), out));
  EXPECT_TRUE(refuses_misuse(pship_commitment, "{}", 2, salt.data(), out.data()));
}

}  // namespace
