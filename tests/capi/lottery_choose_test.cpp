// SPDX-License-Identifier: Apache-2.0
//
// The C functions of lottery.h about one committee and members who leave.
#include "lottery_support.hpp"

namespace {

using namespace pship_testing;
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

}  // namespace
