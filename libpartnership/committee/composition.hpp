// SPDX-License-Identifier: Apache-2.0
//
// A lottery over the committees that criteria allow, with everything that people ask of it: who
// sits with which probability, what that makes of each value and quota, the panels, the levels and
// their proofs, and the two documents that are published (lottery_document.hpp,
// verify/certificate.hpp).
//
// What it will not do: decide how criteria become a model (panel_model_builder.hpp), how a lottery
// is found (lottery.hpp), or draw (draw.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/langmap.hpp"
#include "base/table.hpp"
#include "committee/checker.hpp"
#include "committee/infeasible.hpp"
#include "committee/lottery.hpp"
#include "committee/panel_model_builder.hpp"

namespace partnership {

std::string_view lottery_kind_name(LotteryKind kind) noexcept;  // "leximin", ...
std::optional<LotteryKind> lottery_kind_of(std::string_view name) noexcept;

// SHA-256 of the nominees' canonical table, which anybody can make again: the canonical JSON (RFC
// 8785) of [{"id": text, "attributes": {name: [value...] | null}}...], in the order of the
// nominees; the values of one nominee ascend by their bytes, null is not known.
Hash pool_hash(const Nominees& nominees);

struct CompositionRequest {
  LotteryRequest lottery;
  ModelOptions model;
  std::string document;  // of the criteria, for the lottery's document; may be empty
};

// What was published of a composition.
struct PublishedComposition {
  std::string_view lottery;      // Composition::document()
  std::string_view certificate;  // Composition::certificate(); empty: there is none (legacy)
  std::string_view criteria;     // the document of the criteria, as it was when composing
};

// Immutable; may be shared between threads.
class Composition {
 public:
  // Throws Error(invalid_document) and Error(invalid_argument) as build_model and
  // compose_lottery do, Error(limit) where numbers are out of their range, and Error(cancelled).
  // That there is no committee, or that nothing is proved, is an answer.
  static std::shared_ptr<const Composition> make(std::shared_ptr<const Checker> checker,
                                                 CompositionRequest request);

  // The composition of which this was published, with nothing composed again; all tables and
  // documents are those that it had. Nothing is taken on trust: the lottery must be of these
  // criteria and nominees, its certificate must be what it names and hold by the verifier, and
  // every member must be what the library writes of such a lottery. (Of the day that is told only
  // the criteria that hold on it are known: another day with the same ones does as well.) Throws
  // Error(malformed), Error(invalid_document) with everything that is not so, and Error(limit) as
  // the verifier does.
  static std::shared_ptr<const Composition> read(std::shared_ptr<const Checker> checker,
                                                 const PublishedComposition& published);

  LotteryStatus status() const noexcept { return lottery_.status; }
  std::string_view status_name() const noexcept;  // legacy: "drawn" for "proved"
  bool has_lottery() const noexcept { return !lottery_.panels.empty(); }
  const Criteria& criteria() const noexcept { return *checker_->criteria(); }
  const Nominees& nominees() const noexcept { return *checker_->nominees(); }
  const PanelModel& model() const noexcept { return model_; }
  const Lottery& lottery() const noexcept { return lottery_; }
  const CompositionRequest& request() const noexcept { return request_; }
  const Hash& pool() const noexcept { return pool_; }
  // Of each nominee of a type; exact. Empty where there is no lottery.
  const std::vector<Rational>& probabilities() const noexcept { return probabilities_; }

  // One row: lottery, status, nominees, selectable (who can sit), types, panels, levels, size (the
  // mean), least and largest probability, gini (of all nominees' probabilities), geometric_mean (of
  // those who can sit), deviation (largest from the target, a fraction), delta, bound, gap
  // (fractions, null where there is none), on, criteria, pool (hashes in hex). What a lottery would
  // say is null where there is none.
  Table about() const;
  // The same for several, a row each: the comparison.
  static Table compare(std::span<const Composition* const> compositions);
  // A row a nominee: id, probability, exact (a fraction), target (likewise; null where there is
  // none), type (from 1), level (from 1; null where no level fixes it).
  Table probabilities_table() const;
  // A row a value of each attribute that the criteria name, by attribute and first appearance:
  // attribute, attribute_label, value (null: not known), label, nominees, pool_share, expected
  // (seats), exact, seat_share, least, most (probability of those who have it), lowest, highest
  // (seats in a panel), quota_least, quota_most (of quotas of this value alone; shares only where
  // the size is fixed).
  Table values(Language language) const;
  // A row a criterion: criterion, kind, label, least, most (null: none, or not the same in all
  // panels), expected (the mean of its count), lowest, highest, at_least, at_most (the probability
  // that a bound is reached exactly), met (the probability that it is met: 1, but for criteria not
  // in force, where all are null).
  Table quotas(Language language) const;
  // A row a panel and member: panel (from 1), probability (of the panel), exact, member.
  Table panels() const;
  // A row a level: level (from 1), value (a fraction; null: nash's last), probability, types,
  // nominees, proof ("rows" or "branching"), nodes.
  Table levels() const;

  // Where there is no committee: a minimal conflict of criteria, and changes that would make one
  // possible (infeasible.hpp). Else without rows.
  Table conflict(Language language) const;
  Table relaxations(Language language) const;
  // The committee that shows that a relaxation works: relaxation (from 1), member. Likewise.
  Table relaxed_committees() const;
  // The criteria's document as that relaxation makes it; with the options of this composition
  // there is a committee of it. Throws Error(not_found) where there is no such relaxation, and
  // Error(state) where the request had no document.
  std::string relaxed(std::int64_t relaxation) const;

  // The certificate (verify/certificate.hpp): of the lottery, or that there is no committee, then
  // with a minimal conflict where one was found. Throws Error(state) where there is nothing to
  // certify.
  std::string certificate() const;
  bool has_certificate() const noexcept;
  // The lottery's document (lottery_document.hpp). Throws Error(state) where there is no lottery.
  std::string document() const;

 private:
  Composition() = default;
  void explain();
  void note_probabilities();

  std::shared_ptr<const Checker> checker_;
  CompositionRequest request_;
  PanelModel model_;
  Lottery lottery_;
  Infeasibility infeasibility_;  // where there is no committee
  Hash pool_{};
  std::string certificate_;              // as it was read; empty: it is written where asked for
  std::vector<Rational> probabilities_;  // a type
  std::vector<std::uint32_t> type_of_;   // a nominee
  std::vector<std::uint32_t> level_of_;  // a type: from 1; 0: none
};

}  // namespace partnership
