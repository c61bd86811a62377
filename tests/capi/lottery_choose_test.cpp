// SPDX-License-Identifier: Apache-2.0
//
// The C functions of lottery.h about one committee, members who leave and alternates.
#include <functional>
#include <set>

#include "lottery_support.hpp"

namespace {

using namespace pship_testing;
using testing::AnyOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

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

// What a call that fails says.
std::string message_of(const std::function<pship_status(pship_error**)>& call) {
  pship_error* err = nullptr;
  EXPECT_NE(call(&err), PSHIP_OK);
  const std::string message = pship_error_message(err);
  pship_error_free(err);
  return message;
}

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
  EXPECT_EQ(message_of(replace({{"a", "b"}, {"c"}})), "`c` is no member who could leave");
  EXPECT_EQ(message_of(replace({{"a", "b"}, {"a"}, {"c", "a"}})),
            "`a` is a member and cannot be unavailable");
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

// ---- alternates

using Weights = std::vector<std::int64_t>;

struct Choose {
  Ids members = {"a", "b"}, unavailable = {};
  Weights weights = {};
  const pship_options* options = nullptr;
  Pace* pace = nullptr;

  pship_status operator()(const Inputs& inputs, pship_alternates** out, pship_error** err) const {
    return pship_alternates_choose(inputs.criteria.get(), inputs.nominees.get(), members.data(),
                                   Leave::count(members), unavailable.data(),
                                   Leave::count(unavailable), weights.data(),
                                   static_cast<std::int64_t>(weights.size()), options,
                                   pace == nullptr ? nullptr : &Pace::ask, pace, out, err);
  }
};

// Of six nominees, of whom two are civil, a committee of a public and a civil one; so each member
// has alternates of the own side alone.
const Inputs& six_people() {
  static const Inputs inputs(document,
                             "id,side\na,public\nb,civil\nc,public\nd,public\ne,civil\nf,civil\n");
  return inputs;
}

std::vector<std::string> cells_of(const pship_table* table, std::int64_t row) {
  std::vector<std::string> cells;
  for (std::int32_t c = 0; c < pship_table_columns(table); ++c) {
    cells.push_back(cell(table, c, row));
  }
  return cells;
}

Owned<pship_alternates> alternates(const Choose& choose = {}) {
  return made<pship_alternates>([&](auto** out) { return choose(six_people(), out, nullptr); });
}

std::vector<std::string> listed(const Choose& choose, const char* of = "id") {
  const auto chosen = alternates(choose);
  return column(made<pship_table>([&](auto** out) {
                  return pship_alternates_list(chosen.get(), out, nullptr);
                }).get(),
                of);
}

TEST(CApi, pship_alternates_choose) {
  pship_alternates* out = nullptr;
  const auto choose = [&](const Choose& with) {
    return [&out, with](pship_error** err) { return with(six_people(), &out, err); };
  };
  EXPECT_TRUE(gives(choose({})));
  pship_alternates_free(out);
  // One alternate covers whose departure weighs more, in whichever order they are named.
  EXPECT_THAT(listed({{"a", "b"}, {}, {2, 1}}), ElementsAre(AnyOf("c", "d")));
  EXPECT_THAT(listed({{"a", "b"}, {}, {1, 2}}), ElementsAre(AnyOf("e", "f")));
  EXPECT_THAT(listed({{"b", "a"}, {}, {2, 1}}), ElementsAre(AnyOf("e", "f")));
  EXPECT_THAT(listed({{"a", "b"}, {"c"}, {2, 1}}), ElementsAre("d"));
  EXPECT_THAT(listed({{"a", "b"}, {"c", "d"}, {2, 1}}), ElementsAre(AnyOf("e", "f")));
  Options two, nine, first, second, foreign, size;
  EXPECT_THAT(listed({{"a", "b"}, {}, {}, two.number("count", 2).get()}),
              ElementsAre(AnyOf("c", "d"), AnyOf("e", "f")));
  EXPECT_THAT(listed({{"a", "b"}, {}, {}, nine.number("count", 9).get()}),
              ElementsAre("c", "d", "e", "f"));
  // The seed says who, of those who cover the same; all of them come up.
  std::set<std::string> seen;
  for (int seed = 0; seed < 20; ++seed) {
    Options options;
    options.text("public_seed", std::to_string(seed));
    const Choose by{{"a", "b"}, {}, {2, 1}, options.get()};
    EXPECT_EQ(listed(by), listed(by));
    seen.insert(listed(by).at(0));
  }
  EXPECT_THAT(seen, ElementsAre("c", "d"));
  // Where a committee has three members, nobody can take a place in one of two.
  EXPECT_THAT(listed({{"a", "b"}, {}, {}, size.number("size", 3).get()}), SizeIs(0));
  EXPECT_THAT(listed({{}, {}}), SizeIs(0));

  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, choose({{"a", "x"}}), out));
  EXPECT_TRUE(refuses(PSHIP_NOT_FOUND, choose({{"a", "b"}, {"x"}}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, choose({{"a", "a"}}), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, choose({{"a", "b"}, {"b"}}), out));
  EXPECT_EQ(message_of(choose({{"a", "b"}, {"b"}})), "`b` is a member and cannot be unavailable");
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, choose({{"a", nullptr}}), out));
  for (const Weights& wrong :
       {Weights{1}, {1, 2, 3}, {1, 0}, {-1, 1}, {1, 1'000'001}, {INT64_MAX, 1}}) {
    EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, choose({{"a", "b"}, {}, wrong}), out));
  }
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      choose({{"a", "b"}, {}, {}, foreign.number("places", 1).get()}), out));
  Pace ending{PSHIP_PACE_CANCEL}, finishing{PSHIP_PACE_FINISH}, going;
  EXPECT_TRUE(refuses(PSHIP_CANCELLED, choose({{"a", "b"}, {}, {}, nullptr, &ending}), out));
  EXPECT_TRUE(gives(choose({{"a", "b"}, {}, {}, nullptr, &finishing})));
  pship_alternates_free(out);
  EXPECT_TRUE(gives(choose({{"a", "b"}, {}, {}, nullptr, &going})));
  pship_alternates_free(out);
  EXPECT_GT(going.calls, 0);
  const Ids members = {"a", "b"}, off = {"c"};
  const Weights weights = {1, 1};
  EXPECT_TRUE(refuses_misuse(pship_alternates_choose, six_people().criteria.get(),
                             six_people().nominees.get(), members.data(), std::int64_t{2},
                             off.data(), std::int64_t{1}, weights.data(), std::int64_t{2}, nullptr,
                             may(pship_pace{nullptr}), may(static_cast<void*>(nullptr)), &out));
  for (const std::array<std::int64_t, 3>& n :
       {std::array<std::int64_t, 3>{-1, 1, 2}, {2, -1, 2}, {2, 1, -1}}) {
    EXPECT_TRUE(refuses(
        PSHIP_INVALID_ARGUMENT,
        [&](pship_error** err) {
          return pship_alternates_choose(six_people().criteria.get(), six_people().nominees.get(),
                                         members.data(), n[0], off.data(), n[1], weights.data(),
                                         n[2], nullptr, nullptr, nullptr, &out, err);
        },
        out));
  }
}

TEST(CApi, pship_alternates_about) {
  const auto chosen = alternates({{"a", "b"}, {}, {5, 2}});
  pship_table* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_alternates_about(chosen.get(), &out, err); }));
  Owned<pship_table> table(out);
  EXPECT_THAT(column_names(table.get()), ElementsAre("status", "members", "alternates", "weight",
                                                     "covered", "twice", "most", "possible"));
  EXPECT_THAT(cells_of(table.get(), 0), ElementsAre("proved", "2", "1", "7", "5", "0", "5", "7"));
  // Told to finish: two can be covered, whether one alternate could cover both is not looked at.
  Pace finishing{PSHIP_PACE_FINISH};
  const auto ended = alternates({{"a", "b"}, {}, {}, nullptr, &finishing});
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_alternates_about(ended.get(), &out, err); }));
  table.reset(out);
  EXPECT_THAT(cells_of(table.get(), 0), ElementsAre("bound", "2", "1", "2", "1", "0", "2", "2"));
  // Without any search, where the criteria need one, it is not known who covers whom.
  std::string json(document);
  json.replace(json.find(R"("kind": "quota")"), 15, R"("kind": "spread")");
  json.replace(json.find(R"("value": "civil",)"), 17, "");
  json.replace(json.find(R"("min": 1, "max": 1)"), 18, R"("min": 2)");
  Options none;
  const Choose choose{{"a", "b"}, {}, {}, none.number("nodes", 0).get()};
  const auto limited = made<pship_alternates>([&](auto** of) {
    return choose(Inputs(json, "id,side\na,public\nb,civil\nc,public\nd,civil\n"), of, nullptr);
  });
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_alternates_about(limited.get(), &out, err); }));
  table.reset(out);
  EXPECT_THAT(cells_of(table.get(), 0),
              ElementsAre("limit", "2", "0", "2", "null", "null", "null", "null"));
  EXPECT_TRUE(refuses_misuse(pship_alternates_about, chosen.get(), &out));
}

TEST(CApi, pship_alternates_list) {
  Options three;
  const auto chosen = alternates({{"a", "b"}, {"d"}, {5, 2}, three.number("count", 3).get()});
  pship_table* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_alternates_list(chosen.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "id"), ElementsAre("c", "e", "f"));
  EXPECT_THAT(column(table.get(), "covers"), Each("1"));
  EXPECT_THAT(column(table.get(), "weight"), ElementsAre("5", "2", "2"));
  EXPECT_TRUE(refuses_misuse(pship_alternates_list, chosen.get(), &out));
}

TEST(CApi, pship_alternates_covers) {
  Options two;
  const auto chosen = alternates({{"b", "a"}, {"e", "f"}, {2, 5}, two.number("count", 2).get()});
  pship_table* out = nullptr;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_alternates_covers(chosen.get(), &out, err); }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "member"), ElementsAre("a", "a", "b"));
  EXPECT_THAT(column(table.get(), "alternate"), ElementsAre("c", "d", "null"));
  EXPECT_THAT(column(table.get(), "weight"), ElementsAre("5", "5", "2"));
  EXPECT_THAT(column(table.get(), "possible"), ElementsAre("true", "true", "false"));
  EXPECT_TRUE(refuses_misuse(pship_alternates_covers, chosen.get(), &out));
}

TEST(CApi, pship_alternates_free) {
  pship_alternates_free(nullptr);
  pship_alternates_free(alternates().release());
}

}  // namespace
