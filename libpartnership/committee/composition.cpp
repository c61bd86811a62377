// SPDX-License-Identifier: Apache-2.0
#include "committee/composition.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "committee/lottery_certificate.hpp"

namespace partnership {
namespace {

constexpr std::array<std::pair<LotteryKind, std::string_view>, 4> kind_names = {{
    {LotteryKind::leximin, "leximin"},
    {LotteryKind::maximin, "maximin"},
    {LotteryKind::nash, "nash"},
    {LotteryKind::legacy, "legacy"},
}};

void append_values(std::string& out, const Nominees::Facts& facts, std::uint32_t nominee) {
  if (facts.known[nominee] == 0) {
    out += "null";
    return;
  }
  std::vector<std::string_view> values;
  for (const std::uint32_t value : facts.of(nominee)) values.push_back(facts.values[value]);
  std::sort(values.begin(), values.end());
  out += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    json::append_string(out, values[i]);
  }
  out += ']';
}

// The Gini coefficient: half the mean difference of two nominees' probabilities, over their mean.
// In fractions, so that equal chances give 0.
double gini_of(const PanelModel& model, const std::vector<Rational>& probabilities) {
  std::vector<std::uint32_t> order(model.type_count());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return probabilities[a] < probabilities[b]; });
  const auto n = static_cast<std::int64_t>(model.nominees);
  Rational sum, weighted;
  std::int64_t before = 0;
  for (const std::uint32_t type : order) {
    const auto count = static_cast<std::int64_t>(model.types[type].size());
    // Of the ranks before + 1 to before + count, each counts 2 rank - n - 1 times.
    weighted += probabilities[type] * Rational(count * (2 * before + count - n));
    sum += probabilities[type] * Rational(count);
    before += count;
  }
  return sum.sign() > 0 ? (weighted / (sum * Rational(n))).approximate() : 0;
}

double geometric_mean_of(const std::vector<double>& sorted) {
  double logarithms = 0;
  std::int64_t count = 0;
  for (const double value : sorted) {
    if (value <= 0) continue;
    logarithms += std::log(value);
    ++count;
  }
  return count > 0 ? std::exp(logarithms / static_cast<double>(count)) : 0;
}

}  // namespace

std::string_view lottery_kind_name(LotteryKind kind) noexcept {
  for (const auto& [known, name] : kind_names) {
    if (known == kind) return name;
  }
  return "unknown";
}

std::optional<LotteryKind> lottery_kind_of(std::string_view name) noexcept {
  for (const auto& [kind, known] : kind_names) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

Hash pool_hash(const Nominees& nominees) {
  // JSON itself sorts no object: RFC 8785 does, by UTF-16, which append_canonical knows.
  std::string text = "[";
  for (std::uint32_t i = 0; i < nominees.count(); ++i) {
    text += i > 0 ? ",{\"attributes\":{" : "{\"attributes\":{";
    bool first = true;
    for (const Nominees::Facts& facts : nominees.columns()) {
      if (!first) text += ',';
      first = false;
      json::append_string(text, facts.name);
      text += ':';
      append_values(text, facts, i);
    }
    text += "},\"id\":";
    json::append_string(text, nominees.id(i));
    text += '}';
  }
  text += ']';
  return sha256(json::canonical(json::Document::parse(text)->root()));
}

std::shared_ptr<const Composition> Composition::make(std::shared_ptr<const Checker> checker,
                                                     CompositionRequest request) {
  const std::shared_ptr<Composition> made(new Composition);
  made->checker_ = std::move(checker);
  BuiltModel built = build_model(*made->checker_, request.model);
  made->model_ = std::move(built.model);
  made->lottery_ = compose_lottery(made->model_, request.lottery);
  if (made->lottery_.status == LotteryStatus::cancelled) {
    throw Error(Code::cancelled, "the composition was cancelled");
  }
  made->request_ = std::move(request);
  if (made->lottery_.status == LotteryStatus::infeasible) made->explain();
  made->request_.lottery.pace = nullptr;  // the caller's, for the time of the call
  made->request_.lottery.progress = nullptr;
  made->pool_ = pool_hash(made->nominees());
  made->note_probabilities();
  return made;
}

void Composition::explain() {
  InfeasibleRequest request;
  request.options = request_.model;
  request.nodes = request_.lottery.nodes;
  request.proof_numbers = request_.lottery.proof_numbers;
  request.pace = request_.lottery.pace;
  infeasibility_ = explain_infeasible(checker_, request);
  if (infeasibility_.status == InfeasibleStatus::cancelled) {
    throw Error(Code::cancelled, "the composition was cancelled");
  }
}

void Composition::note_probabilities() {
  type_of_.resize(model_.nominees);
  for (std::uint32_t t = 0; t < model_.type_count(); ++t) {
    for (const std::uint32_t nominee : model_.types[t]) type_of_[nominee] = t;
  }
  level_of_.assign(model_.type_count(), 0);
  for (std::size_t level = 0; level < lottery_.levels.size(); ++level) {
    for (const std::uint32_t t : lottery_.levels[level].types) {
      level_of_[t] = static_cast<std::uint32_t>(level + 1);
    }
  }
  if (!has_lottery()) return;
  std::vector<Integer> weight(model_.type_count());
  for (const LotteryPanel& panel : lottery_.panels) {
    for (const Seat& seat : panel.seats) {
      if (seat.column < weight.size()) weight[seat.column] += Integer(seat.count) * panel.weight;
    }
  }
  for (std::uint32_t t = 0; t < model_.type_count(); ++t) {
    const auto nominees = static_cast<std::int64_t>(model_.types[t].size());
    probabilities_.emplace_back(std::move(weight[t]), lottery_.denominator * Integer(nominees));
  }
}

Table Composition::conflict(Language language) const {
  return conflict_table(infeasibility_, *checker_, language);
}

Table Composition::relaxations(Language language) const {
  return relaxation_table(infeasibility_, *checker_, language);
}

Table Composition::relaxed_committees() const {
  return relaxed_committees_table(infeasibility_, nominees());
}

std::string Composition::relaxed(std::int64_t relaxation) const {
  const auto& all = infeasibility_.relaxations;
  if (relaxation < 1 || relaxation > static_cast<std::int64_t>(all.size())) {
    throw Error(
        Code::not_found,
        "there is no relaxation " + std::to_string(relaxation) +
            (all.empty() ? ", there are none" : ", expected 1 to " + std::to_string(all.size())));
  }
  if (request_.document.empty()) {
    throw Error(Code::state, "the criteria were composed without their document");
  }
  return relaxed_document(request_.document, all[static_cast<std::size_t>(relaxation - 1)].changes);
}

std::string_view Composition::status_name() const noexcept {
  const bool drawn =
      lottery_.kind == LotteryKind::legacy && lottery_.status == LotteryStatus::proved;
  return drawn ? "drawn" : lottery_status_name(lottery_.status);
}

bool Composition::has_certificate() const noexcept {
  if (lottery_.status == LotteryStatus::infeasible) return true;
  return lottery_.kind != LotteryKind::legacy &&
         (lottery_.status == LotteryStatus::proved || lottery_.status == LotteryStatus::bound);
}

std::string Composition::certificate() const {
  if (!certificate_.empty()) return certificate_;
  const CertificateOf of{criteria().hash, pool_, nominees().ids()};
  if (infeasibility_.conflict && infeasibility_.conflict->proved()) {
    return conflict_certificate(infeasibility_.built.model, *infeasibility_.conflict, of);
  }
  return lottery_certificate(model_, lottery_, of);
}

// ---- the summary

namespace {

class Summary {
 public:
  Summary() {
    for (const char* name : {"lottery", "status"}) text(name);
    for (const char* name : {"nominees", "selectable", "types", "panels", "levels"}) {
      table_.add(name, ColumnType::int64);
    }
    for (const char* name : {"size", "least", "largest", "gini", "geometric_mean"}) {
      table_.add(name, ColumnType::real);
    }
    for (const char* name : {"deviation", "delta", "bound", "gap"}) text(name);
    table_.add("on", ColumnType::date);
    for (const char* name : {"criteria", "pool"}) text(name);
  }
  void add(const Composition& of);
  Table finish() { return table_.finish(); }

 private:
  enum Columns : std::int32_t {
    lottery,
    status,
    nominees,
    selectable,
    types,
    panels,
    levels,
    size,
    least,
    largest,
    gini,
    geometric_mean,
    deviation,
    delta,
    bound,
    gap,
    on,
    criteria,
    pool,
  };
  void text(const char* name) { table_.add(name, ColumnType::text); }
  void add_fairness(const Composition& of);
  void add_proof(const Composition& of);

  TableBuilder table_;
};

void Summary::add_fairness(const Composition& of) {
  if (!of.has_lottery()) {
    for (const Columns column : {selectable, size, least, largest, gini, geometric_mean}) {
      table_.null(column);
    }
    return;
  }
  std::vector<double> sorted;
  std::int64_t able = 0;
  Rational seats;
  for (std::uint32_t t = 0; t < of.model().type_count(); ++t) {
    const Rational& probability = of.probabilities()[t];
    const std::size_t count = of.model().types[t].size();
    if (probability.sign() > 0) able += static_cast<std::int64_t>(count);
    seats += probability * Rational(static_cast<std::int64_t>(count));
    sorted.insert(sorted.end(), count, probability.approximate());
  }
  std::sort(sorted.begin(), sorted.end());
  table_.int64(selectable, able);
  table_.real(size, seats.approximate());
  table_.real(least, sorted.empty() ? 0 : sorted.front());
  table_.real(largest, sorted.empty() ? 0 : sorted.back());
  table_.real(gini, gini_of(of.model(), of.probabilities()));
  table_.real(geometric_mean, geometric_mean_of(sorted));
}

void Summary::add_proof(const Composition& of) {
  const Lottery& made = of.lottery();
  const auto fraction = [&](Columns column, bool there, const Rational& value) {
    there ? table_.text(column, value.text()) : table_.null(column);
  };
  const bool aimed = of.has_lottery() && made.kind != LotteryKind::legacy;
  const bool open = aimed && made.status == LotteryStatus::bound;
  fraction(deviation, aimed, made.deviation);
  fraction(delta, aimed, made.delta);
  fraction(bound, open && made.kind != LotteryKind::nash, made.bound);
  fraction(gap, open || (aimed && made.kind == LotteryKind::nash), made.gap);
}

void Summary::add(const Composition& of) {
  const Lottery& made = of.lottery();
  table_.text(lottery, lottery_kind_name(made.kind));
  table_.text(status, of.status_name());
  table_.int64(nominees, of.model().nominees);
  table_.int64(types, of.model().type_count());
  table_.int64(panels, static_cast<std::int64_t>(made.panels.size()));
  table_.int64(levels, static_cast<std::int64_t>(made.levels.size()));
  add_fairness(of);
  add_proof(of);
  const Date day = of.request().model.on;
  day == date_none ? table_.null(on) : table_.date(on, day);
  table_.text(criteria, hex(of.criteria().hash));
  table_.text(pool, hex(of.pool()));
}

}  // namespace

Table Composition::about() const {
  Summary summary;
  summary.add(*this);
  return summary.finish();
}

Table Composition::compare(std::span<const Composition* const> compositions) {
  Summary summary;
  for (const Composition* composition : compositions) summary.add(*composition);
  return summary.finish();
}

}  // namespace partnership
