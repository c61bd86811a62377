// SPDX-License-Identifier: Apache-2.0
//
// What goes to columns and what is shared, and what a run refuses.
#include "feel/columns.hpp"

#include "base/error.hpp"
#include "feel/columns_plan.hpp"
#include "feel/columns_random.hpp"
#include "feel/columns_tools.hpp"

namespace partnership::feel {
namespace {

// A promise of speed is also that these do not silently go to the machine.
TEST(Columns, EvaluateTheseByVectors) {
  const std::vector<std::string> texts = {
      "n1 > 2 and n1 <= 3.5",
      "d1 - d2 >= duration(\"P10D\")",
      "d1 - d2 < @\"P1DT12H\"",
      "d1 + @\"P2D\" = d2",
      "d1 between d2 and @\"2020-01-20\"",
      "d1 < today()",
      "s1 = \"gov\" or s1 != s2",
      "s1 in (\"a\", \"b\")",
      "s1 in words",
      "n1 in [1..3)",
      "b1 = null or not(b2)",
      "if b1 then n1 > 1 else n2 > 1",
      "if b1 then n1 else n2 * 2 - 1",
      "box.inner.d < d1",
      "count(people[here and side = \"gov\"]) >= 0.4 * count(people[here])",
      "count(people[here]) * 2 >= count(people) * (1 - 2 / 5 ** 2)",
      "count(people[side = s1]) > n1",
      "count(people)",
      "sum(people[here].age) > max(numbers)",
      "min(people.born) < d1",
      "list contains(words, \"a\")",
      "every p in people satisfies p.out = false",
      "some p in people[here] satisfies p.age > n1",
      "every w in words satisfies some p in people satisfies p.side = w and p.here",
      "every w in words satisfies list contains(people.side, w)",
      "some p in people satisfies some t in p.tags satisfies t = p.side",
      "some p in people, t in teams satisfies p.side = t.name and p.age > t.size",
      "every t in teams satisfies count(people[age > t.size]) > 1",
      "some p in people satisfies some q in people satisfies p.side != q.side and q.here"};
  const TriedSet set(random_schema, texts);
  for (std::uint32_t e = 0; e < texts.size(); ++e) {
    EXPECT_TRUE(set.evaluator->in_columns(e)) << texts[e];
  }
  Batch batch(set.evaluator->layout());
  CaseReader reader;
  RandomCases cases(11);
  for (int i = 0; i < 700; ++i) reader.read(cases.json(), batch);
  batch.finish();
  RunOptions options;
  options.moment.given = true;
  options.moment.today = 18275;
  EXPECT_EQ(compare_ways(set, batch, options), 0);
  // Without a day today() has no value, which is the machine's to say.
  EXPECT_EQ(compare_ways(set, batch), 0);
}

TEST(Columns, LeaveTheseToTheMachine) {
  const std::vector<std::string> texts = {"string length(s1) > 2",
                                          "s1 < s2",
                                          "words[1] = \"a\"",
                                          "d1 + @\"P1M\" > d2",
                                          "whatever > 1",
                                          "people",
                                          "7"};
  const TriedSet set(random_schema, texts);
  for (std::uint32_t e = 0; e < texts.size(); ++e) {
    EXPECT_FALSE(set.evaluator->in_columns(e)) << texts[e];
  }
  Batch batch(set.evaluator->layout());
  CaseReader reader;
  RandomCases cases(12);
  for (int i = 0; i < 20; ++i) reader.read(cases.json(), batch);
  batch.finish();
  EXPECT_EQ(compare_ways(set, batch), 0);
}

TEST(Columns, ComputeWhatIsSharedOnce) {
  const TriedSet one(random_schema, {"count(people[here and out]) > 1"});
  const TriedSet many(random_schema,
                      {"count(people[here and out]) > 1", "count(people[here and out]) > 1",
                       "b1 and count(people[here and out]) > 1"});
  // The third adds the load of b1 and the conjunction.
  EXPECT_EQ(many.evaluator->plan().nodes.size(), one.evaluator->plan().nodes.size() + 2);
}

TEST(Columns, GiveValuesOfAnyKind) {
  const TriedSet set(R"({"n": "number", "d": "date", "s": "string", "l": ["number"]})",
                     {"n * 2", "d + @\"P1D\"", "if n > 1 then s else \"other\"",
                      "d - @\"2020-01-01\"", "l", "count(l)", "n > 1"});
  Batch batch(set.evaluator->layout());
  CaseReader().read_lines(
      "{\"n\":1.5,\"d\":\"2020-01-31\",\"s\":\"x\",\"l\":[1,2]}\n"
      "{\"n\":1,\"d\":\"2020-02-28\",\"s\":\"y\",\"l\":[]}\n{\"l\":null}",
      batch);
  batch.finish();
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  set.evaluator->run(batch, {}, workspace, outcomes);
  const auto shown = [&](std::uint32_t row) {
    std::string out;
    for (std::uint32_t e = 0; e < outcomes.expressions(); ++e) {
      out += (e > 0 ? "; " : "") + text_of(outcomes.value(e, row));
      if (outcomes.at(e, row).warned) out += "!";
    }
    return out;
  };
  EXPECT_EQ(shown(0), "3; @\"2020-02-01\"; \"x\"; @\"P30D\"; [1, 2]; 2; true");
  EXPECT_EQ(shown(1), "2; @\"2020-02-29\"; \"other\"; @\"P58D\"; []; 0; false");
  EXPECT_EQ(outcomes.at(0, 2), (Outcomes::Outcome{Outcomes::Kind::null, true}));
  EXPECT_EQ(compare_ways(set, batch), 0);
  EXPECT_GT(outcomes.memory(), 0U);
  EXPECT_GT(workspace.memory(), 0U);
  EXPECT_GT(set.evaluator->memory(), 0U);
}

TEST(Columns, ServeSeveralProgramsFromOneBatch) {
  const TriedSet a(random_schema, {"s1 = \"gov\"", "some p in people satisfies p.side = \"a\""});
  const TriedSet b(a.types, a.schema, {"s2 = \"civil\"", "s1 = s2"});
  const std::shared_ptr<const Program> programs[] = {a.program, b.program};
  const auto both = Evaluator::make_all(programs, *a.schema, a.types);
  ASSERT_EQ(both.size(), 2U);
  ASSERT_EQ(both[0]->layout(), both[1]->layout());
  const Batch batch = read_case(both[0]->layout(), R"({"s1":"gov","s2":"civil","people":[]})");
  Evaluator::Workspace workspace;
  Outcomes first, second;
  both[0]->run(batch, {}, workspace, first);
  both[1]->run(batch, {}, workspace, second);
  EXPECT_EQ(first.at(0, 0).kind, Outcomes::Kind::yes);
  EXPECT_EQ(first.at(1, 0).kind, Outcomes::Kind::no);
  EXPECT_EQ(second.at(0, 0).kind, Outcomes::Kind::yes);
  EXPECT_EQ(second.at(1, 0).kind, Outcomes::Kind::no);
}

TEST(Columns, RefuseOtherBatches) {
  const TriedSet set(random_schema, {"b1"}), other(random_schema, {"b1"});
  Batch batch(set.evaluator->layout());
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  EXPECT_THROW(set.evaluator->run(batch, {}, workspace, outcomes), Error);
  batch.finish();
  set.evaluator->run(batch, {}, workspace, outcomes);
  EXPECT_EQ(outcomes.rows(), 0U);
  EXPECT_THROW(other.evaluator->run(batch, {}, workspace, outcomes), Error);
}

// Lists that are long, and pairs of them that are too many, come out the same.
TEST(Columns, StandLongLists) {
  const TriedSet set(R"({"a": ["number"], "b": [{"n": "number", "x": "boolean"}]})",
                     {"every n in a satisfies some p in b satisfies p.n = n and p.x",
                      "count(b[x]) + count(a)", "some n in a satisfies count(b[n < 3]) > 0"});
  std::string text = "{\"a\":[";
  for (int i = 0; i < 2000; ++i) text += std::to_string(i % 5) + ",";
  text += "1],\"b\":[";
  for (int i = 0; i < 2000; ++i) text += "{\"n\":" + std::to_string(i % 7) + ",\"x\":true},";
  text += "{\"n\":1,\"x\":false}]}";
  const Batch batch = read_case(set.evaluator->layout(), text);
  EXPECT_EQ(compare_ways(set, batch), 0);
}

}  // namespace
}  // namespace partnership::feel
