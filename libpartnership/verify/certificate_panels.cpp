// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/quote.hpp"
#include "verify/certificate_lottery.hpp"

namespace partnership::verify {

namespace {

class Panels {
 public:
  Panels(const Reader& reader, const Model& model)
      : reader_(reader), model_(model), point_(model), weight_of_(model.nominees) {}

  bool add(json::Value panel);
  bool check_sum(json::Value where, const Integer& denominator);
  // Of each type the least probability of a nominee, and by the way the largest deviation.
  std::vector<Rational> probabilities(json::Value where, const Integer& denominator,
                                      const std::vector<Rational>* target,
                                      CertificateReport& report, bool& good);

 private:
  bool check_members(json::Value panel, json::Value members, std::optional<json::Value> auxiliary,
                     const Integer& weight);

  const Reader& reader_;
  const Model& model_;
  Point point_;
  std::vector<Integer> weight_of_;  // a nominee
  Integer sum_;
};

bool Panels::add(json::Value panel) {
  json::ObjectReader object(panel, reader_.problems);
  const auto members = object.array("members", true);
  const auto auxiliary = object.array("auxiliary");
  const auto weight_text = object.any("weight", true);
  object.finish();
  if (!members || !weight_text || (object.ok() && panel.find("auxiliary") && !auxiliary)) {
    return false;
  }
  const auto weight = reader_.whole(*weight_text, "a weight");
  if (!weight) return false;
  if (weight->sign() <= 0) {
    reader_.problems.add(*weight_text, "a weight is above 0");
    return false;
  }
  reader_.meter.spend(Meter::words(sum_));
  sum_ += *weight;
  Meter::hold(model_.nominees, Meter::words(sum_));
  return check_members(panel, *members, auxiliary, *weight);
}

bool Panels::check_members(json::Value panel, json::Value members,
                           std::optional<json::Value> auxiliary, const Integer& weight) {
  const auto indices = reader_.indices(members, "nominee", model_.nominees);
  if (!indices) return false;
  point_.clear();
  for (const std::uint32_t nominee : *indices) {
    point_.add(model_.type_of[nominee], 1);
    reader_.meter.spend_sums(1, Meter::words(weight_of_[nominee]));
    weight_of_[nominee] += weight;
  }
  if (auxiliary) {
    const auto values = reader_.integers(*auxiliary, "column", model_.columns());
    if (!values) return false;
    for (const auto& [column, value] : *values) {
      if (column < model_.types()) {
        reader_.problems.add(
            *auxiliary, "column " + std::to_string(column) + " is a type, which the members say");
        return false;
      }
      point_.add(column, value);
    }
  }
  return point_.check(reader_, panel, [](std::uint32_t) { return true; });
}

bool Panels::check_sum(json::Value where, const Integer& denominator) {
  if (sum_ == denominator) return true;
  reader_.problems.add(
      where, "the weights sum to " + shown(sum_) + ", the denominator is " + shown(denominator));
  return false;
}

std::vector<Rational> Panels::probabilities(json::Value where, const Integer& denominator,
                                            const std::vector<Rational>* target,
                                            CertificateReport& report, bool& good) {
  Meter::hold(model_.types(), 2 * Meter::words(denominator));
  std::vector<std::optional<Rational>> least(model_.types());
  for (std::uint32_t nominee = 0; nominee < model_.nominees; ++nominee) {
    const std::uint32_t type = model_.type_of[nominee];
    reader_.meter.spend_divisor(weight_of_[nominee], denominator);
    Rational probability(weight_of_[nominee], denominator);
    if (target) {
      reader_.meter.spend(probability, (*target)[type]);
      Rational off = probability - (*target)[type];
      if (off.sign() < 0) off = -off;
      reader_.meter.spend(off, report.deviation);
      if (off > report.deviation) report.deviation = off;
      reader_.meter.spend(off, report.delta);
      if (off > report.delta) {
        good = false;
        reader_.complain(where, [&] {
          return "nominee " + std::to_string(nominee) + " has probability " + shown(probability) +
                 ", more than delta away from " + shown((*target)[type]);
        });
      }
    }
    if (least[type]) reader_.meter.spend(probability, *least[type]);
    if (!least[type] || probability < *least[type]) least[type] = std::move(probability);
  }
  std::vector<Rational> out;
  out.reserve(least.size());
  for (std::optional<Rational>& value : least) out.push_back(std::move(*value));
  return out;
}

}  // namespace

std::optional<std::vector<Rational>> read_target(const Reader& reader, const Model& model,
                                                 json::Value target) {
  if (target.size() != model.types()) {
    reader.problems.add(target,
                        "the target has " + std::to_string(target.size()) + " probabilities for " +
                            counted(static_cast<std::int64_t>(model.types()), "type", "types"));
    return std::nullopt;
  }
  std::vector<Rational> out;
  out.reserve(target.size());
  for (const json::Value item : target) {
    auto value = reader.fraction(item, "a probability");
    if (!value) return std::nullopt;
    if (value->sign() < 0 || value->num() > value->den()) {
      reader.problems.add(item, "a probability is within 0 and 1");
      return std::nullopt;
    }
    out.push_back(std::move(*value));
  }
  return out;
}

std::optional<std::vector<Rational>> check_panels(const Reader& reader, const Model& model,
                                                  const LotteryParts& parts,
                                                  const std::vector<Rational>* target,
                                                  CertificateReport& report) {
  const auto denominator = reader.whole(parts.denominator, "the denominator");
  Panels panels(reader, model);
  bool good = true;
  for (const json::Value panel : parts.panels) good = panels.add(panel) && good;
  report.panels = static_cast<std::int64_t>(parts.panels.size());
  if (!good || !denominator) return std::nullopt;
  if (denominator->sign() <= 0) {
    reader.problems.add(parts.denominator, "the denominator is above 0");
    return std::nullopt;
  }
  report.checked.push_back("panels: " + counted(report.panels, "panel", "panels") +
                           ", each a committee of the model");
  if (!panels.check_sum(parts.panels, *denominator)) return std::nullopt;
  report.checked.push_back("weights: they are above 0 and sum to the denominator, " +
                           shown(*denominator));
  auto least = panels.probabilities(parts.panels, *denominator, target, report, good);
  if (!least.empty()) report.least = *std::min_element(least.begin(), least.end());
  if (!good) return std::nullopt;
  if (target) {
    report.checked.push_back("probabilities: every nominee's is within " + shown(report.delta) +
                             " of the target; the largest deviation is " + shown(report.deviation));
  }
  return least;
}

}  // namespace partnership::verify
