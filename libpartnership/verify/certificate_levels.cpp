// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/quote.hpp"
#include "verify/certificate_lottery.hpp"
#include "verify/certificate_proof.hpp"

namespace partnership::verify {

namespace {

using Verdict = CertificateReport::Verdict;

struct Level {
  std::vector<std::uint32_t> types;
  Inequality inequality;
  Rational value;  // or the gap of Nash's last
};

enum class Form : std::uint8_t { fixing, open, nash };

class Levels {
 public:
  Levels(const Reader& reader, const Model& model, const LotteryParts& parts,
         const std::vector<Rational>& target, CertificateReport& report)
      : reader_(reader),
        model_(model),
        parts_(parts),
        target_(target),
        report_(report),
        fixed_(model.types()) {}
  Verdict check();

 private:
  bool read_status();
  Form form_of(std::size_t index) const;
  bool check(json::Value value, Form form);
  std::optional<Level> read(json::Value value, Form form, json::Value& proof);
  bool check_types(json::Value where, const Level& level, Form form);
  bool check_equation(json::Value where, const Level& level);
  bool check_value(json::Value where, const Level& level, Form form);
  bool check_nash(json::Value where, const Level& level);
  bool check_end();
  bool check_open(const Rational* least);
  const Rational* least_open();  // of the target of types not fixed; null: all are fixed
  bool complain(json::Value where, std::string message) {
    reader_.problems.add(where, std::move(message));
    return false;
  }
  Rational times(const Rational& a, const Rational& b) {
    reader_.meter.spend(a, b);
    return a * b;
  }
  void add(Rational& sum, const Rational& value) {
    reader_.meter.spend(sum, value);
    sum += value;
  }
  bool less(const Rational& a, const Rational& b) {
    reader_.meter.spend(a, b);
    return a < b;
  }

  const Reader& reader_;
  const Model& model_;
  const LotteryParts& parts_;
  const std::vector<Rational>& target_;
  CertificateReport& report_;
  std::vector<bool> fixed_;  // a type
  Rational last_;            // the value of the last level that fixed types; 0 before any
  std::optional<Rational> bound_, gap_;  // of a status that is not "proved"
};

Form Levels::form_of(std::size_t index) const {
  const bool last = index + 1 == parts_.levels.size();
  if (last && parts_.objective == "nash") return Form::nash;
  return last && bound_ ? Form::open : Form::fixing;
}

bool Levels::read_status() {
  const json::Value status = parts_.status;
  if (status.is(json::Type::string)) {
    return status.text() == "proved" ||
           complain(status, "the status is neither `proved` nor an object with a bound");
  }
  if (parts_.objective == "nash") return complain(status, "the status of nash is `proved`");
  json::ObjectReader object(status, reader_.problems);
  const auto bound = object.any("bound", true);
  const auto gap = object.any("gap", true);
  object.finish();
  if (bound) bound_ = reader_.fraction(*bound, "`bound`");
  if (gap) gap_ = reader_.fraction(*gap, "`gap`");
  return bound_ && gap_;
}

std::optional<Level> Levels::read(json::Value value, Form form, json::Value& proof) {
  json::ObjectReader object(value, reader_.problems);
  const std::string_view key = form == Form::nash ? "gap" : "value";
  const auto number = object.any(key, true);
  const auto types = object.array("types", true);
  const auto terms = object.array("terms", true);
  const auto bound = object.any("bound", true);
  const auto steps = object.array("proof", true);
  object.finish();
  if (!number || !types || !terms || !bound || !steps) return std::nullopt;
  auto read_number = reader_.fraction(*number, quoted(key));
  auto read_types = reader_.indices(*types, "type", model_.types());
  auto read_terms = reader_.fractions(*terms, "type", model_.types());
  auto read_bound = reader_.fraction(*bound, "`bound`");
  if (!read_number || !read_types || !read_terms || !read_bound) return std::nullopt;
  proof = *steps;
  return Level{std::move(*read_types),
               {std::move(*read_terms), std::move(*read_bound)},
               std::move(*read_number)};
}

// The level fixes exactly the types with positive terms that were not fixed before.
bool Levels::check_types(json::Value where, const Level& level, Form form) {
  std::vector<std::uint32_t> raised;
  for (const auto& [type, c] : level.inequality.terms) {
    if (fixed_[type]) continue;
    if (c.sign() < 0) {
      return complain(where, "type " + std::to_string(type) +
                                 ", which no level before fixes, has a negative term");
    }
    raised.push_back(type);
  }
  const bool nobody = form == Form::nash && level.inequality.terms.empty();  // can be selected
  if (raised.empty() && !nobody)
    return complain(where, "the level bounds no type that is not fixed before");
  if (form == Form::open) {
    return level.types.empty() || complain(where, "the open level of a bound fixes no types");
  }
  return level.types == raised ||
         complain(where, "the level's types are not those with a term that were not fixed before");
}

bool Levels::check_equation(json::Value where, const Level& level) {
  Rational sum;
  for (const auto& [type, c] : level.inequality.terms) {
    const Rational all = times(c, Rational(model_.members[type]));
    add(sum, times(all, fixed_[type] ? target_[type] : level.value));
  }
  reader_.meter.spend(sum, level.inequality.bound);
  return sum == level.inequality.bound ||
         complain(where, "the level's terms at its value give " + shown(sum) + ", its bound is " +
                             shown(level.inequality.bound));
}

bool Levels::check_value(json::Value where, const Level& level, Form form) {
  if (form == Form::open) return true;  // see check_end
  bool good = true;
  for (const std::uint32_t type : level.types) {
    if (target_[type] == level.value) continue;
    good =
        complain(where, "the target of type " + std::to_string(type) + " is " +
                            shown(target_[type]) + ", not the level's value " + shown(level.value));
  }
  if (parts_.objective == "nash" && level.value.sign() != 0) {
    return complain(where, "for nash the levels before the last have value 0");
  }
  if (less(level.value, last_)) {
    good = complain(where, "the value " + shown(level.value) + " is below that of a level before");
  }
  last_ = level.value;
  return good;
}

bool Levels::check_nash(json::Value where, const Level& level) {
  if (level.value.sign() < 0) return complain(where, "a gap is not negative");
  std::int64_t selectable = 0;
  for (const auto& [type, c] : level.inequality.terms) {
    if (fixed_[type]) return complain(where, "type " + std::to_string(type) + " is fixed already");
    const Rational& p = target_[type];
    // Both are in lowest terms.
    if (p.sign() <= 0 || c.num() != p.den() || c.den() != p.num()) {
      return complain(where, "the term of type " + std::to_string(type) +
                                 " is not 1 over its target " + shown(p));
    }
    selectable += model_.members[type];
  }
  Rational bound = times(Rational(selectable), level.value);
  add(bound, Rational(selectable));
  return bound == level.inequality.bound ||
         complain(where, "the bound is not " + std::to_string(selectable) + " (1 + gap)");
}

bool Levels::check(json::Value value, Form form) {
  json::Value proof = value;
  const auto level = read(value, form, proof);
  if (!level) return false;
  bool good = check_types(value, *level, form);
  if (form == Form::nash) {
    good = check_nash(value, *level) && good;
    report_.gap = level->value;
  } else {
    good = check_equation(value, *level) && good;
    good = check_value(value, *level, form) && good;
  }
  if (form == Form::open && level->value != *bound_) {
    good = complain(value, "the value of the open level is not the status's bound");
  }
  ProofCount count;
  good = check_proof(reader_, model_, level->inequality, proof, count) && good;
  report_.nodes += count.nodes;
  report_.leaves += count.leaves;
  for (const std::uint32_t type : level->types) fixed_[type] = true;
  return good;
}

const Rational* Levels::least_open() {
  const Rational* least = nullptr;
  for (std::size_t type = 0; type < model_.types(); ++type) {
    if (!fixed_[type] && (!least || less(target_[type], *least))) least = &target_[type];
  }
  return least;
}

bool Levels::check_open(const Rational* least) {
  if (!least) return false;  // said of the open level already
  report_.bound = *bound_;
  report_.gap = *gap_;
  Rational gap = *bound_;
  add(gap, -*least);
  if (gap != *gap_ || gap.sign() < 0) {
    return complain(parts_.status,
                    "the gap is not the bound less the least target of a type that "
                    "is not fixed, " +
                        shown(*least) + ", or is negative");
  }
  return true;
}

// What holds of all levels together.
bool Levels::check_end() {
  const Rational* const least = least_open();
  if (parts_.objective == "maximin" && parts_.levels.size() != 1) {
    return complain(parts_.levels, "for maximin there is one level");
  }
  if (parts_.objective != "nash" && least && less(*least, last_)) {
    return complain(parts_.levels, "a type that no level fixes has the target " + shown(*least) +
                                       ", below the value of a level");
  }
  if (bound_) return check_open(least);
  if (parts_.objective != "maximin" && least) {
    const auto type = std::find(fixed_.begin(), fixed_.end(), false) - fixed_.begin();
    return complain(parts_.levels, "no level fixes type " + std::to_string(type));
  }
  return true;
}

Verdict Levels::check() {
  bool good = read_status();
  if (!good) return Verdict::refused;
  std::size_t index = 0;
  for (const json::Value level : parts_.levels) good = check(level, form_of(index++)) && good;
  report_.levels = static_cast<std::int64_t>(index);
  if (index == 0) good = complain(parts_.levels, "there is no level");
  good = check_end() && good;
  if (!good) return Verdict::refused;
  report_.checked.push_back("levels: " + counted(report_.levels, "level", "levels") +
                            ", each fixing what its inequality bounds, with values that do not "
                            "fall");
  report_.checked.push_back("proofs: " + counted(report_.leaves, "leaf", "leaves") + " of " +
                            counted(report_.nodes, "node", "nodes") +
                            " hold, so every level's inequality holds for every committee");
  return bound_ ? Verdict::bound : Verdict::proved;
}

}  // namespace

Verdict check_levels(const Reader& reader, const Model& model, const LotteryParts& parts,
                     const std::vector<Rational>& target, CertificateReport& report) {
  return Levels(reader, model, parts, target, report).check();
}

}  // namespace partnership::verify
