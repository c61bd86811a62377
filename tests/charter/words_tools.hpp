// SPDX-License-Identifier: Apache-2.0
//
// What the tests of words share: explanations in one line.
#pragma once

#include <memory>
#include <string>

#include "charter/explain.hpp"
#include "charter/scenarios.hpp"

namespace partnership::charter::test {

// Explains norms of one charter.
class Explainer {
 public:
  explicit Explainer(const std::string& document) : charter_(Charter::load(document)) {}

  const Charter& charter() const { return *charter_; }
  std::shared_ptr<const Charter> share() const { return charter_; }
  std::uint32_t norm(const std::string& id) const {
    return static_cast<std::uint32_t>(charter_->find_norm(id));
  }
  std::uint32_t kind(std::uint32_t norm) const { return charter_->norms()[norm].kind; }

  Explanation explain(const std::string& id, const std::string& facts, Date on) const {
    const std::uint32_t number = norm(id);
    const auto of = charter_->kinds()[kind(number)].set->read_case(facts);
    Question question;
    question.on = on;
    return charter::explain(*charter_, kind(number), *of, number, question);
  }
  Explanation explain(const std::string& id, const std::string& facts,
                      const std::string& on) const {
    return explain(id, facts, parse_date(on));
  }

 private:
  std::shared_ptr<const Charter> charter_;
};

}  // namespace partnership::charter::test
