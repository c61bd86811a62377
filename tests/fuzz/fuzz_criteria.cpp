// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a criteria document: refused with what is wrong, or criteria by which a committee is
// checked, every table made in every language, with answers that agree with each other, and of
// which a model is made.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "committee/panel_model_builder.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;

namespace {

using Values = std::vector<std::string>;

// Eight people with facts that the seeds speak of; whatever else a document names is not known.
std::shared_ptr<const Nominees> people() {
  std::vector<Nominee> list;
  for (int i = 0; i < 8; ++i) {
    Nominee& nominee = list.emplace_back();
    nominee.id = "n0" + std::to_string(i);
    nominee.attributes["side"] = Values{i % 2 == 0 ? "public" : "civil society"};
    nominee.attributes["issue"] = i % 3 == 0 ? Values{"health", "youth"} : Values{"environment"};
    nominee.attributes["body"] = i < 2 ? Values{"a"} : Values{};
    if (i != 5) nominee.attributes["gender"] = Values{i % 4 < 2 ? "female" : "male"};
    if (i != 6) nominee.attributes["specialisation"] = i == 0 ? Values{"law"} : Values{"audit"};
  }
  return Nominees::of(list);
}

std::string_view text(const Table& table, std::string_view name, std::int64_t row) {
  return table.column(table.find(name)).text(row);
}

void ask(const Check& check) {
  const Table rows = check.criteria(Language::en);
  std::set<std::string_view> broken, in_sets;
  bool undetermined = false;
  for (std::int64_t row = 0; row < rows.rows(); ++row) {
    const std::string_view outcome = text(rows, "outcome", row);
    if (outcome == "not met") broken.insert(text(rows, "criterion", row));
    undetermined = undetermined || outcome == "undetermined";
    demand(!text(rows, "reason", row).empty(), "a reason for every criterion");
  }
  const Table unmet = check.unmet();
  for (std::int64_t row = 0; row < unmet.rows(); ++row) {
    demand(in_sets.insert(text(unmet, "criterion", row)).second, "sets share no criterion");
  }
  demand(in_sets == broken, "what is not met is in a set, and nothing else");
  const Outcome expected = !broken.empty() ? Outcome::not_met
                           : undetermined  ? Outcome::undetermined
                                           : Outcome::met;
  demand(check.outcome() == expected, "the whole follows from its parts");
  for (const Language language : {Language::ar, Language::fr}) {
    demand(check.criteria(language).rows() == rows.rows(), "as many criteria in every language");
  }
  check.counts();
}

void ask(const std::shared_ptr<const Criteria>& criteria) {
  demand(criteria_table(*criteria).rows() == static_cast<std::int64_t>(criteria->rows.size()),
         "a row a criterion");
  const auto checker = Checker::make(criteria, people());
  try {
    const BuiltModel built = build_model(*checker);
    demand(built.origins.size() == built.model.rows.size() && built.type_of.size() == 8,
           "every row has its origin, every nominee a type");
  } catch (const Error& error) {
    demand(error.code() == Code::invalid_document || error.code() == Code::limit,
           "why there is no model");
  }
  for (const std::vector<std::uint32_t>& members :
       {std::vector<std::uint32_t>{}, {0, 1, 2, 3, 4, 5, 6, 7}, {0, 3, 5, 6}}) {
    for (const Date on : {date_none, Date{17000}}) {
      try {
        ask(checker->check(members, on));
      } catch (const Error& error) {
        demand(error.code() == Code::invalid_document, "members that the closed lists do not know");
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    ask(load_criteria({reinterpret_cast<const char*>(data), size}));
  } catch (const Error& error) {
    const Code code = error.code();
    demand(code == Code::malformed || code == Code::invalid_document || code == Code::limit,
           "why there are no criteria");
    demand(!error.problems().empty(), "something is wrong");
  }
  return 0;
}
