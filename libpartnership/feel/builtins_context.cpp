// SPDX-License-Identifier: Apache-2.0
//
// The functions over contexts (DMN 1.5, table 82).
#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"

namespace partnership::feel::builtin {

namespace {

// The entries of a context to be: of two of one key the later value stands in the place of the
// first.
class Entries {
 public:
  explicit Entries(Evaluation& evaluation) : evaluation_(evaluation) {}

  // Whether the key is new.
  bool put(std::string_view key, Value value) {
    evaluation_.spend(1 + key.size() / 16);
    const auto [at, added] = places_.try_emplace(key, keys_.size());
    if (added) {
      keys_.push_back(key);
      values_.push_back(value);
    } else {
      values_[at->second] = value;
    }
    return added;
  }
  void put_all(const Context& context) {
    for (std::size_t i = 0; i < context.size(); ++i) put(context.shape->keys[i], context.values[i]);
  }

  Value context() const {
    Arena& arena = evaluation_.arena();
    return feel::make_context(arena, Shape::make(arena, keys_), values_);
  }

 private:
  Evaluation& evaluation_;
  std::vector<std::string_view> keys_;
  std::vector<Value> values_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

Value with_entry(Evaluation& evaluation, const Context& context, std::string_view key,
                 Value value) {
  evaluation.spend(1 + context.size());
  Arena& arena = evaluation.arena();
  const std::uint32_t at = context.shape->find(key);
  const std::size_t size = context.size() + (at == Shape::none ? 1 : 0);
  auto* values = arena.array<Value>(size);
  std::copy_n(context.values, context.size(), values);
  if (at != Shape::none) {
    values[at] = value;
    return feel::make_context(arena, context.shape, {values, size});
  }
  values[size - 1] = value;
  std::vector<std::string_view> keys(context.shape->keys.begin(), context.shape->keys.end());
  keys.push_back(key);
  return feel::make_context(arena, Shape::make(arena, keys), {values, size});
}

// The value put at the end of the path, and new contexts from there up.
Value with_path(Evaluation& evaluation, Arguments& in, Value context, std::span<const Value> keys,
                Value value) {
  if (keys.empty()) return in.no_result(in.value(1));
  std::vector<Value> contexts;  // the one that each key is put into
  for (const Value& key : keys) {
    if (!context.is(Kind::context)) return in.wrong_type(context);
    if (!key.is(Kind::string)) return in.wrong_type(key);
    evaluation.spend(1);
    contexts.push_back(context);
    const Value* inside = context.context().find(key.text());
    context = inside == nullptr ? Value() : *inside;
  }
  for (std::size_t i = keys.size(); i > 0; --i) {
    value = with_entry(evaluation, contexts[i - 1].context(), keys[i - 1].text(), value);
  }
  return value;
}

}  // namespace

Value get_value(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "get value", given);
  const Value context = in.one_of(0, {Kind::context});
  const std::string_view key = in.text(1);
  if (in.failed()) return {};
  // A way to ask for what may not be there: no warning where it is not.
  const Value* found = context.context().find(key);
  return found == nullptr ? Value() : *found;
}

Value get_entries(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "get entries", given);
  const Value value = in.one_of(0, {Kind::context});
  if (in.failed()) return {};
  const Context& context = value.context();
  Arena& arena = evaluation.arena();
  constexpr std::string_view keys[] = {"key", "value"};
  const Shape* shape = Shape::make(arena, keys);
  ListMaker out(evaluation, context.size());
  for (std::size_t i = 0; i < context.size(); ++i) {
    const Value entry[] = {Value::string(context.shape->keys[i]), context.values[i]};
    out.push(feel::make_context(arena, shape, entry));
  }
  return out.done();
}

Value make_context(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "context", given);
  const std::span<const Value> items = in.items(0);
  if (in.failed()) return {};
  Entries out(evaluation);
  for (const Value& item : items) {
    if (!item.is(Kind::context)) return in.wrong_type(item);
    const Value* key = item.context().find("key");
    const Value* value = item.context().find("value");
    if (key == nullptr || value == nullptr) return in.no_result(item);
    if (!key->is(Kind::string)) return in.wrong_type(*key);
    if (!out.put(key->text(), *value)) return in.no_result(*key);
  }
  return out.context();
}

Value context_put(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "context put", given);
  const Value context = in.one_of(0, {Kind::context});
  const Value key = in.one_of(1, {Kind::string, Kind::list});
  if (in.failed()) return {};
  const Value value = in.value(2);
  if (key.is(Kind::list)) return with_path(evaluation, in, context, key.items(), value);
  return with_entry(evaluation, context.context(), key.text(), value);
}

Value context_put_key(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "context put", given);
  const Value context = in.one_of(0, {Kind::context});
  const std::string_view key = in.text(1);
  if (in.failed()) return {};
  return with_entry(evaluation, context.context(), key, in.value(2));
}

Value context_merge(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "context merge", given);
  const std::span<const Value> items = in.items(0);
  if (in.failed()) return {};
  Entries out(evaluation);
  for (const Value& item : items) {
    if (!item.is(Kind::context)) return in.wrong_type(item);
    out.put_all(item.context());
  }
  return out.context();
}

}  // namespace partnership::feel::builtin
