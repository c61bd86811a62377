// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of the condition language fails once, through the C API: the call says so, its
// output is NULL, nothing leaks, and it works as soon as there is memory. And a prepared case is
// decided without any.
#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "partnership/partnership.h"
#include "support/failing_memory.hpp"

namespace partnership {
namespace {

constexpr std::string_view rules =
    R"({"late": "day > @\"2026-01-31\"", "enough": "count(votes[item >= 2]) >= n",
        "made": "{f: function(x) x + n, l: for v in votes return string(v) + side}",
        "text": {"feel": "upper case(side) + 1", "type": "string"}})";
constexpr std::string_view schema =
    R"({"day": "date", "n": "number", "side": "string?", "votes": "list<number>"})";
constexpr std::string_view text =
    R"({"day": "2026-01-05", "n": 1, "side": "a text that no string can hold without memory", )"
    R"("votes": [1, 2.5, 12345678901234567890123456789]})";

// What a pipeline has made so far; goes away at its end.
struct Made {
  pship_feel* feel = nullptr;
  pship_feel_case* one = nullptr;
  pship_feel_cases* many = nullptr;
  pship_feel_builder* builder = nullptr;
  pship_value* value = nullptr;
  pship_table* table = nullptr;
  pship_table* other = nullptr;
  pship_text* words = nullptr;

  Made() = default;
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  ~Made() {
    pship_text_free(words);
    pship_table_free(other);
    pship_table_free(table);
    pship_value_free(value);
    pship_feel_builder_free(builder);
    pship_feel_cases_free(many);
    pship_feel_case_free(one);
    pship_feel_free(feel);
  }
  pship_status compile(pship_error** err) {
    return pship_feel_compile(rules.data(), rules.size(), schema.data(), schema.size(), nullptr,
                              &feel, err);
  }
  pship_status read(pship_error** err) {
    return pship_feel_case_read(feel, text.data(), text.size(), &one, err);
  }
};

// Runs steps one after the other, with memory for no allocation, for one, ... It must have run out
// `least` times; each failure is that of memory.
template <class... Steps>
void expect_to_survive(long least, const Steps&... steps) {
  long leaked = 0;
  bool clean = true;
  const long took = failing_memory::run_out(
      [&] {
        Made made;
        pship_status status = PSHIP_OK;
        const auto run = [&](const auto& step) {
          pship_error* error = nullptr;
          status = step(made, &error);
          clean = clean && (status == PSHIP_OK || status == PSHIP_NO_MEMORY) &&
                  (status == PSHIP_OK) == (error == nullptr);
          pship_error_free(error);
          return status == PSHIP_OK;
        };
        return (run(steps) && ...);
      },
      100000, leaked);
  EXPECT_TRUE(clean);
  EXPECT_GE(took, least);
  EXPECT_EQ(leaked, 0);
}

const auto compile = [](Made& made, pship_error** err) { return made.compile(err); };
const auto read = [](Made& made, pship_error** err) { return made.read(err); };

TEST(FeelMemory, CompilingSurvivesEveryFailure) {
  expect_to_survive(100, compile, [](Made& made, pship_error** err) {
    return pship_feel_table(made.feel, &made.table, err);
  });
}

TEST(FeelMemory, DiagnosingSurvivesEveryFailure) {
  expect_to_survive(20, [](Made& made, pship_error** err) {
    constexpr std::string_view bad = R"({"a": "1 +", "b": "dya > 2"})";
    return pship_feel_diagnose(bad.data(), bad.size(), schema.data(), schema.size(), nullptr,
                               &made.table, err);
  });
}

TEST(FeelMemory, EvaluatingSurvivesEveryFailure) {
  for (const std::int32_t which : {0, 1, 2, 3}) {
    expect_to_survive(20, compile, read, [which](Made& made, pship_error** err) {
      const pship_status status = pship_feel_evaluate(made.feel, which, made.one, nullptr, nullptr,
                                                      &made.value, &made.table, err);
      EXPECT_EQ(status == PSHIP_OK, made.value != nullptr && made.table != nullptr);
      return status;
    });
  }
}

TEST(FeelMemory, ExplainingSurvivesEveryFailure) {
  expect_to_survive(
      20, compile, read,
      [](Made& made, pship_error** err) {
        return pship_feel_explain(made.feel, 2, made.one, nullptr, nullptr, &made.table, err);
      },
      [](Made& made, pship_error** err) {
        return pship_feel_explain_json(made.feel, 2, made.one, nullptr, nullptr, &made.words, err);
      });
}

TEST(FeelMemory, DecidingSurvivesEveryFailure) {
  expect_to_survive(
      20, compile, read,
      [](Made& made, pship_error** err) {
        std::array<std::uint8_t, 4> verdicts{};
        return pship_feel_decide(made.feel, made.one, nullptr, nullptr, verdicts.data(), 4, err);
      },
      [](Made& made, pship_error** err) {
        return pship_feel_cases_read(made.feel, text.data(), text.size(), &made.many, err);
      },
      [](Made& made, pship_error** err) {
        return pship_feel_decide_all(made.feel, made.many, nullptr, nullptr, &made.table, err);
      },
      [](Made& made, pship_error** err) {
        return pship_feel_evaluate_all(made.feel, 2, made.many, nullptr, nullptr, &made.other, err);
      });
}

TEST(FeelMemory, BuildingSurvivesEveryFailure) {
  const auto add = [](const auto& call) { return call; };
  expect_to_survive(
      20, compile,
      [](Made& made, pship_error** err) {
        return pship_feel_builder_new(made.feel, &made.builder, err);
      },
      add([](Made& made, pship_error** err) {
        return pship_feel_builder_number(made.builder, "n", "1234567890123456789012345", 25, err);
      }),
      add([](Made& made, pship_error** err) {
        return pship_feel_builder_text(made.builder, "side", text.data(), text.size(), err);
      }),
      add([](Made& made, pship_error** err) {
        return pship_feel_builder_list(made.builder, "votes", err);
      }),
      add([](Made& made, pship_error** err) {
        return pship_feel_builder_int(made.builder, nullptr, 1, err);
      }),
      add([](Made& made, pship_error** err) { return pship_feel_builder_end(made.builder, err); }),
      [](Made& made, pship_error** err) {
        return pship_feel_builder_finish(made.builder, &made.one, err);
      },
      [](Made& made, pship_error** err) {
        return pship_feel_case_value(made.one, &made.value, err);
      },
      add([](Made& made, pship_error** err) {
        return pship_feel_builder_int(made.builder, "n", 1, err);
      }),
      add([](Made& made, pship_error** err) { return pship_feel_builder_add(made.builder, err); }),
      [](Made& made, pship_error** err) {
        return pship_feel_builder_cases(made.builder, &made.many, err);
      });
}

// Over columns, by the machine (a number of many digits is none for a column), and both.
TEST(FeelMemory, APreparedCaseIsDecidedWithoutAny) {
  constexpr std::string_view simple =
      R"json({"late": "day > today()", "enough": "count(votes[item >= 2]) >= n",
              "sum": "sum(votes) > 3", "some": "some v in votes satisfies v * 2 = n"})json";
  Made made;
  ASSERT_EQ(pship_feel_compile(simple.data(), simple.size(), schema.data(), schema.size(), nullptr,
                               &made.feel, nullptr),
            PSHIP_OK);
  ASSERT_EQ(made.read(nullptr), PSHIP_OK);
  pship_options* options = nullptr;
  ASSERT_EQ(pship_options_new(&options, nullptr), PSHIP_OK);
  ASSERT_EQ(pship_options_set_date(options, "today", 20000, nullptr), PSHIP_OK);
  std::array<std::uint8_t, 4> verdicts{};
  const auto decide = [&] {
    return pship_feel_decide(made.feel, made.one, nullptr, options, verdicts.data(), 4, nullptr);
  };
  EXPECT_EQ(decide(), PSHIP_OK);
  failing_memory::allowance = 0;
  const pship_status status = decide();
  failing_memory::allowance = std::numeric_limits<long>::max();
  EXPECT_EQ(status, PSHIP_OK);
  EXPECT_EQ(verdicts[0], PSHIP_FEEL_TRUE);
  EXPECT_EQ(verdicts[1], PSHIP_FEEL_TRUE);
  EXPECT_EQ(verdicts[2], PSHIP_FEEL_TRUE);
  EXPECT_EQ(verdicts[3], PSHIP_FEEL_FALSE);
  pship_options_free(options);
}

}  // namespace
}  // namespace partnership
