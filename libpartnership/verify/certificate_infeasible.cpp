// SPDX-License-Identifier: Apache-2.0
#include "verify/certificate_infeasible.hpp"

#include <map>

#include "base/quote.hpp"
#include "verify/certificate_proof.hpp"

namespace partnership::verify {

namespace {

using Verdict = CertificateReport::Verdict;

// The criteria that the rows in conflict name, in the order of their first rows.
struct Criteria {
  std::vector<std::string_view> names;
  std::map<std::string_view, std::uint32_t> places;  // in `names`
  std::vector<std::uint32_t> of_row;  // a row of the model: a place in `names`, or `none`
  static constexpr std::uint32_t none = UINT32_MAX;
};

Criteria criteria_of(const Model& model, const std::vector<std::uint32_t>& rows) {
  Criteria out;
  out.of_row.assign(model.rows.size(), Criteria::none);
  for (const std::uint32_t row : rows) {
    const std::string_view name = model.rows[row].criterion;
    const auto place = static_cast<std::uint32_t>(out.names.size());
    const auto [found, added] = out.places.emplace(name, place);
    if (added) out.names.push_back(name);
    out.of_row[row] = found->second;
  }
  return out;
}

// Whether the rows in conflict are all that there are of the criteria they name: a witness that
// meets only some rows of a criterion does not meet it.
bool check_whole(const Reader& reader, const Model& model, const Criteria& criteria,
                 json::Value where) {
  bool good = true;
  for (std::uint32_t row = 0; row < model.rows.size(); ++row) {
    if (criteria.of_row[row] != Criteria::none) continue;
    const std::string_view name = model.rows[row].criterion;
    if (criteria.places.find(name) == criteria.places.end()) continue;
    good = false;
    reader.complain(where, [&] {
      return "row " + std::to_string(row) + ", " + quoted(name) +
             ", is missing: with witnesses, all rows of a criterion in conflict are listed";
    });
  }
  return good;
}

bool check_witness(const Reader& reader, const Model& model, const Criteria& criteria,
                   std::uint32_t without, json::Value witness, Point& point) {
  json::ObjectReader object(witness, reader.problems);
  const auto name = object.text("without", true);
  const auto values = object.array("values", true);
  object.finish();
  if (!name || !values) return false;
  if (*name != criteria.names[without]) {
    reader.problems.add(witness, "expected the witness without " + quoted(criteria.names[without]) +
                                     ", found " + quoted(*name));
    return false;
  }
  const auto pairs = reader.integers(*values, "column", model.columns());
  if (!pairs) return false;
  point.clear();
  for (const auto& [column, value] : *pairs) point.add(column, value);
  return point.check(reader, witness, [&](std::uint32_t row) {
    return criteria.of_row[row] != Criteria::none && criteria.of_row[row] != without;
  });
}

bool check_witnesses(const Reader& reader, const Model& model, const Criteria& criteria,
                     json::Value witnesses) {
  if (witnesses.size() != criteria.names.size()) {
    reader.problems.add(
        witnesses,
        "there are " +
            counted(static_cast<std::int64_t>(witnesses.size()), "witness", "witnesses") + " for " +
            counted(static_cast<std::int64_t>(criteria.names.size()), "criterion", "criteria") +
            " in conflict");
    return false;
  }
  Point point(model);
  bool good = true;
  std::uint32_t without = 0;
  for (const json::Value witness : witnesses) {
    good = check_witness(reader, model, criteria, without++, witness, point) && good;
  }
  return good;
}

}  // namespace

Verdict check_conflict(const Reader& reader, const Model& model, const ConflictParts& parts,
                       CertificateReport& report) {
  const auto rows = reader.indices(parts.rows, "row", model.rows.size());
  if (!rows) return Verdict::refused;
  std::vector<bool> in_conflict(model.rows.size());
  for (const std::uint32_t row : *rows) in_conflict[row] = true;
  ProofCount count;
  bool good = check_infeasible(reader, model, in_conflict, parts.proof, count);
  report.nodes = count.nodes;
  report.leaves = count.leaves;
  const Criteria criteria = criteria_of(model, *rows);
  const auto conflicting =
      counted(static_cast<std::int64_t>(criteria.names.size()), "criterion", "criteria");
  if (good) {
    report.checked.push_back("proof: " + counted(count.leaves, "leaf", "leaves") + " of " +
                             counted(count.nodes, "node", "nodes") + " hold, so that " +
                             conflicting + " cannot be met together");
  }
  if (parts.witnesses) {
    const bool whole = check_whole(reader, model, criteria, parts.rows);
    report.minimal = check_witnesses(reader, model, criteria, *parts.witnesses) && whole;
    good = good && report.minimal;
    if (report.minimal) {
      report.checked.push_back("witnesses: without any one of the " + conflicting +
                               " the others can be met");
    }
  }
  return good ? Verdict::infeasible : Verdict::refused;
}

}  // namespace partnership::verify
