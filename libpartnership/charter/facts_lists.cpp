// SPDX-License-Identifier: Apache-2.0
//
// Lists, and which facts are missing.
#include <algorithm>
#include <bit>

#include "charter/facts.hpp"

namespace partnership::charter {

namespace {

using feel::CellState;
using feel::Column;
using ValueKind = feel::Kind;
using feel::LevelId;
using feel::Slot;
using feel::SlotId;
using feel::Storage;
using feel::Value;

bool blank(std::string_view text) noexcept {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

// ---- lists of dates

Facts::Dates Facts::dates(Part part, Term term, Date from, Date until) {
  days_.clear();
  const Known known = find_dates(term, from, until);
  if (!std::is_sorted(days_.begin(), days_.end())) std::sort(days_.begin(), days_.end());
  if (notes_ != nullptr) note(part, term, known);
  return {known, days_};
}

void Facts::add_date(DateFact date, Date from, Date until) {
  if (date.known == Known::value && date.day >= from && date.day <= until) {
    days_.push_back(date.day);
  }
}

// Of a list of the case that is there, with all its items.
bool Facts::item_cells(Term term, Cells& out) const {
  const TermPlan& plan = engine_->terms[term];
  const feel::Layout& layout = batch_->layout();
  SlotId list = plan.list;
  if (plan.way == TermPlan::Way::column) {
    list = plan.slot;
    if (layout.slot(list).storage != Storage::list) return false;
  } else if (plan.way != TermPlan::Way::items || (!plan.all && !outcomes_.is_items(term, row_))) {
    return false;
  }
  const Column& column = batch_->column(list);
  const std::uint32_t row = first_ + row_;
  if (!column.clean() && column.state(row) != CellState::present) return false;
  out = {Known::value, column.offsets()[row], column.offsets()[row + 1]};
  const Column& items = batch_->column(layout.slot(list).first);
  if (items.clean() || layout.slot(list).first == plan.slot) return true;
  for (std::uint32_t cell = out.from; cell < out.end; ++cell) {
    if (items.state(cell) != CellState::present) return false;
  }
  return true;
}

bool Facts::add_dates(Term term, const Cells& cells, Date from, Date until) {
  const TermPlan& plan = engine_->terms[term];
  const feel::Layout& layout = batch_->layout();
  const SlotId slot = plan.way == TermPlan::Way::column ? layout.slot(plan.slot).first : plan.slot;
  if (layout.slot(slot).storage != Storage::day) return false;
  const Column& items = batch_->column(slot);
  if (items.clean()) {
    // Which of them lie in the days is as good as random: no branch.
    days_.resize(cells.end - cells.from);
    std::size_t count = 0;
    for (std::uint32_t cell = cells.from; cell < cells.end; ++cell) {
      const Date day = items.days()[cell];
      days_[count] = day;
      count += static_cast<std::size_t>(day >= from) & static_cast<std::size_t>(day <= until) &
               static_cast<std::size_t>(is_chosen(term, cell));
    }
    days_.resize(count);
    return true;
  }
  for (std::uint32_t cell = cells.from; cell < cells.end; ++cell) {
    if (!is_chosen(term, cell)) continue;
    const CellState state = items.state(cell);
    if (state == CellState::present) {
      add_date({Known::value, items.days()[cell]}, from, until);
    } else if (state != CellState::null &&
               !(state == CellState::absent && layout.slot(slot).optional)) {
      return false;
    }
  }
  return true;
}

Known Facts::find_dates(Term term, Date from, Date until) {
  if (missing(term)) return Known::missing;
  Cells cells;
  if (item_cells(term, cells)) {
    if (add_dates(term, cells, from, until)) return Known::value;
    days_.clear();
  }
  const ValueFact value = find_value(term);
  if (value.known != Known::value) {
    return value.known == Known::missing ? Known::missing : Known::no_answer;
  }
  // A list of one is the same as its item.
  const std::span<const Value> items = value.value.is(ValueKind::list)
                                           ? value.value.items()
                                           : std::span<const Value>(&value.value, 1);
  for (const Value item : items) {
    const DateFact date = date_of(item);
    if (date.known == Known::no_answer) return Known::no_answer;
    add_date(date, from, until);
  }
  return Known::value;
}

// ---- lists of contexts

bool Facts::cells(Part part, Term term, Cells& out) {
  if (missing(term)) {
    out.known = Known::missing;
  } else if (!item_cells(term, out)) {
    return false;
  }
  if (notes_ != nullptr) note(part, term, out.known);
  return true;
}

// ---- evidence

TruthFact Facts::exists(SlotId slot, Date on) {
  const Column& column = batch_->column(slot);
  const Slot& of = batch_->layout().slot(slot);
  const std::uint32_t row = first_ + row_;
  TruthFact out{Known::value, false};
  switch (column.state(row)) {
    case CellState::present:
      break;
    case CellState::null:
      if (!of.optional && null_is_missing(*of.type)) out.known = Known::missing;
      break;
    case CellState::absent:
      if (!of.optional) out.known = Known::missing;
      break;
    default:
      out.value = true;
      break;
  }
  if (column.state(row) == CellState::present) {
    switch (of.storage) {
      case Storage::truth:
        out.value = (column.words()[row / 64] >> (row % 64) & 1U) != 0;
        break;
      case Storage::day:
        out.value = column.days()[row] <= on;
        break;
      case Storage::code:
        out.value = !blank(batch_->dictionary().text(column.codes()[row]));
        break;
      case Storage::list:
        out.value = column.offsets()[row] != column.offsets()[row + 1];
        break;
      case Storage::value: {
        const Value value = column.values()[row];
        const DateFact date = date_of(value);
        out.value = value.is(ValueKind::string)  ? !blank(value.text())
                    : date.known == Known::value ? date.day <= on
                                                 : true;
        break;
      }
      default:
        out.value = true;
        break;
    }
  }
  const bool lacking = out.known == Known::value && !out.value;
  note(Part::evidence, slot - batch_->layout().slot(0).first, lacking ? Known::null : out.known);
  return out;
}

// ---- missing facts

Facts::Range Facts::cells_of(LevelId level, Range rows) const noexcept {
  if (level == 0) return rows;
  const feel::Level& of = batch_->layout().level(level);
  const Range parents = cells_of(of.parent, rows);  // as deep as types go
  if (parents.from == parents.end) return {0, 0};
  const std::uint32_t* const offsets = batch_->column(of.list).offsets();
  return {offsets[parents.from], offsets[parents.end]};
}

std::uint32_t Facts::row_of(LevelId level, std::uint32_t cell) const noexcept {
  while (level != 0) {
    const feel::Level& of = batch_->layout().level(level);
    const std::uint32_t* const offsets = batch_->column(of.list).offsets();
    const std::uint32_t* const end = offsets + batch_->cells(of.parent) + 1;
    cell = static_cast<std::uint32_t>(std::upper_bound(offsets, end, cell) - offsets) - 1;
    level = of.parent;
  }
  return cell;
}

void Facts::find_missing_cells(std::size_t watched, std::uint64_t* bits) const {
  const auto [slot, null_is_missing] = engine_->watched[watched];
  const Column& column = batch_->column(slot);
  const LevelId level = batch_->layout().slot(slot).level;
  const Range cells = cells_of(level, {first_, first_ + rows_});
  const std::vector<std::uint64_t>& bad = column.marks->bad;
  for (std::uint32_t cell = cells.from; cell < cells.end;) {
    const std::uint64_t word = bad[cell / 64] >> (cell % 64);
    if (word == 0) {
      cell = (cell / 64 + 1) * 64;
      continue;
    }
    cell += static_cast<std::uint32_t>(std::countr_zero(word));
    if (cell >= cells.end) break;
    const CellState state = column.state(cell);
    if (state == CellState::absent || (state == CellState::null && null_is_missing)) {
      const std::uint32_t row = row_of(level, cell) - first_;
      bits[row / 64] |= std::uint64_t{1} << (row % 64);
    }
    ++cell;
  }
}

void Facts::find_missing() {
  some_missing_ = false;
  const std::vector<Engine::Watched>& watched = engine_->watched;
  const bool clean = std::ranges::all_of(
      watched, [&](const Engine::Watched& each) { return batch_->column(each.slot).clean(); });
  if (clean) return;
  // Of each fact, then of each expression, a bit a row.
  const std::size_t words = (std::size_t{rows_} + 63) / 64;
  const std::size_t terms = engine_->terms.size();
  bits_.assign((watched.size() + terms) * words, 0);
  std::vector<std::uint64_t>& bits = bits_;
  const auto some = [&](const std::uint64_t* of) {
    return std::any_of(of, of + words, [](std::uint64_t word) { return word != 0; });
  };
  for (std::size_t i = 0; i < watched.size(); ++i) {
    if (batch_->column(watched[i].slot).clean()) continue;
    find_missing_cells(i, bits.data() + i * words);
    some_missing_ = some_missing_ || some(bits.data() + i * words);
  }
  if (!some_missing_) return;
  missing_.assign(terms, nullptr);
  for (std::size_t term = 0; term < terms; ++term) {
    const TermPlan& plan = engine_->terms[term];
    std::uint64_t* const own = bits.data() + (watched.size() + term) * words;
    for (std::uint32_t i = plan.first; i < plan.first + plan.count; ++i) {
      const std::uint64_t* const of = bits.data() + std::size_t{engine_->mentions[i]} * words;
      for (std::size_t word = 0; word < words; ++word) own[word] |= of[word];
    }
    if (some(own)) missing_[term] = own;
  }
}

}  // namespace partnership::charter
