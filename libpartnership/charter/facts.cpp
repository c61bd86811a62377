// SPDX-License-Identifier: Apache-2.0
#include "charter/facts.hpp"

#include <algorithm>
#include <limits>

#include "feel/temporal.hpp"

namespace partnership::charter {

namespace {

using feel::CellState;
using feel::Column;
using ValueKind = feel::Kind;
using feel::Storage;
using feel::Value;

bool blank(std::string_view text) noexcept {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool same_budget(const feel::Budget& a, const feel::Budget& b) noexcept {
  return a.steps == b.steps && a.depth == b.depth && a.list == b.list && a.memory == b.memory &&
         a.regex_steps == b.regex_steps && a.warnings == b.warnings;
}

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

}  // namespace

Facts::Facts() : case_arena_(no_limit), cell_arena_(no_limit) {}

std::size_t Facts::memory() const noexcept {
  return workspace_.memory() + outcomes_.memory() + bits_.capacity() * sizeof(std::uint64_t) +
         case_arena_.size() + cell_arena_.size() + days_.capacity() * sizeof(Date) +
         (evaluation_ == nullptr ? 0 : evaluation_->arena().size());
}

void Facts::read(const Engine& engine, const feel::ExpressionSet& set, const feel::Batch& batch,
                 std::uint32_t first, std::uint32_t rows, const feel::RunOptions& options,
                 bool all) {
  engine_ = &engine;
  set_ = &set;
  batch_ = &batch;
  first_ = first;
  rows_ = rows;
  row_ = 0;
  moment_ = options.moment;
  case_row_ = 0xffffffff;
  if (evaluation_ != nullptr && !same_budget(budget_, options.budget)) evaluation_.reset();
  budget_ = options.budget;
  feel::RunOptions needed = options;
  needed.threads = 1;
  needed.items = true;
  needed.skip = engine.skip[all ? 1 : 0];
  find_missing();
  if (some_missing_) needed.unasked = missing_;
  set.evaluator().run(batch, first, rows, needed, workspace_, outcomes_);
}

void Facts::note(Part part, Term term, Known known, Date day) {
  if (notes_ != nullptr) notes_->push_back({part, known, norm_, term, day});
}

// ---- dates

DateFact Facts::date_of(Value value) noexcept {
  switch (value.kind()) {
    case ValueKind::null:
      return {Known::null};
    case ValueKind::date:
      return known_day(value.days());
    case ValueKind::date_time:
      return known_day(value.date_time().days);
    default:
      return {Known::no_answer};
  }
}

DateFact Facts::other_date(Part part, Term term) {
  const DateFact out = find_date(term);
  if (notes_ != nullptr) note(part, term, out.known, out.day);
  return out;
}

DateFact Facts::find_date(Term term) {
  if (missing(term)) return {Known::missing};
  const TermPlan& plan = engine_->terms[term];
  if (plan.way == TermPlan::Way::column) {
    const Column& column = batch_->column(plan.slot);
    const std::uint32_t row = first_ + row_;
    const CellState state = column.clean() ? CellState::present : column.state(row);
    if (state == CellState::present && plan.storage == Storage::day) {
      return known_day(column.days()[row]);
    }
    if (state == CellState::null) return {Known::null};
  }
  const ValueFact value = find_value(term);
  return value.known == Known::value ? date_of(value.value) : DateFact{value.known};
}

// ---- truths, reasons, lengths

TruthFact Facts::other_truth(Part part, Term term) {
  const TruthFact out = find_truth(term);
  if (notes_ != nullptr) note(part, term, out.known);
  return out;
}

TruthFact Facts::find_truth(Term term) {
  if (missing(term)) return {Known::missing};
  if (engine_->terms[term].way == TermPlan::Way::set) {
    return truth_of(outcomes_.column(term)[row_]);
  }
  const ValueFact value = find_value(term);
  if (value.known != Known::value || !value.value.is(ValueKind::boolean)) return {Known::no_answer};
  return {Known::value, value.value.boolean()};
}

TruthFact Facts::reason(Part part, Term term) {
  const ValueFact value = find_value(term);
  TruthFact out{value.known, false};
  if (value.known == Known::null) {
    out.known = Known::value;
  } else if (value.known == Known::value) {
    if (value.value.is(ValueKind::string)) {
      out.value = !blank(value.value.text());
    } else if (value.value.is(ValueKind::boolean)) {
      out.value = value.value.boolean();
    } else {
      out.known = Known::no_answer;
    }
  }
  if (notes_ != nullptr) note(part, term, out.known);
  return out;
}

LengthFact Facts::length(Part part, const PeriodPlan& period) {
  if (period.feel == no_expression) return {Known::value, period.length};
  const ValueFact value = find_value(period.feel);
  LengthFact out{value.known, {}};
  if (value.known == Known::null) out.known = Known::no_answer;
  if (value.known == Known::value) {
    if (const auto length = length_of(value.value)) {
      out.length = *length;
    } else {
      out.known = Known::no_answer;
    }
  }
  if (notes_ != nullptr) note(part, period.feel, out.known);
  return out;
}

// ---- any value

ValueFact Facts::value(Part part, Term term) {
  const ValueFact out = find_value(term);
  if (notes_ != nullptr) note(part, term, out.known);
  return out;
}

ValueFact Facts::find_value(Term term) {
  if (missing(term)) return {Known::missing, {}};
  const TermPlan& plan = engine_->terms[term];
  switch (plan.way) {
    case TermPlan::Way::column:
      return column_value(term, plan.slot);
    case TermPlan::Way::items:
      if (plan.all || outcomes_.is_items(term, row_)) return ask(term);
      [[fallthrough]];
    case TermPlan::Way::set: {
      const auto outcome = outcomes_.at(term, row_);
      if (outcome.warned) return {Known::no_answer, {}};
      const Value value = outcomes_.value(term, row_);
      return {value.is_null() ? Known::null : Known::value, value};
    }
    default:
      return ask(term);
  }
}

ValueFact Facts::column_value(Term term, feel::SlotId slot) {
  const Column& column = batch_->column(slot);
  const std::uint32_t row = first_ + row_;
  const CellState state = column.clean() ? CellState::present : column.state(row);
  if (state == CellState::null) return {Known::null, {}};
  if (state == CellState::absent && engine_->terms[term].optional) return {Known::null, {}};
  if (state != CellState::present) return ask(term);
  switch (engine_->terms[term].storage) {
    case Storage::truth:
      return {Known::value, Value::boolean((column.words()[row / 64] >> (row % 64) & 1U) != 0)};
    case Storage::day:
      return {Known::value, Value::date(column.days()[row])};
    case Storage::number:
      return {Known::value, Value::small_number(column.numbers()[row], column.scale)};
    case Storage::code:
      return {Known::value, Value::string(batch_->dictionary().text(column.codes()[row]))};
    case Storage::value:
      return {Known::value, column.values()[row]};
    default:
      cell_arena_.clear();
      return {Known::value, batch_->cell(slot, row, cell_arena_)};
  }
}

// The value as the machine gives it, until the next call.
ValueFact Facts::ask(Term term) {
  if (evaluation_ == nullptr) evaluation_ = std::make_unique<feel::Evaluation>(budget_);
  const std::uint32_t row = first_ + row_;
  if (case_row_ != row) {
    case_row_ = 0xffffffff;
    case_arena_.clear();
    case_ = batch_->row(row, case_arena_);
    case_row_ = row;
  }
  evaluation_->begin(moment_);
  const Value value = set_->program().evaluate(term, case_, *evaluation_);
  if (evaluation_->warning_count() != 0) return {Known::no_answer, {}};
  return {value.is_null() ? Known::null : Known::value, value};
}

}  // namespace partnership::charter
