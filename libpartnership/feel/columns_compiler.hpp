// SPDX-License-Identifier: Apache-2.0
//
// From the trees of an expression set to a plan of vector operations. What it does not know, or
// what costs too much to find out, it leaves to the machine: that is never an error.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "feel/arena.hpp"
#include "feel/ast.hpp"
#include "feel/case_layout.hpp"
#include "feel/columns_plan.hpp"
#include "feel/evaluation.hpp"
#include "feel/program.hpp"

namespace partnership::feel {

// The codes of the texts that expressions name.
class Literals {
 public:
  Literals() = default;  // collects them
  explicit Literals(const Layout& layout) : fixed_(&layout) {}

  std::uint32_t code(std::string_view text) {  // Dictionary::none: not among those of the layout
    return fixed_ != nullptr ? fixed_->literals().find(text) : collected_.intern(text, arena_);
  }
  std::vector<std::string_view> texts() const;

 private:
  const Layout* fixed_ = nullptr;
  Dictionary collected_;
  Arena arena_;
};

// Plans one set of expressions over one layout.
class PlanCompiler {
 public:
  PlanCompiler(const Layout& layout, Literals& literals);

  // Expressions that columns cannot evaluate get no_vec; also those for which `to_machine` is true.
  Plan compile(const Program& program, const std::vector<bool>* to_machine = nullptr);

 private:
  // What a part of an expression is.
  struct Term {
    enum class Kind : std::uint8_t { none, vec, value, list, record };
    Kind kind = Kind::none;
    VecId vec = no_vec;
    Value value;               // the same for every case
    SlotId slot = no_slot;     // of the list or record
    PlanLevelId level = 0;     // record: where it is seen; list: of its items
    SlotId member = no_slot;   // list: what of each item is meant: the item, or a member
    VecId selection = no_vec;  // list: which of its items
  };
  struct Bound {
    std::uint32_t scope;
    std::uint32_t index;
    PlanLevelId level;
    Term term;
    std::uint32_t hidden = 0;
  };
  using Compare = kernels::Compare;

  VecId root(const Source& source, const Ast& ast, Plan::Items& items);
  Plan::Items items_root(const Term& list) const;
  Term term(NodeId id);
  Term name(const NameUse& use);
  Term member(const Term& of, std::string_view name);
  Term slot(SlotId id, PlanLevelId level);
  Term binary(const Node& node, NodeId id);
  Term conditional(NodeId id);
  Term call(NodeId id);
  VecId truth(NodeId id);
  VecId truth_of(const Term& term);
  bool constant_call(NodeId id, Term& out);
  Term bound(std::uint32_t scope, std::uint32_t index) const;
  void hide(PlanLevelId level, std::uint32_t by);

  // columns_operators.cpp
  Term compared(Compare op, const Term& left, const Term& right);
  Term compared_with_null(Compare op, const Term& term);
  Term compared_with_duration(Compare op, VecId vec, Value duration);
  Term calculated(Op op, const Term& left, const Term& right);
  static Term calculated_now(Op op, Value left, Value right);
  Term shifted(const Term& day, const Term& days, std::int64_t sign);
  VecId vector(const Term& term, VecKind kind);
  bool align(VecId& a, VecId& b);
  VecId chain(VecOp op, std::initializer_list<VecId> parts);
  VecId known(VecId of);
  Term between(NodeId id);
  Term in(NodeId id);
  VecId in_test(const Term& value, NodeId test);
  VecId in_range(const Term& value, NodeId low, NodeId high, bool low_closed, bool high_closed);

  // columns_lists.cpp
  Term filter(NodeId id);
  Term quantified(NodeId id);
  VecId quantified(NodeId id, std::uint32_t domain);
  VecId quantified_body(NodeId id, std::uint32_t domain);
  VecId reduced(bool some, const Term& list, VecId condition);
  VecId some_equal(NodeId id, const Term& list, std::uint32_t domain);
  VecId any_equal(VecId outer, VecId inner, VecId filter, const Term& list);
  bool split(NodeId condition, std::vector<NodeId>& parts) const;
  VecId present(const Term& list);
  VecId items_of(const Term& list);
  Term counted(const Term& list);
  Term aggregated(VecOp op, const Term& list);
  VecId contains(const Term& list, const Term& value);
  Term item_term(const Term& list);
  bool as_product(Term& list);

  static Term of(VecId id) noexcept {
    Term out;
    if (id != no_vec) {
      out.kind = Term::Kind::vec;
      out.vec = id;
    }
    return out;
  }
  VecId node(VecOp op, VecKind kind, VecId a, VecId b = no_vec, VecId c = no_vec);

  const Layout& layout_;
  Literals& literals_;
  PlanBuilder plan_;
  const Ast* ast_ = nullptr;
  std::vector<Bound> bindings_;
  PlanLevelId around_ = 0;  // the level of the condition that is compiled
  std::uint32_t visits_ = 0;
  std::unique_ptr<Evaluation> constants_;
  Arena arena_;
};

}  // namespace partnership::feel
