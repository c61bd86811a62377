// SPDX-License-Identifier: Apache-2.0
//
// The C functions of feel.h that compile, read cases and answer: a right call, what they refuse,
// and what they leave behind then.
#include "feel_support.hpp"

namespace {

using namespace pship_testing;
using testing::ElementsAre;
using testing::HasSubstr;

// ---- compiling

TEST(CApi, pship_feel_compile) {
  pship_feel* out = nullptr;
  const auto compile = [&](std::string_view expressions, std::string_view types,
                           const pship_options* options = nullptr) {
    return [&out, options, a = Exact(expressions), b = Exact(types)](pship_error** err) {
      return pship_feel_compile(a.data(), a.size(), b.data(), b.size(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(compile(rules, schema)));
  const Owned<pship_feel> feel(out);
  EXPECT_EQ(pship_feel_size(out), 4);
  EXPECT_TRUE(gives(compile("{}", {})));
  const Owned<pship_feel> empty(out);
  EXPECT_EQ(pship_feel_size(out), 0);

  EXPECT_TRUE(refuses(PSHIP_MALFORMED, compile("{", {}), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, compile("{}", "{"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, compile("[]", {}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, compile(R"({"a": {"fel": "1"}})", {}), out));
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_DOCUMENT, compile(R"({"a": {"feel": "1", "type": "x"}})", {}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, compile("{}", R"({"a": "nmber"})"), out));
  Options strict, foreign;
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, compile("{}", {}, strict.flag("strict", true).get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      compile("{}", {}, foreign.number("max_steps", 5).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_feel_compile, rules.data(), rules.size(), schema.data(),
                             schema.size(), nullptr, &out));

  // All that is wrong, each at its place.
  const auto error =
      error_of(compile(R"({"a": "1 +", "b": {"feel": "\n dya"}})", schema, strict.get()));
  ASSERT_EQ(pship_error_problems(error.get()), 2);
  EXPECT_STREQ(pship_error_pointer(error.get(), 0), "/a");
  EXPECT_EQ(pship_error_offset(error.get(), 0), 3);
  EXPECT_STREQ(pship_error_pointer(error.get(), 1), "/b/feel");
  EXPECT_EQ(pship_error_line(error.get(), 1), 2);
  EXPECT_EQ(pship_error_column(error.get(), 1), 2);
  EXPECT_STREQ(pship_error_detail_key(error.get(), 0), "nearest");
  EXPECT_STREQ(pship_error_detail_value(error.get(), 0), "day");
  Options any;
  EXPECT_TRUE(gives(compile("{}", R"({"a": "nmber"})", any.flag("unknown_types", true).get())));
  pship_feel_free(out);
}

TEST(CApi, pship_feel_diagnose) {
  pship_table* out = nullptr;
  const auto diagnose = [&](std::string_view expressions, const pship_options* options) {
    return [&out, options, a = Exact(expressions)](pship_error** err) {
      return pship_feel_diagnose(a.data(), a.size(), schema.data(), schema.size(), options, &out,
                                 err);
    };
  };
  Options strict;
  strict.flag("strict", true);
  EXPECT_TRUE(gives(diagnose(R"({"good": "1", "bad": "1 + dya"})", strict.get())));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out), ElementsAre("expression", "severity", "offset", "length", "line",
                                             "column", "message", "hint"));
  EXPECT_EQ(cell(out, "expression", 0), "bad");
  EXPECT_EQ(cell(out, "severity", 0), "error");
  EXPECT_EQ(cell(out, "offset", 0), "4");
  EXPECT_EQ(cell(out, "length", 0), "3");
  EXPECT_EQ(cell(out, "column", 0), "5");
  EXPECT_THAT(cell(out, "hint", 0), HasSubstr("`day`"));
  EXPECT_TRUE(gives(diagnose(rules, nullptr)));
  const Owned<pship_table> fine(out);
  EXPECT_EQ(pship_table_rows(out), 0);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, diagnose("{", nullptr), out));
  EXPECT_TRUE(refuses_misuse(pship_feel_diagnose, rules.data(), rules.size(), schema.data(),
                             schema.size(), nullptr, &out));
}

TEST(CApi, pship_feel_table) {
  const auto feel = compiled();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_feel_table(feel.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out), ElementsAre("expression", "feel", "type", "columns", "memory"));
  EXPECT_THAT(column(out, "expression"), ElementsAre("late", "enough", "odd", "name"));
  EXPECT_THAT(column(out, "type"), ElementsAre("boolean", "boolean", "Any", "string"));
  EXPECT_EQ(cell(out, "columns", 0), "true");
  EXPECT_EQ(cell(out, "feel", 3), "side");
  EXPECT_TRUE(refuses_misuse(pship_feel_table, feel.get(), &out));
}

TEST(CApi, pship_feel_size) {
  EXPECT_EQ(pship_feel_size(compiled().get()), 4);
  EXPECT_EQ(pship_feel_size(nullptr), 0);
}

TEST(CApi, pship_feel_find) {
  const auto feel = compiled();
  EXPECT_EQ(pship_feel_find(feel.get(), "enough"), 1);
  EXPECT_EQ(pship_feel_find(feel.get(), "none"), -1);
  EXPECT_EQ(pship_feel_find(feel.get(), nullptr), -1);
  EXPECT_EQ(pship_feel_find(nullptr, "enough"), -1);
}

TEST(CApi, pship_feel_free) {
  pship_feel_free(nullptr);
  auto feel = compiled();
  const auto read = read_case(feel.get(), early);
  feel.reset();  // the case goes on to live
  EXPECT_NE(made<pship_value>(
                [&](auto** out) { return pship_feel_case_value(read.get(), out, nullptr); }),
            nullptr);
}

TEST(FeelWarnings, SayWhichOperandIsNull) {
  const auto feel = compiled(R"({"it": "[day - box.at, n + null, n * (n - 1)]"})",
                             R"({"day": "date?", "n": "number?", "box": {"at": "date?"}})");
  const auto over = read_case(feel.get(), R"({"box": {}})");
  pship_value* value = nullptr;
  const auto warnings = made<pship_table>([&](auto** out) {
    return pship_feel_evaluate(feel.get(), 0, over.get(), nullptr, nullptr, &value, out, nullptr);
  });
  const Owned<pship_value> owned(value);
  const auto message = [&](std::int64_t row) { return cell(warnings.get(), "message", row); };
  EXPECT_EQ(message(0),
            "`-` cannot take null, in `day - box.at`: `day` is null and `box.at` is null");
  EXPECT_EQ(message(1), "`+` cannot take null, in `n + null`: `n` is null");
  EXPECT_EQ(message(2), "`-` cannot take null and a number, in `n - 1`: `n` is null");
}

TEST(CApi, pship_feel_functions) {
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_feel_functions(&out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out), ElementsAre("function", "signature", "result", "sentence"));
  EXPECT_THAT(column(out, "signature"),
              testing::Contains("substring(string, start position, [length])"));
  EXPECT_TRUE(refuses_misuse(pship_feel_functions, &out));
}

// ---- cases

TEST(CApi, pship_feel_case_read) {
  const auto feel = compiled();
  pship_feel_case* out = nullptr;
  const auto read = [&](const pship_feel* set, std::string_view json) {
    return [&out, set, exact = Exact(json)](pship_error** err) {
      return pship_feel_case_read(set, exact.data(), exact.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(read(feel.get(), early)));
  const Owned<pship_feel_case> one(out);
  EXPECT_TRUE(gives(read(feel.get(), R"({"n": "no number", "side": null})")));
  const Owned<pship_feel_case> odd(out);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, read(feel.get(), "{"), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, read(feel.get(), ""), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, read(feel.get(), R"({"dya": 1, "sdie": 2})"), out));
  EXPECT_EQ(pship_error_problems(error_of(read(feel.get(), R"({"dya": 1, "sdie": 2})")).get()), 2);
  EXPECT_TRUE(refuses(PSHIP_LIMIT, read(feel.get(), std::string(2000, '[')), out));
  EXPECT_TRUE(refuses_misuse(pship_feel_case_read, feel.get(), early.data(), early.size(), &out));

  const auto plain = compiled(rules, {});
  EXPECT_TRUE(gives(read(plain.get(), R"({"anything": [1, {}]})")));
  const Owned<pship_feel_case> any(out);
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, read(plain.get(), "[]"), out));
}

TEST(CApi, pship_feel_case_value) {
  const auto feel = compiled();
  const auto one = read_case(feel.get(), early);
  pship_value* out = nullptr;
  EXPECT_TRUE(gives([&](auto** err) { return pship_feel_case_value(one.get(), &out, err); }));
  const Owned<pship_value> value(out);
  EXPECT_EQ(pship_value_kind(out), PSHIP_VALUE_CONTEXT);
  EXPECT_EQ(pship_value_kind(pship_value_find(out, "day")), PSHIP_VALUE_DATE);
  EXPECT_EQ(expression_of(pship_value_find(out, "votes")), "[1, 2.5]");
  EXPECT_TRUE(refuses_misuse(pship_feel_case_value, one.get(), &out));
}

TEST(CApi, pship_feel_case_free) {
  pship_feel_case_free(nullptr);
}

TEST(CApi, pship_feel_cases_read) {
  const auto feel = compiled();
  pship_feel_cases* out = nullptr;
  const auto read = [&](const pship_feel* set, std::string_view json) {
    return [&out, set, exact = Exact(json)](pship_error** err) {
      return pship_feel_cases_read(set, exact.data(), exact.size(), &out, err);
    };
  };
  for (const std::string& text : {std::string(early) + "\n\n" + std::string(late),
                                  "\t[" + std::string(early) + "," + std::string(late) + "]"}) {
    EXPECT_TRUE(gives(read(feel.get(), text)));
    const Owned<pship_feel_cases> cases(out);
    EXPECT_EQ(pship_feel_cases_count(out), 2);
  }
  EXPECT_TRUE(gives(read(feel.get(), "")));
  const Owned<pship_feel_cases> none(out);
  EXPECT_EQ(pship_feel_cases_count(out), 0);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, read(feel.get(), "[{}"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, read(feel.get(), R"([{}, {"dya": 1}])"), out));
  EXPECT_STREQ(pship_error_pointer(error_of(read(feel.get(), R"([{}, {"dya": 1}])")).get(), 0),
               "/1/dya");
  EXPECT_TRUE(refuses(PSHIP_STATE, read(compiled(rules, {}).get(), "[]"), out));
  EXPECT_TRUE(refuses_misuse(pship_feel_cases_read, feel.get(), early.data(), early.size(), &out));
}

Owned<pship_table> table_of(std::string_view json) {
  return made<pship_table>(
      [&](auto** out) { return pship_table_read_json(json.data(), json.size(), out, nullptr); });
}

TEST(CApi, pship_feel_cases_from_tables) {
  const auto feel = compiled();
  const auto cases = table_of(R"([{"day": "2026-01-05", "n": 1}, {"day": "2026-02-01", "n": 1}])");
  const auto votes = table_of(R"([{"case": 0, "item": 2.5}, {"case": 0, "item": 1}])");
  const char* lists[] = {"votes", "box"};
  const pship_table* items[] = {votes.get(), nullptr};
  pship_feel_cases* out = nullptr;
  const auto from = [&](const pship_table* table, std::size_t n) {
    return [&, table, n](pship_error** err) {
      return pship_feel_cases_from_tables(feel.get(), table, lists, items, n, &out, err);
    };
  };
  EXPECT_TRUE(gives(from(cases.get(), 1)));
  const Owned<pship_feel_cases> made_of(out);
  const auto answers = made<pship_table>([&](auto** table) {
    return pship_feel_decide_all(feel.get(), made_of.get(), nullptr, nullptr, table, nullptr);
  });
  EXPECT_THAT(column(answers.get(), "enough"), ElementsAre("true", "false"));
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_feel_cases_from_tables(feel.get(), cases.get(), nullptr, nullptr, 0, &out, err);
  }));
  const Owned<pship_feel_cases> flat(out);
  EXPECT_EQ(pship_feel_cases_count(out), 2);

  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, from(cases.get(), 2), out));  // a NULL table
  lists[0] = "vots";
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, from(cases.get(), 1), out));
  lists[0] = nullptr;
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, from(cases.get(), 1), out));
  lists[0] = "votes";
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, from(table_of(R"([{"dya": 1}])").get(), 0), out));
  EXPECT_TRUE(refuses_misuse(
      pship_feel_cases_from_tables, feel.get(), cases.get(), static_cast<const char* const*>(lists),
      static_cast<const pship_table* const*>(items), may(std::size_t{1}).value, &out));
}

TEST(CApi, pship_feel_cases_from_arrow) {
  const auto feel = compiled();
  const auto table = table_of(R"([{"day": "2026-01-05", "n": 1}, {"day": "2026-02-01", "n": 1}])");
  pship_feel_cases* out = nullptr;
  ArrowArrayStream stream{};
  const auto fill = [&](const pship_table* of) {
    ASSERT_EQ(pship_table_to_arrow(of, &stream, nullptr), PSHIP_OK);
  };
  fill(table.get());
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_feel_cases_from_arrow(feel.get(), &stream, &out, err);
  }));
  EXPECT_EQ(stream.release, nullptr);
  const Owned<pship_feel_cases> cases(out);
  EXPECT_EQ(pship_feel_cases_count(out), 2);
  const auto wrong = table_of(R"([{"dya": 1}])");
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_ARGUMENT,
      [&](pship_error** err) {
        fill(wrong.get());
        return pship_feel_cases_from_arrow(feel.get(), &stream, &out, err);
      },
      out));
  EXPECT_EQ(stream.release, nullptr);
  // Released also where there is nothing to read it for, or into.
  fill(table.get());
  EXPECT_EQ(pship_feel_cases_from_arrow(nullptr, &stream, &out, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(stream.release, nullptr);
  fill(table.get());
  EXPECT_EQ(pship_feel_cases_from_arrow(feel.get(), &stream, nullptr, nullptr),
            PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(stream.release, nullptr);
  EXPECT_TRUE(refuses_misuse(pship_feel_cases_from_arrow, feel.get(), &stream, &out));
}

TEST(CApi, pship_feel_cases_count) {
  EXPECT_EQ(pship_feel_cases_count(nullptr), 0);
}

TEST(CApi, pship_feel_cases_free) {
  pship_feel_cases_free(nullptr);
}

// ---- answers

TEST(CApi, pship_feel_decide) {
  const auto feel = compiled();
  const auto one = read_case(feel.get(), early), two = read_case(feel.get(), late);
  std::array<std::uint8_t, 4> verdicts{9, 9, 9, 9};
  const auto decide = [&](const pship_feel* set, const pship_feel_case* of, std::size_t n,
                          const pship_options* options = nullptr) {
    return [&, set, of, n, options](pship_error** err) {
      verdicts.fill(9);
      return pship_feel_decide(set, of, nullptr, options, verdicts.data(), n, err);
    };
  };
  EXPECT_TRUE(gives(decide(feel.get(), one.get(), 4)));
  EXPECT_THAT(verdicts, ElementsAre(PSHIP_FEEL_FALSE, PSHIP_FEEL_TRUE, PSHIP_FEEL_UNDETERMINED,
                                    PSHIP_FEEL_UNDETERMINED));
  EXPECT_TRUE(gives(decide(feel.get(), two.get(), 4)));
  EXPECT_THAT(verdicts, ElementsAre(PSHIP_FEEL_TRUE, PSHIP_FEEL_FALSE, PSHIP_FEEL_UNDETERMINED,
                                    PSHIP_FEEL_UNDETERMINED));

  const auto other = compiled();
  Options foreign;
  foreign.flag("strict", true);
  for (const auto& call :
       {decide(nullptr, one.get(), 4), decide(feel.get(), nullptr, 4),
        decide(other.get(), one.get(), 4), decide(feel.get(), one.get(), 4, foreign.get())}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, call));
    EXPECT_THAT(verdicts, testing::Each(PSHIP_FEEL_UNDETERMINED));
  }
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, decide(feel.get(), one.get(), 3)));
  EXPECT_THAT(verdicts, ElementsAre(2, 2, 2, 9));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, [&](pship_error** err) {
    return pship_feel_decide(feel.get(), one.get(), nullptr, nullptr, nullptr, 4, err);
  }));

  // Without a schema, and without expressions.
  const auto plain = compiled(R"({"a": "b", "c": "b + 1", "d": "b = 2"})", {});
  const auto case_of_it = read_case(plain.get(), R"({"b": true})");
  EXPECT_TRUE(gives(decide(plain.get(), case_of_it.get(), 3)));
  EXPECT_THAT(verdicts, ElementsAre(1, 2, 2, 9));
  const auto none = compiled("{}");
  EXPECT_TRUE(gives(decide(none.get(), read_case(none.get(), early).get(), 0)));
}

TEST(CApi, pship_feel_decide_all) {
  const auto feel = compiled();
  const std::string lines = std::string(early) + "\n" + std::string(late);
  const auto cases = made<pship_feel_cases>([&](auto** out) {
    return pship_feel_cases_read(feel.get(), lines.data(), lines.size(), out, nullptr);
  });
  pship_table* out = nullptr;
  Options options;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_feel_decide_all(feel.get(), cases.get(), nullptr,
                                 options.number("threads", 2).get(), &out, err);
  }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(out, "late"), ElementsAre("false", "true"));
  EXPECT_THAT(column(out, "enough"), ElementsAre("true", "false"));
  EXPECT_THAT(column(out, "odd"), ElementsAre("null", "null"));
  EXPECT_TRUE(refuses_misuse(pship_feel_decide_all, feel.get(), cases.get(),
                             may(static_cast<const pship_calendar*>(nullptr)), nullptr, &out));
  const auto other = compiled();
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_ARGUMENT,
      [&](pship_error** err) {
        return pship_feel_decide_all(other.get(), cases.get(), nullptr, nullptr, &out, err);
      },
      out));
}

constexpr const pship_calendar* no_calendar = nullptr;

TEST(CApi, pship_feel_evaluate) {
  const auto feel = compiled();
  const auto one = read_case(feel.get(), early);
  pship_value* value = nullptr;
  pship_table* warnings = nullptr;
  const auto evaluate = [&](std::int32_t which, const pship_feel_case* of,
                            const pship_options* options = nullptr) {
    return [&, which, of, options](pship_error** err) {
      return pship_feel_evaluate(feel.get(), which, of, nullptr, options, &value, &warnings, err);
    };
  };
  EXPECT_TRUE(gives(evaluate(3, one.get())));
  const Owned<pship_value> side(value);
  const Owned<pship_table> fine(warnings);
  EXPECT_EQ(expression_of(value), "\"public\"");
  EXPECT_EQ(pship_table_rows(warnings), 0);
  EXPECT_TRUE(gives(evaluate(2, one.get())));
  const Owned<pship_value> nothing(value);
  const Owned<pship_table> table(warnings);
  EXPECT_EQ(pship_value_kind(value), PSHIP_VALUE_NULL);
  EXPECT_THAT(column_names(warnings),
              ElementsAre("kind", "message", "offset", "length", "line", "column"));
  EXPECT_THAT(column(warnings, "kind"), ElementsAre("wrong type"));
  EXPECT_THAT(column(warnings, "length"), ElementsAre("7"));
  EXPECT_TRUE(gives(evaluate(0, nullptr)));  // a case without members
  const Owned<pship_value> without(value);
  const Owned<pship_table> reasons(warnings);
  EXPECT_EQ(pship_value_kind(value), PSHIP_VALUE_NULL);
  EXPECT_GT(pship_table_rows(warnings), 0);

  for (const std::int32_t which : {-1, 4}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, evaluate(which, one.get()), value, warnings));
  }
  Options bad;
  bad.text("now", "yesterday");
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, evaluate(0, one.get(), bad.get()), value, warnings));
  EXPECT_TRUE(refuses_misuse(pship_feel_evaluate, feel.get(), 0, may(one.get()), may(no_calendar),
                             nullptr, &value, may(&warnings)));
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_feel_evaluate(feel.get(), 0, nullptr, nullptr, nullptr, &value, nullptr, err);
  }));
  pship_value_free(value);
}

TEST(CApi, pship_feel_evaluate_all) {
  const auto feel = compiled();
  const auto cases = made<pship_feel_cases>([&](auto** out) {
    return pship_feel_cases_read(feel.get(), early.data(), early.size(), out, nullptr);
  });
  pship_table* out = nullptr;
  const auto all = [&](std::int32_t which) {
    return [&, which](pship_error** err) {
      return pship_feel_evaluate_all(feel.get(), which, cases.get(), nullptr, nullptr, &out, err);
    };
  };
  EXPECT_TRUE(gives(all(3)));
  const Owned<pship_table> sides(out);
  EXPECT_THAT(column_names(out), ElementsAre("value", "kind", "warnings"));
  EXPECT_THAT(column(out, "value"), ElementsAre("public"));
  EXPECT_TRUE(gives(all(2)));
  const Owned<pship_table> nulls(out);
  EXPECT_THAT(column(out, "value"), ElementsAre("null"));
  EXPECT_THAT(column(out, "kind"), ElementsAre("null"));
  EXPECT_THAT(column(out, "warnings"), ElementsAre("1"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, all(9), out));
  EXPECT_TRUE(refuses_misuse(pship_feel_evaluate_all, feel.get(), 0, cases.get(), may(no_calendar),
                             nullptr, &out));
}

TEST(CApi, pship_feel_explain) {
  const auto feel = compiled();
  const auto two = read_case(feel.get(), late);
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_feel_explain(feel.get(), 1, two.get(), nullptr, nullptr, &out, err);
  }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column_names(out), ElementsAre("part", "parent", "round", "decisive", "value", "kind",
                                             "offset", "length", "source"));
  EXPECT_EQ(cell(out, "source", 0), "count(votes[item >= 2]) >= n");
  EXPECT_EQ(cell(out, "value", 0), "false");
  EXPECT_EQ(cell(out, "decisive", 0), "true");
  EXPECT_EQ(cell(out, "parent", 0), "null");
  EXPECT_EQ(cell(out, "parent", 1), "0");
  EXPECT_TRUE(refuses_misuse(pship_feel_explain, feel.get(), 0, may(two.get()), may(no_calendar),
                             nullptr, &out));
}

TEST(CApi, pship_feel_explain_text) {
  const auto feel = compiled();
  const auto two = read_case(feel.get(), late);
  pship_text* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_feel_explain_text(feel.get(), 0, two.get(), nullptr, nullptr, &out, err);
  }));
  const Owned<pship_text> text(out);
  EXPECT_THAT(said(out), testing::StartsWith("`day > @\"2026-01-31\"` = true\n"));
  EXPECT_TRUE(refuses_misuse(pship_feel_explain_text, feel.get(), 0, may(two.get()),
                             may(no_calendar), nullptr, &out));
}

TEST(CApi, pship_feel_explain_json) {
  const auto feel = compiled();
  const auto two = read_case(feel.get(), late);
  pship_text* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_feel_explain_json(feel.get(), 0, two.get(), nullptr, nullptr, &out, err);
  }));
  const Owned<pship_text> text(out);
  EXPECT_NE(made<pship_text>([&](auto** canonical) {
              return pship_json_canonical(pship_text_data(out), pship_text_size(out), canonical,
                                          nullptr);
            }),
            nullptr);
  EXPECT_TRUE(refuses_misuse(pship_feel_explain_json, feel.get(), 0, may(two.get()),
                             may(no_calendar), nullptr, &out));
}

}  // namespace
