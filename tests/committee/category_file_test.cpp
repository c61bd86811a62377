// SPDX-License-Identifier: Apache-2.0
//
// Category files and their pools: every form that organisers have.
#include "committee/category_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "committee/committee_tools.hpp"
#include "committee/panel_model_builder.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::ElementsAre;

Table read(std::string_view csv, const CategoryFile& file = {}) {
  return criteria_table(*load_criteria(criteria_of_categories(csv, file)));
}

TEST(CategoryFile, ReadsEveryHeader) {
  for (const char* head : {"category,feature,min,max\n", "feature,value,min,max\n",
                           "attribute,value,min,max\n", "Category, Name ,MIN,Max\n",
                           "\xEF\xBB\xBF"
                           "feature,value,min,max\n"}) {
    SCOPED_TRACE(head);
    const Table table = read(head + std::string("gender,female,2,3\ngender,male,1,2\n"));
    EXPECT_THAT(column(table, "criterion"), ElementsAre("gender: female", "gender: male"));
    EXPECT_EQ(cells(table, 0, {"kind", "attribute", "value", "least", "most"}),
              "quota|gender|female|2|3");
  }
  const Table turned = read("max;min;value;feature\r\n3; 2 ; female ;gender\r\n\r\n");
  EXPECT_EQ(cells(turned, 0, {"attribute", "value", "least", "most"}), "gender|female|2|3");
}

TEST(CategoryFile, ReadsFlexibleBounds) {
  const Table table = read(
      "feature,value,min,max,min_flex,max_flex\n"
      "a,x,2,3,1,4\na,y,2,3,0,0\na,z,0,0,0,0\na,u,2,3,,\na,v,2,3,1,\n");
  EXPECT_THAT(column(table, "flexible_least"), ElementsAre("1", "-", "0", "-", "1"));
  EXPECT_THAT(column(table, "flexible_most"), ElementsAre("4", "-", "0", "-", "-"));
}

TEST(CategoryFile, HasASizeANameAndHouseholds) {
  CategoryFile file;
  file.size = 5;
  file.name = "jury";
  file.one_per = {"address"};
  const auto criteria =
      load_criteria(criteria_of_categories("feature,value,min,max\na,x,1,2\n", file));
  EXPECT_EQ(criteria->id, "jury");
  const Table table = criteria_table(*criteria);
  EXPECT_THAT(column(table, "criterion"), ElementsAre("size", "a: x", "one per address"));
  EXPECT_EQ(cells(table, 2, {"kind", "attribute", "most"}), "at_most_per|address|1");
}

TEST(CategoryFile, TakesSpellingsThatLookTheSameForOne) {
  const auto criteria =
      load_criteria(criteria_of_categories("feature,value,min,max\nville,Orl\xC3\xA9"
                                           "ans,1,1\n"));
  const auto nominees = nominees_of_respondents(
      "id,ville\n1, Orle\xCC\x81"
      "ans \n");
  EXPECT_EQ(Checker::make(criteria, nominees)->check_all(date_none).outcome(), Outcome::met);
}

TEST(CategoryFile, NamesLookAlike) {
  const Table table = read("feature,value,min,max\na: b,c,0,1\na,b: c,0,1\n");
  EXPECT_THAT(column(table, "criterion"), ElementsAre("a: b: c", "a: b: c (2)"));
}

TEST(CategoryFile, RefusesRespondentsOfOtherValues) {
  const auto criteria = load_criteria(
      criteria_of_categories("feature,value,min,max\ngender,female,1,2\ngender,male,1,2\n"));
  const auto nominees = nominees_of_respondents("id,gender\n1,female\n2,mael\n3,\n");
  const auto checker = Checker::make(criteria, nominees);
  try {
    build_model(*checker);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "the member `2` has `mael`, which is not among the values of `gender`, did you "
                 "mean `male`?");
  }
}

TEST(CategoryFile, BlankAddressesAreNobodysHousehold) {
  CategoryFile file;
  file.size = 2;
  file.one_per = {"address"};
  const auto criteria =
      load_criteria(criteria_of_categories("feature,value,min,max\na,x,0,2\n", file));
  const auto nominees = nominees_of_respondents("id,a,address\n1,x,\n2,x,\n3,x,Oak 1\n4,x,Oak 1\n");
  const auto checker = Checker::make(criteria, nominees);
  EXPECT_EQ(checker->check({0, 1}, date_none).outcome(), Outcome::met);
  EXPECT_EQ(checker->check({2, 3}, date_none).outcome(), Outcome::not_met);
  const BuiltModel built = build_model(*checker);
  EXPECT_THAT(built.type_of, ElementsAre(0, 0, 1, 1));
  ASSERT_EQ(built.model.rows.size(), 2U);
  EXPECT_EQ(built.model.rows[1].criterion, "one per address: Oak 1");
}

TEST(CategoryFile, TakesTheDelimiterThatTheFirstLineHasMostOften) {
  for (const char* csv : {"feature;value;min;max, at most\n", "feature\tvalue\tmin\tmax;\n",
                          "\"feature,a,b,c\";value;min;max\n"}) {
    SCOPED_TRACE(csv);
    try {
      criteria_of_categories(csv);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::invalid_document);  // four columns, one of them unknown
      EXPECT_LE(error.problems().size(), 2U);
    }
  }
  EXPECT_EQ(nominees_of_respondents("id;name, first;x\n1;b, a;2\n")->columns().size(), 2U);
}

TEST(CategoryFile, BlankCellsMayBeUnknown) {
  const std::string csv = "id,a,b\n1,,\"\"\n2,x,y\n";
  const auto none = nominees_of_respondents(csv);
  const auto unknown = nominees_of_respondents(csv, {}, Blank::unknown);
  EXPECT_THAT(none->column("a")->known, ElementsAre(1, 1));
  EXPECT_THAT(unknown->column("a")->known, ElementsAre(0, 1));
  EXPECT_THAT(unknown->column("b")->known, ElementsAre(1, 1));
}

}  // namespace
}  // namespace partnership
