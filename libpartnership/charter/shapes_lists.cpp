// SPDX-License-Identifier: Apache-2.0
//
// Recurrences and coverages.
#include <algorithm>

#include "charter/shapes.hpp"

namespace partnership::charter {

namespace {

Finding undetermined(Known known) noexcept {
  const Why why = known == Known::missing ? Why::missing_facts : Why::no_answer;
  return {Outcome::undetermined, State::none, why};
}
constexpr Finding no_answer{Outcome::undetermined, State::none, Why::no_answer};

Finding met(Why why, Date due = date_none) noexcept {
  return {Outcome::met, State::fulfilled, why, -1, due};
}
Finding pending(Date due) noexcept {
  return {Outcome::pending, State::pending, Why::open, -1, due};
}

}  // namespace

// ---- recurrence

Finding Shapes::recurrence(const RecurrencePlan& plan) {
  Date from = date_none;
  Finding out;
  if (!begins(Part::from, plan.from, from, out)) return out;
  Date end = on_;
  bool ended = false;
  if (plan.to != no_expression) {
    const DateFact to = facts_.date(Part::to, plan.to);
    if (to.known == Known::missing || to.known == Known::no_answer) return undetermined(to.known);
    ended = to.known == Known::value && to.day <= on_;
    if (ended) end = to.day;
  }
  if (end < from) return no_answer;
  LengthFact period{Known::value, {}};
  if (!plan.calendar_year) {
    period = facts_.length(plan.gap ? Part::gap : Part::per, plan.period);
    if (period.known != Known::value) return undetermined(period.known);
  }
  const Facts::Dates dates = facts_.dates(Part::of, plan.of, from, end);
  if (dates.known != Known::value) return undetermined(dates.known);
  const Run run{from, end, ended, dates.days};
  return plan.gap ? gaps(period.length, run) : counts(plan, period.length, run);
}

Finding Shapes::gaps(const Length& gap, const Run& run) {
  Date last = run.from;
  std::optional<Date> due;
  const auto broken = [&](Date next) {
    due = day_after(last, gap, calendar_);
    measures_.span_from = last;
    measures_.span_to = next;
    return due && *due < next;
  };
  const auto not_met = [&](State state) {
    return Finding{Outcome::not_met, state, Why::gap, -1, *due};
  };
  for (const Date day : run.days) {
    if (day == last) continue;
    if (broken(day)) return not_met(State::violated);
    if (!due) return no_answer;
    last = day;
  }
  if (run.ended) {
    if (last == run.end) return met(Why::gap);
    if (broken(run.end)) return not_met(State::violated);
    return due ? met(Why::gap) : no_answer;
  }
  if (broken(on_)) return not_met(State::overdue);
  if (!due) return no_answer;
  return run.days.empty() ? pending(*due) : met(Why::gap, *due);
}

// Where period k begins; false: on no day.
bool Shapes::period_from(const RecurrencePlan& plan, const Length& per, Date from, std::int64_t k,
                         std::int64_t& begin) const {
  begin = from;
  if (k == 0) return true;
  std::optional<Date> day;
  if (plan.calendar_year) {
    const std::int64_t year = ymd_of(from).year + k;
    if (year == 10'000) {  // the day after the last
      begin = std::int64_t{date_max} + 1;
      return true;
    }
    if (year < 10'000) day = date_from({static_cast<std::int32_t>(year), 1, 1});
  } else {
    day = day_after(from, per, calendar_, k);
  }
  if (!day) return false;
  begin = *day;
  return true;
}

// Each period has enough days, or the answer is found: there are no more of them than days.
Finding Shapes::counts(const RecurrencePlan& plan, const Length& per, const Run& run) {
  std::size_t at = 0;
  std::int64_t begin = run.from, next = run.from;
  for (std::int64_t k = 0;; ++k) {
    begin = next;
    if (begin > run.end) return met(Why::count);
    if (!period_from(plan, per, run.from, k + 1, next) || next <= begin) return no_answer;
    std::int64_t count = 0;
    for (; at < run.days.size() && run.days[at] < next; ++at) ++count;
    const auto last = static_cast<Date>(next - 1);
    const bool whole = last <= run.end;
    measures_.span_from = static_cast<Date>(begin);
    measures_.span_to = last;
    measures_.count = count;
    if (count < plan.at_least) {
      if (!whole && run.ended) return met(Why::count);  // cut short: it asks for nothing
      if (on_ <= last) return pending(last);
      return {Outcome::not_met, State::violated, Why::count, -1, last};
    }
    if (!whole) return met(Why::count);
  }
}

// ---- coverage

Finding Shapes::coverage(const CoveragePlan& plan) {
  filled_.assign(plan.rows.values.size() * plan.columns.values.size(), 0);
  row_possible_.assign(plan.rows.values.size(), 0);
  column_possible_.assign(plan.columns.values.size(), 0);
  all_possible_ = false;
  const bool direct = plan.rows.slot != feel::no_slot && plan.columns.slot != feel::no_slot &&
                      facts_.in_column(plan.of);
  const Known known = direct ? fill_cells(plan) : fill_values(plan);
  if (known != Known::value) return undetermined(known);
  asked_cells_ = true;
  const Covered found = covered(plan);
  if (found.all) return met(Why::cells);
  if (found.possible) return undetermined(Known::missing);
  return not_so(plan.by, Why::cells);
}

Known Shapes::fill_cells(const CoveragePlan& plan) {
  const Facts::Cells cells = facts_.cells(Part::of, plan.of);
  if (cells.known != Known::value) return cells.known;
  for (std::uint32_t cell = cells.from; cell < cells.end; ++cell) {
    fill(plan, facts_.text(plan.rows.slot, cell), facts_.text(plan.columns.slot, cell));
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

void Shapes::fill(const CoveragePlan& plan, Facts::TextFact row, Facts::TextFact column) {
  if (row.known == Known::null || column.known == Known::null) return;
  const auto at = [](const CoveragePlan::Axis& axis, std::string_view text) {
    return static_cast<std::size_t>(std::ranges::find(axis.values, text) - axis.values.begin());
  };
  const bool row_known = row.known == Known::value, column_known = column.known == Known::value;
  const std::size_t i = row_known ? at(plan.rows, row.text) : 0;
  const std::size_t j = column_known ? at(plan.columns, column.text) : 0;
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
