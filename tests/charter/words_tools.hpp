// SPDX-License-Identifier: Apache-2.0
//
// What the tests of words share: explanations in one line.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "charter/charter_tools.hpp"
#include "charter/explain.hpp"
#include "charter/scenarios.hpp"

namespace partnership::charter::test {

// The cells of a row; "-" for null.
inline std::vector<std::string> cells(const Table& table, std::int64_t row) {
  std::vector<std::string> out;
  for (std::int32_t i = 0; i < table.columns(); ++i) {
    out.push_back(cell(table, table.column(i).name, row));
  }
  return out;
}
inline std::vector<std::string> column_names(const Table& table) {
  std::vector<std::string> out;
  for (std::int32_t i = 0; i < table.columns(); ++i) out.push_back(table.column(i).name);
  return out;
}

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
