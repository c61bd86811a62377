// SPDX-License-Identifier: Apache-2.0
//
// Certificates written from the oracle's answers. Proofs are found by exact linear programs and
// branching on the first column that is not whole.
#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

#include "base/json.hpp"
#include "verify/naive_lottery.hpp"
#include "verify/naive_program.hpp"

namespace partnership::naive {

namespace {

class Prover {
 public:
  // Of sum terms x <= bound; without terms of there being no point.
  Prover(const Instance& instance, const std::vector<Rational>& terms, const Rational& bound,
         const std::vector<bool>& rows, const Writing& writing, json::Writer& out)
      : instance_(instance),
        terms_(terms),
        bound_(bound),
        rows_(rows),
        writing_(writing),
        out_(out),
        lower_(instance.lower),
        upper_(instance.upper) {
    terms_.resize(instance.lower.size());
    Integer num, den = 1;
    for (const Rational& c : terms_) den = Integer::lcm(den, c.den());
    for (const Rational& c : terms_) num = Integer::gcd(num, (c * Rational(den)).num());
    if (writing.rounding && num.sign() > 0) grain_ = Rational(num, den);
  }

  void prove() {
    const Answer answer = relax();
    if (writing_.random && (*writing_.random)() % 6 == 0 && branch_anywhere()) return;
    if (answer.kind == Answer::Kind::infeasible) return leaf("infeasible", answer);
    assert(answer.kind == Answer::Kind::optimal);
    Rational value = answer.value;
    for (std::size_t c = 0; c < terms_.size(); ++c) value += terms_[c] * Rational(lower_[c]);
    if (!conflict() && (value <= bound_ || rounds(value))) return leaf("rows", answer);
    for (std::size_t c = 0; c < terms_.size(); ++c) {
      if (!answer.x[c].whole()) {
        return branch(c, lower_[c] + answer.x[c].floor().small());
      }
    }
    assert(false && "a whole point that breaks the inequality");
  }

 private:
  bool conflict() const { return bound_.sign() < 0 && grain_.sign() == 0 && all_zero(); }
  bool all_zero() const {
    return std::all_of(terms_.begin(), terms_.end(), [](const auto& c) { return c.sign() == 0; });
  }
  bool rounds(const Rational& value) const {
    if (grain_.sign() == 0) return false;
    return value < grain_ * Rational((bound_ / grain_).floor() + Integer(1));
  }

  // Over x - lower >= 0: upper and lower sides of rows, then the columns' upper bounds.
  Answer relax() {
    sides_.clear();
    Program program;
    program.cost = terms_;
    for (std::size_t r = 0; r < instance_.rows.size(); ++r) {
      const Instance::Row& row = instance_.rows[r];
      std::int64_t at_lower = 0;
      for (std::size_t c = 0; c < row.terms.size(); ++c) at_lower += row.terms[c] * lower_[c];
      for (const int sign : {1, -1}) {
        const auto& side = sign > 0 ? row.upper : row.lower;
        if (!side || !rows_[r]) continue;
        std::vector<Rational> line;
        for (const std::int64_t term : row.terms) line.emplace_back(sign * term);
        program.matrix.push_back(line);
        program.bound.emplace_back(sign * (*side - at_lower));
        sides_.emplace_back(r, sign);
      }
    }
    for (std::size_t c = 0; c < terms_.size(); ++c) {
      std::vector<Rational> line(terms_.size());
      line[c] = 1;
      program.matrix.push_back(line);
      program.bound.emplace_back(upper_[c] - lower_[c]);
    }
    return solve(program);
  }

  void leaf(const char* kind, const Answer& answer) {
    std::vector<Rational> of_row(instance_.rows.size());
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      of_row[sides_[i].first] += answer.multipliers[i] * Rational(sides_[i].second);
    }
    out_.begin_object().key(kind).begin_array();
    for (std::size_t r = 0; r < of_row.size(); ++r) {
      if (of_row[r].sign() == 0) continue;
      out_.begin_array().value(static_cast<std::int64_t>(r)).value(of_row[r].text()).end_array();
    }
    out_.end_array().end_object();
  }

  void branch(std::size_t column, std::int64_t at) {
    out_.begin_object().key("column").value(static_cast<std::int64_t>(column));
    out_.key("at").value(at).end_object();
    const std::int64_t lower = lower_[column], upper = upper_[column];
    upper_[column] = at;
    prove();
    upper_[column] = upper;
    lower_[column] = at + 1;
    prove();
    lower_[column] = lower;
  }

  bool branch_anywhere() {
    const std::size_t column = (*writing_.random)() % terms_.size();
    if (lower_[column] == upper_[column]) return false;
    branch(column, lower_[column]);
    return true;
  }

  const Instance& instance_;
  std::vector<Rational> terms_;
  Rational bound_, grain_;
  const std::vector<bool>& rows_;  // those that may be used
  const Writing& writing_;
  json::Writer& out_;
  Numbers lower_, upper_;
  std::vector<std::pair<std::size_t, int>> sides_;
};

void write_model(json::Writer& out, const Instance& instance) {
  out.key("version").value(std::int64_t{1});
  out.key("criteria").value(std::string(64, '1')).key("pool").value(std::string(64, '2'));
  out.key("nominees").begin_array();
  for (std::size_t i = 0; i < instance.nominees(); ++i) out.value("n" + std::to_string(i));
  out.end_array().key("model").begin_object().key("types").begin_array();
  for (const auto& type : instance.types) {
    out.begin_array();
    for (const std::uint32_t nominee : type) out.value(std::int64_t{nominee});
    out.end_array();
  }
  out.end_array().key("columns").begin_array();
  for (std::size_t c = 0; c < instance.lower.size(); ++c) {
    out.begin_array().value(instance.lower[c]).value(instance.upper[c]).end_array();
  }
  out.end_array().key("rows").begin_array();
  for (const Instance::Row& row : instance.rows) {
    out.begin_object().key("criterion").value(row.criterion);
    for (const auto& [key, bound] :
         {std::pair{"lower", row.lower}, std::pair{"upper", row.upper}}) {
      out.key(key);
      bound ? out.value(*bound) : out.null();
    }
    out.key("terms").begin_array();
    for (std::size_t c = 0; c < row.terms.size(); ++c) {
      if (row.terms[c] == 0) continue;
      out.begin_array().value(static_cast<std::int64_t>(c)).value(row.terms[c]).end_array();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

struct Panel {
  Numbers auxiliary;
  Rational probability;
};

// Every committee as often as its types turn: each nominee of a type sits equally often.
std::map<std::vector<std::uint32_t>, Panel> panels_of(const Instance& instance,
                                                      const std::vector<Numbers>& committees,
                                                      const std::vector<Rational>& probability) {
  std::int64_t turns = 1;
  for (std::size_t t = 0; t < instance.types.size(); ++t) {
    turns = std::lcm(turns, instance.size_of(t));
  }
  std::map<std::vector<std::uint32_t>, Panel> panels;
  for (std::size_t c = 0; c < committees.size(); ++c) {
    if (probability[c].sign() == 0) continue;
    for (std::int64_t turn = 0; turn < turns; ++turn) {
      std::vector<std::uint32_t> members;
      for (std::size_t t = 0; t < instance.types.size(); ++t) {
        for (std::int64_t i = 0; i < committees[c][t]; ++i) {
          members.push_back(
              instance.types[t][static_cast<std::size_t>((turn + i) % instance.size_of(t))]);
        }
      }
      std::sort(members.begin(), members.end());
      Panel& panel = panels[members];
      panel.auxiliary.assign(
          committees[c].begin() + static_cast<std::ptrdiff_t>(instance.types.size()),
          committees[c].end());
      panel.probability += probability[c] / Rational(turns);
    }
  }
  return panels;
}

void write_panels(json::Writer& out, const Instance& instance,
                  const std::vector<Numbers>& committees, const std::vector<Rational>& probability,
                  const std::optional<std::int64_t>& denominator) {
  const auto panels = panels_of(instance, committees, probability);
  Integer over = 1;
  for (const auto& [members, panel] : panels) over = Integer::lcm(over, panel.probability.den());
  if (denominator) over = *denominator;
  Integer left = over;
  for (const auto& [members, panel] : panels) left -= (panel.probability * Rational(over)).floor();
  out.key("denominator").value(over.text()).key("panels").begin_array();
  for (const auto& [members, panel] : panels) {
    Integer weight = (panel.probability * Rational(over)).floor();
    if (left.sign() > 0) weight += 1;  // one more for the first ones
    if (left.sign() > 0) left -= 1;
    if (weight.sign() == 0) continue;
    out.begin_object().key("members").begin_array();
    for (const std::uint32_t nominee : members) out.value(std::int64_t{nominee});
    out.end_array();
    if (!panel.auxiliary.empty()) {
      out.key("auxiliary").begin_array();
      for (std::size_t i = 0; i < panel.auxiliary.size(); ++i) {
        if (panel.auxiliary[i] == 0) continue;
        out.begin_array().value(static_cast<std::int64_t>(instance.types.size() + i));
        out.value(panel.auxiliary[i]).end_array();
      }
      out.end_array();
    }
    out.key("weight").value(weight.text()).end_object();
  }
  out.end_array();
}

void write_level(json::Writer& out, const Instance& instance, const Level& level,
                 const std::optional<Rational>& gap, const Writing& writing) {
  out.begin_object();
  gap ? out.key("gap").value(gap->text()) : out.key("value").value(level.value.text());
  out.key("types").begin_array();
  for (const std::uint32_t type : level.types) out.value(std::int64_t{type});
  out.end_array().key("terms").begin_array();
  for (std::size_t t = 0; t < level.terms.size(); ++t) {
    if (level.terms[t].sign() == 0) continue;
    out.begin_array().value(static_cast<std::int64_t>(t)).value(level.terms[t].text()).end_array();
  }
  out.end_array().key("bound").value(level.bound.text()).key("proof").begin_array();
  const std::vector<bool> all(instance.rows.size(), true);
  Prover(instance, level.terms, level.bound, all, writing, out).prove();
  out.end_array().end_object();
}

}  // namespace

std::string certificate(const Instance& instance, const std::vector<Numbers>& committees,
                        const Lottery& lottery, const Writing& writing) {
  json::Writer out;
  out.begin_object().key("certificate").value("lottery");
  write_model(out, instance);
  out.key("objective").value(lottery.objective).key("delta").value("1/1000000000");
  out.key("target").begin_array();
  for (const Rational& p : lottery.target) out.value(p.text());
  out.end_array();
  write_panels(out, instance, committees, lottery.probability, writing.denominator);
  out.key("levels").begin_array();
  for (const Level& level : lottery.levels) {
    const bool last = &level == &lottery.levels.back();
    const bool with_gap = last && lottery.gap && !lottery.bound;
    write_level(out, instance, level, with_gap ? lottery.gap : std::nullopt, writing);
  }
  out.end_array().key("status");
  if (lottery.bound) {
    out.begin_object().key("bound").value(lottery.bound->text());
    out.key("gap").value(lottery.gap->text()).end_object();
  } else {
    out.value("proved");
  }
  return out.end_object().take();
}

namespace {

// Drops criteria one after another while what is left has no point.
Instance minimal_conflict(Instance instance) {
  for (std::size_t i = 0; i < instance.rows.size();) {
    const std::string criterion = instance.rows[i].criterion;
    if (!committees(instance, &criterion).empty()) {
      ++i;
      continue;
    }
    std::erase_if(instance.rows,
                  [&](const Instance::Row& row) { return row.criterion == criterion; });
  }
  return instance;
}

}  // namespace

std::string infeasible_certificate(const Instance& instance, const Writing& writing) {
  const Instance conflict = minimal_conflict(instance);
  std::vector<bool> rows(instance.rows.size());
  std::vector<std::string> criteria;
  json::Writer out;
  out.begin_object().key("certificate").value("infeasible");
  write_model(out, instance);
  out.key("rows").begin_array();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const std::string& name = instance.rows[r].criterion;
    rows[r] = std::any_of(conflict.rows.begin(), conflict.rows.end(),
                          [&](const Instance::Row& row) { return row.criterion == name; });
    if (!rows[r]) continue;
    out.value(static_cast<std::int64_t>(r));
    if (std::find(criteria.begin(), criteria.end(), name) == criteria.end()) {
      criteria.push_back(name);
    }
  }
  out.end_array().key("proof").begin_array();
  Prover(instance, {}, Rational(-1), rows, writing, out).prove();
  out.end_array().key("witnesses").begin_array();
  for (const std::string& name : criteria) {
    const Numbers witness = committees(conflict, &name).front();
    out.begin_object().key("without").value(name).key("values").begin_array();
    for (std::size_t c = 0; c < witness.size(); ++c) {
      if (witness[c] == 0) continue;
      out.begin_array().value(static_cast<std::int64_t>(c)).value(witness[c]).end_array();
    }
    out.end_array().end_object();
  }
  return out.end_array().end_object().take();
}

}  // namespace partnership::naive
