// SPDX-License-Identifier: Apache-2.0
//
// All that is wrong with a category file or its pool, at once, each with its line there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "committee/category_file.hpp"
#include "committee/committee_tools.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// "line: message" of all that is wrong, after the code where it is none of `usual`.
template <class Work>
std::vector<std::string> complaints(const Work& work, Code usual = Code::invalid_document) {
  try {
    work();
  } catch (const Error& error) {
    std::vector<std::string> out;
    if (error.code() != usual) out.emplace_back(code_name(error.code()));
    for (const Problem& problem : error.problems()) {
      EXPECT_EQ(problem.pointer, "") << problem.message;
      out.push_back(std::to_string(problem.line) + ": " + problem.message);
    }
    return out;
  }
  return {};
}

std::vector<std::string> wrong(std::string_view csv, std::optional<std::int64_t> size = {}) {
  CategoryFile file;
  file.size = size;
  return complaints([&] { load_criteria(criteria_of_categories(csv, file)); });
}

std::vector<std::string> malformed(std::string_view csv) {
  return complaints([&] { criteria_of_categories(csv); }, Code::malformed);
}

std::vector<std::string> wrong_pool(std::string_view csv, Blank blank = Blank::none) {
  return complaints([&] { nominees_of_respondents(csv, {}, blank); });
}

// ---- categories

TEST(CategoryErrors, NamesEverythingThatIsWrong) {
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

TEST(CategoryErrors, OneFaultOfARowHidesNoOther) {
  EXPECT_THAT(wrong("feature,value,min,max,min_flex,max_flex\n"
                    "a,x,99999999999999999999,2,3,1\n"
                    "a,x,4,3,,two\n"
                    ",x,4,3,,\n"
                    "a,y,4,1000000001,0,0\n",
                    3),
              ElementsAre("2: the min is not a count from 0 to 1000000000: `99999999999999999999`",
                          "2: the max 2 is above the max_flex 1",
                          "3: the max_flex is not a count from 0 to 1000000000: `two`",
                          "3: the min 4 is above the max 3",
                          "3: the min 4 is above the size of the committee, 3",
                          "3: `a` has a row for `x` already, in line 2",
                          "4: the attribute is blank", "4: the min 4 is above the max 3",
                          "4: the min 4 is above the size of the committee, 3",
                          "5: the max is not a count from 0 to 1000000000: `1000000001`",
                          "5: the min 4 is above the size of the committee, 3"));
}

TEST(CategoryErrors, NamesTheLinesThatTheSizeForbids) {
  const std::string csv = "feature,value,min,max\na,x,1,2\n\"b\n\",y,0,3\nc,z,2,2\n";
  EXPECT_THAT(wrong(csv, 0), ElementsAre("2: the min 1 is above the size of the committee, 0",
                                         "5: the min 2 is above the size of the committee, 0"));
  EXPECT_THAT(wrong(csv, 1), ElementsAre("5: the min 2 is above the size of the committee, 1"));
  EXPECT_THAT(wrong(csv, 2), IsEmpty());
  EXPECT_THAT(wrong(csv), IsEmpty());
  EXPECT_THAT(wrong("feature,value,min,max\na,x,0,2\n", 0), IsEmpty());
}

// A nominee may have both values: composing says whether there are such.
TEST(CategoryErrors, NoSumOfMinsIsWrongByItself) {
  const std::string csv = "feature,value,min,max\na,x,2,2\na,y,2,2\n";
  EXPECT_THAT(wrong(csv, 2), IsEmpty());
  const auto criteria = load_criteria(criteria_of_categories(csv, 2, "n"));
  const auto both = nominees_of_respondents("id,a\n1,x;y\n2,x;y\n");
  EXPECT_EQ(Checker::make(criteria, both)->check_all(date_none).outcome(), Outcome::met);
}

// Every row that the numbers 0 to 2 and blank cells make, and every size: what is not refused is
// read, and what is refused is so for a reason that a plain look at the numbers gives, too.
TEST(CategoryErrors, WhatIsWrittenIsRead) {
  const std::optional<std::int64_t> choices[] = {std::nullopt, 0, 1, 2};
  const auto written = [](std::optional<std::int64_t> number) {
    return number ? std::to_string(*number) : std::string();
  };
  int refused = 0, read = 0;
  for (const auto size : choices) {
    for (const auto least : choices) {
      for (const auto most : choices) {
        for (const auto lowered : choices) {
          for (const auto raised : choices) {
            const std::string row = "a,x," + written(least) + "," + written(most) + "," +
                                    written(lowered) + "," + written(raised);
            SCOPED_TRACE(row + " size " + written(size));
            const bool rigid = lowered == 0 && raised == 0 && most != 0;
            const bool fault =
                !least || !most || *least > *most || (size && *least > *size) ||
                (!rigid && ((lowered && *lowered > *least) || (raised && *raised < *most)));
            const auto found =
                wrong("feature,value,min,max,min_flex,max_flex\n" + row + "\n", size);
            EXPECT_EQ(found.empty(), !fault);
            for (const std::string& complaint : found) EXPECT_EQ(complaint.substr(0, 3), "2: ");
            fault ? ++refused : ++read;
          }
        }
      }
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(read, 50);
}

TEST(CategoryErrors, NamesColumnsThatAreMissing) {
  EXPECT_THAT(wrong("feature,value,minn,max\na,x,1,2\n"),
              ElementsAre("1: the column `minn` is none of a category file, did you mean `min`?",
                          "1: there is no column `min`; the nearest is `minn`"));
  EXPECT_THAT(wrong("feature,min,max\na,1,2\n"),
              ElementsAre("1: there is no column `value`, `feature` or `name`"));
  EXPECT_THAT(wrong("category,feature,value,min,max\na,x,x,1,2\n"),
              ElementsAre("1: two columns are the value, `feature` and `value`"));
  EXPECT_THAT(wrong("feature,value,min,max, MIN \na,x,1,2,1\n"),
              ElementsAre("1: two columns are the min, `min` and ` MIN `"));
}

TEST(CategoryErrors, ThereMustBeCategories) {
  for (const char* csv :
       {"feature,value,min,max", "feature,value,min,max\r\n\r\n", "feature,value,min,max\n,,,\n"}) {
    EXPECT_THAT(wrong(csv),
                ElementsAre("1: there are no categories below the names of the columns"));
  }
  for (const char* csv : {"", "\n\n", "\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\r\n"}) {
    EXPECT_THAT(malformed(csv),
                ElementsAre("1: empty text, expected a record that names the columns"));
  }
}

TEST(CategoryErrors, NamesTheRowThatIsTooMany) {
  std::string csv = "feature,value,min,max\n";
  for (int i = 1; i <= 1000; ++i) csv += "a,v" + std::to_string(i) + ",0,1\n";
  EXPECT_THAT(wrong(csv), IsEmpty());
  CategoryFile file;
  file.one_per = {"home"};
  EXPECT_THAT(complaints([&] { criteria_of_categories(csv, file); }),
              ElementsAre("1001: expected at most 999 categories"));
  for (int i = 1001; i <= 10'000; ++i) csv += "a,v" + std::to_string(i) + ",1,0\n";
  const std::vector<std::string> found = wrong(csv);
  ASSERT_THAT(found, SizeIs(1001));  // 1000 of them, and how many are not listed
  EXPECT_EQ(found[0], "1002: expected at most 1000 categories");
  EXPECT_EQ(found[1], "1002: the min 1 is above the max 0");
  EXPECT_EQ(found.back(), "0: 8001 further problems are not listed");
}

TEST(CategoryErrors, TakesSpellingsThatLookTheSameForOne) {
  EXPECT_THAT(wrong("feature,value,min,max\nville,Orl\xC3\xA9"
                    "ans,1,2\nville,Orle\xCC\x81"
                    "ans,1,2\n"),
              ElementsAre(HasSubstr("3: `ville` has a row for")));
}

TEST(CategoryErrors, NamesTheLinesThatAreNoCsv) {
  EXPECT_THAT(malformed("\xEF\xBB\xBF"
                        "feature;value;min;max\r\na;publ\xE9;1;2\r\na;x;1\r\n\xE9;y;1;2\r\n"),
              ElementsAre("2: bytes that are not UTF-8", "3: record of 3 cells, expected 4",
                          "4: bytes that are not UTF-8"));
  EXPECT_THAT(malformed("feature,value,min,max\na,\"x,1,2\na,y,1,2\n"),
              ElementsAre("2: quote that is never closed"));
  EXPECT_THAT(
      malformed("feature,value,min,max\na,\"x\"y,1,2\na,x\"y,1,2\n"),
      ElementsAre(HasSubstr("2: text after a closing quote"), HasSubstr("3: quote inside a cell")));
  EXPECT_THAT(malformed("feature,value,min,max,min\na,x,2,1,1\n"),
              ElementsAre(HasSubstr("stands twice")));
  // With what the other lines say that is wrong.
  EXPECT_THAT(malformed("feature,value,min,max\na,x,2,1\na,\xE9,1,2\n,y,1,2\na,z,3\na,x,1,2\n"),
              ElementsAre("2: the min 2 is above the max 1", "3: bytes that are not UTF-8",
                          "4: the attribute is blank", "5: record of 3 cells, expected 4",
                          "6: `a` has a row for `x` already, in line 2"));
  EXPECT_THAT(malformed("feature,value,minn,max\na,x,2\n"),
              ElementsAre(HasSubstr("1: the column `minn`"), HasSubstr("1: there is no column"),
                          "2: record of 3 cells, expected 4"));
  EXPECT_THAT(malformed("feature,value,min,max\na,x\n"),
              ElementsAre("2: record of 2 cells, expected 4"));
}

TEST(CategoryErrors, RefusesArguments) {
  CategoryFile file;
  const auto refused = [&] {
    return complaints([&] { criteria_of_categories("feature,value,min,max\na,x,0,2\n", file); },
                      Code::invalid_argument);
  };
  EXPECT_THAT(refused(), IsEmpty());
  file.name = " ";
  EXPECT_THAT(refused(), ElementsAre("0: the criteria need a name"));
  file.name = "n";
  file.size = -1;
  EXPECT_THAT(refused(), ElementsAre("0: a size is from 0 to 1000000000"));
  file.size = 1'000'000'001;
  EXPECT_THAT(refused(), ElementsAre("0: a size is from 0 to 1000000000"));
  file.size = 1;
  file.one_per = {"b", " b"};
  EXPECT_THAT(refused(), ElementsAre("0: the column ` b` is named twice"));
  file.one_per = {"b", " "};
  EXPECT_THAT(refused(), ElementsAre("0: a column's name is blank"));
}

// ---- pools

TEST(RespondentErrors, NamesEveryRowByItsLine) {
  const std::string csv =
      "\xEF\xBB\xBF"
      "id;\"na\r\nme\";side\r\n1;\"A\r\nB\";x\r\n1;C;x\r\n;D;x\r\n 2 ;E;x\r\n2;F;x\r\n\r\n";
  for (const Blank blank : {Blank::none, Blank::unknown}) {
    EXPECT_THAT(
        wrong_pool(csv, blank),
        ElementsAre("5: the id `1` is repeated; it was first in line 3", "6: the id is blank",
                    "8: the id `2` is repeated; it was first in line 7"));
  }
}

TEST(RespondentErrors, NamesColumnsThatAreAlike) {
  for (const char* csv : {"id,side, side \n1,x,y\n", "id,side, side \n"}) {
    EXPECT_THAT(wrong_pool(csv), ElementsAre("1: two columns are `side`"));
  }
  EXPECT_THAT(wrong_pool("id,side,side\n1,x,y\n"),
              ElementsAre("malformed", HasSubstr("1: column `side` stands twice")));
  EXPECT_THAT(wrong_pool("name,side\na,x\n"),
              ElementsAre("invalid_argument", "0: there is no column `id` with the ids"));
}

TEST(RespondentErrors, NamesTheLinesThatAreNoCsv) {
  EXPECT_THAT(wrong_pool("id,side\n1,publ\xE9\n2\n3,x\n4,\xE9\n"),
              ElementsAre("malformed", "2: bytes that are not UTF-8",
                          "3: record of 1 cell, expected 2", "5: bytes that are not UTF-8"));
  EXPECT_THAT(wrong_pool("id,side\n1,\"x\n2,y\n"),
              ElementsAre("malformed", "2: quote that is never closed"));
  EXPECT_THAT(wrong_pool("id,side\n1,x\n\n1,y\n2\n,z\n"),
              ElementsAre("malformed", "3: record of 1 cell, expected 2",
                          "4: the id `1` is repeated; it was first in line 2",
                          "5: record of 1 cell, expected 2", "6: the id is blank"));
  EXPECT_THAT(wrong_pool("name,side\n1\n"),
              ElementsAre("malformed", "2: record of 1 cell, expected 2",
                          "0: there is no column `id` with the ids"));
  EXPECT_THAT(wrong_pool("\xEF\xBB\xBF"), ElementsAre("malformed", HasSubstr("1: empty text")));
}

TEST(RespondentErrors, CountsAllValuesThatAreNotListed) {
  const auto criteria = load_criteria(criteria_of_categories("feature,value,min,max\na,x,0,1\n"));
  std::string csv = "id,a\n";
  for (int i = 1; i <= 10'000; ++i) csv += std::to_string(i) + ",v" + std::to_string(i) + "\n";
  const auto checker = Checker::make(criteria, nominees_of_respondents(csv));
  const auto found = complaints([&] { checker->refuse_faults(); });
  ASSERT_THAT(found, SizeIs(1001));
  EXPECT_EQ(found.back(), "0: 9000 further problems are not listed");
  EXPECT_THAT(std::vector(found.begin(), found.end() - 1),
              Each(EndsWith("which is not among the values of `a`")));
}

}  // namespace
}  // namespace partnership
