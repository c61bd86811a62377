// SPDX-License-Identifier: Apache-2.0
//
// Every C function of lottery.h: what it gives, what it refuses, and what it leaves behind then.
// Which lotteries are found is the matter of tests/committee, what is proved of tests/verify.
#include "harness.hpp"

namespace {

using namespace pship_testing;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view document = R"({"criteria": "test", "version": "1",
  "title": {"en": "Test"}, "size": 2,
  "attributes": {"side": {"label": "Side", "values": {"public": "Public", "civil": "Civil"}}},
  "rules": [{"id": "civil", "kind": "quota", "attribute": "side", "value": "civil",
             "min": 1, "max": 1}]})";
// One civil nominee sits always, three public ones share the other seat.
constexpr std::string_view people = "id,side\na,public\nb,civil\nc,public\nd,public\n";

struct Inputs {
  Owned<pship_criteria> criteria;
  Owned<pship_nominees> nominees;

  explicit Inputs(std::string_view json = document, std::string_view csv = people)
      : criteria(made<pship_criteria>([&](auto** out) {
          return pship_criteria_load(json.data(), json.size(), out, nullptr);
        })) {
    const auto table = made<pship_table>([&](auto** out) {
      return pship_table_read_csv(csv.data(), csv.size(), nullptr, out, nullptr);
    });
    nominees = made<pship_nominees>(
        [&](auto** out) { return pship_nominees_new(table.get(), nullptr, out, nullptr); });
  }
  Owned<pship_composition> compose(const pship_options* options = nullptr) const {
    return made<pship_composition>([&](auto** out) {
      return pship_compose(criteria.get(), nominees.get(), options, nullptr, nullptr, out, nullptr);
    });
  }
};

std::string infeasible() {
  std::string json(document);
  return json.replace(json.find("\"min\": 1, \"max\": 1"), 18, "\"min\": 2");
}

std::string document_of(const pship_composition* composition) {
  return said(made<pship_text>([&](auto** out) {
                return pship_composition_document(composition, out, nullptr);
              }).get());
}
std::string certificate_of(const pship_composition* composition) {
  return said(made<pship_text>([&](auto** out) {
                return pship_composition_certificate(composition, out, nullptr);
              }).get());
}
std::string panels_of(const std::string& lottery) {
  Options six;
  six.number("panels", 6);
  return said(made<pship_text>([&](auto** out) {
                return pship_draw_panels(lottery.data(), lottery.size(), six.get(), nullptr,
                                         nullptr, out, nullptr);
              }).get());
}
std::string drawn_of(const std::string& panels) {
  return said(made<pship_text>([&](auto** out) {
                return pship_draw_result(panels.data(), panels.size(), "seed", 4, out, nullptr);
              }).get());
}

// A pace that counts its calls and answers alike.
struct Pace {
  std::int32_t answer = PSHIP_PACE_GO_ON;
  int calls = 0;
  static std::int32_t ask(void* context, std::int32_t phase, std::int64_t done, std::int64_t of) {
    EXPECT_GE(phase, PSHIP_PHASE_LEVELS);
    EXPECT_LE(phase, PSHIP_PHASE_SAMPLING);
    EXPECT_GE(done, 0);
    EXPECT_GE(of, 0);
    auto& self = *static_cast<Pace*>(context);
    ++self.calls;
    return self.answer;
  }
};

// ---- composing

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

// ---- one committee, and members who leave

TEST(CApi, pship_select) {
  const Inputs inputs;
  const std::array<std::int64_t, 4> weights = {3, 1, 5, 2};
  pship_selection* out = nullptr;
  const auto select = [&](const std::int64_t* of, std::int64_t n,
                          const pship_options* options = nullptr, Pace* pace = nullptr) {
    return [&, of, n, options, pace](pship_error** err) {
      return pship_select(inputs.criteria.get(), inputs.nominees.get(), of, n, options,
                          pace == nullptr ? nullptr : &Pace::ask, pace, &out, err);
    };
  };
  const auto drawn = [&] {
    const Owned<pship_selection> selection(out);
    const auto table = made<pship_table>(
        [&](auto** members) { return pship_selection_members(selection.get(), members, nullptr); });
    return column(table.get(), "member");
  };
  EXPECT_TRUE(gives(select(weights.data(), 4)));
  EXPECT_THAT(drawn(), ElementsAre("b", "c"));
  Options worst, size, foreign;
  EXPECT_TRUE(gives(select(weights.data(), 4, worst.flag("worst", true).get())));
  EXPECT_THAT(drawn(), ElementsAre("b", "d"));
  EXPECT_TRUE(gives(select(nullptr, 0)));
  EXPECT_THAT(drawn(), SizeIs(2));
  EXPECT_TRUE(gives(select(nullptr, 0, size.number("size", 3).get())));
  EXPECT_THAT(drawn(), SizeIs(0));
  Pace ending{PSHIP_PACE_CANCEL};
  EXPECT_TRUE(refuses(PSHIP_CANCELLED, select(nullptr, 0, nullptr, &ending), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, select(weights.data(), 3), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, select(weights.data(), -1), out));
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, select(nullptr, 0, foreign.number("samples", 3).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_select, inputs.criteria.get(), inputs.nominees.get(),
                             weights.data(), std::int64_t{4}, nullptr, may(pship_pace{nullptr}),
                             may(static_cast<void*>(nullptr)), &out));
}

Owned<pship_selection> selected() {
  const Inputs inputs;
  return made<pship_selection>([&](auto** out) {
    return pship_select(inputs.criteria.get(), inputs.nominees.get(), nullptr, 0, nullptr, nullptr,
                        nullptr, out, nullptr);
  });
}

TEST(CApi, pship_selection_about) {
  const auto selection = selected();
  pship_table* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_selection_about(selection.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "status"), ElementsAre("optimal"));
  EXPECT_THAT(column(table.get(), "members"), ElementsAre("2"));
  EXPECT_TRUE(refuses_misuse(pship_selection_about, selection.get(), &out));
}

TEST(CApi, pship_selection_members) {
  const auto selection = selected();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives(
      [&](pship_error** err) { return pship_selection_members(selection.get(), &out, err); }));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "weight"), Each("null"));
  EXPECT_TRUE(refuses_misuse(pship_selection_members, selection.get(), &out));
}

TEST(CApi, pship_selection_free) {
  pship_selection_free(nullptr);
  pship_selection_free(selected().release());
}

using Ids = std::vector<const char*>;

struct Leave {
  Ids members = {"a", "b"}, leaving = {"a"}, unavailable = {};
  const pship_options* options = nullptr;

  pship_status operator()(const Inputs& inputs, pship_replacement** out, pship_error** err) const {
    return pship_replace(inputs.criteria.get(), inputs.nominees.get(), members.data(),
                         count(members), leaving.data(), count(leaving), unavailable.data(),
                         count(unavailable), options, nullptr, nullptr, out, err);
  }
  static std::int64_t count(const Ids& ids) { return static_cast<std::int64_t>(ids.size()); }
};

Owned<pship_replacement> replaced(const Leave& leave = {}) {
  const Inputs inputs;
  return made<pship_replacement>([&](auto** out) { return leave(inputs, out, nullptr); });
}

std::vector<std::string> candidates(const Leave& leave, const char* of = "id") {
  const auto replacement = replaced(leave);
  return column(made<pship_table>([&](auto** out) {
                  return pship_replacement_candidates(replacement.get(), out, nullptr);
                }).get(),
                of);
}

TEST(CApi, pship_replace) {
  const Inputs inputs;
  pship_replacement* out = nullptr;
  const auto replace = [&](const Leave& leave) {
    return [&, leave](pship_error** err) { return leave(inputs, &out, err); };
  };
  EXPECT_TRUE(gives(replace({})));
  pship_replacement_free(out);
  EXPECT_THAT(candidates({}), ElementsAre("c", "d"));
  EXPECT_THAT(candidates({}, "exact"), Each("1/2"));
  EXPECT_THAT(candidates({{"a", "b"}, {"a"}, {"c"}}), ElementsAre("d"));
  EXPECT_THAT(candidates({{"a", "b"}, {"b"}}), SizeIs(0));  // the only civil one
  Options alike, foreign;
  EXPECT_THAT(candidates({{"a", "b"}, {"a"}, {}, alike.text("rule", "alike").get()}, "alike"),
              Each("true"));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, replace({{"a", "x"}, {"a"}}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, replace({{"a", "b"}, {"c"}}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, replace({{"a", "a"}, {"a"}}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, replace({{"a", nullptr}, {"a"}}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      replace({{"a", "b"}, {"a"}, {}, foreign.number("seed", 3).get()}), out));
  Pace ending{PSHIP_PACE_CANCEL};
  const Leave leave;
  EXPECT_TRUE(refuses(
      PSHIP_CANCELLED,
      [&](pship_error** err) {
        return pship_replace(inputs.criteria.get(), inputs.nominees.get(), leave.members.data(), 2,
                             leave.leaving.data(), 1, nullptr, 0, nullptr, &Pace::ask, &ending,
                             &out, err);
      },
      out));
  const Ids one = {"c"};
  EXPECT_TRUE(refuses_misuse(pship_replace, inputs.criteria.get(), inputs.nominees.get(),
                             leave.members.data(), std::int64_t{2}, leave.leaving.data(),
                             std::int64_t{1}, one.data(), std::int64_t{1}, nullptr,
                             may(pship_pace{nullptr}), may(static_cast<void*>(nullptr)), &out));
}

TEST(CApi, pship_replacement_about) {
  const auto replacement = replaced(), nobody = replaced({{"a", "b"}, {"b"}});
  pship_table* out = nullptr;
  const auto about = [&](const Owned<pship_replacement>& of) {
    return [&out, &of](pship_error** err) { return pship_replacement_about(of.get(), &out, err); };
  };
  EXPECT_TRUE(gives(about(replacement)));
  Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "status"), ElementsAre("proved"));
  EXPECT_THAT(column(table.get(), "candidates"), ElementsAre("2"));
  EXPECT_THAT(column(table.get(), "changes"), ElementsAre("null"));
  EXPECT_TRUE(gives(about(nobody)));
  table.reset(out);
  EXPECT_THAT(column(table.get(), "status"), ElementsAre("infeasible"));
  EXPECT_TRUE(refuses_misuse(pship_replacement_about, replacement.get(), &out));
}

TEST(CApi, pship_replacement_candidates) {
  const auto replacement = replaced();
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_replacement_candidates(replacement.get(), &out, err);
  }));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "probability"), Each("0.500000"));
  EXPECT_TRUE(refuses_misuse(pship_replacement_candidates, replacement.get(), &out));
}

TEST(CApi, pship_replacement_changes) {
  // Exactly one is of the south and one civil. When the public one of the south leaves and only the
  // civil one of the south can come, the civil member has to go, and a public one of the north
  // come.
  std::string json(document);
  json.replace(json.find("\"rules\": ["), 10, R"("rules": [{"id": "south", "kind": "quota",
    "attribute": "region", "value": "south", "min": 1, "max": 1}, )");
  json.replace(json.find("\"attributes\": {"), 15, R"("attributes": {"region": {}, )");
  const Inputs inputs(
      json, "id,side,region\na,public,south\nb,civil,north\nc,civil,south\nd,public,north\n");
  const Leave leave{{"a", "b"}, {"a"}};
  const auto replacement =
      made<pship_replacement>([&](auto** out) { return leave(inputs, out, nullptr); });
  pship_table* out = nullptr;
  EXPECT_TRUE(gives(
      [&](pship_error** err) { return pship_replacement_changes(replacement.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "member"), ElementsAre("b", "c", "d"));
  EXPECT_THAT(column(table.get(), "change"), ElementsAre("leaves", "joins", "joins"));
  EXPECT_TRUE(refuses_misuse(pship_replacement_changes, replacement.get(), &out));
}

TEST(CApi, pship_replacement_document) {
  const auto replacement = replaced(), nobody = replaced({{"a", "b"}, {"b"}});
  pship_text* out = nullptr;
  const auto write = [&](const Owned<pship_replacement>& of) {
    return
        [&out, &of](pship_error** err) { return pship_replacement_document(of.get(), &out, err); };
  };
  EXPECT_TRUE(gives(write(replacement)));
  const std::string panels = panels_of(said(Owned<pship_text>(out).get()));
  EXPECT_THAT(panels, HasSubstr(R"("nominees":["c","d"])"));
  EXPECT_TRUE(refuses(PSHIP_STATE, write(nobody), out));
  EXPECT_TRUE(refuses_misuse(pship_replacement_document, replacement.get(), &out));
}

TEST(CApi, pship_replacement_free) {
  pship_replacement_free(nullptr);
  pship_replacement_free(replaced().release());
}

// ---- draws

TEST(CApi, pship_draw_panels) {
  const std::string lottery = document_of(Inputs().compose().get());
  pship_text* out = nullptr;
  const auto draw = [&](std::string_view text, const pship_options* options, Pace* pace = nullptr) {
    return [&out, exact = Exact(text), options, pace](pship_error** err) {
      return pship_draw_panels(exact.data(), exact.size(), options,
                               pace == nullptr ? nullptr : &Pace::ask, pace, &out, err);
    };
  };
  Options six, none, foreign;
  EXPECT_TRUE(gives(draw(lottery, six.number("panels", 6).get())));
  EXPECT_THAT(said(Owned<pship_text>(out).get()), HasSubstr(R"("deviation":"0")"));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, draw("", nullptr), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, draw("{}", nullptr), out));
  std::string light = lottery;
  light.replace(light.find("\"weight\":\"") + 10, 1, "9");
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, draw(light, nullptr), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, draw(lottery, foreign.number("size", 2).get()), out));
  EXPECT_NE(pship_options_set_int(none.get(), "panels", 0, nullptr), PSHIP_OK);
  EXPECT_TRUE(refuses_misuse(pship_draw_panels, lottery.data(), lottery.size(), nullptr,
                             may(pship_pace{nullptr}), may(static_cast<void*>(nullptr)), &out));
}

TEST(CApi, pship_draw_result) {
  const std::string panels = panels_of(document_of(Inputs().compose().get()));
  pship_text* out = nullptr;
  const auto draw = [&](std::string_view text, std::string_view seed) {
    return [&out, exact = Exact(text), seeded = Exact(seed)](pship_error** err) {
      return pship_draw_result(exact.data(), exact.size(), seeded.data(), seeded.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(draw(panels, "seed")));
  EXPECT_THAT(said(Owned<pship_text>(out).get()), HasSubstr(R"("draw":"result")"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, draw(panels, ""), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, draw(panels, "\xff"), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, draw("", "seed"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, draw("{}", "seed"), out));
  EXPECT_TRUE(refuses_misuse(pship_draw_result, panels.data(), panels.size(), "seed",
                             std::size_t{4}, &out));
}

// ---- verdicts

TEST(CApi, pship_verify_certificate) {
  const Inputs inputs;
  const std::string certificate = certificate_of(inputs.compose().get());
  pship_verification* out = nullptr;
  const auto verify = [&](std::string_view text, const pship_options* options = nullptr) {
    return [&out, exact = Exact(text), options](pship_error** err) {
      return pship_verify_certificate(exact.data(), exact.size(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(verify(certificate)));
  EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 1);
  std::string changed = certificate;
  changed.replace(changed.find("\"bound\":\"") + 9, 1, "0");
  for (const std::string& text : {changed, std::string("{}"), std::string()}) {
    EXPECT_TRUE(gives(verify(text)));  // what does not hold is an answer
    EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 0)
        << text.substr(0, 20);
  }
  Digest pool{};
  ASSERT_EQ(pship_nominees_hash(inputs.nominees.get(), pool.data(), nullptr), PSHIP_OK);
  std::string hex;
  for (const std::uint8_t byte : pool) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += {digits[byte >> 4U], digits[byte & 15U]};
  }
  Options same, other, no_hash, no_delta, foreign;
  EXPECT_TRUE(gives(verify(certificate, same.text("pool", hex).get())));
  EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 1);
  EXPECT_TRUE(gives(verify(certificate, other.text("pool", std::string(64, '0')).get())));
  EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 0);
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, verify(certificate, no_hash.text("pool", "12").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      verify(certificate, no_delta.text("delta", "-1").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      verify(certificate, foreign.flag("create", true).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_verify_certificate, certificate.data(), certificate.size(),
                             nullptr, &out));
}

TEST(CApi, pship_certificate_compare) {
  const Inputs inputs, others(document, "id,side\na,public\nb,civil\nc,public\nd,civil\n");
  const std::string certificate = certificate_of(inputs.compose().get());
  pship_table* out = nullptr;
  const auto compare = [&](std::string_view text, const Inputs& with,
                           const pship_options* options = nullptr) {
    return [&out, exact = Exact(text), &with, options](pship_error** err) {
      return pship_certificate_compare(exact.data(), exact.size(), with.criteria.get(),
                                       with.nominees.get(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(compare(certificate, inputs)));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(gives(compare(certificate, others)));
  EXPECT_GT(pship_table_rows(Owned<pship_table>(out).get()), 0);
  Options size, foreign;
  EXPECT_TRUE(gives(compare(certificate, inputs, size.number("size", 3).get())));
  EXPECT_GT(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, compare("", inputs), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      compare(certificate, inputs, foreign.number("seed", 1).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_certificate_compare, certificate.data(), certificate.size(),
                             inputs.criteria.get(), inputs.nominees.get(), nullptr, &out));
}

TEST(CApi, pship_verify_draw) {
  const auto composition = Inputs().compose();
  const std::string certificate = certificate_of(composition.get());
  const std::string panels = panels_of(document_of(composition.get()));
  const std::string result = drawn_of(panels);
  pship_verification* out = nullptr;
  const auto verify = [&](std::string_view draw, std::string_view of) {
    return [&out, exact = Exact(draw), certified = Exact(of)](pship_error** err) {
      return pship_verify_draw(exact.data(), exact.size(), certified.data(), certified.size(), &out,
                               err);
    };
  };
  for (const std::string& text : {panels, result}) {
    for (const std::string& of : {std::string(), certificate}) {
      EXPECT_TRUE(gives(verify(text, of)));
      EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 1);
    }
  }
  std::string other = result;
  char& number = other.at(other.find("\"number\":") + 9);
  number = static_cast<char>('1' + (number - '0') % 6);
  for (const std::string& text : {other, std::string("{}")}) {
    EXPECT_TRUE(gives(verify(text, {})));
    EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 0)
        << text.substr(0, 20);
  }
  EXPECT_TRUE(gives(verify(result, "{}")));
  EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 0);
  EXPECT_TRUE(refuses_misuse(pship_verify_draw, result.data(), result.size(), certificate.data(),
                             certificate.size(), &out));
}

struct Verdicts {
  Owned<pship_verification> proved, refused, drawn;
  Verdicts() {
    const auto composition = Inputs().compose();
    const std::string certificate = certificate_of(composition.get());
    const std::string result = drawn_of(panels_of(document_of(composition.get())));
    proved = of(certificate);
    refused = of("{}");
    drawn = made<pship_verification>([&](auto** out) {
      return pship_verify_draw(result.data(), result.size(), nullptr, 0, out, nullptr);
    });
  }
  static Owned<pship_verification> of(const std::string& text) {
    return made<pship_verification>([&](auto** out) {
      return pship_verify_certificate(text.data(), text.size(), nullptr, out, nullptr);
    });
  }
};

TEST(CApi, pship_verification_holds) {
  EXPECT_EQ(pship_verification_holds(nullptr), 0);
  const Verdicts verdicts;
  EXPECT_EQ(pship_verification_holds(verdicts.proved.get()), 1);
  EXPECT_EQ(pship_verification_holds(verdicts.refused.get()), 0);
  EXPECT_EQ(pship_verification_holds(verdicts.drawn.get()), 1);
}

TEST(CApi, pship_verification_about) {
  const Verdicts verdicts;
  pship_table* out = nullptr;
  const auto about = [&](const Owned<pship_verification>& verdict) {
    return [&out, &verdict](pship_error** err) {
      return pship_verification_about(verdict.get(), &out, err);
    };
  };
  EXPECT_TRUE(gives(about(verdicts.proved)));
  Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "verdict"), ElementsAre("proved"));
  EXPECT_THAT(column(table.get(), "objective"), ElementsAre("leximin"));
  EXPECT_THAT(column(table.get(), "deviation"), ElementsAre("0"));
  EXPECT_TRUE(gives(about(verdicts.refused)));
  table.reset(out);
  EXPECT_THAT(column(table.get(), "verdict"), ElementsAre("refused"));
  EXPECT_THAT(column(table.get(), "objective"), ElementsAre("null"));
  EXPECT_TRUE(gives(about(verdicts.drawn)));
  table.reset(out);
  EXPECT_THAT(column(table.get(), "verdict"), ElementsAre("sound"));
  EXPECT_THAT(column(table.get(), "seed"), ElementsAre("seed"));
  EXPECT_THAT(column(table.get(), "panels"), ElementsAre("6"));
  EXPECT_TRUE(refuses_misuse(pship_verification_about, verdicts.proved.get(), &out));
}

TEST(CApi, pship_verification_checked) {
  const Verdicts verdicts;
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_checked(verdicts.proved.get(), &out, err);
  }));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "checked"),
              Contains(HasSubstr("3 panels, each a committee of the model")));
  EXPECT_TRUE(refuses_misuse(pship_verification_checked, verdicts.proved.get(), &out));
}

TEST(CApi, pship_verification_faults) {
  const Verdicts verdicts;
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_faults(verdicts.proved.get(), &out, err);
  }));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_faults(verdicts.refused.get(), &out, err);
  }));
  EXPECT_GT(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses_misuse(pship_verification_faults, verdicts.refused.get(), &out));
}

TEST(CApi, pship_verification_members) {
  const Verdicts verdicts;
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_members(verdicts.drawn.get(), &out, err);
  }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "member"), SizeIs(2));
  EXPECT_THAT(column(table.get(), "member"), Contains("b"));
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_members(verdicts.proved.get(), &out, err);
  }));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses_misuse(pship_verification_members, verdicts.drawn.get(), &out));
}

TEST(CApi, pship_verification_free) {
  pship_verification_free(nullptr);
  pship_verification_free(Verdicts().proved.release());
}

}  // namespace
