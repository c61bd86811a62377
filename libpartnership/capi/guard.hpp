// SPDX-License-Identifier: Apache-2.0
//
// The one way through the waist. Every C function that can fail runs its body inside guard(), which
// turns exceptions into statuses and errors. Nothing is thrown through C; when there is no memory
// even for the error, a preallocated one is handed out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "base/langmap.hpp"
#include "base/options.hpp"
#include "base/table.hpp"
#include "partnership/partnership.h"

struct pship_table {
  partnership::Table table;
};

struct pship_text {
  std::string text;
};

struct pship_calendar {
  partnership::Calendar calendar;
};

struct pship_options {
  partnership::Options options;
};

namespace partnership::capi {

// Makes the exception in flight into a status and, when `err` is not NULL, an error. Never throws.
pship_status report_exception(pship_error** err) noexcept;

template <class Body>
pship_status guard(pship_error** err, Body&& body) noexcept {
  if (err != nullptr) *err = nullptr;
  try {
    std::forward<Body>(body)();
    return PSHIP_OK;
  } catch (...) {
    return report_exception(err);
  }
}

// Outputs are set to this before anything can fail.
template <class T>
void clear(T** out) noexcept {
  if (out != nullptr) *out = nullptr;
}

// Throws Error(invalid_argument) that names the argument when a pointer that must be there is NULL.
// Inline, so that a static analyzer sees that what follows has a pointer.
[[noreturn]] void refuse_null(const char* argument);
inline void require(const void* pointer, const char* argument) {
  if (pointer == nullptr) refuse_null(argument);
}

// A document or text argument: NULL is allowed with size 0. Throws Error(invalid_argument) for NULL
// with a size, and for sizes beyond PTRDIFF_MAX, which are negative numbers in disguise.
std::string_view view(const char* text, std::size_t size, const char* argument);

// A NUL-terminated name; throws when it is NULL.
std::string_view name(const char* text, const char* argument);

Language language(std::int32_t value);  // throws for a number that is no PSHIP_LANG_*

// The options passed, or all defaults; throws when one is set that `scope` does not know.
const Options& options_for(const pship_options* options, std::string_view scope);

pship_text* new_text(std::string text);
pship_table* new_table(Table table);

}  // namespace partnership::capi
