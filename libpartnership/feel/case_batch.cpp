// SPDX-License-Identifier: Apache-2.0
#include "feel/case_batch.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "base/error.hpp"
#include "feel/powers.hpp"

namespace partnership::feel {

namespace {

constexpr std::uint32_t most_cells = 0xfffffffe;
constexpr std::size_t alignment = 16;  // of each column in the block of its level

// With what loops may touch behind the last cell.
std::size_t bytes_of(Storage storage, std::size_t cells) noexcept {
  const std::size_t touched = cells == 1 ? 1 : cells + column_step;
  switch (storage) {
    case Storage::truth:
      return (cells + 63) / 64 * 8;
    case Storage::day:
    case Storage::code:
      return touched * 4;
    case Storage::number:
      return touched * 8;
    case Storage::value:
      return cells * sizeof(Value);
    case Storage::list:
      return (cells + 1) * 4;
    default:
      return 0;
  }
}

// How many of them hold something.
std::size_t used_bytes(Storage storage, std::size_t cells) noexcept {
  switch (storage) {
    case Storage::day:
    case Storage::code:
      return cells * 4;
    case Storage::number:
      return cells * 8;
    default:
      return bytes_of(storage, cells);
  }
}

std::byte* aligned(std::byte* at) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(at);
  return at + (alignment - address % alignment) % alignment;
}

}  // namespace

const Value* Column::other(std::uint32_t cell) const noexcept {
  if (marks == nullptr || marks->others.empty()) return nullptr;
  const auto at = std::ranges::lower_bound(marks->others, cell, {}, &Marks::Other::cell);
  return at != marks->others.end() && at->cell == cell ? &at->value : nullptr;
}

Batch::Batch(std::shared_ptr<const Layout> layout)
    : layout_(std::move(layout)),
      columns_(layout_->slots()),
      levels_(layout_->levels()),
      arena_(std::numeric_limits<std::size_t>::max()) {
  dictionary_.reset(layout_->literals());
}

void Batch::grow(LevelId level) {
  Cells& cells = levels_[level];
  if (cells.capacity == most_cells) {
    throw Error(Code::limit, "more than " + std::to_string(most_cells) + " cases or items");
  }
  // One case is the usual number of cases, and some tens of items that of the items of one case.
  const std::size_t usual = cells.capacity != 0 ? std::size_t{cells.capacity} * 2
                            : level == 0        ? 1
                                                : 32;
  const auto capacity = static_cast<std::uint32_t>(std::min<std::size_t>(usual, most_cells));
  const Level& of = layout_->level(level);
  std::size_t bytes = alignment;
  for (const SlotId slot : of.slots) {
    bytes += bytes_of(layout_->slot(slot).storage, capacity) + alignment;
  }
  auto block = std::make_unique<std::byte[]>(bytes);
  std::byte* next = block.get();
  for (const SlotId slot : of.slots) {
    const Storage storage = layout_->slot(slot).storage;
    next = aligned(next);
    Column& column = columns_[slot];
    if (column.data != nullptr) std::memcpy(next, column.data, used_bytes(storage, cells.count));
    column.data = next;
    next += bytes_of(storage, capacity);
  }
  cells.block = std::move(block);
  cells.bytes = bytes;
  cells.capacity = capacity;
}

// A number whose scale is not the column's.
void Batch::set_scaled(SlotId slot, std::uint32_t cell, std::int64_t coefficient, unsigned scale) {
  Column& column = columns_[slot];
  const Value value = Value::small_number(coefficient, scale);
  column.numbers()[cell] = 0;
  while (scale > column.scale && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  if (scale > column.scale && !rescale(slot, cell, scale)) return set_other(slot, cell, value);
  const std::optional<std::int64_t> scaled = times_power(coefficient, column.scale - scale);
  if (!scaled) return set_other(slot, cell, value);
  column.numbers()[cell] = *scaled;
}

// Gives the numbers before `cell` a greater scale, if all of them bear it. An attempt that fails
// is not made again, so that this takes linear time whatever the numbers.
bool Batch::rescale(SlotId slot, std::uint32_t cell, unsigned scale) {
  Column& column = columns_[slot];
  if (scale > column.most_scale) return false;
  const std::int64_t power = small_powers[scale - column.scale];
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() / power;
  const std::span<std::int64_t> numbers(column.numbers(), cell);
  if (std::ranges::any_of(numbers, [&](std::int64_t n) { return n > most || n < -most; })) {
    column.most_scale = static_cast<std::uint8_t>(scale - 1);
    return false;
  }
  for (std::int64_t& number : numbers) number *= power;
  column.scale = static_cast<std::uint8_t>(scale);
  return true;
}

Marks& Batch::marks(SlotId slot) {
  Column& column = columns_[slot];
  if (column.marks == nullptr) column.marks = std::make_unique<Marks>();
  return *column.marks;
}

// The state of one cell, without the members of a record.
void Batch::mark(SlotId slot, std::uint32_t cell, CellState state) {
  Column& column = columns_[slot];
  column.filled = cell + 1;
  std::vector<CellState>& states = marks(slot).states;
  if (states.size() <= cell) states.resize(std::size_t{cell} + 1, CellState::present);
  states[cell] = state;
  switch (layout_->slot(slot).storage) {
    case Storage::day:
      column.days()[cell] = 0;
      break;
    case Storage::number:
      column.numbers()[cell] = 0;
      break;
    case Storage::code:
      column.codes()[cell] = 0;
      break;
    case Storage::value:
      column.values()[cell] = Value();
      break;
    default:  // a bit is 0 and a list empty already
      break;
  }
}

void Batch::set_state(SlotId slot, std::uint32_t cell, CellState state) {
  mark(slot, cell, state);
  const Slot& of = layout_->slot(slot);
  if (of.storage != Storage::record) return;
  for (SlotId member = of.first; member < of.first + of.count; ++member) {
    set_state(member, cell, CellState::unreachable);
  }
}

void Batch::set_other(SlotId slot, std::uint32_t cell, Value value) {
  marks(slot).others.push_back({cell, value});
  set_state(slot, cell, CellState::other);
}

void Batch::set_extra(SlotId record, std::uint32_t cell, Value members) {
  marks(record).others.push_back({cell, members});
}

void Batch::leave_unset(SlotId record, std::uint32_t cell) {
  const Slot& of = layout_->slot(record);
  for (SlotId member = of.first; member < of.first + of.count; ++member) {
    if (!is_set(member, cell)) set_state(member, cell, CellState::absent);
  }
}

void Batch::finish() {
  for (SlotId slot = 0; slot < columns_.size(); ++slot) {
    if (columns_[slot].marks == nullptr || columns_[slot].marks->states.empty()) continue;
    Marks& marks = *columns_[slot].marks;
    const bool optional = layout_->slot(slot).optional;
    const std::size_t words = (std::size_t{levels_[layout_->slot(slot).level].count} + 63) / 64;
    marks.bad.assign(words, 0);
    marks.null.assign(words, 0);
    for (std::size_t i = 0; i < marks.states.size(); ++i) {
      const CellState state = marks.states[i];
      const std::uint64_t bit = std::uint64_t{1} << (i & 63U);
      if (state == CellState::present) continue;
      marks.bad[i / 64] |= bit;
      if (state == CellState::null || (state == CellState::absent && optional)) {
        marks.null[i / 64] |= bit;
      }
    }
  }
  finished_ = true;
}

void Batch::clear() {
  for (Column& column : columns_) {
    column.scale = 0;
    column.most_scale = most_scale;
    column.filled = 0;
    if (column.marks == nullptr) continue;
    column.marks->states.clear();
    column.marks->others.clear();
    column.marks->bad.clear();
    column.marks->null.clear();
  }
  for (Cells& cells : levels_) cells.count = 0;
  dictionary_.reset(layout_->literals());
  arena_.clear();
  finished_ = false;
}

std::size_t Batch::memory() const noexcept {
  std::size_t bytes = sizeof(Batch) + columns_.capacity() * sizeof(Column) + arena_.size() +
                      dictionary_.memory() + levels_.capacity() * sizeof(Cells);
  for (const Cells& cells : levels_) bytes += cells.bytes;
  for (const Column& column : columns_) {
    if (column.marks == nullptr) continue;
    const Marks& marks = *column.marks;
    bytes += sizeof(Marks) + marks.states.capacity() +
             marks.others.capacity() * sizeof(Marks::Other) +
             (marks.bad.capacity() + marks.null.capacity()) * 8;
  }
  return bytes;
}

}  // namespace partnership::feel
