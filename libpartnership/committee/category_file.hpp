// SPDX-License-Identifier: Apache-2.0
//
// The plain files that organisers of lotteries already have: a CSV of categories (how many of each
// value at least and at most) and a CSV of respondents.
//
//   category,feature,min,max                       attribute,value,...
//   feature,value,min,max,min_flex,max_flex        category,name,...
//
// The first of the two names is the attribute (a column of the respondents), the second its value.
// The columns may stand in any order; capitals and white space do not matter there. The delimiter
// is a comma, a semicolon or a tab, whichever the first line has most often.
//
// min_flex and max_flex may be missing, as columns or cell by cell. Zeros in both beside a max
// above 0 say nothing, too: that is how some programs write that nothing is flexible.
//
// What it will not do: decide whether the quotas can hold together, with the size or with each
// other (a nominee may have several values of an attribute, so that no sum of mins is wrong by
// itself): composing answers that, with the quotas that conflict (infeasible.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "committee/nominees.hpp"

namespace partnership {

struct CategoryFile {
  std::string name = "categories";   // of the criteria
  std::optional<std::int64_t> size;  // of the committee
  // Columns of the respondents of which no two members may share a value: a household, an address.
  std::vector<std::string> one_per;
};

// The criteria document (JSON, of load_criteria): a quota a row, called "ATTRIBUTE: VALUE", with
// `flexible` where the file has it; closed lists of values, so that a respondent who has another is
// refused; an `at_most_per` for each of `one_per`. load_criteria reads what this gives. Throws
// Error(invalid_document) with everything that is wrong, each with its line, Error(malformed) with
// it where also the text is no CSV: columns that are missing, unknown (detail `nearest`) or there
// twice; blank names; what is no count; a min above its max or above the size, or a flexible bound
// on the wrong side of its bound; a row that repeats another; more rows than criteria may have
// rules; Error(invalid_argument) for a name, size or column that is none.
std::string criteria_of_categories(std::string_view csv, const CategoryFile& file = {});
std::string criteria_of_categories(std::string_view csv, std::optional<std::int64_t> size,
                                   const std::string& name);

// What a blank cell means.
enum class Blank : std::uint8_t {
  none,     // there is no value: who has no address shares none
  unknown,  // the value is not known; "" says that there is none
};

// Respondents, one a row. The errors of read_csv and Nominees::of at once, all with their lines.
std::shared_ptr<const Nominees> nominees_of_respondents(std::string_view csv,
                                                        const NomineeColumns& columns = {},
                                                        Blank blank = Blank::none);

}  // namespace partnership
