// SPDX-License-Identifier: Apache-2.0
#include "charter/mentions.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "feel/builtins.hpp"

namespace partnership::charter {

namespace {

using feel::NameUse;
using feel::no_slot;
using feel::NodeId;
using feel::NodeKind;
using feel::SlotId;
using feel::Storage;

// Where the parts of a value come from.
using Origins = std::vector<SlotId>;

// Functions that give items of their lists as they are, or do not look at them.
constexpr std::array<std::string_view, 9> passing = {"append",  "concatenate",   "count",
                                                     "flatten", "insert before", "reverse",
                                                     "remove",  "sublist",       "sort"};

class Finder {
 public:
  Finder(const feel::Ast& ast, const feel::Layout& layout)
      : ast_(ast),
        layout_(layout),
        reached_(ast.nodes.size(), false),
        origins_(ast.nodes.size()),
        mentioned_(layout.slots(), false) {}

  std::vector<SlotId> find() {
    if (ast_.root == feel::no_node) return {};
    reached_[ast_.root] = true;
    for (NodeId id = ast_.root + 1; id-- > 0;) {
      if (!reached_[id]) continue;
      for (const NodeId child : ast_.children_of(id)) reached_[child] = true;
    }
    for (NodeId id = 0; id <= ast_.root; ++id) {
      if (reached_[id]) visit(id);
    }
    mention_loose();
    std::vector<SlotId> out;
    for (SlotId slot = 1; slot < mentioned_.size(); ++slot) {
      if (mentioned_[slot]) out.push_back(slot);
    }
    return out;
  }

  // After find().
  std::vector<SlotId> contexts() const {
    if (ast_.root == feel::no_node) return {};
    std::vector<SlotId> out = items_of(origins_[ast_.root]);
    std::erase_if(out, [&](SlotId slot) { return layout_.slot(slot).storage != Storage::record; });
    return out;
  }

 private:
  void mention(SlotId slot) {
    mentioned_[slot] = true;
    const feel::Slot& of = layout_.slot(slot);
    if (of.storage == Storage::list) mention(of.first);  // the items; their members are not
  }

  void mention_whole(SlotId slot) {
    mentioned_[slot] = true;
    const feel::Slot& of = layout_.slot(slot);
    if (of.storage == Storage::list) return mention_whole(of.first);
    if (of.storage != Storage::record) return;
    for (SlotId member = of.first; member < of.first + of.count; ++member) mention_whole(member);
  }
  void use_whole(NodeId id) {
    for (const SlotId slot : origins_[id]) mention_whole(slot);
  }

  SlotId item_of(SlotId slot) const {
    const feel::Slot& of = layout_.slot(slot);
    return of.storage == Storage::list ? of.first : slot;
  }
  Origins items_of(const Origins& lists) const {
    Origins out;
    for (const SlotId slot : lists) add(out, item_of(slot));
    return out;
  }

  static void add(Origins& to, SlotId slot) {
    if (std::find(to.begin(), to.end(), slot) == to.end()) to.push_back(slot);
  }
  static void add(Origins& to, const Origins& more) {
    for (const SlotId slot : more) add(to, slot);
  }

  // Members of this name of what comes from these slots.
  Origins members(const Origins& of, std::string_view name) {
    if (of.empty()) loose_.push_back(name);
    Origins out;
    for (SlotId slot : of) {
      while (layout_.slot(slot).storage == Storage::list) slot = layout_.slot(slot).first;
      if (layout_.slot(slot).storage != Storage::record) continue;
      const SlotId member = layout_.member(slot, name);
      if (member == no_slot) continue;
      mention(member);
      add(out, member);
    }
    return out;
  }

  // What a variable, or the item of a filter, stands for.
  Origins bound(const NameUse& use) {
    const feel::Scope& scope = ast_.scopes[use.scope];
    const NodeId owner = scope.node;
    if (owner == feel::no_node) return {};
    const auto children = ast_.children_of(owner);
    switch (scope.kind) {
      case feel::ScopeKind::iteration:
        return use.index + 1 < children.size() ? items_of(origins_[children[use.index]])
                                               : Origins();
      case feel::ScopeKind::filter:
        return items_of(origins_[children[0]]);
      case feel::ScopeKind::context:
        return use.index < children.size() ? origins_[children[use.index]] : Origins();
      default:
        return {};
    }
  }

  Origins name(const NameUse& use) {
    if (!use.maybe_members_of.empty()) loose_.push_back(use.name);
    switch (use.binding) {
      case NameUse::Binding::input: {
        const SlotId slot = layout_.member(0, use.name);
        if (slot == no_slot) return {};
        mention(slot);
        return {slot};
      }
      case NameUse::Binding::variable:
      case NameUse::Binding::item:
        return bound(use);
      case NameUse::Binding::member:
        return members(bound(use), use.name);
      default:
        return {};
    }
  }

  std::string_view builtin(NodeId callee) const {
    const feel::Node& node = ast_.at(callee);
    if (node.kind != NodeKind::name || ast_.names[node.data].builtin == nullptr) return {};
    return ast_.names[node.data].builtin->name;
  }
  bool counts(NodeId callee) const { return builtin(callee) == "count"; }
  bool passes(NodeId callee) const {
    return std::find(passing.begin(), passing.end(), builtin(callee)) != passing.end();
  }

  bool is_null(NodeId id) const {
    const feel::Node& node = ast_.at(id);
    return node.kind == NodeKind::literal && ast_.constants[node.data].is_null();
  }

  void visit(NodeId id) {
    const feel::Node& node = ast_.at(id);
    const auto children = ast_.children_of(id);
    switch (node.kind) {
      case NodeKind::name:
        origins_[id] = name(ast_.names[node.data]);
        return;
      case NodeKind::path:
        origins_[id] = members(origins_[children[0]], ast_.texts[node.data]);
        return;
      case NodeKind::filter:
        origins_[id] = items_of(origins_[children[0]]);
        return;
      case NodeKind::if_then_else:
        add(origins_[id], origins_[children[1]]);
        add(origins_[id], origins_[children[2]]);
        return;
      case NodeKind::for_return:
        origins_[id] = origins_[children.back()];
        return;
      case NodeKind::list:
        for (const NodeId child : children) add(origins_[id], origins_[child]);
        return;
      case NodeKind::some:
      case NodeKind::every:
      case NodeKind::instance_of:
      case NodeKind::function:
        return;
      case NodeKind::call:
      case NodeKind::call_named:
        for (const NodeId child : children) {
          add(origins_[id], origins_[child]);
          if (!passes(children[0])) use_whole(child);
        }
        if (counts(children[0])) origins_[id].clear();  // a number
        return;
      case NodeKind::binary:
        if (is_null(children[0]) || is_null(children[1])) return;
        break;
      default:
        break;
    }
    for (const NodeId child : children) use_whole(child);
  }

  // Names that nobody knows the context of: those of this name below any fact that is mentioned.
  void mention_loose() {
    if (loose_.empty()) return;
    std::vector<bool> below(layout_.slots(), false);
    for (SlotId slot = 1; slot < layout_.slots(); ++slot) {
      const SlotId parent = layout_.slot(slot).parent;
      below[slot] = parent != 0 && (below[parent] || mentioned_[parent]);
      if (!below[slot]) continue;
      const std::string& name = layout_.slot(slot).name;
      if (std::find(loose_.begin(), loose_.end(), name) != loose_.end()) mention(slot);
    }
  }

  const feel::Ast& ast_;
  const feel::Layout& layout_;
  std::vector<bool> reached_;
  std::vector<Origins> origins_;
  std::vector<bool> mentioned_;
  std::vector<std::string_view> loose_;
};

}  // namespace

std::vector<SlotId> mentioned_facts(const feel::Ast& ast, const feel::Layout& layout) {
  return Finder(ast, layout).find();
}

std::vector<SlotId> contexts_of(const feel::Ast& ast, const feel::Layout& layout) {
  Finder finder(ast, layout);
  finder.find();
  return finder.contexts();
}

bool is_fact(const feel::Ast& ast) {
  if (ast.root == feel::no_node || ast.unary_tests) return false;
  NodeId id = ast.root;
  while (ast.at(id).kind == NodeKind::path) {
    const feel::Type* const from = ast.at(ast.child(id, 0)).type;
    if (!from->is(feel::TypeKind::context)) return false;
    id = ast.child(id, 0);
  }
  if (ast.at(id).kind != NodeKind::name) return false;
  const NameUse& use = ast.names[ast.at(id).data];
  return use.binding == NameUse::Binding::input && use.maybe_members_of.empty();
}

SlotId fact_of(const feel::Ast& ast, const feel::Layout& layout) {
  if (!is_fact(ast)) return no_slot;
  std::vector<std::string_view> path;
  NodeId id = ast.root;
  for (; ast.at(id).kind == NodeKind::path; id = ast.child(id, 0)) {
    path.push_back(ast.texts[ast.at(id).data]);
  }
  path.push_back(ast.names[ast.at(id).data].name);
  SlotId slot = 0;
  for (std::size_t i = path.size(); i-- > 0 && slot != no_slot;) {
    if (layout.slot(slot).storage != Storage::record) return no_slot;
    slot = layout.member(slot, path[i]);
  }
  return slot;
}

}  // namespace partnership::charter
