// SPDX-License-Identifier: Apache-2.0
//
// Recurrences and coverages.
#include <algorithm>

#include "charter/shapes.hpp"

namespace partnership::charter {

namespace {

void set(Finding& out, Outcome outcome, State state, Why why, Date due = date_none) noexcept {
  out.outcome = outcome;
  out.state = state;
  out.why = why;
  out.due = due;
}
void undetermined(Finding& out, Known known) noexcept {
  set(out, Outcome::undetermined, State::none,
      known == Known::missing ? Why::missing_facts : Why::no_answer);
}
void met(Finding& out, Why why, Date due = date_none) noexcept {
  set(out, Outcome::met, State::fulfilled, why, due);
}
void not_met(Finding& out, State state, Why why, Date due) noexcept {
  set(out, Outcome::not_met, state, why, due);
}
void pending(Finding& out, Date due) noexcept {
  set(out, Outcome::pending, State::pending, Why::open, due);
}

}  // namespace

// ---- recurrence

void Shapes::recurrence(const RecurrencePlan& plan, Finding& out) {
  Run run{date_none, on_, false, {}};
  if (!begins(Part::from, plan.from, run.from, out)) return;
  if (plan.to != no_expression) {
    const DateFact to = facts_.date(Part::to, plan.to);
    if (to.known == Known::missing || to.known == Known::no_answer) {
      return undetermined(out, to.known);
    }
    run.ended = to.known == Known::value && to.day <= on_;
    if (run.ended) run.end = to.day;
  }
  if (run.end < run.from) return undetermined(out, Known::no_answer);
  const bool counted = plan.calendar_year;
  const LengthFact period = counted ? LengthFact{Known::value, {}}
                                    : facts_.length(plan.gap ? Part::gap : Part::per, plan.period);
  if (period.known != Known::value) return undetermined(out, period.known);
  const Facts::Dates dates = facts_.dates(Part::of, plan.of, run.from, run.end);
  if (dates.known != Known::value) return undetermined(out, dates.known);
  run.days = dates.days;
  if (plan.gap) return gaps(period.length, run, out);
  counts(plan, period.length, run, out);
}

void Shapes::gaps(const Length& gap, const Run& run, Finding& out) {
  Date last = run.from;
  Date due = day_after(last, gap, calendar_);
  const auto spans = [&](Date next) {
    measures_.span_from = last;
    measures_.span_to = next;
  };
  for (const Date day : run.days) {
    if (day == last) continue;
    spans(day);
    if (due == date_none) return undetermined(out, Known::no_answer);
    if (due < day) return not_met(out, State::violated, Why::gap, due);
    last = day;
    due = day_after(last, gap, calendar_);
  }
  if (run.ended && last == run.end) return met(out, Why::gap);
  spans(run.ended ? run.end : on_);
  if (due == date_none) return undetermined(out, Known::no_answer);
  if (run.ended) {
    if (due < run.end) return not_met(out, State::violated, Why::gap, due);
    return met(out, Why::gap);
  }
  if (due < on_) return not_met(out, State::overdue, Why::gap, due);
  if (run.days.empty()) return pending(out, due);
  met(out, Why::gap, due);
}

// Where period k begins; date_none: on no day. May be the day after the last.
Date Shapes::period_from(const RecurrencePlan& plan, const Length& per, Date from,
                         std::int64_t k) const {
  if (k == 0) return from;
  if (!plan.calendar_year) return day_after(from, per, calendar_, k);
  const std::int64_t year = ymd_of(from).year + k;
  if (year == 10'000) return date_max + 1;
  return year > 10'000 ? date_none : *date_from({static_cast<std::int32_t>(year), 1, 1});
}

// Each period has enough days, or the answer is found: there are no more of them than days.
void Shapes::counts(const RecurrencePlan& plan, const Length& per, const Run& run, Finding& out) {
  std::size_t at = 0;
  Date begin = run.from;
  for (std::int64_t k = 0; begin <= run.end; ++k) {
    const Date next = period_from(plan, per, run.from, k + 1);
    if (next == date_none || next <= begin) return undetermined(out, Known::no_answer);
    std::int64_t count = 0;
    for (; at < run.days.size() && run.days[at] < next; ++at) ++count;
    const Date last = next - 1;
    measures_.span_from = begin;
    measures_.span_to = last;
    measures_.count = count;
    if (count < plan.at_least) {
      // One that the end cut short asks for nothing.
      if (run.ended && last > run.end) return met(out, Why::count);
      if (on_ <= last) return pending(out, last);
      return not_met(out, State::violated, Why::count, last);
    }
    begin = next;
  }
  met(out, Why::count);
}

// ---- coverage

void Shapes::coverage(const CoveragePlan& plan, Finding& out) {
  filled_.assign(plan.rows.values.size() * plan.columns.values.size(), 0);
  row_possible_.assign(plan.rows.values.size(), 0);
  column_possible_.assign(plan.columns.values.size(), 0);
  all_possible_ = false;
  const Known known = fill_cells(plan);
  if (known != Known::value) return undetermined(out, known);
  asked_cells_ = true;
  const Covered found = covered(plan);
  if (found.all) return met(out, Why::cells);
  if (found.possible) return undetermined(out, Known::missing);
  not_so(plan.by, Why::cells, out);
}

Known Shapes::fill_cells(const CoveragePlan& plan) {
  Facts::Cells cells;
  if (plan.rows.slot == feel::no_slot || plan.columns.slot == feel::no_slot ||
      !facts_.cells(Part::of, plan.of, cells)) {
    return fill_values(plan);
  }
  if (cells.known != Known::value) return cells.known;
  const Facts::Texts rows = facts_.texts(plan.rows.slot);
  const Facts::Texts columns = facts_.texts(plan.columns.slot);
  for (std::uint32_t cell = cells.from; cell < cells.end; ++cell) {
    if (facts_.is_chosen(plan.of, cell)) fill(plan, rows.at(cell), columns.at(cell));
  }
  return Known::value;
}

Known Shapes::fill_values(const CoveragePlan& plan) {
  const ValueFact fact = facts_.value(Part::of, plan.of);
  if (fact.known == Known::missing) return Known::missing;
  if (fact.known != Known::value) return Known::no_answer;
  const auto text = [](const feel::Context& context, const CoveragePlan::Axis& axis) {
    const feel::Value* const value = context.find(axis.member);
    if (value == nullptr || value->is_null()) {
      return Facts::TextFact{axis.optional ? Known::null : Known::missing, {}};
    }
    if (!value->is(feel::Kind::string)) return Facts::TextFact{};
    return Facts::TextFact{Known::value, value->text()};
  };
  const auto items = fact.value.is(feel::Kind::list) ? fact.value.items()
                                                     : std::span<const feel::Value>(&fact.value, 1);
  for (const feel::Value item : items) {
    if (!item.is(feel::Kind::context)) return Known::no_answer;
    fill(plan, text(item.context(), plan.rows), text(item.context(), plan.columns));
  }
  return Known::value;
}

void Shapes::fill(const CoveragePlan& plan, const Facts::TextFact& row,
                  const Facts::TextFact& column) {
  if (row.known == Known::null || column.known == Known::null) return;
  const bool row_known = row.known == Known::value, column_known = column.known == Known::value;
  const std::size_t i = row_known ? plan.rows.values.find(row.text) : 0;
  const std::size_t j = column_known ? plan.columns.values.find(column.text) : 0;
  if (i == plan.rows.values.size() || j == plan.columns.values.size()) return;
  if (row_known && column_known) {
    filled_[i * plan.columns.values.size() + j] = 1;
  } else if (row_known) {
    row_possible_[i] = 1;
  } else if (column_known) {
    column_possible_[j] = 1;
  } else {
    all_possible_ = true;
  }
}

void Shapes::ask_cell(const CoveragePlan& plan, std::size_t row, std::size_t column,
                      Covered& out) const {
  if (filled_[row * plan.columns.values.size() + column] != 0) return;
  out.all = false;
  out.possible =
      out.possible || all_possible_ || row_possible_[row] != 0 || column_possible_[column] != 0;
}

Shapes::Covered Shapes::covered(const CoveragePlan& plan) const {
  const std::size_t rows = plan.rows.values.size(), columns = plan.columns.values.size();
  Covered out;
  const auto some = [](const std::vector<std::uint8_t>& marks) {
    return std::ranges::any_of(marks, [](std::uint8_t mark) { return mark != 0; });
  };
  switch (plan.required) {
    case Coverage::Required::cells:
      for (const auto& [row, column] : plan.cells) ask_cell(plan, row, column, out);
      break;
    case Coverage::Required::every_cell:
      for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) ask_cell(plan, row, column, out);
      }
      break;
    case Coverage::Required::every_row:
      for (std::size_t row = 0; row < rows; ++row) {
        const auto first = filled_.begin() + static_cast<std::ptrdiff_t>(row * columns);
        if (std::any_of(first, first + static_cast<std::ptrdiff_t>(columns),
                        [](std::uint8_t mark) { return mark != 0; })) {
          continue;
        }
        out.all = false;
        out.possible =
            out.possible || all_possible_ || row_possible_[row] != 0 || some(column_possible_);
      }
      break;
    case Coverage::Required::every_column:
      for (std::size_t column = 0; column < columns; ++column) {
        bool found = false;
        for (std::size_t row = 0; row < rows; ++row) {
          found = found || filled_[row * columns + column] != 0;
        }
        if (found) continue;
        out.all = false;
        out.possible =
            out.possible || all_possible_ || column_possible_[column] != 0 || some(row_possible_);
      }
      break;
  }
  return out;
}

void Shapes::lacking(const CoveragePlan& plan,
                     std::vector<std::pair<std::uint32_t, std::uint32_t>>& out) const {
  if (!asked_cells_) return;
  const auto rows = static_cast<std::uint32_t>(plan.rows.values.size());
  const auto columns = static_cast<std::uint32_t>(plan.columns.values.size());
  const auto filled = [&](std::uint32_t row, std::uint32_t column) {
    return filled_[std::size_t{row} * columns + column] != 0;
  };
  switch (plan.required) {
    case Coverage::Required::cells:
      for (const auto& cell : plan.cells) {
        if (!filled(cell.first, cell.second)) out.push_back(cell);
      }
      break;
    case Coverage::Required::every_cell:
      for (std::uint32_t row = 0; row < rows; ++row) {
        for (std::uint32_t column = 0; column < columns; ++column) {
          if (!filled(row, column)) out.emplace_back(row, column);
        }
      }
      break;
    case Coverage::Required::every_row:
      for (std::uint32_t row = 0; row < rows; ++row) {
        bool some = false;
        for (std::uint32_t column = 0; column < columns; ++column)
          some = some || filled(row, column);
        if (!some) out.emplace_back(row, any_value);
      }
      break;
    case Coverage::Required::every_column:
      for (std::uint32_t column = 0; column < columns; ++column) {
        bool some = false;
        for (std::uint32_t row = 0; row < rows; ++row) some = some || filled(row, column);
        if (!some) out.emplace_back(any_value, column);
      }
      break;
  }
}

}  // namespace partnership::charter
