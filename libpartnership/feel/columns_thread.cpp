// SPDX-License-Identifier: Apache-2.0
#include "feel/columns_thread.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace partnership::feel {

namespace {

constexpr std::uint32_t most_rows = 1024;  // of a block
constexpr std::size_t most_cells = std::size_t{64}
                                   << 10;       // of all levels of a block of several rows
constexpr std::uint32_t most_rows_in_turn = 4;  // one after another; more go in blocks
constexpr std::size_t most_cells_of_one = std::size_t{4} << 20;  // of a block of one row

}  // namespace

EvaluatorRun::EvaluatorRun(const Evaluator& evaluator, const Batch& batch,
                           const RunOptions& options, Work& work, Outcomes& out, std::uint32_t base,
                           std::size_t thread)
    : evaluator_(evaluator),
      plan_(evaluator.plan()),
      batch_(batch),
      options_(options),
      work_(work),
      out_(out),
      base_(base),
      arena_(out.arenas_[thread]) {
  const Moment& moment = options.moment;
  today_ = moment.given && moment.today >= -most_column_day && moment.today <= most_column_day;
  machine_only_ = options.only_machine || (plan_.nodes.empty() && !options.items);
}

void EvaluatorRun::rows(std::uint32_t first, std::uint32_t end) {
  work_.left.clear();  // of a run that failed
  work_.odd.clear();
  if (machine_only_) {
    for (std::uint32_t row = first; row < end; ++row) leave_row(row);
    return machine();
  }
  if (end - first <= most_rows_in_turn && plan_.small &&
      affords(64 * (plan_.used_levels.size() + 1))) {
    while (first < end && small(first)) ++first;
    if (first == end) return;
  }
  work_.plan.bind(plan_, batch_, today_ ? options_.moment.today : 0);
  const std::size_t most = std::min(most_cells, budgeted());
  std::uint32_t usual = most_rows;
  while (first < end) {
    std::uint32_t count = work_.plan.fit(first, std::min(end - first, usual), most);
    if (count == 0) count = work_.plan.fit(first, 1, std::min(most_cells_of_one, budgeted()));
    if (count == 0) {
      leave_row(first);
      count = 1;
    } else {
      work_.plan.run();
      for (std::uint32_t e = 0; e < plan_.roots.size(); ++e) take(e, first, count);
    }
    if (!work_.left.empty()) machine();
    first += count;
    usual = std::min(most_rows, std::max(count * 2, 64U));
  }
}

std::size_t EvaluatorRun::budgeted() const noexcept {
  const Budget& budget = options_.budget;
  const std::uint64_t steps = budget.steps / (plan_.nodes.size() * 8 + 8);
  return static_cast<std::size_t>(std::min<std::uint64_t>(
      {steps, budget.list, static_cast<std::uint64_t>(budget.memory / 256)}));
}

bool EvaluatorRun::affords(std::size_t cells) const noexcept {
  const Budget& budget = options_.budget;
  return cells * (plan_.nodes.size() * 8 + 8) <= budget.steps && cells <= budget.list &&
         cells * 256 <= budget.memory;
}

bool EvaluatorRun::in_columns(std::uint32_t expression) const {
  return plan_.roots[expression] != no_vec && (today_ || !plan_.roots_of_today[expression]);
}

bool EvaluatorRun::skipped(std::uint32_t expression) const noexcept {
  return !options_.skip.empty() && options_.skip[expression] != 0;
}

bool EvaluatorRun::unasked(std::uint32_t expression, std::uint32_t row) const noexcept {
  if (options_.unasked.empty() || options_.unasked[expression] == nullptr) return false;
  const std::uint32_t at = row - base_;
  return (options_.unasked[expression][at / 64] >> (at % 64) & 1U) != 0;
}

std::uint8_t* EvaluatorRun::cells(std::uint32_t expression, std::uint32_t row) {
  return out_.cells_.data() + out_.index(expression, row - base_);
}

Value* EvaluatorRun::values(std::uint32_t expression, std::uint32_t row) {
  return out_.values_[expression].data() + (row - base_);
}

void EvaluatorRun::leave_row(std::uint32_t row) {
  for (std::uint32_t e = 0; e < out_.expressions_; ++e) leave(e, row);
}

void EvaluatorRun::leave(std::uint32_t expression, std::uint32_t row) {
  if (skipped(expression) || unasked(expression, row)) {
    *cells(expression, row) = static_cast<std::uint8_t>(Outcomes::Kind::null);
  } else {
    work_.left.push_back({row, expression});
  }
}

bool EvaluatorRun::small(std::uint32_t row) {
  if (!work_.small.run(plan_, batch_, row, today_ ? options_.moment.today : 0)) return false;
  for (std::uint32_t e = 0; e < plan_.roots.size(); ++e) {
    if (skipped(e) || !in_columns(e)) {
      if (skipped(e) || !small_items(e, row)) leave(e, row);
      continue;
    }
    const SmallRun::Cell& result = work_.small.result(plan_.roots[e]);
    const VecKind kind = plan_.nodes[plan_.roots[e]].kind;
    std::uint8_t& cell = *cells(e, row);
    if (kind == VecKind::truth) {
      cell = result.bits & 1U;
    } else {
      cell = static_cast<std::uint8_t>(Outcomes::Kind::value);
      *values(e, row) = value_of(kind, result.value, result.scale);
    }
  }
  if (!work_.left.empty()) machine();
  return true;
}

Value EvaluatorRun::value_of(VecKind kind, std::int64_t value, unsigned scale) const {
  switch (kind) {
    case VecKind::number:
      return Value::small_number(value, scale);
    case VecKind::day:
      return Value::date(value);
    case VecKind::days:
      return Value::days_time(value * 86'400);
    default:
      return Value::string(batch_.dictionary().text(static_cast<std::uint32_t>(value)));
  }
}

void EvaluatorRun::take(std::uint32_t expression, std::uint32_t first, std::uint32_t count) {
  if (!skipped(expression) && gives_items(expression)) return take_items(expression, first, count);
  if (skipped(expression) || !in_columns(expression)) {
    for (std::uint32_t i = 0; i < count; ++i) leave(expression, first + i);
    return;
  }
  const Vec& result = work_.plan.result(plan_.roots[expression]);
  const VecKind kind = plan_.nodes[plan_.roots[expression]].kind;
  std::uint8_t* const cells = this->cells(expression, first);
  if (kind == VecKind::truth) {
    write_truths(result.bits(), count, cells);
  } else {
    take_values(expression, first, count, kind, result);
  }
  if (result.bad == nullptr) return;
  for (std::uint32_t word = 0; word * 64 < count; ++word) {
    std::uint64_t bad = result.bad[word];
    if (count - word * 64 < 64) bad &= (std::uint64_t{1} << (count - word * 64)) - 1;
    const std::uint64_t null = result.null == nullptr ? 0 : result.null[word];
    for (; bad != 0; bad &= bad - 1) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(bad));
      const std::uint32_t i = word * 64 + bit;
      if ((null >> bit & 1U) != 0) {
        cells[i] = static_cast<std::uint8_t>(Outcomes::Kind::null);
      } else {
        leave(expression, first + i);
      }
    }
  }
}

void EvaluatorRun::write_truths(const std::uint64_t* bits, std::uint32_t count,
                                std::uint8_t* cells) {
  std::uint32_t i = 0;
  for (; i + 8 <= count; i += 8) {
    // Bit j of a byte to the lowest bit of byte j.
    const std::uint64_t byte = bits[i / 64] >> (i % 64) & 0xffU;
    const std::uint64_t spread = (byte * 0x0101010101010101U) & 0x8040201008040201U;
    const std::uint64_t truths =
        ((spread + 0x7f7f7f7f7f7f7f7fU) | spread) >> 7U & 0x0101010101010101U;
    std::memcpy(cells + i, &truths, 8);
  }
  for (; i < count; ++i) cells[i] = static_cast<std::uint8_t>(bits[i / 64] >> (i % 64) & 1U);
}

void EvaluatorRun::take_values(std::uint32_t expression, std::uint32_t first, std::uint32_t count,
                               VecKind kind, const Vec& result) {
  std::memset(cells(expression, first), static_cast<int>(Outcomes::Kind::value), count);
  Value* const values = this->values(expression, first);
  for (std::uint32_t i = 0; i < count; ++i) {
    // Codes of cells that are bad need not be any.
    if (result.bad != nullptr && (result.bad[i / 64] >> (i % 64) & 1U) != 0) continue;
    const bool wide = kind == VecKind::number;
    values[i] = value_of(kind, wide ? result.numbers()[i] : result.days()[i], result.scale);
  }
}

bool EvaluatorRun::gives_items(std::uint32_t expression) const noexcept {
  return options_.items && plan_.items[expression].list != no_slot;
}

bool EvaluatorRun::item_cells(const Plan::Items& items, std::uint32_t row, std::uint32_t& from,
                              std::uint32_t& end) const {
  const Column& list = batch_.column(items.list);
  if (list.state(row) != CellState::present) return false;
  from = list.offsets()[row];
  end = list.offsets()[row + 1];
  const Column& item = batch_.column(batch_.layout().slot(items.list).first);
  if (item.clean()) return true;
  for (std::uint32_t cell = from; cell < end; ++cell) {
    if (item.state(cell) != CellState::present) return false;
  }
  return true;
}

void EvaluatorRun::note_items(std::uint32_t expression, std::uint32_t row) {
  *cells(expression, row) =
      static_cast<std::uint8_t>(static_cast<unsigned>(Outcomes::Kind::value) | Outcomes::items_bit);
}

std::uint8_t* EvaluatorRun::chosen(std::uint32_t expression, std::uint32_t cell) {
  Outcomes::Chosen& of = out_.chosen_[expression];
  return of.items.data() + (cell - of.first);
}

bool EvaluatorRun::small_items(std::uint32_t expression, std::uint32_t row) {
  const Plan::Items& items = plan_.items[expression];
  std::uint32_t from = 0, end = 0;
  if (!gives_items(expression) || !item_cells(items, row, from, end)) return false;
  if (items.selection != no_vec) {
    const std::uint64_t bits = work_.small.result(items.selection).bits;
    for (std::uint32_t cell = from; cell < end; ++cell) {
      *chosen(expression, cell) = bits >> (cell - from) & 1U;
    }
  }
  note_items(expression, row);
  return true;
}

void EvaluatorRun::take_items(std::uint32_t expression, std::uint32_t first, std::uint32_t count) {
  const Plan::Items& items = plan_.items[expression];
  const std::uint32_t base = batch_.column(items.list).offsets()[first];
  for (std::uint32_t row = first; row < first + count; ++row) {
    std::uint32_t from = 0, end = 0;
    bool known = item_cells(items, row, from, end);
    if (known && items.selection != no_vec) {
      const Vec& selection = work_.plan.result(items.selection);
      for (std::uint32_t cell = from; cell < end; ++cell) {
        const std::uint32_t at = cell - base;
        known =
            known && (selection.bad == nullptr || (selection.bad[at / 64] >> (at % 64) & 1U) == 0);
        *chosen(expression, cell) = selection.bits()[at / 64] >> (at % 64) & 1U;
      }
    }
    if (known) {
      note_items(expression, row);
    } else {
      leave(expression, row);
    }
  }
}

void EvaluatorRun::machine() {
  if (work_.evaluation == nullptr || !same_budget(work_.budget, options_.budget)) {
    work_.evaluation = std::make_unique<Evaluation>(options_.budget);
    work_.budget = options_.budget;
  }
  Evaluation& evaluation = *work_.evaluation;
  std::sort(work_.left.begin(), work_.left.end());
  Value value;
  for (std::size_t i = 0; i < work_.left.size(); ++i) {
    const auto [row, expression] = work_.left[i];
    if (i == 0 || work_.left[i - 1].row != row) {
      work_.row.clear();
      value = batch_.row(row, work_.row);
    }
    evaluation.begin(options_.moment);
    const Value result = evaluator_.program().evaluate(expression, value, evaluation);
    note(expression, row, result, evaluation.warning_count() != 0);
  }
  work_.left.clear();
}

void EvaluatorRun::note(std::uint32_t expression, std::uint32_t row, Value result, bool warned) {
  using Answer = Outcomes::Kind;
  const Answer kind = result.is_null()    ? Answer::null
                      : result.is_true()  ? Answer::yes
                      : result.is_false() ? Answer::no
                                          : Answer::value;
  *cells(expression, row) =
      static_cast<std::uint8_t>(static_cast<unsigned>(kind) | (warned ? Outcomes::warned_bit : 0U));
  if (kind != Answer::value || !options_.values) return;
  const Value kept = copy(arena_, result);
  if (out_.values_[expression].empty()) {
    work_.odd.push_back({expression, row - base_, kept});
  } else {
    *values(expression, row) = kept;
  }
}

bool EvaluatorRun::same_budget(const Budget& a, const Budget& b) noexcept {
  return a.steps == b.steps && a.depth == b.depth && a.list == b.list && a.memory == b.memory &&
         a.regex_steps == b.regex_steps && a.warnings == b.warnings;
}

}  // namespace partnership::feel
