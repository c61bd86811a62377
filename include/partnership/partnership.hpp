// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API of libpartnership. Header only: everything below is a few lines
// around a function of partnership.h, whose comments are the contract. Link the shared library.
//
// What it adds: handles free themselves, failures are exceptions (pship::Error, and std::bad_alloc
// for PSHIP_NO_MEMORY), texts are std::string_view, dates are a type of their own, and columns of a
// table are typed views that keep the table's memory alive.
//
// What it will not do: hide the C API. Every owner has raw(), and may be mixed with C calls.
//
// Tables, texts, calendars, criteria, nominees and checks are immutable, cheap to copy (copies
// share one handle) and may be used from any number of threads. A Platform is moved, not copied,
// and used by one thread at a time; only its cancel() may be called from any thread. A moved-from
// or default-made owner holds no handle: its calls fail with PSHIP_INVALID_ARGUMENT, as NULL does
// in C.
//
// The namespace is `pship`, apart from `partnership`, which is the library's inside.
#ifndef PARTNERSHIP_PARTNERSHIP_HPP
#define PARTNERSHIP_PARTNERSHIP_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "partnership/partnership.h"

namespace pship {

enum class Language : std::int32_t {
  ar = PSHIP_LANG_AR,
  en = PSHIP_LANG_EN,
  fr = PSHIP_LANG_FR,
};

enum class Outcome : std::int32_t {
  met = PSHIP_MET,
  not_met = PSHIP_NOT_MET,
  undetermined = PSHIP_UNDETERMINED,
  not_applicable = PSHIP_NOT_APPLICABLE,
};

enum class ColumnType : std::int32_t {
  boolean = PSHIP_COLUMN_BOOL,
  int32 = PSHIP_COLUMN_INT32,
  int64 = PSHIP_COLUMN_INT64,
  real = PSHIP_COLUMN_DOUBLE,
  date = PSHIP_COLUMN_DATE,
  text = PSHIP_COLUMN_TEXT,
};

using Hash = std::array<std::uint8_t, PSHIP_HASH_SIZE>;

// The version and ABI number of the library that is loaded; PSHIP_VERSION and PSHIP_ABI are those
// of the headers.
inline std::string_view version() noexcept {
  return pship_version();
}
inline std::int32_t abi() noexcept {
  return pship_abi();
}

// ------------------------------------------------------------------------------------------------
// Errors.

// One thing that is wrong, and where: an RFC 6901 pointer ("" for none), bytes from the start (-1),
// line and column from 1 (0).
struct Problem {
  std::string message;
  std::string pointer;
  std::int64_t offset = -1;
  std::int64_t line = 0;
  std::int64_t column = 0;
};

// A call that failed: what() is one line, problems() lists everything that was found (at least
// one), details() are keys and values that a program may act on ("nearest"). Copies share their
// content.
class Error : public std::runtime_error {
 public:
  using Details = std::vector<std::pair<std::string, std::string>>;

  Error(pship_status code, const std::string& message)
      : Error(code, message, {Problem{message, {}, -1, 0, 0}}, {}) {}
  Error(pship_status code, const std::string& message, std::vector<Problem> problems,
        Details details)
      : std::runtime_error(message),
        code_(code),
        content_(
            std::make_shared<const Content>(Content{std::move(problems), std::move(details)})) {}

  pship_status code() const noexcept { return code_; }  // PSHIP_*
  std::string_view code_name() const noexcept { return pship_status_name(code_); }
  const std::vector<Problem>& problems() const noexcept { return content_->problems; }
  const Details& details() const noexcept { return content_->details; }
  // The value of a detail, or "" when there is none of this key.
  std::string_view detail(std::string_view key) const noexcept {
    for (const auto& entry : content_->details) {
      if (entry.first == key) return entry.second;
    }
    return {};
  }

 private:
  struct Content {
    std::vector<Problem> problems;
    Details details;
  };
  pship_status code_;
  std::shared_ptr<const Content> content_;
};

namespace detail {

[[noreturn]] inline void raise(pship_status status, pship_error* error) {
  const std::unique_ptr<pship_error, void (*)(pship_error*)> owned(error, pship_error_free);
  if (status == PSHIP_NO_MEMORY) throw std::bad_alloc();
  std::vector<Problem> problems;
  const std::int32_t count = pship_error_problems(error);
  for (std::int32_t i = 0; i < count; ++i) {
    problems.push_back(Problem{pship_error_problem(error, i), pship_error_pointer(error, i),
                               pship_error_offset(error, i), pship_error_line(error, i),
                               pship_error_column(error, i)});
  }
  Error::Details details;
  const std::int32_t keys = pship_error_details(error);
  for (std::int32_t i = 0; i < keys; ++i) {
    details.emplace_back(pship_error_detail_key(error, i), pship_error_detail_value(error, i));
  }
  throw Error(status, pship_error_message(error), std::move(problems), std::move(details));
}

// Calls a function of the C API with the arguments and an error, and throws what it reports.
template <class Function, class... Arguments>
void call(Function function, Arguments... arguments) {
  pship_error* error = nullptr;
  const pship_status status = function(arguments..., &error);
  if (status != PSHIP_OK) raise(status, error);
}

// A name, an id or a path crosses the C API with a NUL at its end, so it cannot hold one: cutting
// it short there would name something else.
inline std::string name(std::string_view text, const char* argument) {
  if (text.find('\0') != std::string_view::npos) {
    throw Error(PSHIP_INVALID_ARGUMENT, "`" + std::string(argument) + "` holds a NUL character");
  }
  return std::string(text);
}

// Shares one handle among all copies of an owner.
template <class Handle, void (*free_handle)(Handle*)>
class Shared {
 public:
  Shared() noexcept = default;
  explicit Shared(Handle* handle) : handle_(handle, free_handle) {}
  const Handle* get() const noexcept { return handle_.get(); }

 private:
  std::shared_ptr<Handle> handle_;
};

template <class Handle, void (*free_handle)(Handle*)>
struct Free {
  void operator()(Handle* handle) const noexcept { free_handle(handle); }
};
template <class Handle, void (*free_handle)(Handle*)>
using Unique = std::unique_ptr<Handle, Free<Handle, free_handle>>;

}  // namespace detail

// ------------------------------------------------------------------------------------------------
// Texts, hashes, dates.

// A finished text, held by the library and not copied. Copies share it.
class Text {
 public:
  Text() noexcept = default;
  explicit Text(pship_text* adopted) : handle_(adopted) {}

  std::string_view view() const noexcept {
    return {pship_text_data(handle_.get()), pship_text_size(handle_.get())};
  }
  operator std::string_view() const noexcept { return view(); }
  const char* c_str() const noexcept { return pship_text_data(handle_.get()); }
  std::string str() const { return std::string(view()); }
  const pship_text* raw() const noexcept { return handle_.get(); }

  friend bool operator==(const Text& left, std::string_view right) noexcept {
    return left.view() == right;
  }
  friend bool operator==(std::string_view left, const Text& right) noexcept {
    return left == right.view();
  }
  friend bool operator==(const Text& left, const Text& right) noexcept {
    return left.view() == right.view();
  }
  friend std::ostream& operator<<(std::ostream& out, const Text& text) {
    return out << text.view();
  }

 private:
  detail::Shared<pship_text, pship_text_free> handle_;
};

inline std::string to_hex(const Hash& hash) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * hash.size());
  for (const std::uint8_t byte : hash) {
    text.push_back(digits[byte >> 4U]);
    text.push_back(digits[byte & 15U]);
  }
  return text;
}

// From 64 hex digits of either case. Throws PSHIP_MALFORMED.
inline Hash hash_from_hex(std::string_view hex) {
  Hash hash{};
  const auto nibble = [&](char c) -> unsigned {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    return 16U;
  };
  bool good = hex.size() == 2 * hash.size();
  for (std::size_t i = 0; good && i < hash.size(); ++i) {
    const unsigned high = nibble(hex[2 * i]);
    const unsigned low = nibble(hex[2 * i + 1]);
    good = high < 16U && low < 16U;
    if (good) hash[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  if (!good) {
    throw Error(PSHIP_MALFORMED, "`" + std::string(hex) + "` is no hash, expected 64 hex digits");
  }
  return hash;
}

// A day of the proleptic Gregorian calendar, or none: an open end. Comparisons go by the number of
// the day; none stands before every day.
class Date {
 public:
  struct YearMonthDay {
    std::int32_t year, month, day;
  };

  constexpr Date() noexcept = default;  // none
  constexpr explicit Date(pship_date days) noexcept : days_(days) {}
  // From "YYYY-MM-DD". Throws PSHIP_MALFORMED.
  static Date parse(std::string_view iso) {
    pship_date days = 0;
    detail::call(pship_date_parse, iso.data(), iso.size(), &days);
    return Date(days);
  }
  // Throws PSHIP_INVALID_ARGUMENT when there is no such day in the years 1 to 9999.
  static Date from_ymd(std::int32_t year, std::int32_t month, std::int32_t day) {
    pship_date days = 0;
    detail::call(pship_date_from_ymd, year, month, day, &days);
    return Date(days);
  }

  constexpr pship_date days() const noexcept { return days_; }  // since 1970-01-01
  constexpr bool has_value() const noexcept { return days_ != PSHIP_DATE_NONE; }
  constexpr explicit operator bool() const noexcept { return has_value(); }

  // These throw PSHIP_INVALID_ARGUMENT for none, and for days outside the years 1 to 9999.
  YearMonthDay ymd() const {
    YearMonthDay parts{0, 0, 0};
    detail::call(pship_date_to_ymd, days_, &parts.year, &parts.month, &parts.day);
    return parts;
  }
  Text iso() const {
    pship_text* text = nullptr;
    detail::call(pship_date_iso, days_, &text);
    return Text(text);
  }
  Text render(Language language) const {
    pship_text* text = nullptr;
    detail::call(pship_date_render, days_, static_cast<std::int32_t>(language), &text);
    return Text(text);
  }

  friend constexpr bool operator==(Date a, Date b) noexcept { return a.days_ == b.days_; }
  friend constexpr bool operator!=(Date a, Date b) noexcept { return a.days_ != b.days_; }
  friend constexpr bool operator<(Date a, Date b) noexcept { return a.days_ < b.days_; }
  friend constexpr bool operator<=(Date a, Date b) noexcept { return a.days_ <= b.days_; }
  friend constexpr bool operator>(Date a, Date b) noexcept { return a.days_ > b.days_; }
  friend constexpr bool operator>=(Date a, Date b) noexcept { return a.days_ >= b.days_; }

 private:
  pship_date days_ = PSHIP_DATE_NONE;
};

// A date or period of reduced precision as people read it: "2004", "2018-09-25/2018-09-26".
inline Text render_period(std::string_view period, Language language) {
  pship_text* text = nullptr;
  detail::call(pship_period_render, period.data(), period.size(),
               static_cast<std::int32_t>(language), &text);
  return Text(text);
}

// The key under which spellings of one name find each other. Throws PSHIP_MALFORMED.
inline Text search_key(std::string_view name) {
  pship_text* text = nullptr;
  detail::call(pship_search_key, name.data(), name.size(), &text);
  return Text(text);
}

// The RFC 8785 canonical form. Throws PSHIP_MALFORMED with the place.
inline Text canonical_json(std::string_view json) {
  pship_text* text = nullptr;
  detail::call(pship_json_canonical, json.data(), json.size(), &text);
  return Text(text);
}

inline Hash sha256(std::string_view bytes) {
  Hash hash{};
  detail::call(pship_sha256, static_cast<const void*>(bytes.data()), bytes.size(), hash.data());
  return hash;
}

// The commitment to a personal payload (a JSON document) under a salt of 32 random bytes.
inline Hash commitment(std::string_view json, const Hash& salt) {
  Hash hash{};
  detail::call(pship_commitment, json.data(), json.size(), salt.data(), hash.data());
  return hash;
}

// The Merkle leaf of a journal entry: SHA-256 of 0x00 and the entry's canonical JSON (RFC 9162
// section 2.1.1). `entry` is a line of the published journal without its line end.
inline Hash leaf_hash(std::string_view entry) {
  std::string bytes(1, '\0');
  bytes.append(entry);
  return sha256(bytes);
}

// ------------------------------------------------------------------------------------------------
// Options.

class Table;

// Named values for calls that take them; an Options in which nothing is set means all defaults:
//   Options().set("create", false).set("busy_timeout_ms", 500)
// set() throws PSHIP_INVALID_ARGUMENT: no such option (detail "nearest"), another type, out of
// range.
class Options {
 public:
  Options() noexcept = default;

  Options& set(std::string_view name, bool value) & {
    return apply(pship_options_set_bool, name, static_cast<std::int32_t>(value));
  }
  template <class Integer,
            std::enable_if_t<std::is_integral_v<Integer> && !std::is_same_v<Integer, bool> &&
                                 !std::is_same_v<Integer, char>,
                             int> = 0>
  Options& set(std::string_view name, Integer value) & {
    static_assert(sizeof(Integer) < 8 || std::is_signed_v<Integer>, "option integers are int64");
    return apply(pship_options_set_int, name, static_cast<std::int64_t>(value));
  }
  Options& set(std::string_view name, double value) & {
    return apply(pship_options_set_double, name, value);
  }
  Options& set(std::string_view name, std::string_view value) & {
    return apply(pship_options_set_text, name, value.data(), value.size());
  }
  // Without this a string literal would become a bool.
  Options& set(std::string_view name, const char* value) & {
    return set(name, std::string_view(value));
  }
  Options& set(std::string_view name, Date value) & {
    return apply(pship_options_set_date, name, value.days());
  }
  template <class Value>
  Options&& set(std::string_view name, Value value) && {
    return std::move(set(name, value));
  }

  // Every option of the library: scope, name, type, default, least, most, choices, sentence.
  static Table describe();

  const pship_options* raw() const noexcept { return handle_.get(); }  // NULL: all defaults

 private:
  template <class Function, class... Value>
  Options& apply(Function function, std::string_view name, Value... value) {
    const std::string key = detail::name(name, "name");
    if (!handle_) {
      pship_options* made = nullptr;
      detail::call(pship_options_new, &made);
      handle_.reset(made);
    }
    detail::call(function, handle_.get(), key.c_str(), value...);
    return *this;
  }
  detail::Unique<pship_options, pship_options_free> handle_;
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

// An immutable table. Columns go by name or by number (from 0); the views keep the table's memory
// alive, so that a view of a temporary is safe. They throw PSHIP_NOT_FOUND (no such column) and
// PSHIP_INVALID_ARGUMENT (another type).
class Table {
 public:
  Table() noexcept = default;  // no columns, no rows
  explicit Table(pship_table* adopted) : handle_(adopted) {}

  // An array of objects. Throws PSHIP_MALFORMED.
  static Table read_json(std::string_view json) {
    pship_table* table = nullptr;
    detail::call(pship_table_read_json, json.data(), json.size(), &table);
    return Table(table);
  }
  // RFC 4180; every column is text. Throws PSHIP_MALFORMED with every wrong row, up to 100. Option:
  // delimiter.
  static Table read_csv(std::string_view csv, const Options& options = {}) {
    pship_table* table = nullptr;
    detail::call(pship_table_read_csv, csv.data(), csv.size(), options.raw(), &table);
    return Table(table);
  }
  // Reads the whole stream and releases it, also on failure.
  static Table from_arrow(ArrowArrayStream* stream) {
    pship_table* table = nullptr;
    detail::call(pship_table_from_arrow, stream, &table);
    return Table(table);
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

  Text write_json() const {
    pship_text* text = nullptr;
    detail::call(pship_table_write_json, raw(), &text);
    return Text(text);
  }
  Text write_csv(const Options& options = {}) const {
    pship_text* text = nullptr;
    detail::call(pship_table_write_csv, raw(), options.raw(), &text);
    return Text(text);
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

inline Table Options::describe() {
  pship_table* table = nullptr;
  detail::call(pship_options_describe, &table);
  return Table(table);
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
  // Columns date, name_ar, name_en, name_fr, source, verified.
  Table holidays() const {
    pship_table* table = nullptr;
    detail::call(pship_calendar_holidays, raw(), &table);
    return Table(table);
  }
  const pship_calendar* raw() const noexcept { return handle_.get(); }

 private:
  detail::Shared<pship_calendar, pship_calendar_free> handle_;
};

// ------------------------------------------------------------------------------------------------
// Committees.

// Nominees, a row each. Options: id_column, separator. Throws PSHIP_INVALID_DOCUMENT with every row
// that is wrong.
class Nominees {
 public:
  Nominees() noexcept = default;
  explicit Nominees(pship_nominees* adopted) : handle_(adopted) {}
  explicit Nominees(const Table& table, const Options& options = {}) {
    pship_nominees* nominees = nullptr;
    detail::call(pship_nominees_new, table.raw(), options.raw(), &nominees);
    handle_ = Handle(nominees);
  }
  std::int64_t count() const noexcept { return pship_nominees_count(raw()); }
  const pship_nominees* raw() const noexcept { return handle_.get(); }

 private:
  using Handle = detail::Shared<pship_nominees, pship_nominees_free>;
  Handle handle_;
};

// The answer of a check. Not met and undetermined are answers, not errors.
class Check {
 public:
  Check() noexcept = default;
  explicit Check(pship_check* adopted) : handle_(adopted) {}

  Outcome outcome() const noexcept { return static_cast<Outcome>(pship_check_outcome(raw())); }
  // A row a criterion: criterion, kind, label, outcome, count, unknown, least, most, reason.
  Table criteria(Language language) const {
    pship_table* table = nullptr;
    detail::call(pship_check_criteria, raw(), static_cast<std::int32_t>(language), &table);
    return Table(table);
  }
  // Who counts where: criterion, member, value, certain.
  Table counts() const {
    pship_table* table = nullptr;
    detail::call(pship_check_counts, raw(), &table);
    return Table(table);
  }
  // Minimal unmet sets: set (from 1), criterion.
  Table unmet() const {
    pship_table* table = nullptr;
    detail::call(pship_check_unmet, raw(), &table);
    return Table(table);
  }
  const pship_check* raw() const noexcept { return handle_.get(); }

 private:
  detail::Shared<pship_check, pship_check_free> handle_;
};

class Criteria {
 public:
  Criteria() noexcept = default;
  explicit Criteria(pship_criteria* adopted) : handle_(adopted) {}
  // Throws PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT: every problem with its pointer and line.
  static Criteria load(std::string_view json) {
    pship_criteria* criteria = nullptr;
    detail::call(pship_criteria_load, json.data(), json.size(), &criteria);
    return Criteria(criteria);
  }
  // The JSON Schema (draft 2020-12) of the document.
  static Text schema() {
    pship_text* text = nullptr;
    detail::call(pship_criteria_schema, &text);
    return Text(text);
  }

  // A row a criterion: criterion, kind, attribute, value, label_ar, label_en, label_fr, least,
  // most, share_least, share_most, counting, from, to.
  Table table() const {
    pship_table* table = nullptr;
    detail::call(pship_criteria_table, raw(), &table);
    return Table(table);
  }
  Hash hash() const {
    Hash hash{};
    detail::call(pship_criteria_hash, raw(), hash.data());
    return hash;
  }
  // Checks the members with these ids as the criteria stand on a date (none: all of them, whatever
  // their dates). Throws PSHIP_NOT_FOUND: an id that is no nominee; PSHIP_INVALID_ARGUMENT: a
  // member named twice.
  Check check(const Nominees& nominees, const std::vector<std::string>& members,
              Date on = Date()) const {
    std::vector<const char*> ids;
    ids.reserve(members.size() + 1);
    for (const std::string& member : members) {
      detail::name(member, "members");
      ids.push_back(member.c_str());
    }
    ids.push_back(nullptr);  // so that no members is not the NULL that means all of them
    return check(nominees, ids.data(), static_cast<std::int64_t>(members.size()), on);
  }
  // Checks all nominees together.
  Check check(const Nominees& nominees, Date on = Date()) const {
    return check(nominees, nullptr, -1, on);
  }
  const pship_criteria* raw() const noexcept { return handle_.get(); }

 private:
  Check check(const Nominees& nominees, const char* const* members, std::int64_t n, Date on) const {
    pship_check* check = nullptr;
    detail::call(pship_criteria_check, raw(), nominees.raw(), members, n, on.days(), &check);
    return Check(check);
  }
  detail::Shared<pship_criteria, pship_criteria_free> handle_;
};

// ------------------------------------------------------------------------------------------------
// The register.

// Opened at once, closed by its destructor. See platform.h for what each call promises.
class Platform {
 public:
  Platform() noexcept = default;
  explicit Platform(pship_platform* adopted) noexcept : handle_(adopted) {}
  // `path` is UTF-8, ":memory:" for a private register. Options: create, read_only, durability,
  // busy_timeout_ms. Throws PSHIP_IO, PSHIP_BUSY, PSHIP_CORRUPT, PSHIP_STATE.
  static Platform open(std::string_view path, const Options& options = {}) {
    pship_platform* platform = nullptr;
    detail::call(pship_platform_open, detail::name(path, "path").c_str(), options.raw(), &platform);
    return Platform(platform);
  }

  // One event (a JSON object) or several (an array: all or none). A row an event: position, leaf.
  // Throws PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT, PSHIP_REFUSED with every reason.
  Table record(std::string_view json) {
    pship_table* receipts = nullptr;
    detail::call(pship_platform_record, raw(), json.data(), json.size(), &receipts);
    return Table(receipts);
  }
  // Throws PSHIP_NOT_FOUND: no such query. Options: on, known_at, and those of the query.
  Table query(std::string_view query_name, const Options& options = {}) {
    pship_table* table = nullptr;
    detail::call(pship_platform_query, raw(), detail::name(query_name, "name").c_str(),
                 options.raw(), &table);
    return Table(table);
  }
  // Columns query, options, columns, sentence.
  static Table queries() {
    pship_table* table = nullptr;
    detail::call(pship_platform_queries, &table);
    return Table(table);
  }
  // A row a field: kind, version, table, effect, field, type, required, personal, choices,
  // sentence.
  static Table kinds() {
    pship_table* table = nullptr;
    detail::call(pship_platform_kinds, &table);
    return Table(table);
  }

  std::int64_t size() {
    std::int64_t size = 0;
    detail::call(pship_platform_size, raw(), &size);
    return size;
  }
  // The Merkle root over the first `size` entries (-1: all).
  Hash root(std::int64_t size = -1) {
    Hash root{};
    detail::call(pship_platform_root, raw(), size, root.data());
    return root;
  }
  Text entry(std::int64_t position) {
    pship_text* text = nullptr;
    detail::call(pship_platform_entry, raw(), position, &text);
    return Text(text);
  }
  std::vector<Hash> prove_inclusion(std::int64_t position, std::int64_t size) {
    return prove(pship_platform_prove_inclusion, position, size);
  }
  std::vector<Hash> prove_consistency(std::int64_t first, std::int64_t second) {
    return prove(pship_platform_prove_consistency, first, second);
  }

  // A row a fault (place, message). Options: tables, root.
  Table verify(const Options& options = {}) {
    pship_table* findings = nullptr;
    detail::call(pship_platform_verify, raw(), options.raw(), &findings);
    return Table(findings);
  }
  void rebuild() { detail::call(pship_platform_rebuild, raw()); }
  Text dump() {
    pship_text* text = nullptr;
    detail::call(pship_platform_dump, raw(), &text);
    return Text(text);
  }
  // The journal as it may be published, a line an entry. (`export` is a keyword.)
  Text export_journal() {
    pship_text* text = nullptr;
    detail::call(pship_platform_export, raw(), &text);
    return Text(text);
  }

  // Makes the call that runs in another thread end with PSHIP_CANCELLED. Any thread may call this,
  // as long as the Platform is not moved or destroyed meanwhile.
  void cancel() const noexcept { pship_platform_cancel(handle_.get()); }

  pship_platform* raw() noexcept { return handle_.get(); }
  explicit operator bool() const noexcept { return handle_ != nullptr; }

 private:
  std::vector<Hash> prove(pship_status (*function)(pship_platform*, std::int64_t, std::int64_t,
                                                   pship_table**, pship_error**),
                          std::int64_t first, std::int64_t second) {
    pship_table* made = nullptr;
    detail::call(function, raw(), first, second, &made);
    const Table table(made);
    const TextColumn hashes = table.texts("hash");
    std::vector<Hash> proof;
    for (std::int64_t i = 0; i < table.rows(); ++i) proof.push_back(hash_from_hex(hashes[i]));
    return proof;
  }
  detail::Unique<pship_platform, pship_platform_free> handle_;
};

// ------------------------------------------------------------------------------------------------
// Verification that needs no register.

struct JournalVerdict {
  bool sound = false;  // the computed root is the expected one, or none was expected
  std::int64_t entries = 0;
  Hash root{};  // computed from the lines
};

// Verifies a published journal. Throws PSHIP_CORRUPT: an entry that is none.
inline JournalVerdict verify_journal(std::string_view lines,
                                     const std::optional<Hash>& root = std::nullopt) {
  JournalVerdict verdict;
  std::int32_t sound = 0;
  const std::uint8_t* expected = root ? root->data() : nullptr;
  detail::call(pship_journal_verify, lines.data(), lines.size(), expected, &sound, &verdict.entries,
               verdict.root.data());
  verdict.sound = sound != 0;
  return verdict;
}

inline bool verify_inclusion(const Hash& leaf, std::int64_t position, std::int64_t size,
                             const std::vector<Hash>& proof, const Hash& root) {
  static_assert(sizeof(Hash) == PSHIP_HASH_SIZE, "hashes lie side by side");
  std::int32_t sound = 0;
  detail::call(pship_inclusion_verify, leaf.data(), position, size,
               proof.empty() ? nullptr : proof.front().data(), proof.size(), root.data(), &sound);
  return sound != 0;
}

inline bool verify_consistency(std::int64_t first, const Hash& first_root, std::int64_t second,
                               const Hash& second_root, const std::vector<Hash>& proof) {
  std::int32_t sound = 0;
  detail::call(pship_consistency_verify, first, first_root.data(), second, second_root.data(),
               proof.empty() ? nullptr : proof.front().data(), proof.size(), &sound);
  return sound != 0;
}

}  // namespace pship

#endif
