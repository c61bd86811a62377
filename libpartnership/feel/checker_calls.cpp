// SPDX-License-Identifier: Apache-2.0
//
// Calls: what they give, and whether their arguments go.
#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "feel/checker.hpp"

namespace partnership::feel {

bool may_convert(const Type& from, const Type& to) noexcept {
  if (from.is(TypeKind::any) || from.is(TypeKind::null) || to.is(TypeKind::any)) return true;
  if (from.kind == to.kind) {
    return !from.is(TypeKind::list) || may_convert(*from.element, *to.element);
  }
  if (to.is(TypeKind::list)) return may_convert(from, *to.element);    // an item: a list of one
  if (from.is(TypeKind::list)) return may_convert(*from.element, to);  // a list of one: its item
  return from.is(TypeKind::date) && to.is(TypeKind::date_time);
}

const Type* Checker::call_type(NodeId node) {
  const std::span<const NodeId> children = children_of(node);
  const NodeId callee = children[0];
  const Type* type = of(callee);
  if (ast_.nodes[callee].kind == NodeKind::name) {
    const NameUse& use = ast_.names[ast_.nodes[callee].data];
    if (use.builtin != nullptr && use.maybe_members_of.empty()) {
      return builtin_call(node, *use.builtin);
    }
  }
  if (!type->is(TypeKind::function)) {
    if (!type->is(TypeKind::any)) {
      refuse(callee,
             "expected a function to call, found " + std::string(type_kind_name(type->kind)));
    }
    return types_.any();
  }
  if (type == simple(TypeKind::function)) return types_.any();  // nothing is known of it
  const std::size_t arguments = children.size() - 1;
  if (arguments != type->parameters.size()) {
    const std::size_t wanted = type->parameters.size();
    refuse(node, "the function takes " + std::to_string(wanted) +
                     (wanted == 1 ? " argument" : " arguments") + ", found " +
                     std::to_string(arguments));
  } else if (ast_.nodes[node].kind == NodeKind::call) {
    for (std::size_t i = 0; i < arguments; ++i) {
      const Type* wanted = type->parameters[i];
      if (may_convert(*of(children[i + 1]), *wanted)) continue;
      refuse(children[i + 1],
             "expected " + type_text(*wanted) + ", found " + type_text(*of(children[i + 1])));
    }
  }
  return type->result;
}

namespace {

// Whether all that is required is given by its name.
bool whole(const Signature& signature, std::span<const std::uint8_t> order) {
  for (std::size_t i = 0; i < signature.required; ++i) {
    if (std::ranges::find(order, i) == order.end()) return false;
  }
  return true;
}

}  // namespace

const Type* Checker::builtin_call(NodeId node, const Builtin& builtin) {
  const std::span<const NodeId> arguments = children_of(node).subspan(1);
  std::array<std::uint8_t, most_parameters> order{};
  const Signature* signature = nullptr;
  if (ast_.nodes[node].kind == NodeKind::call_named) {
    const std::uint32_t first = ast_.nodes[node].data;
    const std::span<const std::string_view> names(ast_.texts.data() + first, arguments.size());
    if (arguments.size() <= most_parameters) signature = signature_for(builtin, names, order);
    if (signature == nullptr || (strict_ && !whole(*signature, {order.data(), names.size()}))) {
      wrong_names(node, builtin, names);
      return types_.any();
    }
  } else {
    signature = signature_for(builtin, arguments.size());
    if (signature == nullptr) {
      wrong_count(node, builtin);
      return types_.any();
    }
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint8_t>(i);
  }
  if (strict_) {
    NodeId wrong = no_node;
    const Type* wanted = nullptr;
    const bool named = ast_.nodes[node].kind == NodeKind::call_named;
    bool taken = takes(*signature, arguments, named, order, wrong, wanted);
    // Another signature of as many arguments may take them.
    for (const Signature& other : builtin.signatures) {
      if (taken || named) break;
      NodeId ignored = no_node;
      const Type* ignored_type = nullptr;
      const bool fits = arguments.size() >= other.required &&
                        (other.variadic || arguments.size() <= other.parameters.size());
      if (fits && takes(other, arguments, named, order, ignored, ignored_type)) {
        taken = true;
        signature = &other;
      }
    }
    if (!taken) {
      refuse(wrong, "`" + std::string(builtin.name) + "` expects " + type_text(*wanted) +
                        " here, found " + type_text(*of(wrong)));
    }
  }
  if (ast_.nodes[node].kind == NodeKind::call) return result_of(*signature, arguments);
  std::vector<NodeId> placed(signature->parameters.size(), no_node);
  for (std::size_t i = 0; i < arguments.size(); ++i) placed[order[i]] = arguments[i];
  while (placed.back() == no_node) placed.pop_back();
  return result_of(*signature, placed);
}

const Type* Checker::parameter_type(const Signature& signature, std::size_t parameter) const {
  const TypeKind kind = signature.parameter_types[parameter];
  return kind == TypeKind::list ? types_.list(simple(signature.element)) : simple(kind);
}

bool Checker::takes(const Signature& signature, std::span<const NodeId> arguments, bool named,
                    std::span<const std::uint8_t> order, NodeId& wrong, const Type*& wanted) const {
  const std::size_t parameters = signature.parameters.size();
  // f(list) called as f(item, item, ...)
  const bool items = !named && signature.variadic && parameters == 1 && arguments.size() > 1;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (parameters == 0) break;
    const std::size_t at = named ? order[i] : std::min(i, parameters - 1);
    wanted = items ? simple(signature.element) : parameter_type(signature, at);
    wrong = arguments[i];
    if (!may_convert(*of(arguments[i]), *wanted)) return false;
  }
  return true;
}

// The arguments in the order of the parameters; no_node: not given.
const Type* Checker::result_of(const Signature& signature, std::span<const NodeId> arguments) {
  const Type* fixed = simple(signature.result);
  if (signature.result == TypeKind::list) {
    fixed = types_.list(simple(signature.result_element));
  } else if (signature.result == TypeKind::range) {
    fixed = types_.range(simple(signature.result_element));
  }
  if (signature.result_type == ResultType::fixed || arguments.empty()) return fixed;
  if (arguments[0] == no_node) return fixed;
  const Type* first = of(arguments[0]);
  if (first->is(TypeKind::any)) return fixed;
  switch (signature.result_type) {
    case ResultType::like: {
      const bool list =
          !signature.parameter_types.empty() && signature.parameter_types[0] == TypeKind::list;
      return list && !first->is(TypeKind::list) ? types_.list(first) : first;
    }
    case ResultType::element:
      if (arguments.size() > 1) return join_of(arguments);
      return first->is(TypeKind::list) ? first->element : first;
    case ResultType::grown: {
      const Type* element = filtered(first);
      for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::size_t at = std::min(i, signature.parameters.size() - 1);
        if (signature.parameter_types[at] != TypeKind::any) continue;
        if (arguments[i] != no_node) element = types_.join(element, of(arguments[i]));
      }
      return types_.list(element);
    }
    case ResultType::lists: {
      const Type* element = simple(TypeKind::null);
      for (const NodeId argument : arguments) {
        element = types_.join(element, filtered(of(argument)));
      }
      return types_.list(element);
    }
    case ResultType::fixed:
      break;
  }
  return fixed;
}

void Checker::wrong_count(NodeId node, const Builtin& builtin) {
  if (!strict_) return;
  std::vector<std::string> counts;
  for (const Signature& signature : builtin.signatures) {
    const std::size_t least = signature.required;
    const std::size_t most = signature.parameters.size();
    std::string count = std::to_string(least);
    if (signature.variadic) {
      count += " or more";
    } else if (most > least) {
      count += " to " + std::to_string(most);
    }
    if (std::ranges::find(counts, count) == counts.end()) counts.push_back(std::move(count));
  }
  std::string expected;
  for (const std::string& count : counts) expected += (expected.empty() ? "" : " or ") + count;
  refuse(node, "`" + std::string(builtin.name) + "` takes " + expected +
                   (expected == "1" ? " argument" : " arguments") + ", found " +
                   std::to_string(children_of(node).size() - 1));
}

void Checker::wrong_names(NodeId node, const Builtin& builtin,
                          std::span<const std::string_view> names) {
  if (!strict_) return;
  std::vector<std::string_view> known;
  for (const Signature& signature : builtin.signatures) {
    for (const std::string_view parameter : signature.parameters) {
      if (std::ranges::find(known, parameter) == known.end()) known.push_back(parameter);
    }
  }
  const auto unknown = std::ranges::find_if(
      names, [&](std::string_view name) { return std::ranges::find(known, name) == known.end(); });
  std::string parameters;
  for (const std::string_view parameter : known) {
    parameters += (parameters.empty() ? "`" : ", `") + std::string(parameter) + "`";
  }
  if (unknown == names.end()) {
    refuse(node, "`" + std::string(builtin.name) + "` does not take these arguments together",
           "its parameters are " + parameters);
    return;
  }
  const std::string_view nearest = nearest_spelling(*unknown, known);
  refuse(node, "`" + std::string(builtin.name) + "` has no parameter " + backticked(*unknown),
         nearest.empty() ? "its parameters are " + parameters
                         : "did you mean `" + std::string(nearest) + "`?");
}

}  // namespace partnership::feel
