// SPDX-License-Identifier: Apache-2.0
//
// Cases from Arrow streams with lists and structs: what they become, and what is refused of arrays
// that contradict themselves. Whatever happens, all is released. (tests/python/test_feel_cases.py
// reads what pyarrow makes.)
#include "feel/case_arrow.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/arrow_fake.hpp"
#include "base/error.hpp"
#include "feel/case_arrow_time.hpp"
#include "feel/compare.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {
namespace {

using fake::bytes_of_values;
using testing::HasSubstr;

constexpr std::string_view schema = R"({"n": "number", "members": [{"name": "string?",
    "votes": "list<number>"}], "box": {"at": "date?"}, "pair": "list<number>"})";

fake::Array array(std::int64_t length, std::int64_t nulls,
                  std::vector<std::optional<fake::Bytes>> buffers,
                  std::vector<fake::Array> children = {}) {
  fake::Array out;
  out.length = length;
  out.nulls = nulls;
  out.buffers = std::move(buffers);
  out.children = std::move(children);
  return out;
}

// Two cases: members [{a, [1, 2]}, {null, null}] and null; boxes of one date and null; pairs.
fake::Stream stream() {
  fake::Schema name{"u", "name", {}, {}}, vote{"l", "item", {}, {}};
  fake::Schema votes{"+l", "votes", {vote}, {}};
  fake::Schema member{"+s", "item", {name, votes}, {}};
  fake::Stream plan;
  plan.schema = {"+s",
                 "",
                 {{"L", "n", {}, {}},
                  {"+L", "members", {member}, {}},
                  {"+s", "box", {{"tsn:", "at", {}, {}}}, {}},
                  {"+w:2", "pair", {vote}, {}}},
                 {}};
  const fake::Bytes first{1};  // the bitmap in which only it is there
  const fake::Array names =
      array(2, 1, {first, bytes_of_values<std::int32_t>({0, 1, 1}), fake::Bytes{'a'}});
  const fake::Array items = array(2, 0, {std::nullopt, bytes_of_values<std::int64_t>({1, 2})});
  const fake::Array vote_lists =
      array(2, 1, {first, bytes_of_values<std::int32_t>({0, 2, 2})}, {items});
  const fake::Array members = array(2, 0, {std::nullopt}, {names, vote_lists});
  const fake::Array lists =
      array(2, 1, {first, bytes_of_values<std::int64_t>({0, 2, 2})}, {members});
  const fake::Array numbers =
      array(2, 0, {std::nullopt, bytes_of_values<std::uint64_t>({UINT64_MAX, 7})});
  const fake::Array moments =
      array(2, 0, {std::nullopt, bytes_of_values<std::int64_t>({86'400'000'000'000, 1})});
  const fake::Array boxes = array(2, 1, {first}, {moments});
  const fake::Array pairs =
      array(2, 0, {std::nullopt},
            {array(4, 0, {std::nullopt, bytes_of_values<std::int64_t>({1, 2, 3, 4})})});
  const fake::Array batch = array(2, 0, {std::nullopt}, {numbers, lists, boxes, pairs});
  plan.batches = {batch};
  return plan;
}

std::string read(const fake::Stream& plan, std::string_view types = schema) {
  const auto set = ExpressionSet::compile("{}", types, {});
  fake::Count count;
  ArrowArrayStream handed{};
  fill(plan, &count, &handed);
  std::string out;
  try {
    const auto cases = set->read_arrow(&handed);
    Arena arena;
    for (std::uint32_t row = 0; row < cases->batch.rows(); ++row) {
      append_expression(out, cases->batch.row(row, arena));
      out += '\n';
    }
  } catch (const Error& error) {
    out = std::string(code_name(error.code())) + ": " + error.what();
  }
  EXPECT_EQ(count.live, 0);
  EXPECT_EQ(handed.release, nullptr);
  return out;
}

TEST(CaseArrow, ReadsListsAndStructs) {
  EXPECT_EQ(read(stream()),
            "{n: 18446744073709551615, members: [{name: \"a\", votes: [1, 2]}, {name: null, votes: "
            "null}], box: {at: @\"1970-01-02\"}, pair: [1, 2]}\n"
            "{n: 7, members: null, box: null, pair: [3, 4]}\n");
}

TEST(CaseArrow, ReadsSlicesAndSeveralBatches) {
  fake::Stream plan = stream();
  fake::Array second = plan.batches[0];
  second.length = 1;
  second.offset = 1;  // of the struct: its columns are as long as before
  plan.batches.push_back(second);
  fake::Array third = plan.batches[0];
  third.length = 1;
  for (fake::Array& column : third.children) {
    column.length = 1;
    column.offset = 1;
    column.nulls = column.buffers[0] ? 1 : 0;
  }
  plan.batches.push_back(third);
  const std::string all = read(plan), last = "{n: 7, members: null, box: null, pair: [3, 4]}\n";
  EXPECT_THAT(all, testing::EndsWith(last + last + last));
  EXPECT_EQ(read({stream().schema, {}}), "");
}

TEST(CaseArrow, RefusesColumnsThatItCannotRead) {
  const auto with = [](const std::function<void(fake::Stream&)>& change) {
    fake::Stream plan = stream();
    change(plan);
    return read(plan);
  };
  EXPECT_THAT(with([](auto& p) { p.schema.children[1].children[0].children[0].format = "vu"; }),
              testing::StartsWith("invalid_argument: column `members.item.name` has the Arrow"));
  EXPECT_THAT(with([](auto& p) { p.schema.children[2].children[0].format = "tsn:Nowhere"; }),
              HasSubstr("`tsn:Nowhere`"));
  EXPECT_THAT(with([](auto& p) { p.schema.children[1].name = "n"; }), HasSubstr("stands twice"));
  EXPECT_THAT(with([](auto& p) { p.schema.children[1].name = "m"; }),
              HasSubstr("no member `m` is declared"));
  EXPECT_THAT(with([](auto& p) { p.schema.children[1].children.clear(); }),
              HasSubstr("wrong number of children"));
  EXPECT_THAT(with([](auto& p) { p.schema.children[3].format = "+w:-1"; }), HasSubstr("`+w:-1`"));
  EXPECT_THAT(with([](auto& p) { p.schema.children[1].name = "\xff"; }), HasSubstr("UTF-8"));
  EXPECT_THAT(with([](auto& p) {
                fake::Schema deep = p.schema.children[1];
                for (int i = 0; i < 100; ++i) deep = {"+l", "x", {deep}, {}};
                p.schema.children.push_back(deep);
              }),
              HasSubstr("too many columns within each other"));
}

TEST(CaseArrow, RefusesArraysThatContradictThemselves) {
  const std::function<void(fake::Array&)> faults[] = {
      [](auto& batch) { batch.length = -1; },
      [](auto& batch) { batch.length = 3; },
      [](auto& batch) { batch.children.pop_back(); },
      [](auto& batch) { batch.null_children = true; },
      [](auto& batch) { batch.nulls = 1; },
      [](auto& batch) { batch.children[1].length = 1; },
      [](auto& batch) { batch.children[1].offset = -1; },
      [](auto& batch) { batch.children[1].buffers.pop_back(); },
      [](auto& batch) { batch.children[1].null_buffers = true; },
      [](auto& batch) { batch.children[1].buffers[1] = std::nullopt; },
      [](auto& batch) { batch.children[1].buffers[0] = std::nullopt; },
      [](auto& batch) { batch.children[1].children[0].released = true; },
      [](auto& batch) { batch.children[1].children.clear(); },
      [](auto& batch) {
        batch.children[1].buffers[1] = bytes_of_values<std::int64_t>({0, 3, 3});
      },
      [](auto& batch) {
        batch.children[1].buffers[1] = bytes_of_values<std::int64_t>({1, 0, 0});
      },
      [](auto& batch) {
        batch.children[1].buffers[1] = bytes_of_values<std::int64_t>({-1, 2, 2});
      },
      [](auto& batch) { batch.children[1].children[0].length = 1; },
      [](auto& batch) { batch.children[2].children[0].length = 1; },
      [](auto& batch) { batch.children[2].children.clear(); },
      [](auto& batch) { batch.children[3].children[0].length = 3; },
  };
  int number = 0;
  for (const auto& fault : faults) {
    fake::Stream plan = stream();
    fault(plan.batches[0]);
    EXPECT_THAT(read(plan), testing::StartsWith("invalid_argument: the Arrow ")) << number;
    ++number;
  }
}

TEST(CaseArrow, PassesOnWhatTheProducerSays) {
  fake::Stream plan = stream();
  plan.next_status = 5;
  plan.words = "the disk is on fire";
  EXPECT_THAT(read(plan), testing::AllOf(testing::StartsWith("io: "), HasSubstr("on fire")));
  plan.schema_status = 5;
  EXPECT_THAT(read(plan), testing::StartsWith("io: "));
}

// What a clock makes of its ticks; "-" where it has no value.
std::string value_of(std::string_view format, std::int64_t ticks, const Type* type = nullptr) {
  const std::optional<Clock> clock = Clock::read(format);
  if (!clock) return "no clock";
  Arena arena;
  const std::optional<Value> value = clock->value(arena, ticks, type);
  if (!value) return "-";
  std::string out;
  append_string(out, *value);
  return out;
}

TEST(CaseArrow, ReadsClocks) {
  EXPECT_EQ(value_of("tdD", -1), "1969-12-31");
  EXPECT_EQ(value_of("tdm", -1), "1969-12-31");
  EXPECT_EQ(value_of("tss:", -1), "1969-12-31T23:59:59");
  EXPECT_EQ(value_of("tsm:", 1), "1970-01-01T00:00:00.001");
  EXPECT_EQ(value_of("tsu:UTC", 1), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(value_of("tsn:+02:00", 1), "1970-01-01T02:00:00.000000001+02:00");
  EXPECT_EQ(value_of("tss:Asia/Beirut", 1'782'889'200), "2026-07-01T10:00:00@Asia/Beirut");
  // An hour that comes twice: the second one has a name only by its offset.
  EXPECT_EQ(value_of("tss:Europe/Paris", 1'792'888'200), "2026-10-25T02:30:00@Europe/Paris");
  EXPECT_EQ(value_of("tss:Europe/Paris", 1'792'891'800), "2026-10-25T02:30:00+01:00");
  EXPECT_EQ(value_of("tts", 86'399), "23:59:59");
  EXPECT_EQ(value_of("ttn", 1), "00:00:00.000000001");
  EXPECT_EQ(value_of("tts", 86'400), "-");
  EXPECT_EQ(value_of("tts", -1), "-");
  EXPECT_EQ(value_of("tDm", -1'500), "-PT1.5S");
  EXPECT_EQ(value_of("tDs", INT64_MAX), "-");
  EXPECT_EQ(value_of("tss:", INT64_MAX), "-");
  EXPECT_EQ(value_of("tdm", INT64_MIN), "-292275055-05-16");
  Types types;
  EXPECT_EQ(value_of("tss:", 86'400, types.simple(TypeKind::date)), "1970-01-02");
  EXPECT_EQ(value_of("tss:", 86'401, types.simple(TypeKind::date)), "1970-01-02T00:00:01");
  for (const char* format :
       {"", "ts", "tsx:", "tss", "ttx", "tx", "tD", "tdd", "xts:", "tts:UTC", "tss:+2", "tss:x"}) {
    EXPECT_EQ(value_of(format, 0), "no clock") << format;
  }
}

}  // namespace
}  // namespace partnership::feel
