// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of lotteries, draws and verdicts fails once, through the C API: the call says
// so, its output is NULL, nothing leaks, and it works as soon as there is memory.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "partnership/partnership.h"
#include "support/clp_leaks.hpp"
#include "support/failing_memory.hpp"

namespace partnership {
namespace {

constexpr std::string_view document =
    R"({"criteria": "criteria whose id no string can hold as it is",
  "version": "1", "title": {"en": "Test", "ar": "اختبار"}, "size": 2,
  "rules": [{"id": "civil", "kind": "quota", "attribute": "side", "value": "civil", "min": 1,
             "max": 1}]})";
constexpr std::string_view people = "id,side\na,public\nb,civil\nc,public\nd,public\n";
constexpr std::int32_t ar = PSHIP_LANG_AR;

// What stays: made with all memory.
struct Inputs {
  pship_criteria* criteria = nullptr;
  pship_nominees* nominees = nullptr;
  pship_composition* composition = nullptr;
  pship_options* six = nullptr;
  std::string lottery, certificate, panels, result;

  Inputs() {
    pship_table* table = nullptr;
    pship_text* text = nullptr;
    EXPECT_EQ(pship_criteria_load(document.data(), document.size(), &criteria, nullptr), 0);
    EXPECT_EQ(pship_table_read_csv(people.data(), people.size(), nullptr, &table, nullptr), 0);
    EXPECT_EQ(pship_nominees_new(table, nullptr, &nominees, nullptr), 0);
    pship_table_free(table);
    EXPECT_EQ(pship_compose(criteria, nominees, nullptr, nullptr, nullptr, &composition, nullptr),
              0);
    EXPECT_EQ(pship_options_new(&six, nullptr), 0);
    EXPECT_EQ(pship_options_set_int(six, "panels", 6, nullptr), 0);
    EXPECT_EQ(pship_composition_document(composition, &text, nullptr), 0);
    lottery = taken(text);
    EXPECT_EQ(pship_composition_certificate(composition, &text, nullptr), 0);
    certificate = taken(text);
    EXPECT_EQ(
        pship_draw_panels(lottery.data(), lottery.size(), six, nullptr, nullptr, &text, nullptr),
        0);
    panels = taken(text);
    EXPECT_EQ(pship_draw_result(panels.data(), panels.size(), "seed", 4, &text, nullptr), 0);
    result = taken(text);
  }
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;
  ~Inputs() {
    pship_options_free(six);
    pship_composition_free(composition);
    pship_nominees_free(nominees);
    pship_criteria_free(criteria);
  }
  static std::string taken(pship_text* text) {
    std::string out(pship_text_data(text), pship_text_size(text));
    pship_text_free(text);
    return out;
  }
};

void release(pship_text* handle) {
  pship_text_free(handle);
}
void release(pship_table* handle) {
  pship_table_free(handle);
}
void release(pship_composition* handle) {
  pship_composition_free(handle);
}
void release(pship_alternates* handle) {
  pship_alternates_free(handle);
}
void release(pship_replacement* handle) {
  pship_replacement_free(handle);
}
void release(pship_verification* handle) {
  pship_verification_free(handle);
}

// Runs call(&out, &err) with memory for no allocation, for one, ...; it must have run out at least
// `least` times, each time saying so. Calls that solve linear programs are held to little of what
// Clp forgets when memory runs out in it (tests/solver/memory_test.cpp): one block a run.
template <class Handle, bool solves = false, class Call>
void expect_to_survive(long least, Call call) {
  bool clean = true;
  const auto work = [&] {
    Handle* out = nullptr;
    pship_error* error = nullptr;
    const pship_status status = call(&out, &error);
    clean = clean && (status == PSHIP_OK || status == PSHIP_NO_MEMORY) &&
            (status == PSHIP_OK) == (error == nullptr) && (status == PSHIP_OK) == (out != nullptr);
    pship_error_free(error);
    release(out);
    return status == PSHIP_OK;
  };
  EXPECT_TRUE(work());  // what is made once and kept is no leak
  long leaked = 0;
  const long took = failing_memory::run_out(work, 50000, leaked);
  EXPECT_TRUE(clean);
  EXPECT_GE(took, least);
  EXPECT_LE(leaked, solves ? took : 0);
}

TEST(LotteryMemory, ComposingSurvivesEveryFailure) {
  const Inputs inputs;
  for (const char* kind : {"leximin", "nash", "legacy"}) {
    pship_options* options = nullptr;
    ASSERT_EQ(pship_options_new(&options, nullptr), 0);
    ASSERT_EQ(
        pship_options_set_text(options, "lottery", kind, std::string_view(kind).size(), nullptr),
        0);
    ASSERT_EQ(pship_options_set_int(options, "samples", 5, nullptr), 0);
    expect_to_survive<pship_composition, true>(100, [&](auto** out, auto** err) {
      return pship_compose(inputs.criteria, inputs.nominees, options, nullptr, nullptr, out, err);
    });
    pship_options_free(options);
  }
}

TEST(LotteryMemory, TablesSurviveEveryFailure) {
  const Inputs inputs;
  const pship_composition* made = inputs.composition;
  expect_to_survive<pship_table>(
      10, [&](auto** out, auto** err) { return pship_composition_about(made, out, err); });
  expect_to_survive<pship_table>(
      10, [&](auto** out, auto** err) { return pship_composition_probabilities(made, out, err); });
  expect_to_survive<pship_table>(
      10, [&](auto** out, auto** err) { return pship_composition_values(made, ar, out, err); });
  expect_to_survive<pship_table>(
      10, [&](auto** out, auto** err) { return pship_composition_quotas(made, ar, out, err); });
  expect_to_survive<pship_table>(
      10, [&](auto** out, auto** err) { return pship_composition_panels(made, out, err); });
  expect_to_survive<pship_table>(
      5, [&](auto** out, auto** err) { return pship_composition_levels(made, out, err); });
}

TEST(LotteryMemory, DocumentsSurviveEveryFailure) {
  const Inputs inputs;
  expect_to_survive<pship_text>(20, [&](auto** out, auto** err) {
    return pship_composition_document(inputs.composition, out, err);
  });
  expect_to_survive<pship_text>(10, [&](auto** out, auto** err) {
    return pship_composition_certificate(inputs.composition, out, err);
  });
  expect_to_survive<pship_text>(50, [&](auto** out, auto** err) {
    return pship_draw_panels(inputs.lottery.data(), inputs.lottery.size(), inputs.six, nullptr,
                             nullptr, out, err);
  });
  expect_to_survive<pship_text>(10, [&](auto** out, auto** err) {
    return pship_draw_result(inputs.panels.data(), inputs.panels.size(), "seed", 4, out, err);
  });
}

TEST(LotteryMemory, ReadingBackSurvivesEveryFailure) {
  const Inputs inputs;
  expect_to_survive<pship_composition>(200, [&](auto** out, auto** err) {
    return pship_composition_read(inputs.criteria, inputs.nominees, inputs.lottery.data(),
                                  inputs.lottery.size(), inputs.certificate.data(),
                                  inputs.certificate.size(), out, err);
  });
}

TEST(LotteryMemory, ReplacingSurvivesEveryFailure) {
  const Inputs inputs;
  const char* const members[] = {"a", "b"};
  const char* const off[] = {"c"};
  expect_to_survive<pship_replacement, true>(50, [&](auto** out, auto** err) {
    return pship_replace(inputs.criteria, inputs.nominees, members, 2, members, 1, off, 1, nullptr,
                         nullptr, nullptr, out, err);
  });
}

TEST(LotteryMemory, ChoosingAlternatesSurvivesEveryFailure) {
  const Inputs inputs;
  const char* const members[] = {"a", "b"};
  const char* const off[] = {"c"};
  const std::int64_t weights[] = {2, 1};
  const auto choose = [&](pship_alternates** out, pship_error** err) {
    return pship_alternates_choose(inputs.criteria, inputs.nominees, members, 2, off, 1, weights, 2,
                                   nullptr, nullptr, nullptr, out, err);
  };
  expect_to_survive<pship_alternates, true>(
      100, [&](auto** out, auto** err) { return choose(out, err); });
  pship_alternates* alternates = nullptr;
  ASSERT_EQ(choose(&alternates, nullptr), PSHIP_OK);
  for (const auto tell :
       {&pship_alternates_about, &pship_alternates_list, &pship_alternates_covers}) {
    expect_to_survive<pship_table>(
        10, [&](auto** out, auto** err) { return tell(alternates, out, err); });
  }
  pship_alternates_free(alternates);
}

TEST(LotteryMemory, RelaxingSurvivesEveryFailure) {
  const Inputs inputs;
  std::string strict(document);
  const std::size_t at = strict.find("\"min\"");
  strict.replace(at, strict.find('}', at) - at, "\"min\": 2");
  pship_criteria* criteria = nullptr;
  pship_composition* nobody = nullptr;
  ASSERT_EQ(pship_criteria_load(strict.data(), strict.size(), &criteria, nullptr), PSHIP_OK);
  ASSERT_EQ(pship_compose(criteria, inputs.nominees, nullptr, nullptr, nullptr, &nobody, nullptr),
            PSHIP_OK);
  expect_to_survive<pship_text>(
      50, [&](auto** out, auto** err) { return pship_composition_relaxed(nobody, 1, out, err); });
  expect_to_survive<pship_table>(5, [&](auto** out, auto** err) {
    return pship_composition_relaxed_committees(nobody, out, err);
  });
  pship_composition_free(nobody);
  pship_criteria_free(criteria);
}

TEST(LotteryMemory, VerifyingSurvivesEveryFailure) {
  const Inputs inputs;
  expect_to_survive<pship_verification>(50, [&](auto** out, auto** err) {
    return pship_verify_certificate(inputs.certificate.data(), inputs.certificate.size(), nullptr,
                                    out, err);
  });
  expect_to_survive<pship_verification>(50, [&](auto** out, auto** err) {
    return pship_verify_draw(inputs.result.data(), inputs.result.size(), inputs.certificate.data(),
                             inputs.certificate.size(), out, err);
  });
}

}  // namespace
}  // namespace partnership
