// SPDX-License-Identifier: Apache-2.0
#include "capi/error_object.hpp"

#include "partnership/base.h"

namespace partnership::capi {

namespace {

// Only its address is used: no accessor looks inside.
alignas(pship_error) constinit unsigned char oom_place[sizeof(pship_error)] = {};

constexpr const char* oom_message = "out of memory";

const Problem* problem_of(const pship_error* error, std::int32_t index) noexcept {
  if (error == nullptr || is_out_of_memory_error(error) || index < 0) return nullptr;
  const auto& problems = error->error.problems();
  const auto at = static_cast<std::size_t>(index);
  return at < problems.size() ? &problems[at] : nullptr;
}

const std::pair<std::string, std::string>* detail_of(const pship_error* error,
                                                     std::int32_t index) noexcept {
  if (error == nullptr || is_out_of_memory_error(error) || index < 0) return nullptr;
  const auto& details = error->error.details();
  const auto at = static_cast<std::size_t>(index);
  return at < details.size() ? &details[at] : nullptr;
}

}  // namespace

pship_error* out_of_memory_error() noexcept {
  return reinterpret_cast<pship_error*>(oom_place);
}

bool is_out_of_memory_error(const pship_error* error) noexcept {
  return reinterpret_cast<const unsigned char*>(error) == oom_place;
}

}  // namespace partnership::capi

using namespace partnership;
using namespace partnership::capi;

const char* pship_status_name(pship_status status) {
  if (status < PSHIP_OK || status > PSHIP_INTERNAL) return "unknown";
  return code_name(static_cast<Code>(status)).data();  // literals, so NUL-terminated
}

pship_status pship_error_code(const pship_error* error) {
  if (error == nullptr) return PSHIP_OK;
  if (is_out_of_memory_error(error)) return PSHIP_NO_MEMORY;
  return static_cast<pship_status>(error->error.code());
}

const char* pship_error_message(const pship_error* error) {
  if (error == nullptr) return "";
  return is_out_of_memory_error(error) ? oom_message : error->error.what();
}

std::int32_t pship_error_problems(const pship_error* error) {
  if (error == nullptr) return 0;
  if (is_out_of_memory_error(error)) return 1;
  return static_cast<std::int32_t>(error->error.problems().size());
}

const char* pship_error_problem(const pship_error* error, std::int32_t problem) {
  if (error != nullptr && is_out_of_memory_error(error) && problem == 0) return oom_message;
  const Problem* found = problem_of(error, problem);
  return found == nullptr ? "" : found->message.c_str();
}

const char* pship_error_pointer(const pship_error* error, std::int32_t problem) {
  const Problem* found = problem_of(error, problem);
  return found == nullptr ? "" : found->pointer.c_str();
}

std::int64_t pship_error_offset(const pship_error* error, std::int32_t problem) {
  const Problem* found = problem_of(error, problem);
  return found == nullptr ? no_offset : found->offset;
}

std::int64_t pship_error_line(const pship_error* error, std::int32_t problem) {
  const Problem* found = problem_of(error, problem);
  return found == nullptr ? 0 : found->line;
}

std::int64_t pship_error_column(const pship_error* error, std::int32_t problem) {
  const Problem* found = problem_of(error, problem);
  return found == nullptr ? 0 : found->column;
}

std::int32_t pship_error_details(const pship_error* error) {
  if (error == nullptr || is_out_of_memory_error(error)) return 0;
  return static_cast<std::int32_t>(error->error.details().size());
}

const char* pship_error_detail_key(const pship_error* error, std::int32_t detail) {
  const auto* found = detail_of(error, detail);
  return found == nullptr ? nullptr : found->first.c_str();
}

const char* pship_error_detail_value(const pship_error* error, std::int32_t detail) {
  const auto* found = detail_of(error, detail);
  return found == nullptr ? nullptr : found->second.c_str();
}

void pship_error_free(pship_error* error) {
  if (!is_out_of_memory_error(error)) delete error;
}
