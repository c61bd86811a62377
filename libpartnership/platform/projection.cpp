// SPDX-License-Identifier: Apache-2.0
#include "platform/projection.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/text.hpp"

namespace partnership::platform {

namespace {

int index_of(const TableSpec& table, std::string_view column) noexcept {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == column) return static_cast<int>(i);
  }
  return -1;
}

void bind_cell(Use& use, int index, const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    use.bind(index, *number);
  } else if (const auto* text = std::get_if<HeldText>(&cell)) {
    use.bind(index, *text);
  } else {
    use.bind_null(index);
  }
}

Cell read_cell(const Use& use, int column, Storage storage) {
  if (use.is_null(column)) return {};
  if (storage == Storage::text) return std::string(use.bytes(column));
  return use.integer(column);
}

// The search keys of every language of a map, a line each.
std::string keys_of(const std::string& langmap) {
  const auto document = json::Document::parse(langmap);
  std::string out;
  for (const json::Value text : document->root()) {
    if (!out.empty()) out += '\n';
    out += search_key(text.text());
  }
  return out;
}

}  // namespace

Projection::Projection(Sql& sql) : sql_(sql) {
  for (const TableSpec& table : tables()) {
    const std::string name(table.name);
    std::string columns;
    for (const StoredColumn& column : stored_columns(table)) {
      columns += (columns.empty() ? "" : ", ") + column.name;
    }
    std::string marks = "?";
    for (std::size_t i = 1; i < stored_columns(table).size(); ++i) marks += ", ?";
    const std::string now = " FROM " + name + " WHERE id = ? AND recorded_to IS NULL";
    Plan plan{};
    plan.table = &table;
    plan.insert = "INSERT INTO " + name + " (" + columns + ") VALUES (" + marks + ")";
    plan.select = "SELECT row, " + columns + now + " ORDER BY from_day";
    const std::string on_day = " AND from_day <= ? AND (to_day IS NULL OR to_day > ?)";
    plan.on = "SELECT row, " + columns + now + on_day;
    plan.holds = "SELECT 1" + now + on_day + " LIMIT 1";
    plan.exists = "SELECT 1" + now + " LIMIT 1";
    plan.close = "UPDATE " + name + " SET recorded_to = ? WHERE row = ?";
    for (const StoredColumn& column : stored_columns(table)) {
      plan.storages.push_back(column.storage);
    }
    plan.storages.erase(plan.storages.begin(), plan.storages.begin() + own_columns_from);
    if (!table.searched.empty()) plan.searched = index_of(table, table.searched);
    plans_.push_back(std::move(plan));
  }
}

const Projection::Plan& Projection::plan(std::string_view table) const {
  const auto found = std::ranges::find_if(
      plans_, [&](const Plan& candidate) { return candidate.table->name == table; });
  if (found == plans_.end()) {
    throw Error(Code::internal, "there is no table `" + std::string(table) + "`");
  }
  return *found;
}

namespace {

Version read_version(const Use& use, const TableSpec& table, const std::vector<Storage>& storages) {
  Version version;
  version.row = use.integer(0);
  version.from = static_cast<Date>(use.integer(2));
  if (!use.is_null(3)) version.to = use.integer(3);
  version.own.reserve(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const int column = own_columns_from + 1 + static_cast<int>(i);
    version.own.push_back(read_cell(use, column, storages[i]));
  }
  return version;
}

}  // namespace

std::vector<Version> Projection::versions(std::string_view table, const std::string& id) {
  const Plan& of = plan(table);
  Use use = sql_.use(of.select);
  use.bind(1, id);
  std::vector<Version> out;
  while (use.step()) out.push_back(read_version(use, *of.table, of.storages));
  return out;
}

bool Projection::exists(std::string_view table, const std::string& id) {
  Use use = sql_.use(plan(table).exists);
  return use.bind(1, id).step();
}

std::optional<Version> Projection::on(std::string_view table, const std::string& id, Date day) {
  const Plan& of = plan(table);
  Use use = sql_.use(of.on);
  if (!use.bind(1, id).bind(2, day).bind(3, day).step()) return std::nullopt;
  return read_version(use, *of.table, of.storages);
}

bool Projection::holds(std::string_view table, const std::string& id, Date day) {
  Use use = sql_.use(plan(table).holds);
  return use.bind(1, id).bind(2, day).bind(3, day).step();
}

const Cell& Projection::cell(std::string_view table, const Version& version,
                             std::string_view column) const {
  const int index = index_of(*plan(table).table, column);
  if (index < 0) throw Error(Code::internal, "no column `" + std::string(column) + "`");
  return version.own[static_cast<std::size_t>(index)];
}

std::vector<std::string> Projection::holding(std::string_view table, std::string_view column,
                                             const std::string& id, Date day) {
  const std::string name(column);
  Use use = sql_.use("SELECT DISTINCT id FROM " + std::string(table) + " WHERE " + name +
                     " = ? AND " + name +
                     " IS NOT NULL AND recorded_to IS NULL AND (to_day IS NULL OR to_day > ?)"
                     " ORDER BY id LIMIT 20");
  use.bind(1, id).bind(2, day);
  std::vector<std::string> ids;
  while (use.step()) ids.emplace_back(use.bytes(0));
  return ids;
}

std::vector<std::string> Projection::naming(std::string_view table, const Field& column,
                                            const std::string& id) {
  const std::string name(column.name);
  const std::string names = column.type == FieldType::refs
                                ? "EXISTS (SELECT 1 FROM json_each(" + name + ") WHERE value = ?)"
                                : name + " = ?";
  Use use = sql_.use("SELECT DISTINCT id FROM " + std::string(table) + " WHERE " + names +
                     " AND recorded_to IS NULL ORDER BY id LIMIT 20");
  use.bind(1, id);
  std::vector<std::string> ids;
  while (use.step()) ids.emplace_back(use.bytes(0));
  return ids;
}

// ---- effects

void Projection::apply(const Event& event, std::int64_t position) {
  switch (event.kind->effect) {
    case Effect::create:
      return create(event, position);
    case Effect::change:
      return change(event, position);
    case Effect::settle:
      return exists(event.kind->table, event.id) ? change(event, position)
                                                 : create(event, position);
    case Effect::end:
      return end(event, position);
    case Effect::strike:
      return strike(event, position);
    case Effect::erase:
      return;  // what the payload put into the tables goes when the register makes them anew
  }
}

void Projection::set_fields(const Plan& plan, const Event& event, std::vector<Cell>& own) const {
  for (std::size_t i = 0; i < event.values.size(); ++i) {
    if (!event.values[i].given) continue;
    const int column = index_of(*plan.table, event.kind->fields[i].name);
    if (column >= 0) own[static_cast<std::size_t>(column)] = event.values[i].cell;
  }
  for (const Fixed& fixed : event.kind->fixed) {
    Cell& cell = own[static_cast<std::size_t>(index_of(*plan.table, fixed.column))];
    cell = fixed.value.empty() ? Cell() : Cell(std::string(fixed.value));
  }
}

void Projection::insert(const Plan& plan, const std::string& id, Date from,
                        const std::optional<std::int64_t>& to, std::int64_t position,
                        const std::vector<Cell>& own) {
  std::string keys;
  Use use = sql_.use(plan.insert);
  use.bind(1, id).bind(2, std::int64_t{from}).bind(3, to).bind(4, position).bind_null(5);
  int index = own_columns_from + 1;
  for (const Cell& cell : own) bind_cell(use, index++, cell);
  if (plan.searched >= 0) {
    const auto* name = std::get_if<HeldText>(&own[static_cast<std::size_t>(plan.searched)]);
    if (name == nullptr) {
      use.bind_null(index);
    } else {
      keys = keys_of(*name);
      use.bind(index, keys);
    }
  }
  use.run();
}

void Projection::close(const Plan& plan, std::int64_t row, std::int64_t position) {
  sql_.use(plan.close).bind(1, position).bind(2, row).run();
}

void Projection::create(const Event& event, std::int64_t position) {
  const Plan& of = plan(event.kind->table);
  std::vector<Cell> own(of.table->columns.size());
  set_fields(of, event, own);
  insert(of, event.id, event.effective, std::nullopt, position, own);
}

// A change holds from its day on. In a later version a field follows the change only while it still
// had the value that the change replaced: what was set later for its own reasons stays.
void Projection::change(const Event& event, std::int64_t position) {
  const Plan& of = plan(event.kind->table);
  const std::vector<Version> before = versions(event.kind->table, event.id);
  std::vector<Cell> replaced, wanted;
  std::vector<bool> follows;
  for (const Version& version : before) {
    if (version.to && *version.to <= event.effective) continue;
    std::vector<Cell> own = version.own;
    Date from = version.from;
    if (version.from <= event.effective) {  // the one that holds on the day
      set_fields(of, event, own);
      replaced = version.own;
      wanted = own;
      follows.assign(own.size(), true);
      from = event.effective;
    } else {
      for (std::size_t i = 0; i < own.size(); ++i) {
        follows[i] = follows[i] && own[i] == replaced[i];
        if (follows[i]) own[i] = wanted[i];
      }
    }
    if (own == version.own) continue;
    close(of, version.row, position);
    if (version.from < from) insert(of, event.id, version.from, from, position, version.own);
    insert(of, event.id, from, version.to, position, own);
  }
}

void Projection::end(const Event& event, std::int64_t position) {
  const Plan& of = plan(event.kind->table);
  for (const Version& version : versions(event.kind->table, event.id)) {
    if (version.to && *version.to <= event.effective) continue;
    close(of, version.row, position);
    if (version.from >= event.effective) continue;
    std::vector<Cell> own = version.own;
    set_fields(of, event, own);
    // The reason belongs to the end, not to all the time before it: the days are cut, and that is
    // all that is said of them, but the reason is kept where the table has a column for it.
    insert(of, event.id, version.from, event.effective, position, own);
  }
}

void Projection::strike(const Event& event, std::int64_t position) {
  const std::string_view table = event.text("table");
  const Plan& of = plan(table);
  for (const Version& version : versions(table, event.id)) close(of, version.row, position);
}

}  // namespace partnership::platform
