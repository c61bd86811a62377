// SPDX-License-Identifier: Apache-2.0
//
// Proofs of inequalities: a tree in preorder whose leaves are row multipliers. Every leaf's
// arithmetic is that of whole numbers over one common denominator.
#include "verify/certificate_proof.hpp"

#include <algorithm>

#include "base/quote.hpp"

namespace partnership::verify {

namespace {

using Multipliers = std::vector<std::pair<std::uint32_t, Rational>>;

// The common denominator of some fractions.
Integer common_denominator(const Multipliers& terms, Meter& meter) {
  Integer common = 1;
  for (const auto& [index, value] : terms) {
    if (value.whole()) continue;
    meter.spend_divisor(common, value.den());
    common = Integer::lcm(common, value.den());
  }
  return common;
}

class Proof {
 public:
  Proof(const Reader& reader, const Model& model, const Inequality& inequality,
        const std::vector<bool>* rows, ProofCount& count);
  bool check(json::Value proof);

 private:
  struct Branch {
    std::uint32_t column;
    std::int64_t at;
    std::int64_t restored;  // the bound that the present side changed, as it was
    bool below;
  };
  enum class Kind : std::uint8_t { rows, infeasible };

  bool open(json::Value node, json::Value column, json::Value at);  // false: no tree any more
  void close();  // the subtree that has just ended, and those that end with it
  bool check_leaf(json::Value node, Kind kind, json::Value pairs);
  std::optional<Integer> add_rows(json::Value where, const Multipliers& multipliers,
                                  const Integer& scale);
  void add_terms(const Integer& scale);
  void widen(std::uint64_t words, std::size_t columns);
  Integer add_columns();
  void touch(std::uint32_t column);
  bool step(json::Value node);

  const Reader& reader_;
  Meter& meter_;
  const Model& model_;
  const std::vector<bool>* allowed_;  // rows, or null: all
  ProofCount& count_;

  Multipliers terms_;  // of the inequality, over terms_den_
  Integer terms_den_ = 1;
  std::vector<Integer> numerators_;
  std::uint64_t longest_ = 1;  // words of them, at most
  Rational bound_;
  Rational below_;  // a total below it does as well

  std::vector<std::int64_t> lower_, upper_;
  std::vector<Branch> branches_;
  bool complete_ = false;
  bool good_ = true;

  std::vector<Integer> rest_;  // a column: d_j times the leaf's scale; 0 between leaves
  std::vector<bool> touched_;
  std::vector<std::uint32_t> columns_;  // those touched
  std::uint64_t widest_ = 0;            // words of what was added to them at this leaf, at most
};

Proof::Proof(const Reader& reader, const Model& model, const Inequality& inequality,
             const std::vector<bool>* rows, ProofCount& count)
    : reader_(reader),
      meter_(reader.meter),
      model_(model),
      allowed_(rows),
      count_(count),
      terms_(inequality.terms),
      bound_(inequality.bound),
      below_(inequality.bound),
      lower_(model.lower),
      upper_(model.upper),
      rest_(model.columns()),
      touched_(model.columns()) {
  meter_.spend(4 * model.columns());
  terms_den_ = common_denominator(terms_, meter_);
  Meter::hold(terms_.size(), Meter::words(terms_den_));
  Integer common;  // the greatest common divisor of the numerators
  for (const auto& [column, value] : terms_) {
    meter_.spend_quotient(terms_den_, value.den());
    meter_.spend(terms_den_, value.num());
    numerators_.push_back(value.num() * Integer::exact(terms_den_, value.den()));
    longest_ = std::max(longest_, Meter::words(numerators_.back()));
    meter_.spend_divisor(common, numerators_.back());
    common = Integer::gcd(common, numerators_.back());
  }
  if (terms_.empty()) return;
  const Rational grain(common, terms_den_);
  meter_.spend(bound_, grain);
  below_ = grain * Rational((bound_ / grain).floor() + Integer(1));
}

bool Proof::check(json::Value proof) {
  if (!proof.is(json::Type::array)) {
    reader_.problems.add(proof, "a proof is an array of nodes, not " + json::a_type(proof.type()));
    return false;
  }
  for (const json::Value node : proof) {
    if (complete_) {
      reader_.problems.add(node, "a node after the end of the proof");
      return false;
    }
    ++count_.nodes;
    if (!step(node)) return false;
  }
  if (!complete_) {
    reader_.problems.add(proof, proof.size() == 0 ? "a proof without nodes"
                                                  : "the proof ends before all its branches do");
  }
  return complete_ && good_;
}

// Reads a node. False when what follows cannot be read as a tree.
bool Proof::step(json::Value node) {
  meter_.spend(1);
  if (!node.is(json::Type::object)) {
    reader_.problems.add(node, "a node of a proof is an object, not " + json::a_type(node.type()));
    return false;
  }
  if (node.size() == 2) {
    const auto column = node.find("column"), at = node.find("at");
    if (column && at) return open(node, *column, *at);
  }
  if (node.size() == 1) {
    const json::Value only = node[0];
    if (only.key() == "rows" || only.key() == "infeasible") {
      ++count_.leaves;
      good_ = check_leaf(node, only.key() == "rows" ? Kind::rows : Kind::infeasible, only) && good_;
      close();
      return true;
    }
  }
  reader_.problems.add(
      node, "a node has `rows` or `infeasible` alone, or `column` and `at`, and nothing else");
  return false;
}

bool Proof::open(json::Value node, json::Value column, json::Value at) {
  const auto j = reader_.index(column, "column", model_.columns());
  const auto v = reader_.integer(at, "`at`");
  if (!j || !v) return false;
  if (*v < lower_[*j] || *v >= upper_[*j]) {
    reader_.problems.add(node, "column " + std::to_string(*j) + " lies within " +
                                   std::to_string(lower_[*j]) + " and " +
                                   std::to_string(upper_[*j]) + " here and does not branch at " +
                                   std::to_string(*v));
    return false;
  }
  branches_.push_back({*j, *v, upper_[*j], true});
  upper_[*j] = *v;
  return true;
}

void Proof::close() {
  while (!branches_.empty()) {
    Branch& branch = branches_.back();
    if (branch.below) {
      upper_[branch.column] = branch.restored;
      branch.restored = lower_[branch.column];
      lower_[branch.column] = branch.at + 1;
      branch.below = false;
      return;
    }
    lower_[branch.column] = branch.restored;
    branches_.pop_back();
  }
  complete_ = true;
}

void Proof::touch(std::uint32_t column) {
  if (touched_[column]) return;
  touched_[column] = true;
  columns_.push_back(column);
}

// Before numbers of so many words are added to so many columns.
void Proof::widen(std::uint64_t words, std::size_t columns) {
  widest_ = std::max(widest_, words);
  Meter::hold(columns_.size() + columns, widest_ + 2);  // a coefficient, and carries
}

// Subtracts y_r a_r from the columns and returns the sum of y_r (bound of r), all times `scale`.
std::optional<Integer> Proof::add_rows(json::Value where, const Multipliers& multipliers,
                                       const Integer& scale) {
  Integer total;
  for (const auto& [at, value] : multipliers) {
    const Model::Row& row = model_.rows[at];
    const std::optional<std::int64_t>& bound = value.sign() > 0 ? row.upper : row.lower;
    if (!bound || (allowed_ && !(*allowed_)[at])) {
      reader_.problems.add(where, "row " + std::to_string(at) + ", " + quoted(row.criterion) +
                                      (bound              ? ", is not one of those in conflict"
                                       : value.sign() > 0 ? ", has no upper bound"
                                                          : ", has no lower bound"));
      return std::nullopt;
    }
    meter_.spend_quotient(scale, value.den());
    meter_.spend(scale, value.num());
    const Integer y = value.num() * Integer::exact(scale, value.den());
    const auto terms = model_.row(at);
    meter_.spend_sums(terms.size() + 1, Meter::words(y));
    widen(Meter::words(y), terms.size());
    total += y * Integer(*bound);
    for (const Model::Term& term : terms) {
      touch(term.index);
      rest_[term.index] -= y * Integer(term.coefficient);
    }
  }
  return total;
}

void Proof::add_terms(const Integer& scale) {
  meter_.spend_quotient(scale, terms_den_);
  const Integer factor = Integer::exact(scale, terms_den_);
  widen(Meter::words(factor) + longest_, terms_.size());
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    meter_.spend(factor, numerators_[i]);
    meter_.spend_sums(1, Meter::words(factor) + longest_ - 1);
    touch(terms_[i].first);
    rest_[terms_[i].first] += numerators_[i] * factor;
  }
}

// The most that the columns can add, and clears them.
Integer Proof::add_columns() {
  Integer total;
  for (const std::uint32_t column : columns_) {
    Integer& rest = rest_[column];
    meter_.spend_sums(1, std::max(Meter::words(rest), Meter::words(total)));
    total += rest * Integer(rest.sign() > 0 ? upper_[column] : lower_[column]);
    rest = Integer();
    touched_[column] = false;
  }
  columns_.clear();
  widest_ = 0;
  return total;
}

bool Proof::check_leaf(json::Value node, Kind kind, json::Value pairs) {
  const auto multipliers = reader_.fractions(pairs, "row", model_.rows.size());
  if (!multipliers) return false;
  if (allowed_ && kind == Kind::rows) {
    reader_.problems.add(node, "a proof that there is no committee has `infeasible` leaves only");
    return false;
  }
  Integer scale = common_denominator(*multipliers, meter_);
  if (kind == Kind::rows) {
    meter_.spend_divisor(scale, terms_den_);
    scale = Integer::lcm(scale, terms_den_);
    add_terms(scale);
  }
  std::optional<Integer> total = add_rows(node, *multipliers, scale);
  const Integer rest = add_columns();
  if (!total) return false;
  *total += rest;
  meter_.spend_divisor(*total, scale);
  const Rational value(*total, scale);
  meter_.spend(value, below_);
  const bool good = kind == Kind::infeasible ? value.sign() < 0 : value <= bound_ || value < below_;
  if (!good) {
    reader_.problems.add(
        node, kind == Kind::infeasible
                  ? "the total is " + shown(value) + ", which is not below 0"
                  : "the total is " + shown(value) + ", above the bound " + shown(bound_));
  }
  return good;
}

}  // namespace

bool check_proof(const Reader& reader, const Model& model, const Inequality& inequality,
                 json::Value proof, ProofCount& count) {
  return Proof(reader, model, inequality, nullptr, count).check(proof);
}

bool check_infeasible(const Reader& reader, const Model& model, const std::vector<bool>& rows,
                      json::Value proof, ProofCount& count) {
  return Proof(reader, model, {}, &rows, count).check(proof);
}

}  // namespace partnership::verify
