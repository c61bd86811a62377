// SPDX-License-Identifier: Apache-2.0
//
// A second evaluator, only for tests: walks the tree with one map of variables, recalculates
// everything, knows no registers, caches or folding. It shares with the machine what the values
// themselves do (number.hpp, temporal.hpp, compare.hpp, type.hpp, the built-ins), nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "feel/ast.hpp"
#include "feel/evaluation.hpp"

namespace partnership::feel::test {

class NaiveEvaluator {
 public:
  NaiveEvaluator(const Ast& ast, Value case_value, Evaluation& evaluation)
      : ast_(ast), case_(case_value), evaluation_(evaluation) {}
  Value value() { return value(ast_.root); }
  // How often something was odd, without what the built-ins say to the evaluation.
  std::size_t warnings() const { return warnings_; }

 private:
  // Variable -1 of an iteration is `partial`.
  using Scope = std::map<std::int64_t, Value>;
  struct Closure {
    NodeId node;
    std::map<std::uint32_t, Scope> scopes;
  };

  Value value(NodeId id);
  Value name(const NameUse& use);
  Value outside(const NameUse& use);
  Value path(Value from, const std::string& name, bool optional);
  Value filter(NodeId id);
  Value position(Value list, Value at);
  Value binary(Op op, Value left, Value right);
  Value compare(Op op, Value left, Value right);
  Value logic(NodeId id, bool decides);
  Value tests(NodeId id, std::uint32_t from, Value tested);
  Value test(NodeId id, Value tested);
  Value in_value(Value tested, Value with);
  bool inside(const Range& range, Value tested, bool& ordered);
  Value interval(NodeId id);
  Value comparison_range(NodeId id);
  bool domain(NodeId id, std::vector<Value>& items);
  bool counted(Value low, Value high, std::vector<Value>& items);
  void iterate(NodeId id, std::uint32_t level, std::vector<Value>& results, bool& failed);
  Value quantified(NodeId id, bool decides);
  Value context(NodeId id);
  Value function(NodeId id);
  Value call(NodeId id);
  Value call_closure(const Function* function, const std::vector<Value>& arguments);
  Value warn() {
    ++warnings_;
    return {};
  }

  const Ast& ast_;
  Value case_;
  Evaluation& evaluation_;
  std::map<std::uint32_t, Scope> scopes_;
  std::map<const Function*, Closure> closures_;
  std::size_t warnings_ = 0;
};

}  // namespace partnership::feel::test
