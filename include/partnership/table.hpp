// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API, see partnership.hpp: tables and calendars.
#ifndef PARTNERSHIP_TABLE_HPP
#define PARTNERSHIP_TABLE_HPP

#include "partnership/base.hpp"
#include "partnership/table.h"

namespace pship {

enum class ColumnType : std::int32_t {
  boolean = PSHIP_COLUMN_BOOL,
  int32 = PSHIP_COLUMN_INT32,
  int64 = PSHIP_COLUMN_INT64,
  real = PSHIP_COLUMN_DOUBLE,
  date = PSHIP_COLUMN_DATE,
  text = PSHIP_COLUMN_TEXT,
};

// ------------------------------------------------------------------------------------------------
// Tables.

// A view of values in a row (std::span is C++20). It does not keep them alive.
template <class T>
class Span {
 public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using iterator = T*;
  using const_iterator = T*;

  constexpr Span() noexcept = default;
  constexpr Span(T* data, std::size_t size) noexcept : data_(data), size_(size) {}
  constexpr T* data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr T& operator[](std::size_t i) const noexcept { return data_[i]; }
  constexpr T* begin() const noexcept { return data_; }
  constexpr T* end() const noexcept { return data_ + size_; }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

namespace detail {

using SharedTable = Shared<pship_table, pship_table_free>;

// What every column view has. Rows are from 0; a row beyond size() is not null and must not be
// read.
class ColumnBase {
 public:
  std::int64_t size() const noexcept { return pship_table_rows(table_.get()); }
  std::int64_t nulls() const noexcept { return pship_table_nulls(table_.get(), column_); }
  bool is_null(std::int64_t row) const noexcept {
    return pship_table_is_null(table_.get(), column_, row) != 0;
  }
  // Arrow's bitmap (least bit first, 1 = there), or NULL when nothing is null.
  const std::uint8_t* validity() const noexcept {
    return pship_table_validity(table_.get(), column_);
  }

 protected:
  ColumnBase(SharedTable table, std::int32_t column) noexcept
      : table_(std::move(table)), column_(column) {}
  std::size_t rows() const noexcept { return static_cast<std::size_t>(size()); }
  const pship_table* handle() const noexcept { return table_.get(); }
  std::int32_t index() const noexcept { return column_; }

 private:
  SharedTable table_;
  std::int32_t column_;
};

}  // namespace detail

// A column of std::uint8_t (0 or 1), std::int32_t, std::int64_t or double.
template <class T>
class Column : public detail::ColumnBase {
 public:
  Column(detail::SharedTable table, std::int32_t column, const T* values) noexcept
      : ColumnBase(std::move(table), column), values_(values) {}
  Span<const T> values() const noexcept { return {values_, rows()}; }  // 0 where null
  T operator[](std::int64_t row) const noexcept { return values_[row]; }
  std::optional<T> get(std::int64_t row) const {
    return is_null(row) ? std::nullopt : std::optional<T>(values_[row]);
  }

 private:
  const T* values_;
};

class DateColumn : public detail::ColumnBase {
 public:
  DateColumn(detail::SharedTable table, std::int32_t column, const pship_date* days) noexcept
      : ColumnBase(std::move(table), column), days_(days) {}
  Span<const pship_date> days() const noexcept { return {days_, rows()}; }  // 0 where null
  Date operator[](std::int64_t row) const noexcept {                        // none where null
    return is_null(row) ? Date() : Date(days_[row]);
  }

 private:
  const pship_date* days_;
};

class TextColumn : public detail::ColumnBase {
 public:
  TextColumn(detail::SharedTable table, std::int32_t column) noexcept
      : ColumnBase(std::move(table), column),
        offsets_(pship_table_text_offsets(handle(), column)),
        bytes_(pship_table_text_bytes(handle(), column)) {}
  Span<const std::int64_t> offsets() const noexcept { return {offsets_, rows() + 1}; }
  std::string_view bytes() const noexcept {
    return {bytes_, static_cast<std::size_t>(offsets_[rows()])};
  }
  std::string_view operator[](std::int64_t row) const noexcept {  // empty where null
    return {bytes_ + offsets_[row], static_cast<std::size_t>(offsets_[row + 1] - offsets_[row])};
  }
  std::optional<std::string_view> get(std::int64_t row) const {
    return is_null(row) ? std::nullopt : std::optional<std::string_view>((*this)[row]);
  }

 private:
  const std::int64_t* offsets_;
  const char* bytes_;
};

class Table;
namespace detail {

// Calls a function of the C API that makes a table, given the arguments before its output.
template <class Function, class... Arguments>
Table table_of(Function function, Arguments... arguments);

}  // namespace detail

// An immutable table. Columns go by name or by number (from 0); the views keep the table's memory
// alive, so that a view of a temporary is safe. They throw PSHIP_NOT_FOUND (no such column) and
// PSHIP_INVALID_ARGUMENT (another type).
class Table {
 public:
  Table() noexcept = default;  // no columns, no rows
  explicit Table(pship_table* adopted) : handle_(adopted) {}

  // An array of objects. Throws PSHIP_MALFORMED.
  static Table read_json(std::string_view json) {
    return detail::table_of(pship_table_read_json, json.data(), json.size());
  }
  // RFC 4180; every column is text. Throws PSHIP_MALFORMED with every wrong row, up to 100. Option:
  // delimiter.
  static Table read_csv(std::string_view csv, const Options& options = {}) {
    return detail::table_of(pship_table_read_csv, csv.data(), csv.size(), options.raw());
  }
  // Reads the whole stream and releases it, also on failure.
  static Table from_arrow(ArrowArrayStream* stream) {
    return detail::table_of(pship_table_from_arrow, stream);
  }

  std::int64_t rows() const noexcept { return pship_table_rows(raw()); }
  std::int32_t columns() const noexcept { return pship_table_columns(raw()); }
  std::string_view name(std::int32_t column) const {
    return pship_table_name(raw(), resolve(column));
  }
  ColumnType type(std::int32_t column) const {
    return static_cast<ColumnType>(pship_table_type(raw(), resolve(column)));
  }
  // The number of the column of this name, or -1.
  std::int32_t find(std::string_view name) const {
    if (name.find('\0') != std::string_view::npos) return -1;
    return pship_table_find(raw(), std::string(name).c_str());
  }

  template <class Key>
  Column<std::uint8_t> booleans(Key column) const {
    return typed(resolve(column), ColumnType::boolean, pship_table_bool);
  }
  template <class Key>
  Column<std::int32_t> i32(Key column) const {
    return typed(resolve(column), ColumnType::int32, pship_table_i32);
  }
  template <class Key>
  Column<std::int64_t> i64(Key column) const {
    return typed(resolve(column), ColumnType::int64, pship_table_i64);
  }
  template <class Key>
  Column<double> reals(Key column) const {
    return typed(resolve(column), ColumnType::real, pship_table_double);
  }
  template <class Key>
  DateColumn dates(Key key) const {
    const std::int32_t column = resolve(key);
    require_type(column, ColumnType::date);
    return DateColumn(handle_, column, pship_table_date(raw(), column));
  }
  template <class Key>
  TextColumn texts(Key key) const {
    const std::int32_t column = resolve(key);
    require_type(column, ColumnType::text);
    return TextColumn(handle_, column);
  }

  Text write_json() const { return detail::text_of(pship_table_write_json, raw()); }
  Text write_csv(const Options& options = {}) const {
    return detail::text_of(pship_table_write_csv, raw(), options.raw());
  }
  // *out must be uninitialised or released; the consumer releases it.
  void to_arrow(ArrowArrayStream* out) const { detail::call(pship_table_to_arrow, raw(), out); }

  const pship_table* raw() const noexcept { return handle_.get(); }

  // By value: names, types, cells.
  friend bool operator==(const Table& left, const Table& right) noexcept {
    return pship_table_equal(left.raw(), right.raw()) != 0;
  }
  friend bool operator!=(const Table& left, const Table& right) noexcept {
    return !(left == right);
  }

 private:
  std::int32_t resolve(std::int32_t column) const {
    if (column >= 0 && column < columns()) return column;
    throw Error(PSHIP_NOT_FOUND, "there is no column " + std::to_string(column) +
                                     ", the table has " + std::to_string(columns()));
  }
  std::int32_t resolve(std::string_view name) const {
    const std::int32_t column = find(name);
    if (column >= 0) return column;
    std::string message = "there is no column `" + std::string(name) + "`, the table has";
    for (std::int32_t i = 0; i < columns(); ++i) {
      message += (i == 0 ? " `" : ", `") + std::string(pship_table_name(raw(), i)) + "`";
    }
    throw Error(PSHIP_NOT_FOUND, columns() == 0 ? message + " none" : message);
  }
  static const char* type_name(ColumnType type) noexcept {
    constexpr const char* names[] = {"bool", "int32", "int64", "double", "date", "text"};
    return names[static_cast<int>(type) - 1];
  }
  void require_type(std::int32_t column, ColumnType wanted) const {
    if (type(column) == wanted) return;
    throw Error(PSHIP_INVALID_ARGUMENT, "column `" + std::string(name(column)) + "` is of type " +
                                            type_name(type(column)) + ", expected " +
                                            type_name(wanted));
  }
  template <class T>
  Column<T> typed(std::int32_t column, ColumnType wanted,
                  const T* (*values)(const pship_table*, std::int32_t)) const {
    require_type(column, wanted);
    return Column<T>(handle_, column, values(raw(), column));
  }

  detail::SharedTable handle_;
};

template <class Function, class... Arguments>
Table detail::table_of(Function function, Arguments... arguments) {
  pship_table* table = nullptr;
  call(function, arguments..., &table);
  return Table(table);
}

inline Table Options::describe() {
  return detail::table_of(pship_options_describe);
}

// ------------------------------------------------------------------------------------------------
// Calendars.

// A working-day calendar; see pship_calendar_load for its document. The questions throw
// PSHIP_INVALID_ARGUMENT when they need a day outside its validity.
class Calendar {
 public:
  Calendar() noexcept = default;
  explicit Calendar(pship_calendar* adopted) : handle_(adopted) {}
  // Throws PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT.
  static Calendar load(std::string_view json) {
    pship_calendar* calendar = nullptr;
    detail::call(pship_calendar_load, json.data(), json.size(), &calendar);
    return Calendar(calendar);
  }
  // The JSON Schema of calendar documents.
  static Text schema() { return detail::text_of(pship_calendar_schema); }

  bool is_working_day(Date day) const {
    std::int32_t answer = 0;
    detail::call(pship_calendar_is_working_day, raw(), day.days(), &answer);
    return answer != 0;
  }
  // In [from, to); negative when to < from.
  std::int32_t working_days_between(Date from, Date to) const {
    std::int32_t answer = 0;
    detail::call(pship_calendar_working_days_between, raw(), from.days(), to.days(), &answer);
    return answer;
  }
  // The n-th working day after `day`, before it when n < 0; `day` itself does not count.
  Date add_working_days(Date day, std::int32_t n) const {
    pship_date answer = 0;
    detail::call(pship_calendar_add_working_days, raw(), day.days(), n, &answer);
    return Date(answer);
  }
  // Columns date, name_ar, name_en, name_fr, source, verified, moved_from.
  Table holidays() const { return detail::table_of(pship_calendar_holidays, raw()); }
  const pship_calendar* raw() const noexcept { return handle_.get(); }

 private:
  detail::Shared<pship_calendar, pship_calendar_free> handle_;
};

// Documents that ship with the library, by names such as "calendars/lebanon.json"; where a folder
// of your own is given, its files come first. See pship_packs_list.
class Packs {
 public:
  Packs() = default;
  explicit Packs(std::string_view folder) : folder_(detail::name(folder, "folder")) {}

  // Columns name, kind, origin. Throws PSHIP_NOT_FOUND when there is no such folder.
  Table list() const { return detail::table_of(pship_packs_list, folder_.c_str()); }
  // Throws PSHIP_NOT_FOUND, PSHIP_INVALID_ARGUMENT for what is no name of a pack.
  Text text(std::string_view name) const {
    return detail::text_of(pship_packs_text, folder_.c_str(), detail::name(name, "name").c_str());
  }

 private:
  std::string folder_;
};

}  // namespace pship

#endif
