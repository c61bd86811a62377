// SPDX-License-Identifier: Apache-2.0
//
// Cells of a batch as values, for the machine: what was read comes out again, with the members of a
// context in the order of the schema and those that were absent left out.
#include <algorithm>

#include "feel/case_batch.hpp"

namespace partnership::feel {

Value Batch::cell(SlotId id, std::uint32_t cell, Arena& arena) const {
  const Slot& slot = layout_->slot(id);
  const Column& column = columns_[id];
  switch (column.state(cell)) {
    case CellState::present:
      break;
    case CellState::other:
      return *column.other(cell);
    default:
      return {};
  }
  switch (slot.storage) {
    case Storage::truth:
      return Value::boolean((column.words()[cell / 64] >> (cell & 63U) & 1U) != 0);
    case Storage::day:
      return Value::date(column.days()[cell]);
    case Storage::number:
      return Value::small_number(column.numbers()[cell], column.scale);
    case Storage::code:
      return Value::string(dictionary_.text(column.codes()[cell]));
    case Storage::value:
      return column.values()[cell];
    case Storage::list:
      return list_of(id, cell, arena);
    case Storage::record:
      return record_of(id, cell, nullptr, arena);
  }
  return {};
}

Value Batch::list_of(SlotId id, std::uint32_t cell, Arena& arena) const {
  const Column& column = columns_[id];
  const SlotId item = layout_->slot(id).first;
  const std::uint32_t begin = column.offsets()[cell];
  const std::uint32_t size = column.offsets()[cell + 1] - begin;
  Value* const items = arena.array<Value>(size);
  const bool records = layout_->slot(item).storage == Storage::record;
  const Shape* last = nullptr;  // of the items before
  for (std::uint32_t i = 0; i < size; ++i) {
    const bool present = columns_[item].state(begin + i) == CellState::present;
    items[i] = records && present ? record_of(item, begin + i, &last, arena)
                                  : this->cell(item, begin + i, arena);
  }
  return Value::list({items, size});
}

// Of a record that is present. `last`: where the shape of records that miss members is kept for the
// next one, which often misses the same; or nullptr.
Value Batch::record_of(SlotId id, std::uint32_t cell, const Shape** last, Arena& arena) const {
  const Slot& slot = layout_->slot(id);
  if (columns_[id].other(cell) != nullptr) return record_in_part(id, cell, last, arena);
  for (SlotId member = slot.first; member < slot.first + slot.count; ++member) {
    if (columns_[member].state(cell) == CellState::absent) {
      return record_in_part(id, cell, last, arena);
    }
  }
  Value* const values = arena.array<Value>(slot.count);
  for (std::uint32_t i = 0; i < slot.count; ++i) {
    values[i] = this->cell(slot.first + i, cell, arena);
  }
  return Value::context(arena.make<Context>(slot.shape, values));
}

Value Batch::record_in_part(SlotId id, std::uint32_t cell, const Shape** last, Arena& arena) const {
  const Slot& slot = layout_->slot(id);
  const Value* const extra = columns_[id].other(cell);
  const Context* const more = extra == nullptr ? nullptr : &extra->context();
  const std::size_t most = slot.count + (more == nullptr ? 0 : more->size());
  auto* const keys = arena.array<std::string_view>(most);
  Value* const values = arena.array<Value>(most);
  std::size_t size = 0;
  for (std::uint32_t i = 0; i < slot.count; ++i) {
    const SlotId member = slot.first + i;
    if (columns_[member].state(cell) == CellState::absent) continue;
    keys[size] = layout_->slot(member).name;
    values[size++] = this->cell(member, cell, arena);
  }
  for (std::size_t i = 0; more != nullptr && i < more->size(); ++i) {
    keys[size] = more->shape->keys[i];
    values[size++] = more->values[i];
  }
  const std::span<const std::string_view> names(keys, size);
  const Shape* shape = last != nullptr ? *last : nullptr;
  if (shape == nullptr || !std::ranges::equal(shape->keys, names)) {
    shape = Shape::make(arena, names);
    if (last != nullptr) *last = shape;
  }
  return Value::context(arena.make<Context>(shape, values));
}

}  // namespace partnership::feel
