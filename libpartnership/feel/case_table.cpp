// SPDX-License-Identifier: Apache-2.0
#include "feel/case_table.hpp"

#include <cmath>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t most_problems = 1000;

class Reader {
 public:
  Reader(const ReadOptions& options, Batch& batch)
      : options_(options), batch_(batch), layout_(batch.layout()) {}

  void run(const Table& cases, std::span<const ItemTable> lists) {
    const Source source = bind(cases, 0, {}, "");
    for (const ItemTable& list : lists) bind_list(list);
    raise();
    for (std::int64_t row = 0; row < cases.rows(); ++row) {
      const std::uint32_t cell = batch_.open(0);
      batch_.claim(0, cell);
      put_record(source, row, cell);
      for (List& list : lists_) put_items(list, row, cell);
      leave(0, cell);
      raise();
    }
    for (const List& list : lists_) {
      if (list.next != list.source.table->rows()) {
        note("table of " + quoted(list.name) + " speaks of row " +
             std::to_string(row_of(list, list.next)) + ", but there are " +
             std::to_string(cases.rows()) + " cases, or its rows fall");
      }
    }
    raise();
  }

 private:
  using TableColumn = partnership::Column;
  struct Way {
    const TableColumn* column;
    SlotId slot;
  };
  struct Source {
    const Table* table = nullptr;
    std::vector<Way> ways;
  };
  struct List {
    std::string name;
    Source source;
    SlotId slot;
    const TableColumn* row;
    std::int64_t next = 0;
  };

  void note(std::string message) {
    if (problems_.size() < most_problems)
      problems_.push_back({std::move(message), {}, no_offset, 0, 0});
  }
  void raise() {
    if (!problems_.empty()) throw Error(Code::invalid_argument, std::move(problems_));
  }

  // The slot of a path such as "box.n" below a record; no_slot: none. A name may hold points
  // itself.
  SlotId find(SlotId record, std::string_view path) const {
    const SlotId whole = layout_.member(record, path);
    if (whole != no_slot) return whole;
    for (std::size_t at = path.find('.'); at != std::string_view::npos;
         at = path.find('.', at + 1)) {
      const SlotId outer = layout_.member(record, path.substr(0, at));
      if (outer == no_slot || layout_.slot(outer).storage != Storage::record) continue;
      if (const SlotId inner = find(outer, path.substr(at + 1)); inner != no_slot) return inner;
    }
    return no_slot;
  }

  // `item`: the slot of the items of a list of scalars, or 0.
  Source bind(const Table& table, SlotId record, std::string_view row, const std::string& list,
              SlotId item = 0) {
    Source out;
    out.table = &table;
    for (std::int32_t i = 0; i < table.columns(); ++i) {
      const TableColumn& column = table.column(i);
      if (column.name == row && !row.empty()) continue;
      const SlotId slot = item == 0               ? find(record, column.name)
                          : column.name == "item" ? item
                                                  : no_slot;
      if (slot == no_slot) {
        if (options_.unknown != ReadOptions::Unknown::drop)
          note_unknown(column, record, list, item);
        continue;
      }
      if (!fits(layout_.slot(slot), column.type)) {
        if (!options_.keep_misfits || is_container(slot)) {
          note(shown(column, list) + " has values of type " +
               std::string(column_type_name(column.type)) + ", expected " +
               type_text(*layout_.slot(slot).type));
          continue;
        }
      }
      out.ways.push_back({&column, slot});
    }
    return out;
  }

  static std::string shown(const TableColumn& column, const std::string& list) {
    return "column " + quoted(column.name) + (list.empty() ? "" : " of " + quoted(list));
  }
  bool is_container(SlotId id) const {
    const Storage storage = layout_.slot(id).storage;
    return storage == Storage::list || storage == Storage::record;
  }

  void note_unknown(const TableColumn& column, SlotId record, const std::string& list,
                    SlotId item) {
    std::vector<std::string_view> known;
    const Slot& slot = layout_.slot(record);
    for (SlotId id = slot.first; item == 0 && id < slot.first + slot.count; ++id) {
      known.push_back(layout_.slot(id).name);
    }
    if (item != 0) known.push_back("item");
    const std::string_view near = nearest_spelling(column.name, known);
    note(shown(column, list) + " is no member of the schema" +
         (near.empty() ? "" : ", did you mean " + quoted(near) + "?"));
  }

  void bind_list(const ItemTable& items) {
    const SlotId slot = find(0, items.list);
    if (slot == no_slot || layout_.slot(slot).storage != Storage::list ||
        layout_.slot(slot).level != 0) {
      return note("the schema has no list " + quoted(items.list) + " of the cases");
    }
    const std::int32_t row = items.table->find(items.row);
    const ColumnType type = row < 0 ? ColumnType::text : items.table->column(row).type;
    if (type != ColumnType::int32 && type != ColumnType::int64) {
      return note("table of " + quoted(items.list) + " has no column " + quoted(items.row) +
                  " of row numbers");
    }
    for (const List& other : lists_) {
      if (other.slot == slot) return note("list " + quoted(items.list) + " has two tables");
    }
    const SlotId item = layout_.slot(slot).first;
    const bool records = layout_.slot(item).storage == Storage::record;
    Source source =
        bind(*items.table, records ? item : 0, items.row, items.list, records ? 0 : item);
    lists_.push_back({items.list, std::move(source), slot, &items.table->column(row), 0});
  }

  static std::int64_t row_of(const List& list, std::int64_t at) {
    if (list.row->is_null(at)) return -1;
    const auto i = static_cast<std::size_t>(at);
    return list.row->type == ColumnType::int32 ? list.row->int32s[i] : list.row->int64s[i];
  }

  void put_record(const Source& source, std::int64_t row, std::uint32_t cell) {
    for (const Way& way : source.ways) {
      reach(way.slot, cell);
      batch_.claim(way.slot, cell);
      put(way, row, cell);
    }
  }

  // The nested contexts around a slot are there, since it has a column.
  void reach(SlotId slot, std::uint32_t cell) {
    for (SlotId up = layout_.slot(slot).parent; layout_.slot(up).storage == Storage::record;
         up = layout_.slot(up).parent) {
      if (!batch_.claim(up, cell) || up == 0) return;
    }
  }

  void put_items(List& list, std::int64_t row, std::uint32_t cell) {
    reach(list.slot, cell);
    batch_.claim(list.slot, cell);
    const SlotId item = layout_.slot(list.slot).first;
    const bool record = layout_.slot(item).storage == Storage::record;
    for (; list.next < list.source.table->rows() && row_of(list, list.next) == row; ++list.next) {
      const std::uint32_t at = batch_.open(layout_.slot(list.slot).items);
      batch_.claim(item, at);
      put_record(list.source, list.next, at);
      if (record) {
        leave(item, at);
      } else if (list.source.ways.empty()) {
        batch_.set_state(item, at, CellState::null);
      }
    }
    batch_.end_list(list.slot, cell);
  }

  // Members that have no column are absent; also those of nested contexts that have some.
  void leave(SlotId record, std::uint32_t cell) {
    const Slot& slot = layout_.slot(record);
    for (SlotId id = slot.first; id < slot.first + slot.count; ++id) {
      if (layout_.slot(id).storage == Storage::record && batch_.is_set(id, cell)) leave(id, cell);
    }
    batch_.leave_unset(record, cell);
  }

  static bool fits(const Slot& slot, ColumnType type) {
    switch (slot.type->kind) {
      case TypeKind::any:
        return true;
      case TypeKind::boolean:
        return type == ColumnType::boolean;
      case TypeKind::number:
        return type == ColumnType::int32 || type == ColumnType::int64 || type == ColumnType::real;
      case TypeKind::date:
        return type == ColumnType::date || type == ColumnType::text;
      case TypeKind::string:
      case TypeKind::time:
      case TypeKind::date_time:
      case TypeKind::days_time_duration:
      case TypeKind::years_months_duration:
        return type == ColumnType::text;
      default:
        return false;
    }
  }

  void put(const Way& way, std::int64_t row, std::uint32_t cell) {
    const Slot& slot = layout_.slot(way.slot);
    const TableColumn& column = *way.column;
    const bool nan =
        column.type == ColumnType::real && std::isnan(column.reals[static_cast<std::size_t>(row)]);
    if (column.is_null(row) || nan) return batch_.set_state(way.slot, cell, CellState::null);
    if (column.type == ColumnType::text && slot.storage == Storage::code) {
      return batch_.set_text(way.slot, cell, column.text(row));
    }
    const std::optional<Value> value = value_of(column, row, slot.type->kind);
    if (!value) {
      note(
          shown(column, {}) + " has in row " + std::to_string(row) +
          (column.type == ColumnType::text ? " " + quoted(column.text(row)) : " no finite number") +
          ", expected " + type_text(*slot.type));
      return batch_.set_state(way.slot, cell, CellState::null);
    }
    switch (slot.storage) {
      case Storage::truth:
        if (!value->is(Kind::boolean)) break;
        return batch_.set_truth(way.slot, cell, value->boolean());
      case Storage::day:
        if (!value->is(Kind::date)) break;
        return batch_.set_day(way.slot, cell, value->days());
      case Storage::number:
        if (!value->is(Kind::number) || !value->is_small()) break;
        return batch_.set_number(way.slot, cell, value->coefficient(), value->scale());
      case Storage::value:
        if (!slot.type->is(TypeKind::any) && !instance_of(*value, *slot.type)) break;
        return batch_.set_value(way.slot, cell, copy(batch_.arena(), *value));
      default:
        break;
    }
    batch_.set_other(way.slot, cell, copy(batch_.arena(), *value));
  }

  // By the slot's type; nullopt: a text that is none of it, where misfits are refused.
  std::optional<Value> value_of(const TableColumn& column, std::int64_t row, TypeKind kind) {
    const auto i = static_cast<std::size_t>(row);
    switch (column.type) {
      case ColumnType::boolean:
        return Value::boolean(column.booleans[i] != 0);
      case ColumnType::int32:
        return Value::small_number(column.int32s[i]);
      case ColumnType::int64:
        return Value::small_number(column.int64s[i]);
      case ColumnType::real:
        return number(batch_.arena(), column.reals[i]);
      case ColumnType::date:
        return Value::date(column.int32s[i]);
      case ColumnType::text:
        break;
    }
    const std::string_view text = column.text(row);
    if (kind < TypeKind::date || kind > TypeKind::years_months_duration) return Value::string(text);
    const auto out = value_of_text(batch_.arena(), text, kind);
    if (!out && options_.keep_misfits) return Value::string(text);
    return out;
  }

  const ReadOptions& options_;
  Batch& batch_;
  const Layout& layout_;
  std::vector<List> lists_;
  std::vector<Problem> problems_;
};

}  // namespace

void read_tables(const Table& cases, std::span<const ItemTable> lists, const ReadOptions& options,
                 Batch& batch) {
  try {
    Reader(options, batch).run(cases, lists);
  } catch (...) {
    batch.clear();
    throw;
  }
}

}  // namespace partnership::feel
