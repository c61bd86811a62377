// SPDX-License-Identifier: Apache-2.0
//
// What the tests of assessments share: a charter of one norm, and what it makes of one case.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>

#include "charter/assess.hpp"
#include "charter/charter_tools.hpp"

namespace partnership::charter {

inline std::string day_text(Date day) {
  return day == date_none ? "none" : iso(day);
}

inline std::string text_of(const Finding& finding) {
  return std::string(outcome_name(finding.outcome)) + ", " +
         std::string(state_name(finding.state)) + ", why " +
         std::to_string(static_cast<int>(finding.why)) + ", version " +
         std::to_string(finding.version) + ", due " + day_text(finding.due);
}

inline std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << text_of(finding);
}

namespace test {

// A norm's findings by its id, for cases in JSON, as of a day.
class Asked {
 public:
  explicit Asked(const std::string& document) : charter_(Charter::load(document)) {}

  const Charter& charter() const { return *charter_; }

  std::uint32_t norm(const std::string& id) const {
    return static_cast<std::uint32_t>(charter_->find_norm(id));
  }

  Finding find(const std::string& id, const std::string& facts, const std::string& on) const {
    const std::uint32_t number = norm(id);
    const std::uint32_t kind = charter_->norms()[number].kind;
    Question question;
    question.on = parse_date(on);
    const auto of = charter_->kinds()[kind].set->read_case(facts);
    const Findings findings = assess(*charter_, kind, *of, question);
    for (std::uint32_t i = 0; i < findings.norms().size(); ++i) {
      if (findings.norms()[i] == number) return findings.at(i, 0);
    }
    ADD_FAILURE() << "no finding of " << id;
    return {};
  }

  Examination look_into(const std::string& id, const std::string& facts,
                        const std::string& on) const {
    const std::uint32_t number = norm(id);
    const std::uint32_t kind = charter_->norms()[number].kind;
    Question question;
    question.on = parse_date(on);
    const auto of = charter_->kinds()[kind].set->read_case(facts);
    return examine(*charter_, kind, *of, question, number);
  }

 private:
  std::shared_ptr<const Charter> charter_;
};

inline Finding finding(Outcome outcome, State state, Why why, const std::string& due = "",
                       std::int16_t version = 0) {
  return {outcome, state, why, version, due.empty() ? date_none : parse_date(due)};
}
inline Finding missing(const std::string& due = "", std::int16_t version = 0) {
  return finding(Outcome::undetermined, State::none, Why::missing_facts, due, version);
}
inline Finding no_answer(const std::string& due = "", std::int16_t version = 0) {
  return finding(Outcome::undetermined, State::none, Why::no_answer, due, version);
}
inline Finding not_applicable(Why why, std::int16_t version = 0) {
  return finding(Outcome::not_applicable, State::none, why, "", version);
}
inline Finding pending(const std::string& due = "") {
  return finding(Outcome::pending, State::pending, Why::open, due);
}
inline Finding met(Why why, const std::string& due = "") {
  return finding(Outcome::met, State::fulfilled, why, due);
}
inline Finding not_met(State state, Why why, const std::string& due = "") {
  return finding(Outcome::not_met, state, why, due);
}

}  // namespace test
}  // namespace partnership::charter
