// SPDX-License-Identifier: Apache-2.0
//
// The C API as its tests hold it: owners of handles, options in one line, cells as text, and
// folders that go away. Nothing here looks inside the library.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "partnership/partnership.h"
#include "support/temp_folder.hpp"

namespace pship_testing {

struct Free {
  void operator()(pship_error* handle) const noexcept { pship_error_free(handle); }
  void operator()(pship_text* handle) const noexcept { pship_text_free(handle); }
  void operator()(pship_options* handle) const noexcept { pship_options_free(handle); }
  void operator()(pship_table* handle) const noexcept { pship_table_free(handle); }
  void operator()(pship_calendar* handle) const noexcept { pship_calendar_free(handle); }
  void operator()(pship_platform* handle) const noexcept { pship_platform_free(handle); }
  void operator()(pship_criteria* handle) const noexcept { pship_criteria_free(handle); }
  void operator()(pship_nominees* handle) const noexcept { pship_nominees_free(handle); }
  void operator()(pship_check* handle) const noexcept { pship_check_free(handle); }
  void operator()(pship_feel* handle) const noexcept { pship_feel_free(handle); }
  void operator()(pship_feel_case* handle) const noexcept { pship_feel_case_free(handle); }
  void operator()(pship_feel_cases* handle) const noexcept { pship_feel_cases_free(handle); }
  void operator()(pship_feel_builder* handle) const noexcept { pship_feel_builder_free(handle); }
  void operator()(pship_value* handle) const noexcept { pship_value_free(handle); }
  void operator()(pship_charter* handle) const noexcept { pship_charter_free(handle); }
  void operator()(pship_findings* handle) const noexcept { pship_findings_free(handle); }
  void operator()(pship_history* handle) const noexcept { pship_history_free(handle); }
  void operator()(pship_composition* handle) const noexcept { pship_composition_free(handle); }
  void operator()(pship_selection* handle) const noexcept { pship_selection_free(handle); }
  void operator()(pship_replacement* handle) const noexcept { pship_replacement_free(handle); }
  void operator()(pship_alternates* handle) const noexcept { pship_alternates_free(handle); }
  void operator()(pship_verification* handle) const noexcept { pship_verification_free(handle); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// The handle that `call(&out)` makes, or none where the call fails.
template <class T, class Call>
Owned<T> made(Call&& call) {
  T* out = nullptr;
  (void)call(&out);
  return Owned<T>(out);
}

inline std::string said(const pship_text* text) {
  return std::string(pship_text_data(text), pship_text_size(text));
}

// One cell as text, whatever its type; "null" for a null and "?" where there is no such cell.
inline std::string cell(const pship_table* table, std::int32_t column, std::int64_t row) {
  if (row < 0 || row >= pship_table_rows(table)) return "?";
  if (pship_table_is_null(table, column, row) != 0) return "null";
  const auto at = static_cast<std::size_t>(row);
  switch (pship_table_type(table, column)) {
    case PSHIP_COLUMN_BOOL:
      return pship_table_bool(table, column)[at] != 0 ? "true" : "false";
    case PSHIP_COLUMN_INT32:
      return std::to_string(pship_table_i32(table, column)[at]);
    case PSHIP_COLUMN_INT64:
      return std::to_string(pship_table_i64(table, column)[at]);
    case PSHIP_COLUMN_DOUBLE:
      return std::to_string(pship_table_double(table, column)[at]);
    case PSHIP_COLUMN_DATE:
      return said(made<pship_text>([&](auto** out) {
                    return pship_date_iso(pship_table_date(table, column)[at], out, nullptr);
                  }).get());
    case PSHIP_COLUMN_TEXT: {
      std::size_t size = 0;
      const char* bytes = pship_table_text(table, column, row, &size);
      return std::string(bytes, size);
    }
    default:
      return "?";
  }
}

inline std::string cell(const pship_table* table, const char* column, std::int64_t row) {
  return cell(table, pship_table_find(table, column), row);
}

inline std::vector<std::string> column_names(const pship_table* table) {
  std::vector<std::string> names;
  for (std::int32_t i = 0; i < pship_table_columns(table); ++i) {
    names.emplace_back(pship_table_name(table, i));
  }
  return names;
}

inline std::vector<std::string> column(const pship_table* table, const char* name) {
  std::vector<std::string> cells;
  for (std::int64_t row = 0; row < pship_table_rows(table); ++row) {
    cells.push_back(cell(table, name, row));
  }
  return cells;
}

// Options set one after the other; a name or value that is refused stops the test program.
class Options {
 public:
  Options()
      : handle_(made<pship_options>([](auto** out) { return pship_options_new(out, nullptr); })) {}
  Options& flag(const char* name, bool value) {
    return must(pship_options_set_bool(get(), name, value ? 1 : 0, nullptr));
  }
  Options& number(const char* name, std::int64_t value) {
    return must(pship_options_set_int(get(), name, value, nullptr));
  }
  Options& text(const char* name, std::string_view value) {
    return must(pship_options_set_text(get(), name, value.data(), value.size(), nullptr));
  }
  Options& day(const char* name, pship_date value) {
    return must(pship_options_set_date(get(), name, value, nullptr));
  }
  pship_options* get() const noexcept { return handle_.get(); }

 private:
  Options& must(pship_status status) {
    if (status != PSHIP_OK) std::abort();
    return *this;
  }
  Owned<pship_options> handle_;
};

// Whether PSHIP_LONG=1 asks for what takes minutes.
inline bool long_run() {
  const char* value = std::getenv("PSHIP_LONG");
  return value != nullptr && std::string_view(value) == "1";
}

}  // namespace pship_testing
