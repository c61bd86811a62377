// SPDX-License-Identifier: Apache-2.0
//
// The C functions of lottery.h that compose, and say what was composed: what each gives, what it
// refuses, and what it leaves behind then. Which lotteries are found is the matter of
// tests/committee, what is proved of tests/verify.
#include "lottery_support.hpp"

namespace {

using namespace pship_testing;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

TEST(CApi, pship_compose) {
  const Inputs inputs;
  pship_composition* out = nullptr;
  const auto compose = [&](const pship_options* options, Pace* pace = nullptr) {
    return [&, options, pace](pship_error** err) {
      return pship_compose(inputs.criteria.get(), inputs.nominees.get(), options,
                           pace == nullptr ? nullptr : &Pace::ask, pace, &out, err);
    };
  };
  EXPECT_TRUE(gives(compose(nullptr)));
  EXPECT_EQ(pship_composition_status(Owned<pship_composition>(out).get()), PSHIP_LOTTERY_PROVED);
  for (const char* kind : {"leximin", "maximin", "nash", "legacy"}) {
    Options options;
    EXPECT_TRUE(gives(compose(options.text("lottery", kind).get()))) << kind;
    pship_composition_free(out);
  }
  Pace going;
  EXPECT_TRUE(gives(compose(nullptr, &going)));
  pship_composition_free(out);
  EXPECT_GT(going.calls, 0);
  for (const std::int32_t answer : {PSHIP_PACE_CANCEL, -1, 77}) {
    Pace ending{answer};
    EXPECT_TRUE(refuses(PSHIP_CANCELLED, compose(nullptr, &ending), out)) << answer;
  }
  Pace finishing{PSHIP_PACE_FINISH};
  EXPECT_TRUE(gives(compose(nullptr, &finishing)));
  pship_composition_free(out);

  Options foreign, word, large, both, size;
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, compose(foreign.flag("create", true).get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, compose(word.text("delta", "small").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, compose(large.text("delta", "1").get()), out));
  both.number("size", 2);
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, compose(both.number("size_min", 1).get()), out));
  // A size beside the criteria's that no committee has: an answer.
  EXPECT_TRUE(gives(compose(size.number("size", 3).get())));
  EXPECT_EQ(pship_composition_status(Owned<pship_composition>(out).get()),
            PSHIP_LOTTERY_INFEASIBLE);
  const Inputs strangers(document, "id,region\na,north\nb,south\n");
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_DOCUMENT,
      [&](pship_error** err) {
        return pship_compose(strangers.criteria.get(), strangers.nominees.get(), nullptr, nullptr,
                             nullptr, &out, err);
      },
      out));
  EXPECT_TRUE(refuses_misuse(pship_compose, inputs.criteria.get(), inputs.nominees.get(), nullptr,
                             may(pship_pace{nullptr}), may(static_cast<void*>(nullptr)), &out));
}

TEST(CApi, pship_composition_status) {
  EXPECT_EQ(pship_composition_status(nullptr), 0);
  EXPECT_EQ(pship_composition_status(Inputs(infeasible()).compose().get()),
            PSHIP_LOTTERY_INFEASIBLE);
  Options legacy;
  EXPECT_EQ(
      pship_composition_status(Inputs().compose(legacy.text("lottery", "legacy").get()).get()),
      PSHIP_LOTTERY_DRAWN);
}

TEST(CApi, pship_lottery_status_name) {
  EXPECT_STREQ(pship_lottery_status_name(0), "");
  EXPECT_STREQ(pship_lottery_status_name(INT32_MAX), "");
  std::vector<std::string> names;
  for (std::int32_t i = PSHIP_LOTTERY_PROVED; i <= PSHIP_LOTTERY_DRAWN; ++i) {
    names.emplace_back(pship_lottery_status_name(i));
  }
  EXPECT_THAT(names, ElementsAre("proved", "bound", "infeasible", "limit", "trouble", "drawn"));
}

TEST(CApi, pship_composition_about) {
  const auto composition = Inputs().compose();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives(
      [&](pship_error** err) { return pship_composition_about(composition.get(), &out, err); }));
  const Owned<pship_table> about(out);
  EXPECT_EQ(pship_table_rows(about.get()), 1);
  EXPECT_THAT(column(about.get(), "lottery"), ElementsAre("leximin"));
  EXPECT_THAT(column(about.get(), "status"), ElementsAre("proved"));
  EXPECT_THAT(column(about.get(), "nominees"), ElementsAre("4"));
  EXPECT_THAT(column(about.get(), "selectable"), ElementsAre("4"));
  EXPECT_THAT(column(about.get(), "types"), ElementsAre("2"));
  EXPECT_THAT(column(about.get(), "least"), ElementsAre("0.333333"));
  EXPECT_THAT(column(about.get(), "largest"), ElementsAre("1.000000"));
  EXPECT_THAT(column(about.get(), "size"), ElementsAre("2.000000"));
  EXPECT_THAT(column(about.get(), "gini"), ElementsAre("0.250000"));
  EXPECT_THAT(column(about.get(), "bound"), ElementsAre("null"));
  // Nothing is said of a lottery that is not there.
  const auto nobody = Inputs(infeasible()).compose();
  const auto empty = made<pship_table>(
      [&](auto** table) { return pship_composition_about(nobody.get(), table, nullptr); });
  EXPECT_THAT(column(empty.get(), "status"), ElementsAre("infeasible"));
  EXPECT_THAT(column(empty.get(), "least"), ElementsAre("null"));
  EXPECT_TRUE(refuses_misuse(pship_composition_about, composition.get(), &out));
}

TEST(CApi, pship_compositions_compare) {
  const Inputs inputs;
  Options legacy;
  const auto fair = inputs.compose();
  const auto drawn = inputs.compose(legacy.text("lottery", "legacy").get());
  const std::array<const pship_composition*, 2> both = {fair.get(), drawn.get()};
  const std::array<const pship_composition*, 2> missing = {fair.get(), nullptr};
  pship_table* out = nullptr;
  const auto compare = [&](const pship_composition* const* list, std::int64_t n) {
    return [&out, list, n](pship_error** err) {
      return pship_compositions_compare(list, n, &out, err);
    };
  };
  EXPECT_TRUE(gives(compare(both.data(), 2)));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "lottery"), ElementsAre("leximin", "legacy"));
  EXPECT_TRUE(gives(compare(nullptr, 0)));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, compare(both.data(), -1), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, compare(missing.data(), 2), out));
  EXPECT_TRUE(refuses_misuse(pship_compositions_compare, both.data(), std::int64_t{2}, &out));
}

TEST(CApi, pship_composition_probabilities) {
  const auto composition = Inputs().compose();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_composition_probabilities(composition.get(), &out, err);
  }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "id"), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(column(table.get(), "probability"),
              ElementsAre("0.333333", "1.000000", "0.333333", "0.333333"));
  EXPECT_THAT(column(table.get(), "target"), ElementsAre("1/3", "1", "1/3", "1/3"));
  EXPECT_TRUE(refuses_misuse(pship_composition_probabilities, composition.get(), &out));
}

TEST(CApi, pship_composition_values) {
  const auto composition = Inputs().compose();
  pship_table* out = nullptr;
  const auto values = [&](std::int32_t language) {
    return [&out, &composition, language](pship_error** err) {
      return pship_composition_values(composition.get(), language, &out, err);
    };
  };
  EXPECT_TRUE(gives(values(PSHIP_LANG_EN)));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "label"), ElementsAre("Public", "Civil"));
  EXPECT_THAT(column(table.get(), "nominees"), ElementsAre("3", "1"));
  EXPECT_THAT(column(table.get(), "exact"), ElementsAre("1", "1"));
  EXPECT_THAT(column(table.get(), "quota_least"), ElementsAre("null", "1"));
  EXPECT_THAT(column(table.get(), "quota_most"), ElementsAre("null", "1"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, values(3), out));
  EXPECT_TRUE(refuses_misuse(pship_composition_values, composition.get(), PSHIP_LANG_EN, &out));
}

TEST(CApi, pship_composition_quotas) {
  const auto composition = Inputs().compose();
  pship_table* out = nullptr;
  const auto quotas = [&](std::int32_t language) {
    return [&out, &composition, language](pship_error** err) {
      return pship_composition_quotas(composition.get(), language, &out, err);
    };
  };
  EXPECT_TRUE(gives(quotas(PSHIP_LANG_FR)));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "criterion"), ElementsAre("size", "civil"));
  EXPECT_THAT(column(table.get(), "met"), Each("1.000000"));
  EXPECT_THAT(column(table.get(), "lowest"), ElementsAre("2", "1"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, quotas(-1), out));
  EXPECT_TRUE(refuses_misuse(pship_composition_quotas, composition.get(), PSHIP_LANG_EN, &out));
}

TEST(CApi, pship_composition_panels) {
  const auto composition = Inputs().compose();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives(
      [&](pship_error** err) { return pship_composition_panels(composition.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "member"), SizeIs(6));  // three panels of two
  EXPECT_THAT(column(table.get(), "panel"), ElementsAre("1", "1", "2", "2", "3", "3"));
  EXPECT_TRUE(refuses_misuse(pship_composition_panels, composition.get(), &out));
}

TEST(CApi, pship_composition_levels) {
  const auto composition = Inputs().compose();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives(
      [&](pship_error** err) { return pship_composition_levels(composition.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "value"), ElementsAre("1/3", "1"));
  EXPECT_THAT(column(table.get(), "proof"), Each("rows"));
  EXPECT_TRUE(refuses_misuse(pship_composition_levels, composition.get(), &out));
}

TEST(CApi, pship_composition_conflict) {
  const auto nobody = Inputs(infeasible()).compose();
  pship_table* out = nullptr;
  const auto conflict = [&](std::int32_t language) {
    return [&out, &nobody, language](pship_error** err) {
      return pship_composition_conflict(nobody.get(), language, &out, err);
    };
  };
  EXPECT_TRUE(gives(conflict(PSHIP_LANG_EN)));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "criterion"), ElementsAre("civil"));
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_composition_conflict(Inputs().compose().get(), PSHIP_LANG_EN, &out, err);
  }));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, conflict(9), out));
  EXPECT_TRUE(refuses_misuse(pship_composition_conflict, nobody.get(), PSHIP_LANG_EN, &out));
}

TEST(CApi, pship_composition_relaxations) {
  const auto nobody = Inputs(infeasible()).compose();
  pship_table* out = nullptr;
  const auto relaxations = [&](std::int32_t language) {
    return [&out, &nobody, language](pship_error** err) {
      return pship_composition_relaxations(nobody.get(), language, &out, err);
    };
  };
  EXPECT_TRUE(gives(relaxations(PSHIP_LANG_AR)));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "criterion"), Contains("civil"));
  EXPECT_THAT(column(table.get(), "to"), Contains("1"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, relaxations(9), out));
  EXPECT_TRUE(refuses_misuse(pship_composition_relaxations, nobody.get(), PSHIP_LANG_EN, &out));
}

// Two relaxations: civil nominees and the size do not go together, so either may give way.
std::string torn() {
  std::string json(document);
  return json.replace(json.find("\"min\": 1, \"max\": 1"), 18, "\"share\": {\"min\": \"1\"}");
}

TEST(CApi, pship_composition_relaxed_committees) {
  const auto nobody = Inputs(torn()).compose();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_composition_relaxed_committees(nobody.get(), &out, err);
  }));
  Owned<pship_table> table(out);
  const auto relaxations = made<pship_table>([&](auto** of) {
    return pship_composition_relaxations(nobody.get(), PSHIP_LANG_EN, of, nullptr);
  });
  const std::vector<std::string> changes = column(relaxations.get(), "relaxation");
  const std::vector<std::string> rows = column(table.get(), "relaxation");
  EXPECT_THAT(rows, Contains("1"));
  for (const std::string& number : changes) EXPECT_THAT(rows, Contains(number));
  for (const std::string& number : rows) EXPECT_THAT(changes, Contains(number));
  EXPECT_THAT(column(table.get(), "member"), Contains("b"));
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_composition_relaxed_committees(Inputs().compose().get(), &out, err);
  }));
  table.reset(out);
  EXPECT_EQ(pship_table_rows(table.get()), 0);
  EXPECT_TRUE(refuses_misuse(pship_composition_relaxed_committees, nobody.get(), &out));
}

// The committee that shows that a relaxation works.
std::vector<std::string> shown_by(const pship_table* committees, std::int64_t relaxation) {
  std::vector<std::string> members;
  for (std::int64_t row = 0; row < pship_table_rows(committees); ++row) {
    if (cell(committees, "relaxation", row) != std::to_string(relaxation)) continue;
    members.push_back(cell(committees, "member", row));
  }
  return members;
}

TEST(CApi, pship_composition_relaxed) {
  const auto nobody = Inputs(torn()).compose();
  const auto committees = made<pship_table>([&](auto** table) {
    return pship_composition_relaxed_committees(nobody.get(), table, nullptr);
  });
  pship_text* out = nullptr;
  const auto relax = [&](const pship_composition* of, std::int64_t number) {
    return [&out, of, number](pship_error** err) {
      return pship_composition_relaxed(of, number, &out, err);
    };
  };
  const std::int64_t last = pship_table_i64(
      committees.get(), 0)[static_cast<std::size_t>(pship_table_rows(committees.get()) - 1)];
  for (std::int64_t number = 1; number <= last; ++number) {
    ASSERT_TRUE(gives(relax(nobody.get(), number)));
    const Inputs relaxed(said(Owned<pship_text>(out).get()));
    EXPECT_EQ(pship_composition_status(relaxed.compose().get()), PSHIP_LOTTERY_PROVED) << number;
    const std::vector<std::string> members = shown_by(committees.get(), number);
    std::vector<const char*> ids;
    for (const std::string& member : members) ids.push_back(member.c_str());
    const auto check = made<pship_check>([&](auto** made) {
      return pship_criteria_check(relaxed.criteria.get(), relaxed.nominees.get(), ids.data(),
                                  static_cast<std::int64_t>(ids.size()), PSHIP_DATE_NONE, made,
                                  nullptr);
    });
    EXPECT_EQ(pship_check_outcome(check.get()), PSHIP_MET) << number;
  }
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, relax(nobody.get(), 0), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, relax(nobody.get(), last + 1), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, relax(nobody.get(), INT64_MAX), out));
  const auto fair = Inputs().compose();
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, relax(fair.get(), 1), out));
  EXPECT_TRUE(refuses_misuse(pship_composition_relaxed, nobody.get(), std::int64_t{1}, &out));
}

TEST(CApi, pship_composition_document) {
  const auto composition = Inputs().compose(), nobody = Inputs(infeasible()).compose();
  pship_text* out = nullptr;
  const auto write = [&](const pship_composition* of) {
    return [&out, of](pship_error** err) { return pship_composition_document(of, &out, err); };
  };
  EXPECT_TRUE(gives(write(composition.get())));
  EXPECT_THAT(said(Owned<pship_text>(out).get()), HasSubstr(R"("lottery":"leximin")"));
  EXPECT_TRUE(refuses(PSHIP_STATE, write(nobody.get()), out));
  EXPECT_TRUE(refuses_misuse(pship_composition_document, composition.get(), &out));
}

TEST(CApi, pship_composition_certificate) {
  Options legacy;
  const auto composition = Inputs().compose(), nobody = Inputs(infeasible()).compose(),
             drawn = Inputs().compose(legacy.text("lottery", "legacy").get());
  pship_text* out = nullptr;
  const auto write = [&](const pship_composition* of) {
    return [&out, of](pship_error** err) { return pship_composition_certificate(of, &out, err); };
  };
  EXPECT_TRUE(gives(write(composition.get())));
  EXPECT_THAT(said(Owned<pship_text>(out).get()), HasSubstr(R"("certificate":"lottery")"));
  EXPECT_TRUE(gives(write(nobody.get())));
  EXPECT_THAT(said(Owned<pship_text>(out).get()), HasSubstr(R"("certificate":"infeasible")"));
  EXPECT_TRUE(refuses(PSHIP_STATE, write(drawn.get()), out));
  EXPECT_TRUE(refuses_misuse(pship_composition_certificate, composition.get(), &out));
}

TEST(CApi, pship_composition_free) {
  pship_composition_free(nullptr);
  pship_composition_free(Inputs().compose().release());
}

}  // namespace
