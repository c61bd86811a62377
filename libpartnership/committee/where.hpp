// SPDX-License-Identifier: Apache-2.0
//
// Predicates over one nominee, written in FEEL: what rules of kind `where` count by.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "committee/criteria.hpp"
#include "committee/nominees.hpp"
#include "feel/program.hpp"

namespace partnership {

// Immutable; may be shared between threads.
class Predicate {
 public:
  const std::string& text() const noexcept { return text_; }  // composed (NFC)
  // Attributes of the criteria that it speaks of, ascending.
  std::span<const std::uint32_t> reads() const noexcept { return reads_; }
  const feel::Program& program() const noexcept { return *program_; }

 private:
  friend class PredicateCompiler;
  std::string text_;
  std::vector<std::uint32_t> reads_;
  std::shared_ptr<const feel::Program> program_;
};

// Compiles expressions against the attributes that a document declares: texts, lists of texts where
// an attribute is `multiple`.
class PredicateCompiler {
 public:
  void declare(const std::vector<Attribute>& attributes);
  // nullptr when something is wrong, all of which is in `problems`, each at its place inside the
  // text.
  std::shared_ptr<const Predicate> compile(json::Value text, json::Problems& problems);

 private:
  std::shared_ptr<feel::Types> types_;
  const feel::Type* schema_ = nullptr;
  std::vector<std::string> names_;
};

// The codes of a quota (compiled.hpp), a nominee each: is_counted, is_within, or both where the
// predicate is neither true nor false, or speaks of what is not known of the nominee. Where that is
// of attributes with closed lists and few completions, all of these are tried; else nothing is
// said.
std::vector<std::uint8_t> predicate_codes(const Criteria& criteria, const Nominees& nominees,
                                          const Predicate& predicate);

}  // namespace partnership
