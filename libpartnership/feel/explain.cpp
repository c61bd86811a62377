// SPDX-License-Identifier: Apache-2.0
#include "feel/explain.hpp"

#include "feel/builtins.hpp"
#include "feel/machine.hpp"
#include "feel/recorder.hpp"

namespace partnership::feel {

namespace {

constexpr std::uint32_t no_part = 0xffffffff;

// Walks from the whole to the parts that made a boolean what it is: through `and`, `or`, `not`,
// `if`, quantifiers and functions, to comparisons and plain values.
class Decisive {
 public:
  Decisive(Trace& trace, const Ast& ast) : trace_(trace), ast_(ast), links_(trace.parts.size()) {
    for (auto i = static_cast<std::uint32_t>(links_.size()); i-- > 1;) {
      Links& parent = links_[trace.parts[i].parent];
      links_[i].next = parent.child;
      parent.child = i;
    }
  }

  void mark() {
    waiting_.push_back(0);
    while (!waiting_.empty()) {
      const std::uint32_t part = waiting_.back();
      waiting_.pop_back();
      if (!look_inside(part)) trace_.parts[part].decisive = true;
    }
  }

 private:
  struct Links {
    std::uint32_t child = no_part, next = no_part;
  };

  // Notes the parts below that decided `part`; false: it is to be shown itself.
  bool look_inside(std::uint32_t part) {
    const Value value = trace_.parts[part].value;
    const NodeId id = trace_.parts[part].node;
    switch (ast_.at(id).kind) {
      case NodeKind::conjunction:
        return operands(part, value, value.is_true(), no_node);
      case NodeKind::disjunction:
        return operands(part, value, value.is_false(), no_node);
      case NodeKind::every:
        return operands(part, value, value.is_true(), last_child(id));
      case NodeKind::some:
        return operands(part, value, value.is_false(), last_child(id));
      case NodeKind::if_then_else:
        return branch(part, id);
      case NodeKind::call:
        return call(part, id);
      default:
        return false;
    }
  }

  // All of the parts below (of `only`, if given), or those of the same value.
  bool operands(std::uint32_t part, Value value, bool all, NodeId only) {
    const std::size_t before = waiting_.size();
    for (std::uint32_t i = links_[part].child; i != no_part; i = links_[i].next) {
      const TracePart& below = trace_.parts[i];
      if (only != no_node && below.node != only) continue;
      const bool same = value.is(Kind::boolean) ? below.value.is(Kind::boolean) &&
                                                      below.value.boolean() == value.boolean()
                                                : !below.value.is(Kind::boolean);
      if (all || same) waiting_.push_back(i);
    }
    return waiting_.size() != before;
  }

  bool branch(std::uint32_t part, NodeId id) {
    const std::uint32_t condition = find(part, ast_.child(id, 0));
    std::uint32_t taken = find(part, ast_.child(id, 1));
    if (taken == no_part) taken = find(part, ast_.child(id, 2));
    const std::uint32_t decides = taken != no_part ? taken : condition;
    if (decides == no_part) return false;
    waiting_.push_back(decides);
    return true;
  }

  bool call(std::uint32_t part, NodeId id) {
    const NodeId callee = ast_.child(id, 0);
    const bool by_name = ast_.at(callee).kind == NodeKind::name;
    const NameUse* use = by_name ? &ast_.names[ast_.at(callee).data] : nullptr;
    std::uint32_t decides = no_part;
    if (use != nullptr && use->binding == NameUse::Binding::builtin) {
      if (use->builtin->name != "not" || ast_.at(id).count != 2) return false;
      decides = find(part, ast_.child(id, 1));
    } else {  // the body of the function runs behind the arguments
      for (std::uint32_t i = links_[part].child; i != no_part; i = links_[i].next) decides = i;
      for (const NodeId child : ast_.children_of(id)) {
        if (decides != no_part && trace_.parts[decides].node == child) return false;
      }
    }
    if (decides == no_part) return false;
    waiting_.push_back(decides);
    return true;
  }

  std::uint32_t find(std::uint32_t part, NodeId node) const {
    std::uint32_t i = links_[part].child;
    while (i != no_part && trace_.parts[i].node != node) i = links_[i].next;
    return i;
  }
  NodeId last_child(NodeId id) const { return ast_.child(id, ast_.at(id).count - 1); }

  Trace& trace_;
  const Ast& ast_;
  std::vector<Links> links_;
  std::vector<std::uint32_t> waiting_;
};

void record(const Program& program, std::uint32_t index, const Unit& unit, Value case_value,
            Evaluation& evaluation, std::size_t most, Trace& trace) {
  constexpr std::size_t usual_parts = 64;
  trace.parts.clear();
  trace.truncated = false;
  if (trace.parts.capacity() == 0) trace.parts.reserve(usual_parts);
  Recorder recorder(trace, most);
  Value value = Machine(evaluation).evaluate(unit, case_value, &recorder);
  value = program.as_declared(index, value, evaluation);
  if (trace.parts.empty()) trace.parts.push_back({program.ast(index).root, 0, 0, 0, false, value});
  trace.parts.front().value = value;
}

}  // namespace

void explain(const Program& program, std::uint32_t index, Value case_value, Evaluation& evaluation,
             Trace& out, std::size_t most) {
  record(program, index, program.recorded_unit(index), case_value, evaluation, most, out);
  const Value value = out.parts.front().value;
  if (value.is_false() || value.is_null()) Decisive(out, program.ast(index)).mark();
}

Trace explain(const Program& program, std::uint32_t index, Value case_value, Evaluation& evaluation,
              std::size_t most) {
  Trace trace;
  explain(program, index, case_value, evaluation, trace, most);
  return trace;
}

Trace explain_whole(const Program& program, std::uint32_t index, Value case_value,
                    Evaluation& evaluation, std::size_t most) {
  Trace trace;
  record(program, index, program.whole_unit(index), case_value, evaluation, most, trace);
  return trace;
}

}  // namespace partnership::feel
