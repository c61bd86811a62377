// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of reading cases, planning and running over columns fails once: the call says
// so, leaks nothing, and works as soon as there is memory.
#include "feel/case_builder.hpp"
#include "feel/case_table.hpp"
#include "feel/case_value.hpp"
#include "feel/columns_random.hpp"
#include "feel/columns_tools.hpp"
#include "support/failing_memory.hpp"

namespace partnership::feel {
namespace {

const std::vector<std::string>& expressions() {
  static const std::vector<std::string> texts = {
      "count(people[here and side = \"gov\"]) > n1",
      "every w in words satisfies some p in people satisfies p.side = w and p.here",
      "some t in teams satisfies count(people[age > t.size]) > 1",
      "if b1 then \"a\" else s1",
      "sum(people.age)",
      "string length(s1) + n1"};
  return texts;
}

std::string dirty_case(std::uint32_t seed) {
  RandomCases cases(seed);
  cases.dirt = 5;
  return cases.json();
}

ReadOptions lenient() {
  ReadOptions options;
  options.keep_misfits = true;
  options.unknown = ReadOptions::Unknown::keep;
  return options;
}

TEST(CaseMemory, MayRunOutWhileReading) {
  const TriedSet set(random_schema, expressions());
  const std::string text = dirty_case(3) + "\n" + dirty_case(4);
  failing_memory::expect_to_survive(
      [&] {
        Batch batch(set.evaluator->layout());
        CaseReader(lenient()).read_lines(text, batch);
        batch.finish();
      },
      20);
  failing_memory::expect_to_survive(
      [&] {
        try {
          Batch batch(set.evaluator->layout());
          CaseReader().read_lines(text, batch);
        } catch (const Error&) {
        }
      },
      20);
  failing_memory::expect_to_survive(
      [&] {
        Arena arena;
        read_json_value(dirty_case(3), arena);
      },
      5);
}

// A batch that ran out of memory is empty, and can be filled after all.
TEST(CaseMemory, LeavesABatchThatCanBeFilled) {
  const TriedSet set(random_schema, expressions());
  const std::string text = dirty_case(5);
  Batch batch(set.evaluator->layout());
  CaseReader reader(lenient());
  bool done = false;
  for (long n = 0; !done && n < 10000; ++n) {
    failing_memory::allowance = n;
    try {
      reader.read(text, batch);
      done = true;
    } catch (const std::bad_alloc&) {
    }
    failing_memory::allowance = std::numeric_limits<long>::max();
    if (!done) {
      ASSERT_EQ(batch.rows(), 0U);
    }
  }
  ASSERT_TRUE(done);
  batch.finish();
  Arena arena, other;
  EXPECT_EQ(text_of(batch.row(0, arena)),
            text_of(read_case(set.evaluator->layout(), text, lenient()).row(0, other)));
}

TEST(CaseMemory, MayRunOutWhileBuilding) {
  const TriedSet set(random_schema, expressions());
  const Batch read = read_case(set.evaluator->layout(), dirty_case(6), lenient());
  Arena arena;
  const Value value = read.row(0, arena);
  failing_memory::expect_to_survive(
      [&] {
        Batch batch(set.evaluator->layout());
        CaseBuilder(batch, true).append(value);
      },
      10);
}

TEST(CaseMemory, MayRunOutWhilePlanning) {
  const TriedSet set(random_schema, expressions());
  failing_memory::expect_to_survive([&] { Evaluator::make(set.program, *set.schema, set.types); },
                                    50);
}

TEST(CaseMemory, MayRunOutWhileRunning) {
  const TriedSet set(random_schema, expressions());
  Batch batch(set.evaluator->layout());
  CaseReader reader(lenient());
  for (std::uint32_t seed = 0; seed < 40; ++seed) reader.read(dirty_case(seed), batch);
  batch.finish();
  failing_memory::expect_to_survive(
      [&] {
        Evaluator::Workspace workspace;
        Outcomes outcomes;
        set.evaluator->run(batch, {}, workspace, outcomes);
      },
      20);
  // A workspace that ran out goes on working.
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  bool done = false;
  for (long n = 0; !done && n < 10000; ++n) {
    failing_memory::allowance = n;
    try {
      set.evaluator->run(batch, {}, workspace, outcomes);
      done = true;
    } catch (const std::bad_alloc&) {
    }
    failing_memory::allowance = std::numeric_limits<long>::max();
  }
  ASSERT_TRUE(done);
  EXPECT_EQ(compare_ways(set, batch), 0);
}

TEST(CaseMemory, MayRunOutWhileReadingTables) {
  const TriedSet set(R"({"n": "number", "day": "date", "words": ["string"]})", {"n > 1"});
  TableBuilder cases, items;
  const auto n = cases.add("n", ColumnType::real), day = cases.add("day", ColumnType::text);
  const auto row = items.add("row", ColumnType::int32), item = items.add("item", ColumnType::text);
  for (std::int32_t i = 0; i < 50; ++i) {
    cases.real(n, i * 0.3);
    cases.text(day, "2020-01-31");
    items.int32(row, i);
    items.text(item, "a text that is long enough to need memory " + std::to_string(i));
  }
  const Table table = cases.finish(), words = items.finish();
  const ItemTable lists[] = {{"words", &words, "row"}};
  failing_memory::expect_to_survive(
      [&] {
        Batch batch(set.evaluator->layout());
        read_tables(table, lists, {}, batch);
        batch.finish();
      },
      10);
}

}  // namespace
}  // namespace partnership::feel
