// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of the check fails once, through the C API: the call says so, its output is
// NULL, nothing leaks, and it works as soon as there is memory. So do calls of the inside, by
// std::bad_alloc.
#include <gtest/gtest.h>

#include <string>

#include "committee/category_file.hpp"
#include "committee/infeasible.hpp"
#include "packs/packs.hpp"
#include "partnership/partnership.h"
#include "support/failing_memory.hpp"

namespace partnership {
namespace {

// Runs a call that makes a handle until it has enough memory; it must have run out `least` times.
template <class Handle, class Call>
void expect_to_survive(const Call& call, void (*free)(Handle*), long least) {
  long leaked = 0;
  bool clean = true;
  const long took = failing_memory::run_out(
      [&] {
        Handle* out = nullptr;
        pship_error* error = nullptr;
        const pship_status status = call(&out, &error);
        clean = clean && (status == PSHIP_OK) == (out != nullptr) &&
                (status == PSHIP_OK || status == PSHIP_NO_MEMORY);
        free(out);
        pship_error_free(error);
        return status == PSHIP_OK;
      },
      100000, leaked);
  EXPECT_TRUE(clean);
  EXPECT_GE(took, least);
  EXPECT_EQ(leaked, 0);
}

class CommitteeMemory : public testing::Test {
 protected:
  CommitteeMemory() {
    const std::string_view json = pack("criteria/example.json");
    const std::string csv =
        "id,side,issue,specialisation,region,gender,body\n"
        "n01,public,health;youth,law,north,female,Ministry of a long name that no text holds\n"
        "n11,civil society,environment,audit,,male,\n"
        "n14,,,,,,\n";
    EXPECT_EQ(pship_criteria_load(json.data(), json.size(), &criteria_, nullptr), PSHIP_OK);
    EXPECT_EQ(pship_table_read_csv(csv.data(), csv.size(), nullptr, &people_, nullptr), PSHIP_OK);
    EXPECT_EQ(pship_nominees_new(people_, nullptr, &nominees_, nullptr), PSHIP_OK);
  }
  ~CommitteeMemory() override {
    pship_nominees_free(nominees_);
    pship_table_free(people_);
    pship_criteria_free(criteria_);
  }
  CommitteeMemory(const CommitteeMemory&) = delete;
  CommitteeMemory& operator=(const CommitteeMemory&) = delete;

  pship_criteria* criteria_ = nullptr;
  pship_table* people_ = nullptr;
  pship_nominees* nominees_ = nullptr;
};

TEST_F(CommitteeMemory, MayRunOutWhileReading) {
  const std::string_view json = pack("criteria/example.json");
  expect_to_survive<pship_criteria>(
      [&](auto** out, auto** err) {
        return pship_criteria_load(json.data(), json.size(), out, err);
      },
      pship_criteria_free, 100);
  expect_to_survive<pship_table>(
      [&](auto** out, auto** err) { return pship_criteria_table(criteria_, out, err); },
      pship_table_free, 20);
  expect_to_survive<pship_nominees>(
      [&](auto** out, auto** err) { return pship_nominees_new(people_, nullptr, out, err); },
      pship_nominees_free, 40);
}

TEST_F(CommitteeMemory, MayRunOutWhileChecking) {
  const char* const members[] = {"n01", "n11", "n14"};
  // New nominees each time, so that compiling runs out as well; made while there is memory.
  expect_to_survive<pship_check>(
      [&](auto** out, auto** err) {
        const long allowed = failing_memory::allowance;
        failing_memory::allowance = std::numeric_limits<long>::max();
        pship_nominees* fresh = nullptr;
        EXPECT_EQ(pship_nominees_new(people_, nullptr, &fresh, nullptr), PSHIP_OK);
        failing_memory::allowance = allowed;
        const pship_status status =
            pship_criteria_check(criteria_, fresh, members, 3, 17000, out, err);
        pship_nominees_free(fresh);
        return status;
      },
      pship_check_free, 50);
  pship_check* check = nullptr;
  ASSERT_EQ(pship_criteria_check(criteria_, nominees_, members, 3, 17000, &check, nullptr),
            PSHIP_OK);
  for (const std::int32_t language : {PSHIP_LANG_AR, PSHIP_LANG_EN, PSHIP_LANG_FR}) {
    // Names of months, once read, are kept: that is no leak.
    pship_text* date = nullptr;
    EXPECT_EQ(pship_date_render(17000, language, &date, nullptr), PSHIP_OK);
    pship_text_free(date);
    expect_to_survive<pship_table>(
        [&](auto** out, auto** err) { return pship_check_criteria(check, language, out, err); },
        pship_table_free, 50);
  }
  expect_to_survive<pship_table>(
      [&](auto** out, auto** err) { return pship_check_counts(check, out, err); }, pship_table_free,
      10);
  expect_to_survive<pship_table>(
      [&](auto** out, auto** err) { return pship_check_unmet(check, out, err); }, pship_table_free,
      5);
  pship_check_free(check);
}

// The same of the inside.
template <class Work>
void expect_to_come_through(const Work& work, long least) {
  long leaked = 0;
  const long took = failing_memory::run_out(
      [&] {
        try {
          return work();
        } catch (const std::bad_alloc&) {
          return false;
        }
      },
      100000, leaked);
  EXPECT_GE(took, least);
  EXPECT_EQ(leaked, 0);
}

constexpr const char* people =
    "id,region,home\n1,x,a house whose name is long\n2,x,a house whose name is long\n3,y,\n4,y,\n";

std::string people_criteria() {
  CategoryFile file;
  file.size = 3;
  file.one_per = {"home"};
  return criteria_of_categories("feature,value,min,max\nregion,x,2,3\nregion,y,1,2\n", file);
}

std::shared_ptr<const Checker> people_checker() {
  return Checker::make(load_criteria(people_criteria()), nominees_of_respondents(people));
}

TEST(ModelMemory, MayRunOutWhileReadingAndBuilding) {
  expect_to_come_through([] { return people_checker() != nullptr; }, 200);
  const auto checker = people_checker();
  expect_to_come_through([&] { return build_model(*checker).model.nominees == 4; }, 20);
}

TEST(ModelMemory, MayRunOutWhileTellingWhatIsWrong) {
  const auto refused = [](const auto& work, std::size_t problems) {
    try {
      work();
    } catch (const Error& error) {
      EXPECT_EQ(error.problems().size(), problems);
      return true;
    }
    return false;
  };
  const std::string categories = "feature,value,min,max\nregion,x,4,3\nregion,x,none,3\n";
  expect_to_come_through(
      [&] { return refused([&] { criteria_of_categories(categories, 3, "of a long name"); }, 4); },
      40);
  const std::string pool = "id,region\n1,x\n1,y\n,a region whose name is long\n";
  expect_to_come_through([&] { return refused([&] { nominees_of_respondents(pool); }, 2); }, 40);
  const std::string torn = pool + "2\n1,x,y,z\n";
  expect_to_come_through([&] { return refused([&] { nominees_of_respondents(torn); }, 4); }, 40);
}

TEST(ModelMemory, MayRunOutWhileExplaining) {
  const auto checker = people_checker();
  const std::string document = people_criteria();
  expect_to_come_through(
      [&] {
        const Infeasibility found = explain_infeasible(checker);
        if (found.status != InfeasibleStatus::infeasible)
          return false;  // the solver had too little
        EXPECT_EQ(conflict_table(found, *checker, Language::en).rows(), 2);
        EXPECT_GE(relaxation_table(found, *checker, Language::en).rows(), 1);
        const std::vector<std::string> ids = {"1", "2", "3", "4"};
        EXPECT_NE(conflict_certificate(found.built.model, *found.conflict, {{}, {}, ids}), "");
        EXPECT_NE(relaxed_document(document, found.relaxations[0].changes), "");
        return true;
      },
      200);
}

}  // namespace
}  // namespace partnership
