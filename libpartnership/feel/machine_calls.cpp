// SPDX-License-Identifier: Apache-2.0
//
// Calls of function values.
#include <algorithm>
#include <array>

#include "feel/machine.hpp"
#include "feel/operators.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

Value Machine::call_builtin_value(const Builtin& builtin, std::span<const Value> arguments) {
  const Signature* signature = signature_for(builtin, arguments.size());
  if (signature == nullptr) {
    return evaluation_.warn(WarningKind::wrong_call, builtin.name);
  }
  evaluation_.spend(1);
  return signature->call(evaluation_, arguments);
}

Value Machine::call_builtin_named(const Builtin& builtin, std::span<const std::string_view> names,
                                  std::span<const Value> arguments) {
  std::array<std::uint8_t, most_parameters> order{};
  const Signature* signature =
      names.size() > order.size()
          ? nullptr
          : signature_for(builtin, names, std::span(order).first(names.size()));
  if (signature == nullptr) {
    return evaluation_.warn(WarningKind::wrong_call, builtin.name);
  }
  std::array<Value, most_parameters> placed;
  placed.fill(Value::absent());
  std::size_t count = signature->required;
  std::fill_n(placed.begin(), count, Value());
  for (std::size_t i = 0; i < names.size(); ++i) {
    placed[order[i]] = arguments[i];
    count = std::max<std::size_t>(count, order[i] + std::size_t{1});
  }
  evaluation_.spend(1);
  return signature->call(evaluation_, std::span(placed).first(count));
}

const Value* Machine::named_arguments(const feel::Function& function,
                                      std::span<const std::string_view> names,
                                      std::span<const Value> arguments) {
  if (names.size() > function.parameters.size()) return nullptr;
  Value* placed = evaluation_.arena().array<Value>(function.parameters.size());
  std::fill_n(placed, function.parameters.size(), Value());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::ranges::find(function.parameters, names[i], &Parameter::name);
    const bool twice = std::ranges::find(names.first(i), names[i]) !=
                       names.begin() + static_cast<std::ptrdiff_t>(i);
    if (found == function.parameters.end() || twice) return nullptr;
    placed[found - function.parameters.begin()] = arguments[i];
  }
  return placed;
}

bool Machine::enter_function(const feel::Function& function, std::span<const Value> arguments,
                             Frame& frame) {
  if (function.body == nullptr) {
    evaluation_.warn(WarningKind::wrong_call, "external function");
    return false;
  }
  if (arguments.size() != function.parameters.size()) {
    evaluation_.warn(WarningKind::wrong_call, "function");
    return false;
  }
  if (evaluation_.depth_ >= evaluation_.budget().depth) throw OutOfBudget{"depth"};
  const NodeId node = evaluation_.node();
  frame = make_frame(*function.body, *function.unit);
  frame.function = &function;
  frame.case_value = function.case_value;
  if (function.unit->ast != state_.ast) frame.foreign_node = node;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type& type = *function.parameters[i].type;
    if (type.is(TypeKind::any)) {
      frame.registers[i] = arguments[i];
      continue;
    }
    const auto fitting = converted(evaluation_, arguments[i], type);
    if (!fitting) {
      evaluation_.warn(WarningKind::not_conforming, function.parameters[i].name, arguments[i]);
      state_.registers.release(frame.mark);
      return false;
    }
    frame.registers[i] = *fitting;
  }
  ++evaluation_.depth_;
  evaluation_.spend(1 + function.body->constants.size());
  return true;
}

}  // namespace partnership::feel
