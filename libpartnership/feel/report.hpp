// SPDX-License-Identifier: Apache-2.0
//
// Where the parser and the checker put what they find.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "feel/parser.hpp"

namespace partnership::feel {

class Report {
 public:
  Report(std::vector<Diagnostic>& diagnostics, std::size_t most)
      : diagnostics_(diagnostics), first_(diagnostics.size()), most_(most) {}

  void add(Severity severity, std::size_t from, std::size_t to, std::string message,
           std::string hint = {}) {
    diagnostics_.push_back(
        {severity,
         {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)},
         std::move(message),
         std::move(hint)});
  }
  void error(std::size_t from, std::size_t to, std::string message, std::string hint = {}) {
    add(Severity::error, from, to, std::move(message), std::move(hint));
  }
  void error(Span span, std::string message, std::string hint = {}) {
    error(span.offset, span.offset + span.length, std::move(message), std::move(hint));
  }
  bool full() const noexcept { return size() >= most_; }
  std::size_t size() const noexcept { return diagnostics_.size() - first_; }
  void shrink(std::size_t size) { diagnostics_.resize(first_ + size); }
  bool has_error() const noexcept;
  void sort();  // by place

 private:
  std::vector<Diagnostic>& diagnostics_;
  std::size_t first_;
  std::size_t most_;
};

}  // namespace partnership::feel
