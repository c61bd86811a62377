// SPDX-License-Identifier: Apache-2.0
//
// Lotteries, draws and verdicts through partnership.hpp, linked with the shared library.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "capi/owners.hpp"
#include "partnership/partnership.hpp"

namespace {

using pship::Composition;
using pship::Language;
using pship::LotteryStatus;
using pship::Options;
using pship::Pace;
using pship::testing::code_of;

const pship::Criteria& criteria() {
  static const auto made = pship::Criteria::load(R"({
    "criteria": "test", "version": "1", "title": "Test", "size": 2,
    "rules": [{"id": "civil", "kind": "quota", "attribute": "side", "value": "civil", "min": 1,
               "max": 1}]})");
  return made;
}

pship::Nominees nominees() {
  return pship::Nominees::of_respondents("id,side\na,public\nb,civil\nc,public\nd,public\n");
}

TEST(HppLottery, Composes) {
  const auto made = Composition::compose(criteria(), nominees());
  EXPECT_EQ(made.status(), LotteryStatus::proved);
  EXPECT_EQ(made.about().texts("status")[0], "proved");
  const auto probabilities = made.probabilities();
  EXPECT_EQ(probabilities.texts("target")[0], "1/3");
  EXPECT_EQ(probabilities.texts("target")[1], "1");
  EXPECT_EQ(made.values(Language::en).rows(), 2);
  EXPECT_EQ(made.quotas(Language::ar).rows(), 2);
  EXPECT_EQ(made.panels().rows(), 6);
  EXPECT_EQ(made.levels().rows(), 2);
  const auto nash = Composition::compose(criteria(), nominees(), Options().set("lottery", "nash"));
  EXPECT_EQ(Composition::compare({made, nash}).texts("lottery")[1], "nash");
  EXPECT_EQ(Composition::compare({}).rows(), 0);
  EXPECT_EQ(code_of([] { (void)Composition().about(); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(Composition().status(), LotteryStatus::none);
}

TEST(HppLottery, SaysThatThereIsNoCommittee) {
  const auto none =
      Composition::compose(criteria(), nominees(), Options().set("size", std::int64_t{5}));
  EXPECT_EQ(none.status(), LotteryStatus::infeasible);
  EXPECT_EQ(code_of([&] { (void)none.document(); }), PSHIP_STATE);
  EXPECT_GT(none.conflict(Language::fr).rows(), 0);
  EXPECT_GE(none.relaxations(Language::en).rows(), 0);
  EXPECT_EQ(pship::verify_certificate(none.certificate().view()).about().texts("verdict")[0],
            "infeasible");
}

TEST(HppLottery, AsksForThePace) {
  int asked = 0;
  const auto count = [&](const pship::Progress& progress) {
    EXPECT_GE(progress.done, 0);
    ++asked;
    return Pace::go_on;
  };
  (void)Composition::compose(criteria(), nominees(), {}, count);
  EXPECT_GT(asked, 0);
  EXPECT_EQ(code_of([] {
              (void)Composition::compose(criteria(), nominees(), {},
                                         [](const auto&) { return Pace::cancel; });
            }),
            PSHIP_CANCELLED);
  // What the function throws comes out as it is.
  EXPECT_THROW(
      (void)Composition::compose(criteria(), nominees(), {},
                                 [](const auto&) -> Pace { throw std::out_of_range("x"); }),
      std::out_of_range);
}

TEST(HppLottery, DrawsAndVerifies) {
  const auto made = Composition::compose(criteria(), nominees());
  const auto panels =
      pship::draw_panels(made.document().view(), Options().set("panels", std::int64_t{12}));
  const auto result = pship::draw_result(panels.view(), "a public seed");
  EXPECT_EQ(pship::draw_result(panels.view(), "a public seed").view(), result.view());
  const auto verdict = pship::verify_draw(result.view(), made.certificate().view());
  EXPECT_TRUE(verdict.holds());
  EXPECT_EQ(verdict.members().rows(), 2);
  EXPECT_EQ(verdict.faults().rows(), 0);
  EXPECT_GT(verdict.checked().rows(), 0);
  EXPECT_EQ(verdict.about().texts("seed")[0], "a public seed");
  EXPECT_TRUE(pship::verify_certificate(made.certificate().view()).holds());
  EXPECT_FALSE(pship::verify_certificate("[]").holds());
  EXPECT_EQ(pship::compare_certificate(made.certificate().view(), criteria(), nominees()).rows(),
            0);
  EXPECT_FALSE(pship::Verification().holds());
  EXPECT_EQ(code_of([&] { (void)pship::draw_result(panels.view(), ""); }), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(code_of([&] {
              (void)pship::draw_panels(made.document().view(), {},
                                       [](const auto&) { return Pace::cancel; });
            }),
            PSHIP_CANCELLED);
}

TEST(HppLottery, SelectsAndReplaces) {
  const auto best = pship::Selection::select(criteria(), nominees(), {3, 1, 5, 2});
  EXPECT_EQ(best.members().texts("member")[1], "c");
  EXPECT_EQ(best.about().texts("sum")[0], "6");
  EXPECT_EQ(pship::Selection::select(criteria(), nominees()).members().rows(), 2);
  const auto joining =
      pship::Replacement::replace(criteria(), nominees(), {"a", "b"}, {"a"}, {"c"});
  EXPECT_EQ(joining.candidates().texts("id")[0], "d");
  EXPECT_EQ(joining.about().texts("status")[0], "proved");
  EXPECT_EQ(joining.changes().rows(), 0);
  EXPECT_TRUE(pship::verify_draw(pship::draw_panels(joining.document().view()).view()).holds());
  EXPECT_EQ(code_of([] {
              (void)pship::Replacement::replace(criteria(), nominees(), {"a", "x"}, {"a"});
            }),
            PSHIP_NOT_FOUND);
  EXPECT_EQ(code_of([] {
              (void)pship::Replacement::replace(criteria(), nominees(),
                                                {std::string("a\0b", 3), "b"}, {"b"});
            }),
            PSHIP_INVALID_ARGUMENT);
}

TEST(HppLottery, ChoosesAlternates) {
  const auto chosen = pship::Alternates::choose(criteria(), nominees(), {"a", "b"}, {"c"}, {3, 1},
                                                Options().set("count", std::int64_t{2}));
  EXPECT_EQ(chosen.about().texts("status")[0], "proved");
  ASSERT_EQ(chosen.list().rows(), 1);
  EXPECT_EQ(chosen.list().texts("id")[0], "d");
  ASSERT_EQ(chosen.covers().rows(), 2);
  EXPECT_EQ(chosen.covers().texts("alternate")[0], "d");
  EXPECT_EQ(pship::Alternates::choose(criteria(), nominees(), {"a", "b"}).list().rows(), 1);
  EXPECT_EQ(code_of([] {
              (void)pship::Alternates::choose(criteria(), nominees(), {"a", "x"});
            }),
            PSHIP_NOT_FOUND);
  EXPECT_EQ(code_of([] {
              (void)pship::Alternates::choose(criteria(), nominees(), {"a", "b"}, {}, {}, {},
                                              [](const auto&) { return Pace::cancel; });
            }),
            PSHIP_CANCELLED);
  EXPECT_EQ(code_of([] { (void)pship::Alternates().list(); }), PSHIP_INVALID_ARGUMENT);
}

TEST(HppLottery, IsReadBack) {
  const auto made = Composition::compose(criteria(), nominees());
  const auto read =
      Composition::read(criteria(), nominees(), made.document().view(), made.certificate().view());
  EXPECT_EQ(read.status(), LotteryStatus::proved);
  EXPECT_EQ(read.probabilities().texts("exact")[0], made.probabilities().texts("exact")[0]);
  EXPECT_EQ(read.levels().rows(), 2);
  EXPECT_EQ(
      code_of([&] { (void)Composition::read(criteria(), nominees(), made.document().view()); }),
      PSHIP_INVALID_DOCUMENT);
}

TEST(HppLottery, RelaxesCriteria) {
  const auto strict = pship::Criteria::load(R"({
    "criteria": "test", "version": "1", "title": "Test", "size": 2,
    "rules": [{"id": "civil", "kind": "quota", "attribute": "side", "value": "civil", "min": 2}]})");
  const auto none = Composition::compose(strict, nominees());
  const auto relaxed = pship::Criteria::load(none.relaxed(1).view());
  EXPECT_EQ(Composition::compose(relaxed, nominees()).status(), LotteryStatus::proved);
  const auto shown = none.relaxed_committees();
  EXPECT_EQ(shown.rows(), 2);
  EXPECT_EQ(shown.texts("member")[1], "b");
  EXPECT_EQ(code_of([&] { (void)none.relaxed(2); }), PSHIP_NOT_FOUND);
}

TEST(HppLottery, ReadsCategoryFiles) {
  const auto json =
      pship::Criteria::of_categories("category,feature,min,max\nside,public,1,2\nside,civil,1,2\n",
                                     Options().set("size", std::int64_t{2}));
  const auto read = pship::Criteria::load(json.view());
  EXPECT_EQ(Composition::compose(read, nominees()).status(), LotteryStatus::proved);
  EXPECT_EQ(nominees().hash(), pship::sha256(R"([{"attributes":{"side":["public"]},"id":"a"},)"
                                             R"({"attributes":{"side":["civil"]},"id":"b"},)"
                                             R"({"attributes":{"side":["public"]},"id":"c"},)"
                                             R"({"attributes":{"side":["public"]},"id":"d"}])"));
}

// What one thread asks of inputs that all share: every document and a table.
std::string asked_of(const pship::Criteria& rules, const pship::Nominees& people,
                     const std::string& lottery) {
  std::string out;
  const auto made = Composition::compose(rules, people, Options().set("lottery", lottery));
  out += made.certificate().view();
  out += made.quotas(Language::ar).write_json().view();
  out += pship::verify_certificate(made.certificate().view()).about().write_json().view();
  out += pship::draw_result(pship::draw_panels(made.document().view()).view(), "seed").view();
  const auto none = Composition::compose(rules, people, Options().set("size", std::int64_t{60}));
  out += none.conflict(Language::fr).write_json().view();
  out += none.relaxations(Language::en).write_json().view();
  return out;
}

TEST(HppLottery, IsAskedByManyThreads) {
  const auto rules = pship::Criteria::load(R"({
    "criteria": "shared", "version": "1", "title": "Shared", "size": 9,
    "attributes": {"a": {}, "b": {}, "c": {}},
    "rules": [
      {"id": "x", "kind": "quota", "attribute": "a", "value": "x", "min": 3, "max": 4},
      {"id": "u", "kind": "quota", "attribute": "b", "value": "u", "min": 2, "max": 3},
      {"id": "s", "kind": "quota", "attribute": "c", "value": "s", "min": 4},
      {"id": "all", "kind": "spread", "attribute": "b", "values": ["u", "v", "w"], "min": 3},
      {"id": "both", "kind": "where", "expression": "a = \"y\" and c = \"r\"", "max": 2}]})");
  std::string csv = "id,a,b,c\n";
  for (int i = 0; i < 40; ++i) {
    csv +=
        std::to_string(i) + ',' + "xyy"[i % 3] + ',' + "uvwvw"[i * 7 % 5] + ',' + "rs"[i / 3 % 2];
    csv += '\n';
  }
  const auto people = pship::Nominees::of_respondents(csv);
  const std::string alone[] = {asked_of(rules, people, "leximin"), asked_of(rules, people, "nash")};
  const auto composed = Composition::compose(rules, people);
  const std::string told(composed.document().view());
  std::vector<std::string> answers(6), documents(6);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    threads.emplace_back([&, i] {
      answers[i] = asked_of(rules, people, i % 2 == 0 ? "leximin" : "nash");
      documents[i] = composed.document().view();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i], alone[i % 2]);
    EXPECT_EQ(documents[i], told);
  }
}

}  // namespace
