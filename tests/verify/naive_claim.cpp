// SPDX-License-Identifier: Apache-2.0
#include "verify/naive_claim.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "verify/naive_lottery.hpp"

namespace partnership::naive {

namespace {

using json::Value;

Value member(Value object, std::string_view key) {
  return *object.find(key);
}

Rational fraction(Value value) {
  return *Rational::parse(value.text());
}

Instance instance_of(Value model) {
  Instance instance;
  for (const Value type : member(model, "types")) {
    auto& nominees = instance.types.emplace_back();
    for (const Value nominee : type) {
      nominees.push_back(static_cast<std::uint32_t>(nominee.integer()));
    }
  }
  for (const Value column : member(model, "columns")) {
    instance.lower.push_back(column[0].integer());
    instance.upper.push_back(column[1].integer());
  }
  for (const Value value : member(model, "rows")) {
    Instance::Row row{{}, {}, Numbers(instance.lower.size()), {}};
    const Value lower = member(value, "lower"), upper = member(value, "upper");
    if (!lower.is(json::Type::null)) row.lower = lower.integer();
    if (!upper.is(json::Type::null)) row.upper = upper.integer();
    row.criterion = member(value, "criterion").text();
    for (const Value term : member(value, "terms")) {
      row.terms[static_cast<std::size_t>(term[0].integer())] = term[1].integer();
    }
    instance.rows.push_back(row);
  }
  return instance;
}

class Claim {
 public:
  explicit Claim(Value root)
      : root_(root),
        instance_(instance_of(member(root, "model"))),
        points_(committees(instance_)) {}

  std::string untrue() {
    if (member(root_, "certificate").text() == "infeasible") return conflict();
    for (const Value p : member(root_, "target")) target_.push_back(fraction(p));
    if (std::string wrong = panels(); !wrong.empty()) return wrong;
    const auto objective = member(root_, "objective").text();
    return objective == "nash" ? nash() : levels(objective == "maximin");
  }

 private:
  // Each panel is a committee, and the probabilities are the target's but for delta.
  std::string panels() {
    std::vector<std::int64_t> type_of(instance_.nominees());
    for (std::size_t t = 0; t < instance_.types.size(); ++t) {
      for (const std::uint32_t i : instance_.types[t]) type_of[i] = static_cast<std::int64_t>(t);
    }
    const Rational over = fraction(member(root_, "denominator"));
    reached_.resize(instance_.nominees());
    Rational sum;
    for (const Value panel : member(root_, "panels")) {
      Numbers x(instance_.types.size());
      const Rational weight = fraction(member(panel, "weight")) / over;
      if (weight.sign() <= 0) return "a weight is not above 0";
      sum += weight;
      for (const Value member : member(panel, "members")) {
        const auto nominee = static_cast<std::size_t>(member.integer());
        ++x[static_cast<std::size_t>(type_of[nominee])];
        reached_[nominee] += weight;
      }
      const bool known = std::any_of(points_.begin(), points_.end(), [&](const Numbers& point) {
        return std::equal(x.begin(), x.end(), point.begin());
      });
      if (!known) return "a panel is no committee";
    }
    if (sum != Rational(1)) return "the weights do not sum to 1";
    const Rational delta = fraction(member(root_, "delta"));
    for (std::size_t i = 0; i < reached_.size(); ++i) {
      const Rational off = reached_[i] - target_[static_cast<std::size_t>(type_of[i])];
      if (off > delta || -off > delta) return "a nominee is off the target";
    }
    return {};
  }

  // What is fixed level by level is the most that the least can have.
  std::string levels(bool one) {
    std::vector<std::optional<Rational>> fixed(target_.size());
    for (const Value level : member(root_, "levels")) {
      const auto step = raise(instance_, points_, fixed);
      if (!step) return "no lottery reaches what the levels before fix";
      const Rational value = fraction(member(level, "value"));
      const bool open = member(level, "types").size() == 0;
      if (open) return open_level(value, step->level.value, fixed);
      if (value != step->level.value) return "a level has another value";
      for (const Value type : member(level, "types")) {
        const auto t = static_cast<std::size_t>(type.integer());
        if (target_[t] != value) return "a type's target is not its level's value";
        fixed[t] = value;
      }
    }
    if (one) {
      const Rational least = *std::min_element(target_.begin(), target_.end());
      const Rational most = maximin(instance_, points_).levels.front().value;
      return least == most ? std::string() : "not the greatest least probability";
    }
    return leximin(instance_, points_).target == target_ ? std::string() : "not the leximin";
  }

  std::string open_level(const Rational& value, const Rational& most,
                         const std::vector<std::optional<Rational>>& fixed) {
    if (value < most) return "the bound is too low";
    const Value status = member(root_, "status");
    std::optional<Rational> least;
    for (std::size_t t = 0; t < target_.size(); ++t) {
      if (!fixed[t] && (!least || target_[t] < *least)) least = target_[t];
    }
    if (fraction(member(status, "bound")) != value) return "the status has another bound";
    return least && fraction(member(status, "gap")) == value - *least ? std::string()
                                                                      : "the gap is another";
  }

  std::string nash() {
    const Rational gap =
        fraction(*(member(root_, "levels"))[member(root_, "levels").size() - 1].find("gap"));
    Rational selectable;
    std::vector<Rational> factor(target_.size());
    for (std::size_t t = 0; t < target_.size(); ++t) {
      const bool can =
          std::any_of(points_.begin(), points_.end(), [&](const Numbers& x) { return x[t] > 0; });
      if (can != (target_[t].sign() > 0)) return "who can be selected";
      if (!can) continue;
      factor[t] = Rational(1) / target_[t];
      selectable += instance_.size_of(t);
    }
    for (const Numbers& x : points_) {
      Rational sum;
      for (std::size_t t = 0; t < target_.size(); ++t) sum += factor[t] * Rational(x[t]);
      if (sum > selectable * (Rational(1) + gap)) return "the gap is greater";
    }
    return {};
  }

  std::string conflict() {
    Instance part = instance_;
    part.rows.clear();
    for (const Value row : member(root_, "rows")) {
      part.rows.push_back(instance_.rows[static_cast<std::size_t>(row.integer())]);
    }
    if (!committees(part).empty()) return "there is a committee";
    if (!root_.find("witnesses")) return {};
    // Minimal is what criteria are, not some of their rows.
    Instance whole = instance_;
    whole.rows.clear();
    for (const Instance::Row& row : instance_.rows) {
      const bool named = std::any_of(part.rows.begin(), part.rows.end(), [&](const auto& one) {
        return one.criterion == row.criterion;
      });
      if (named) whole.rows.push_back(row);
    }
    for (const Instance::Row& row : part.rows) {
      if (committees(whole, &row.criterion).empty()) return "the conflict is not minimal";
    }
    return {};
  }

  Value root_;
  Instance instance_;
  std::vector<Numbers> points_;
  std::vector<Rational> target_;
  std::vector<Rational> reached_;  // a nominee
};

}  // namespace

std::string untrue(std::string_view certificate) {
  const auto document = json::Document::parse(certificate);
  return Claim(document->root()).untrue();
}

}  // namespace partnership::naive
