// SPDX-License-Identifier: Apache-2.0
#include "capi/guard.hpp"

#include <new>

#include "capi/error_object.hpp"

namespace partnership::capi {

namespace {

pship_status hand_out(pship_error** err, Error error) noexcept {
  const auto status = static_cast<pship_status>(error.code());
  if (err == nullptr) return status;
  try {
    *err = new pship_error{std::move(error)};
    return status;
  } catch (...) {
    *err = out_of_memory_error();
    return PSHIP_NO_MEMORY;
  }
}

// Making an Error allocates, too, and so may fail in turn.
pship_status hand_out_internal(pship_error** err, const char* what) noexcept {
  try {
    return hand_out(err, Error(Code::internal, what));
  } catch (...) {
    if (err != nullptr) *err = out_of_memory_error();
    return PSHIP_NO_MEMORY;
  }
}

}  // namespace

pship_status report_exception(pship_error** err) noexcept {
  try {
    throw;
  } catch (Error& error) {
    return hand_out(err, std::move(error));
  } catch (const std::bad_alloc&) {
    if (err != nullptr) *err = out_of_memory_error();
    return PSHIP_NO_MEMORY;
  } catch (const std::exception& exception) {
    return hand_out_internal(err, exception.what());
  } catch (...) {
    return hand_out_internal(err, "an exception of an unknown type");
  }
}

void refuse_null(const char* argument) {
  throw Error(Code::invalid_argument, "`" + std::string(argument) + "` is NULL");
}

std::string_view view(const char* text, std::size_t size, const char* argument) {
  if (size > static_cast<std::size_t>(PTRDIFF_MAX)) {
    throw Error(Code::invalid_argument,
                "the size of `" + std::string(argument) + "` is beyond any memory");
  }
  if (text == nullptr && size != 0) {
    throw Error(Code::invalid_argument, "`" + std::string(argument) + "` is NULL but has a size");
  }
  return {text == nullptr ? "" : text, size};
}

std::string_view name(const char* text, const char* argument) {
  require(text, argument);
  return text;
}

Language language(std::int32_t value) {
  if (value < PSHIP_LANG_AR || value > PSHIP_LANG_FR) {
    throw Error(Code::invalid_argument,
                "`language` is " + std::to_string(value) + ", expected PSHIP_LANG_AR, _EN or _FR");
  }
  return static_cast<Language>(value);
}

const Options& options_for(const pship_options* options, std::string_view scope) {
  static const Options none;
  if (options == nullptr) return none;
  options->options.check(scope);
  return options->options;
}

pship_text* new_text(std::string text) {
  return new pship_text{std::move(text)};
}

pship_table* new_table(Table table) {
  return new pship_table{std::move(table)};
}

}  // namespace partnership::capi
