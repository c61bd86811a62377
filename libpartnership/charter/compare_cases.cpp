// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "charter/compare.hpp"

namespace partnership::charter {

namespace {

// The cases as one charter sees them.
struct Side {
  const Charter& charter;
  std::int32_t kind;
  std::shared_ptr<const feel::Cases> cases;
  std::vector<Problem> problems;  // of a reading that refuses what is not declared
  Findings findings;

  const feel::ExpressionSet& set() const {
    return *charter.kinds()[static_cast<std::size_t>(kind)].set;
  }
  void read(std::string_view text) {
    if (kind < 0) return;
    try {
      cases = set().read_cases(text);
    } catch (const Error& error) {
      if (error.code() != Code::invalid_document) throw;
      problems = error.problems();
    }
  }
  void read_what_is_known(std::string_view text) {
    if (kind < 0 || cases != nullptr) return;
    cases = set().read_cases(text, feel::ReadOptions::Unknown::drop);
  }
  void assess(const Question& question) {
    if (kind < 0) return;
    findings = charter::assess(charter, static_cast<std::uint32_t>(kind), *cases, question);
  }
  // The column of a norm; nullopt: it has no findings.
  std::optional<std::uint32_t> column(std::string_view norm) const {
    const std::int32_t number = charter.find_norm(norm);
    if (number < 0) return std::nullopt;
    const auto norms = findings.norms();
    const auto at = std::ranges::find(norms, static_cast<std::uint32_t>(number));
    if (at == norms.end()) return std::nullopt;
    return static_cast<std::uint32_t>(at - norms.begin());
  }
};

// What neither of them knows is wrong; what only one of them knows is left out for the other.
void refuse_unknown(const Side& before, const Side& after) {
  if (before.kind < 0 && !after.problems.empty()) {
    throw Error(Code::invalid_document, after.problems);
  }
  if (after.kind < 0 && !before.problems.empty()) {
    throw Error(Code::invalid_document, before.problems);
  }
  if (before.problems.empty() || after.problems.empty()) return;
  std::set<std::pair<std::int64_t, std::string>> places;
  for (const Problem& problem : before.problems) places.emplace(problem.offset, problem.pointer);
  std::vector<Problem> both;
  for (const Problem& problem : after.problems) {
    // The last of very many is none: it counts those that are not listed.
    if (problem.offset == no_offset || places.contains({problem.offset, problem.pointer})) {
      both.push_back(problem);
    }
  }
  if (!both.empty()) throw Error(Code::invalid_document, std::move(both));
}

class CaseComparison {
 public:
  CaseComparison(const Side& before, const Side& after) : before_(before), after_(after) {
    case_ = builder_.add("case", ColumnType::int64);
    norm_ = builder_.add("norm", ColumnType::text);
    outcome_ = builder_.add("outcome_before", ColumnType::text);
    builder_.add("outcome_after", ColumnType::text);
    state_ = builder_.add("state_before", ColumnType::text);
    builder_.add("state_after", ColumnType::text);
    due_ = builder_.add("due_before", ColumnType::date);
    builder_.add("due_after", ColumnType::date);
  }

  Table run() {
    find_norms();
    const std::uint32_t rows = std::max(before_.findings.rows(), after_.findings.rows());
    for (std::uint32_t row = 0; row < rows; ++row) {
      for (const Both& norm : norms_) add(row, norm);
    }
    return builder_.finish();
  }

 private:
  struct Both {
    std::string_view id;
    std::optional<std::uint32_t> before, after;  // columns
  };

  // In the order of `after`, then those that are gone.
  void find_norms() {
    for (const std::uint32_t norm : after_.findings.norms()) {
      const std::string& id = after_.charter.norms()[norm].id;
      norms_.push_back({id, before_.column(id), after_.column(id)});
    }
    for (const std::uint32_t norm : before_.findings.norms()) {
      const std::string& id = before_.charter.norms()[norm].id;
      if (!after_.column(id)) norms_.push_back({id, before_.column(id), std::nullopt});
    }
  }

  static Finding finding(const Side& side, std::optional<std::uint32_t> column, std::uint32_t row) {
    if (column) return side.findings.at(*column, row);
    Finding none;
    none.outcome = Outcome::not_applicable;
    return none;
  }

  void add(std::uint32_t row, const Both& norm) {
    const Finding before = finding(before_, norm.before, row);
    const Finding after = finding(after_, norm.after, row);
    if (before.outcome == after.outcome && before.state == after.state && before.due == after.due) {
      return;
    }
    builder_.int64(case_, row);
    builder_.text(norm_, norm.id);
    write(before, norm.before.has_value(), 0);
    write(after, norm.after.has_value(), 1);
  }

  void write(const Finding& finding, bool there, std::int32_t side) {
    if (there) {
      builder_.text(outcome_ + side, outcome_name(finding.outcome));
    } else {
      builder_.null(outcome_ + side);
    }
    const std::string_view state = state_name(finding.state);
    builder_.text_or_null(state_ + side, state.empty() ? std::nullopt : std::optional(state));
    if (finding.due == date_none) {
      builder_.null(due_ + side);
    } else {
      builder_.date(due_ + side, finding.due);
    }
  }

  const Side &before_, &after_;
  std::vector<Both> norms_;
  TableBuilder builder_;
  std::int32_t case_, norm_, outcome_, state_, due_;
};

}  // namespace

Table compare_cases(const Charter& before, const Charter& after, std::string_view kind,
                    std::string_view cases, const Question& question) {
  Side old{before, before.find_kind(kind), {}, {}, {}};
  Side now{after, after.find_kind(kind), {}, {}, {}};
  if (old.kind < 0 && now.kind < 0) {
    std::vector<std::string_view> ids;
    for (const Kind& known : after.kinds()) ids.push_back(known.id);
    for (const Kind& known : before.kinds()) ids.push_back(known.id);
    const std::string_view nearest = nearest_spelling(kind, ids);
    Error error(Code::not_found,
                "neither charter has a kind of case " + backticked(kind) +
                    (nearest.empty() ? "" : ", did you mean " + backticked(nearest) + "?"));
    if (!nearest.empty()) error.with("nearest", std::string(nearest));
    throw error;
  }
  old.read(cases);
  now.read(cases);
  refuse_unknown(old, now);
  old.read_what_is_known(cases);
  now.read_what_is_known(cases);
  old.assess(question);
  now.assess(question);
  return CaseComparison(old, now).run();
}

}  // namespace partnership::charter
