// SPDX-License-Identifier: Apache-2.0
//
// How facts of a case come, grow and go: what an event says, what a supposition changes, and what
// the case is after several of them.
//
// A change is an object with any of
//   "facts": {name: value, ...}        each replaces what was known of that fact, whole; null says
//                                      that a date has not come
//   "append": {name: [item, ...], ...} items behind those of a fact that is a list; where nothing
//                                      is known of it, they are all that it has
//   "withdraw": [name, ...]            facts that are not known any more
// A fact stands in one of them at most.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "charter/charter.hpp"
#include "charter/reader_parts.hpp"
#include "feel/case_json.hpp"
#include "feel/type.hpp"

namespace partnership::charter {

struct FactChange {
  enum class How : std::uint8_t { replace, append, withdraw };
  std::uint32_t fact;  // of the members of the kind's type
  How how;
  std::optional<json::Value> value;  // of the document; none where it is withdrawn
};

// Reads changes of cases of one kind. Used by one thread.
class ChangeReader {
 public:
  explicit ChangeReader(const Kind& kind);

  // Appends what the object has of the members above. What is wrong with them goes
  // to the problems: facts that are not declared, values of another type, items for what is no
  // list.
  void read(json::ObjectReader& reader, Parts& parts, std::vector<FactChange>& changes);
  // The same of an object of facts that replace others.
  void read_facts(json::Value facts, Parts& parts, std::vector<FactChange>& changes);

 private:
  void read_values(json::Value values, FactChange::How how, Parts& parts);
  void read_withdrawn(json::Value names, Parts& parts);
  void add(json::Value where, std::string_view name, FactChange change, Parts& parts);

  const feel::Type& schema_;
  feel::Batch batch_;  // for the types alone
  feel::CaseReader reader_;
  std::vector<std::uint64_t> changed_in_;  // by fact: the last reading that changed it
  std::uint64_t reads_ = 0;
  std::vector<FactChange>* found_ = nullptr;
};

// The facts of one case after some changes.
class FactSheet {
 public:
  explicit FactSheet(const feel::Type& schema);

  void clear() noexcept;
  void apply(const FactChange& change);
  // A case as JSON, on one line. `complete`: what is not there has not happened, so dates that are
  // absent, also inside contexts that are there, are null, and lists of dates, or of contexts with
  // a date, are empty.
  void append_json(std::string& out, bool complete) const;

 private:
  struct Fact {
    std::optional<json::Value> whole;
    std::vector<json::Value> appended;  // arrays
  };
  const feel::Type& schema_;
  std::vector<Fact> facts_;
};

}  // namespace partnership::charter
