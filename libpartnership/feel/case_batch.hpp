// SPDX-License-Identifier: Apache-2.0
//
// Cases in columns. A prepared case is a batch of one. CaseReader (case_json.hpp), CaseBuilder
// (case_builder.hpp) and read_columns (case_arrow.hpp) fill it; once finished it never changes
// until it is cleared, and may be shared between threads.
//
// What it will not do: change a cell, or hold more than 2^32 - 2 cells of one level.
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "feel/arena.hpp"
#include "feel/case_dictionary.hpp"
#include "feel/case_layout.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// Some three million years: the difference of two such days fits int32, too.
inline constexpr std::int64_t most_column_day = (std::int64_t{1} << 30) - 1;

// Cells that may be read, but say nothing, behind the last one of every column, so that loops over
// columns go in steps of so many.
inline constexpr std::size_t column_step = 16;

enum class CellState : std::uint8_t {
  present,      // a value of the declared type lies in the column
  null,         //
  absent,       // the record has no such member
  unreachable,  // the record itself is null, absent or other
  other,        // a value that does not fit the column; it lies in `others`
};

// What is odd about some cells of a column.
struct Marks {
  std::vector<CellState> states;  // behind the last one every cell is present
  // Values that do not fit, by cell in rising order; for a record that is present: a context of the
  // members that its type does not name.
  struct Other {
    std::uint32_t cell;
    Value value;
  };
  std::vector<Other> others;
  // Made by finish(): which cells have no present value, and which of these are null without a
  // doubt. Empty when every cell is present.
  std::vector<std::uint64_t> bad, null;
};

struct Column {
  std::byte* data = nullptr;     // cells of the slot's storage
  std::unique_ptr<Marks> marks;  // nullptr: none yet
  std::uint32_t filled = 0;      // the last cell that was set, plus 1
  std::uint8_t scale = 0;        // of a column of numbers
  std::uint8_t most_scale = 18;  // the greatest that its numbers are known to bear

  // Of a finished batch: whether every cell is present.
  bool clean() const noexcept { return marks == nullptr || marks->bad.empty(); }
  CellState state(std::uint32_t cell) const noexcept {
    return marks != nullptr && cell < marks->states.size() ? marks->states[cell]
                                                           : CellState::present;
  }
  const Value* other(std::uint32_t cell) const noexcept;  // nullptr: none

  std::uint64_t* words() const noexcept { return reinterpret_cast<std::uint64_t*>(data); }
  std::int32_t* days() const noexcept { return reinterpret_cast<std::int32_t*>(data); }
  std::int64_t* numbers() const noexcept { return reinterpret_cast<std::int64_t*>(data); }
  std::uint32_t* codes() const noexcept { return reinterpret_cast<std::uint32_t*>(data); }
  std::uint32_t* offsets() const noexcept { return codes(); }
  Value* values() const noexcept { return reinterpret_cast<Value*>(data); }
};

class Batch {
 public:
  explicit Batch(std::shared_ptr<const Layout> layout);
  Batch(Batch&&) noexcept = default;
  Batch& operator=(Batch&&) noexcept = default;

  const Layout& layout() const noexcept { return *layout_; }
  const std::shared_ptr<const Layout>& share_layout() const noexcept { return layout_; }
  std::uint32_t rows() const noexcept { return levels_[0].count; }
  std::uint32_t cells(LevelId level) const noexcept { return levels_[level].count; }
  const Column& column(SlotId slot) const noexcept { return columns_[slot]; }
  const Dictionary& dictionary() const noexcept { return dictionary_; }
  std::size_t memory() const noexcept;  // bytes
  bool finished() const noexcept { return finished_; }

  // One cell as a value: texts lie in the batch, lists and contexts in `arena`.
  Value cell(SlotId slot, std::uint32_t cell, Arena& arena) const;
  Value row(std::uint32_t row, Arena& arena) const { return cell(0, row, arena); }

  // ---- For those that fill it
  // A new cell of a level: every slot of it must be set once, or be left to `leave`.
  std::uint32_t open(LevelId level) {
    assert(!finished_);
    Cells& cells = levels_[level];
    if (cells.count == cells.capacity) grow(level);
    const std::uint32_t cell = cells.count++;
    const Level& of = layout_->level(level);
    if ((cell & 63U) == 0) {
      for (const SlotId slot : of.truths) columns_[slot].words()[cell >> 6U] = 0;
    }
    for (const SlotId slot : of.lists) {
      columns_[slot].offsets()[cell + 1] = levels_[layout_->slot(slot).items].count;
    }
    return cell;
  }
  // False when the cell was set already.
  bool claim(SlotId slot, std::uint32_t cell) noexcept {
    Column& column = columns_[slot];
    if (column.filled == cell + 1) return false;
    column.filled = cell + 1;
    return true;
  }
  bool is_set(SlotId slot, std::uint32_t cell) const noexcept {
    return columns_[slot].filled == cell + 1;
  }
  void set_truth(SlotId slot, std::uint32_t cell, bool value) noexcept {
    columns_[slot].words()[cell >> 6U] |= std::uint64_t{value} << (cell & 63U);
  }
  void set_day(SlotId slot, std::uint32_t cell, std::int64_t days) {
    if (days > most_column_day || days < -most_column_day)
      return set_other(slot, cell, Value::date(days));
    columns_[slot].days()[cell] = static_cast<std::int32_t>(days);
  }
  void set_number(SlotId slot, std::uint32_t cell, std::int64_t coefficient, unsigned scale) {
    if (scale != columns_[slot].scale) return set_scaled(slot, cell, coefficient, scale);
    columns_[slot].numbers()[cell] = coefficient;
  }
  void set_text(SlotId slot, std::uint32_t cell, std::string_view text) {
    if (layout_->slot(slot).storage == Storage::code) {
      columns_[slot].codes()[cell] = dictionary_.intern(text, arena_);
    } else {
      columns_[slot].values()[cell] = Value::string(arena_.copy(text));
    }
  }
  // Of a slot of storage `value`; what it points to lies in arena().
  void set_value(SlotId slot, std::uint32_t cell, Value value) {
    if (value.is_null()) return set_state(slot, cell, CellState::null);
    columns_[slot].values()[cell] = value;
  }
  // The list's items are the cells of its level that were opened since this cell was.
  void end_list(SlotId slot, std::uint32_t cell) noexcept {
    columns_[slot].offsets()[cell + 1] = levels_[layout_->slot(slot).items].count;
  }
  // Null, absent, unreachable; members of a record become unreachable.
  void set_state(SlotId slot, std::uint32_t cell, CellState state);
  void set_other(SlotId slot, std::uint32_t cell, Value value);
  // Members of an open record that its type does not name: a context.
  void set_extra(SlotId record, std::uint32_t cell, Value members);
  // Sets the members of a record that were not claimed.
  void leave_unset(SlotId record, std::uint32_t cell);

  Arena& arena() noexcept { return arena_; }
  void finish();
  void clear();  // no cases; keeps the memory

 private:
  struct Cells {
    std::unique_ptr<std::byte[]> block;  // of all columns of the level
    std::size_t bytes = 0;
    std::uint32_t count = 0, capacity = 0;
  };
  void grow(LevelId level);
  void set_scaled(SlotId slot, std::uint32_t cell, std::int64_t coefficient, unsigned scale);
  bool rescale(SlotId slot, std::uint32_t cell, unsigned scale);
  Marks& marks(SlotId slot);
  void mark(SlotId slot, std::uint32_t cell, CellState state);
  Value list_of(SlotId id, std::uint32_t cell, Arena& arena) const;
  Value record_of(SlotId id, std::uint32_t cell, const Shape** last, Arena& arena) const;
  Value record_in_part(SlotId id, std::uint32_t cell, const Shape** last, Arena& arena) const;

  std::shared_ptr<const Layout> layout_;
  std::vector<Column> columns_;
  std::vector<Cells> levels_;
  Dictionary dictionary_;
  Arena arena_;
  bool finished_ = false;
};

}  // namespace partnership::feel
