// SPDX-License-Identifier: Apache-2.0
//
// What one evaluation has at hand: its memory, its budgets, the day and the calendar of the call,
// and the list of its warnings. A warning says why a null came about, or what was odd; a norm whose
// evaluation raised one is never met.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "feel/arena.hpp"
#include "feel/ast.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

enum class WarningKind : std::uint8_t {
  unknown_name,    // nothing of this name
  unknown_member,  // the context has no such member
  wrong_type,      // an operand or argument of a kind that does not go
  null_operand,    // an operand or argument that is null
  wrong_call,      // no such signature, or not a function
  no_result,       // overflow, division by zero, out of range, no such date
  wrong_text,      // a text that is no number, date, duration, regular expression
  out_of_list,     // a position that is not in the list
  not_conforming,  // a result or argument that does not conform to its declared type
  budget,          // a budget was used up; the evaluation ended
};
std::string_view warning_name(WarningKind kind) noexcept;

struct Warning {
  WarningKind kind;
  NodeId node;  // of the expression under evaluation
  std::string_view
      what;  // a literal of the library or a text in the arena: the operator, function, name
  Value left, right;  // the values that did it (null where there are none)
};
// One line, e.g. "`-` cannot take a date and null, in `a - b`". `source`: the text of the node;
// empty: unknown.
std::string warning_text(const Warning& warning, std::string_view source);

struct Budget {
  std::uint64_t steps = 50'000'000;  // instructions and list items touched
  std::uint32_t depth = 400;         // function calls within each other
  std::uint32_t list = 10'000'000;   // items of one list
  std::size_t memory = std::size_t{256} << 20;
  std::uint64_t regex_steps = 10'000'000;  // of ICU's matcher, in one match
  std::uint32_t warnings = 100;            // kept; more are only counted
};

// What the caller says of the moment.
struct Moment {
  bool given = false;                  // else today() and now() give null and a warning
  std::int64_t today = 0;              // days since 1970-01-01
  std::int64_t nanoseconds = 0;        // of the day of now(), UTC
  const Calendar* calendar = nullptr;  // of the working-day functions; nullptr: they give null
  bool clock = true;                   // else now() gives null and a warning
  std::int64_t shift = 0;              // days from `today`, which a zone may have, to that of now()
};

// Thrown (inside the room only) when a budget is used up; the machine turns it into a null with a
// warning of kind budget.
struct OutOfBudget {
  std::string_view what;
};

class RegexCache;  // regex.hpp
struct RegexCacheDeleter {
  void operator()(RegexCache* cache) const noexcept;
};
struct MachineState;  // machine.hpp: registers and caches, kept from one evaluation to the next

class Evaluation {
 public:
  explicit Evaluation(const Budget& budget = {});
  ~Evaluation();
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;

  Arena& arena() noexcept { return arena_; }
  const Budget& budget() const noexcept { return budget_; }
  const Moment& moment() const noexcept { return moment_; }
  void begin(const Moment& moment);  // forgets values, warnings and steps of the evaluation before

  void spend(std::uint64_t steps) {
    steps_ += steps;
    if (steps_ > budget_.steps) throw OutOfBudget{"steps"};
  }
  std::uint64_t steps() const noexcept { return steps_; }  // of the expression that ran last
  void check_list(std::size_t items) const {
    if (items > budget_.list) throw OutOfBudget{"list"};
  }

  // Notes a warning at the node that runs, and gives null.
  Value warn(WarningKind kind, std::string_view what, Value left = {}, Value right = {});
  void at(NodeId node) noexcept { node_ = node; }
  NodeId node() const noexcept { return node_; }
  const std::vector<Warning>& warnings() const noexcept { return warnings_; }
  std::uint64_t warning_count() const noexcept { return warning_count_; }
  // Whether one of them, kept or not, was of kind budget: an evaluation has been cut short.
  bool warned_of_budget() const noexcept { return warned_of_budget_; }

  // The regular expressions this evaluation has compiled; kept from one begin() to the next.
  std::unique_ptr<RegexCache, RegexCacheDeleter>& regexes() noexcept { return regexes_; }

  // Calls a function value (of sort's second argument, ...): null and a warning where it is no
  // function, takes not so many arguments or not such ones. Goes past the depth budget by
  // OutOfBudget. Defined with the machine.
  Value call(Value function, std::span<const Value> arguments);

 private:
  Budget budget_;
  Moment moment_;
  Arena arena_;
  std::uint64_t steps_ = 0;
  std::uint32_t depth_ = 0;
  NodeId node_ = no_node;
  std::vector<Warning> warnings_;
  std::uint64_t warning_count_ = 0;
  bool warned_of_budget_ = false;
  std::unique_ptr<RegexCache, RegexCacheDeleter> regexes_;
  std::unique_ptr<MachineState> state_;
  friend class Machine;
};

}  // namespace partnership::feel
