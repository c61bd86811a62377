// SPDX-License-Identifier: Apache-2.0
//
// Category files: every form that organisers have, and all that is wrong with one at once.
#include "committee/category_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "committee/committee_tools.hpp"
#include "committee/panel_model_builder.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Table read(std::string_view csv, const CategoryFile& file = {}) {
  return criteria_table(*load_criteria(criteria_of_categories(csv, file)));
}

// "line: message" of all that is wrong.
std::vector<std::string> wrong(std::string_view csv) {
  try {
    criteria_of_categories(csv);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::invalid_document);
    std::vector<std::string> out;
    for (const Problem& problem : error.problems()) {
      out.push_back(std::to_string(problem.line) + ": " + problem.message);
    }
    return out;
  }
  return {};
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

TEST(CategoryFile, NamesEverythingThatIsWrong) {
  EXPECT_THAT(
      wrong("feature,value,min,max,min_flex,max_flex\n"
            "a,x,2,1,,\n"
            "a,x,1,2,,\n"
            ",y,1,2,,\n"
            "a,,1,2,,\n"
            "a,z,-1,two,,\n"
            "\"a\n\",u,1.5,2,,\n"
            "a,v,1,2,2,1\n"
            "a,w,,2,x,\n"
            ",,,,,\n"),
      ElementsAre("2: the min 2 is above the max 1", "3: `a` has a row for `x` already, in line 2",
                  "4: the attribute is blank", "5: the value is blank",
                  "6: the min is not a count from 0 to 1000000000: `-1`",
                  "6: the max is not a count from 0 to 1000000000: `two`",
                  "7: the min is not a count from 0 to 1000000000: `1.5`",
                  "9: the min_flex 2 is above the min 1", "9: the max 2 is above the max_flex 1",
                  "10: the min is blank",
                  "10: the min_flex is not a count from 0 to 1000000000: `x`"));
}

TEST(CategoryFile, NamesColumnsThatAreMissing) {
  EXPECT_THAT(wrong("feature,value,minn,max\na,x,1,2\n"),
              ElementsAre("1: the column `minn` is none of a category file, did you mean `min`?",
                          "1: there is no column `min`; the nearest is `minn`"));
  EXPECT_THAT(wrong("feature,min,max\na,1,2\n"),
              ElementsAre("1: there is no column `value`, `feature` or `name`"));
  EXPECT_THAT(wrong("category,feature,value,min,max\na,x,x,1,2\n"),
              ElementsAre("1: two columns are the value, `feature` and `value`"));
  EXPECT_THAT(wrong("feature,value,min,max\n"), ElementsAre("0: there are no categories"));
}

TEST(CategoryFile, TakesSpellingsThatLookTheSameForOne) {
  EXPECT_THAT(wrong("feature,value,min,max\nville,Orl\xC3\xA9"
                    "ans,1,2\nville,Orle\xCC\x81"
                    "ans,1,2\n"),
              ElementsAre(HasSubstr("3: `ville` has a row for")));
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

TEST(CategoryFile, RefusesArguments) {
  CategoryFile file;
  file.name = " ";
  EXPECT_THROW(criteria_of_categories("feature,value,min,max\na,x,0,2\n", file), Error);
  file.name = "n";
  file.size = -1;
  EXPECT_THROW(criteria_of_categories("feature,value,min,max\na,x,0,2\n", file), Error);
  file.size = 1;
  file.one_per = {"b", " b"};
  EXPECT_THROW(criteria_of_categories("feature,value,min,max\na,x,0,2\n", file), Error);
  EXPECT_THROW(criteria_of_categories(""), Error);
}

}  // namespace
}  // namespace partnership
