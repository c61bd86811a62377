// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

namespace partnership {

std::string_view code_name(Code code) noexcept {
  switch (code) {
    case Code::ok:
      return "ok";
    case Code::invalid_argument:
      return "invalid_argument";
    case Code::malformed:
      return "malformed";
    case Code::invalid_document:
      return "invalid_document";
    case Code::refused:
      return "refused";
    case Code::not_found:
      return "not_found";
    case Code::state:
      return "state";
    case Code::corrupt:
      return "corrupt";
    case Code::busy:
      return "busy";
    case Code::io:
      return "io";
    case Code::no_memory:
      return "no_memory";
    case Code::cancelled:
      return "cancelled";
    case Code::limit:
      return "limit";
    case Code::internal:
      return "internal";
  }
  return "unknown";
}

Error::Error(Code code, std::string message)
    : Error(code, Problem{std::move(message), {}, no_offset, 0, 0}) {}

Error::Error(Code code, Problem problem) : Error(code, std::vector<Problem>{std::move(problem)}) {}

Error::Error(Code code, std::vector<Problem> problems)
    : code_(code), problems_(std::move(problems)) {
  const Problem& first = problems_.front();
  if (first.line > 0) {
    what_ = std::to_string(first.line) + ":";
    if (first.column > 0) what_ += std::to_string(first.column) + ":";
    what_ += ' ';
  }
  if (!first.pointer.empty()) what_ += first.pointer + ": ";
  what_ += first.message;
  if (problems_.size() > 1) {
    what_ += " (and " + std::to_string(problems_.size() - 1) + " more)";
  }
}

Error& Error::with(std::string key, std::string value) {
  details_.emplace_back(std::move(key), std::move(value));
  return *this;
}

}  // namespace partnership
