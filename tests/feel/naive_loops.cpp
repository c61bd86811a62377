// SPDX-License-Identifier: Apache-2.0
//
// The second evaluator's iterations, contexts and functions.
#include <set>

#include "feel/builtins.hpp"
#include "feel/compare.hpp"
#include "feel/function.hpp"
#include "feel/naive_evaluator.hpp"
#include "feel/number.hpp"
#include "feel/type.hpp"

namespace partnership::feel::test {

namespace {
constexpr std::size_t most_counted = 100000;  // it makes lists of what the machine only counts
}  // namespace

bool NaiveEvaluator::counted(Value low, Value high, std::vector<Value>& items) {
  Arena& arena = evaluation_.arena();
  const bool numbers = low.is(Kind::number) && high.is(Kind::number);
  const bool dates = low.is(Kind::date) && high.is(Kind::date);
  if (!numbers && !dates) {
    warn();
    return false;
  }
  const bool up = *order(low, high) <= 0;
  Value at = low;
  while (up ? *order(at, high) <= 0 : *order(at, high) >= 0) {
    if (items.size() == most_counted) throw OutOfBudget{"list"};
    items.push_back(at);
    at = dates ? Value::date(at.days() + (up ? 1 : -1)) : *add(arena, at, number(up ? 1 : -1));
  }
  return true;
}

bool NaiveEvaluator::domain(NodeId id, std::vector<Value>& items) {
  if (ast_.at(id).kind == NodeKind::range && ast_.at(id).domain) {
    const Value low = value(ast_.child(id, 0));
    return counted(low, value(ast_.child(id, 1)), items);
  }
  const Value over = value(id);
  if (over.is_null()) {
    warn();
    return false;
  }
  if (over.is(Kind::list)) {
    items.assign(over.items().begin(), over.items().end());
  } else if (over.is(Kind::range)) {
    const Range& range = over.range();
    const bool whole = range.form == Range::Form::interval;
    if (!whole) warn();
    if (!whole || !counted(range.low, range.high, items)) return false;
    if (!range.high_closed && same(items.back(), range.high)) items.pop_back();
    if (!range.low_closed && !items.empty()) items.erase(items.begin());
  } else {
    items.push_back(over);
  }
  return true;
}

// Puts the value of the body for all rounds into `results`.
void NaiveEvaluator::iterate(NodeId id, std::uint32_t level, std::vector<Value>& results,
                             bool& failed) {
  const std::uint32_t levels = ast_.at(id).count - 1;
  const std::uint32_t scope = ast_.iterations[ast_.at(id).data].scope;
  if (level == levels) {
    scopes_[scope][-1] = make_list(evaluation_.arena(), results);
    results.push_back(value(ast_.child(id, levels)));
    return;
  }
  std::vector<Value> items;
  if (!domain(ast_.child(id, level), items)) {
    failed = true;
    return;
  }
  for (const Value item : items) {
    scopes_[scope][level] = item;
    iterate(id, level + 1, results, failed);
    if (failed) return;
    const bool quantifier = ast_.at(id).kind != NodeKind::for_return;
    const bool decides = ast_.at(id).kind == NodeKind::some;
    if (quantifier && !results.empty() && results.back().is(Kind::boolean) &&
        results.back().boolean() == decides) {
      return;
    }
  }
}

Value NaiveEvaluator::quantified(NodeId id, bool decides) {
  std::vector<Value> results;
  bool failed = false;
  iterate(id, 0, results, failed);
  bool null = false;
  for (const Value result : results) {
    if (result.is(Kind::boolean) && result.boolean() == decides) return result;
    if (result.is(Kind::boolean)) continue;
    null = true;
    if (!result.is_null()) warn();
  }
  return failed || null ? Value() : Value::boolean(!decides);
}

Value NaiveEvaluator::context(NodeId id) {
  const Ast::ContextLiteral& literal = ast_.contexts[ast_.at(id).data];
  std::vector<std::string_view> keys;
  std::vector<Value> values;
  const auto children = ast_.children_of(id);
  for (std::size_t i = 0; i < children.size(); ++i) {
    keys.push_back(ast_.texts[literal.first_key + i]);
    for (std::size_t j = 0; j < i; ++j) {
      if (keys[j] == keys[i]) return warn();
    }
  }
  for (std::size_t i = 0; i < children.size(); ++i) {
    const auto index = static_cast<std::int64_t>(i);
    values.push_back(value(children[i]));
    scopes_[literal.scope][index] = values.back();
    if (ast_.at(children[i]).kind == NodeKind::function) {  // it may call itself
      closures_[&values.back().function()].scopes[literal.scope][index] = values.back();
    }
  }
  return make_context(evaluation_.arena(), Shape::make(evaluation_.arena(), keys), values);
}

Value NaiveEvaluator::function(NodeId id) {
  auto* function = evaluation_.arena().make<Function>();
  function->parameters = ast_.functions[ast_.at(id).data].parameters;
  closures_[function] = {id, scopes_};
  return Value::function(function);
}

Value NaiveEvaluator::call_closure(const Function* function, const std::vector<Value>& arguments) {
  const Closure closure = closures_.at(function);
  const FunctionLiteral& literal = ast_.functions[ast_.at(closure.node).data];
  if (arguments.size() != literal.parameters.size() || literal.external) return warn();
  std::map<std::uint32_t, Scope> scopes = closure.scopes;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto converted = convert(evaluation_.arena(), arguments[i], *literal.parameters[i].type);
    if (!converted) return warn();
    scopes[literal.scope][static_cast<std::int64_t>(i)] = *converted;
  }
  std::swap(scopes, scopes_);
  const Value result = value(ast_.child(closure.node, 0));
  std::swap(scopes, scopes_);
  return result;
}

Value NaiveEvaluator::call(NodeId id) {
  const Node& node = ast_.at(id);
  const Node& callee = ast_.at(ast_.child(id, 0));
  const bool named = node.kind == NodeKind::call_named;
  std::vector<std::string_view> names;
  for (std::uint32_t i = 1; named && i < node.count; ++i) {
    names.push_back(ast_.texts[node.data + i - 1]);
  }
  // The signature of a built-in is looked at first: no argument is calculated in vain.
  const bool direct = callee.kind == NodeKind::name &&
                      ast_.names[callee.data].binding == NameUse::Binding::builtin &&
                      ast_.names[callee.data].maybe_members_of.empty();
  std::vector<std::uint8_t> order(names.size());
  if (direct) {
    const Builtin& builtin = *ast_.names[callee.data].builtin;
    if ((named ? signature_for(builtin, names, order) : signature_for(builtin, node.count - 1)) ==
        nullptr) {
      return warn();
    }
  }
  const Value function = value(ast_.child(id, 0));
  std::vector<Value> arguments;
  for (std::uint32_t i = 1; i < node.count; ++i) arguments.push_back(value(ast_.child(id, i)));
  if (!function.is(Kind::function)) return warn();
  const Builtin* builtin = function.function().builtin;
  if (builtin != nullptr) {
    const Signature* signature =
        named ? signature_for(*builtin, names, order) : signature_for(*builtin, arguments.size());
    if (signature == nullptr) return warn();
    std::vector<Value> placed = arguments;
    if (named) {
      std::size_t count = signature->required;
      for (const std::uint8_t place : order) count = std::max<std::size_t>(count, place + 1U);
      placed.assign(count, Value::absent());
      std::fill_n(placed.begin(), signature->required, Value());
      for (std::size_t i = 0; i < names.size(); ++i) placed[order[i]] = arguments[i];
    }
    return signature->call(evaluation_, placed);
  }
  if (!named) return call_closure(&function.function(), arguments);
  std::vector<Value> placed;
  std::size_t taken = 0;
  for (const Parameter& parameter : function.function().parameters) {
    placed.emplace_back();  // null where it is not given
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] != parameter.name) continue;
      placed.back() = arguments[i];
      ++taken;
    }
  }
  if (taken != names.size() || std::set(names.begin(), names.end()).size() != taken) return warn();
  return call_closure(&function.function(), placed);
}

}  // namespace partnership::feel::test
