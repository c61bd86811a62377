// SPDX-License-Identifier: Apache-2.0
#include "feel/machine.hpp"

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "feel/loops.hpp"
#include "feel/machine_fast.hpp"
#include "feel/operators.hpp"
#include "feel/recorder.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t first_registers = 1024;  // values of the first block of registers
constexpr std::size_t values_a_loop = (sizeof(Loop) + sizeof(Value) - 1) / sizeof(Value);
static_assert(alignof(Loop) <= alignof(Value));

}  // namespace

Value* RegisterStack::take_slowly(std::size_t n, std::size_t most) {
  while (block_ + 1 < blocks_.size()) {
    ++block_;
    used_ = 0;
    if (blocks_[block_].size >= n) {
      used_ = n;
      return blocks_[block_].values.get();
    }
  }
  std::size_t held = 0;
  for (const Block& block : blocks_) held += block.size;
  const std::size_t size = std::max(n, std::max(first_registers, held));
  if (n > most / sizeof(Value) || held > most / sizeof(Value) - n) throw OutOfBudget{"memory"};
  blocks_.reserve(blocks_.size() + 1);
  blocks_.push_back({std::make_unique<Value[]>(size), size});
  block_ = blocks_.size() - 1;
  used_ = n;
  return blocks_.back().values.get();
}

// The caches of a unit, without shapes from an evaluation before.
MemberCache* MachineState::caches_of(const Unit& unit) {
  constexpr std::size_t most_units = 256;
  if (last_caches >= caches.size() || caches[last_caches].unit != &unit) {
    const auto found = std::ranges::find(caches, &unit, &Caches::unit);
    last_caches = static_cast<std::size_t>(found - caches.begin());
    if (found == caches.end()) {
      if (caches.size() >= most_units && frames.empty()) {
        caches.clear();
        last_caches = 0;
      }
      caches.push_back({&unit, 0, {}});
    }
  }
  Caches& own = caches[last_caches];
  if (own.generation != generation) {
    own.generation = generation;
    // Another unit may have come to lie where one was before.
    own.members.resize(unit.members.size());
    for (MemberCache& cache : own.members) cache.shape = nullptr;
  }
  return own.members.data();
}

class Machine::Restore {
 public:
  explicit Restore(Machine& machine)
      : machine_(machine),
        registers_(machine.state_.registers.mark()),
        frames_(machine.state_.frames.size()),
        depth_(machine.evaluation_.depth_) {}
  ~Restore() {
    machine_.state_.registers.release(registers_);
    machine_.state_.frames.resize(frames_);
    machine_.evaluation_.depth_ = depth_;
  }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;

 private:
  Machine& machine_;
  RegisterStack::Mark registers_;
  std::size_t frames_;
  std::uint32_t depth_;
};

namespace {

MachineState& state_of(std::unique_ptr<MachineState>& state) {
  if (state == nullptr) state = std::make_unique<MachineState>();
  return *state;
}

}  // namespace

Machine::Machine(Evaluation& evaluation)
    : evaluation_(evaluation), state_(state_of(evaluation.state_)) {}

template <class Work>
Value Machine::within_budget(const Work& work) {
  try {
    return work();
  } catch (const OutOfBudget& budget) {
    return evaluation_.warn(WarningKind::budget, budget.what);
  } catch (const Error& error) {
    if (error.code() != Code::limit) throw;
    return evaluation_.warn(WarningKind::budget, "memory");
  }
}

Value Machine::evaluate(const Unit& unit, Value case_value, Recorder* recorder) {
  Restore restore(*this);
  ++state_.generation;
  state_.ast = unit.ast;
  state_.recorder = recorder;
  evaluation_.steps_ = 0;
  evaluation_.at(unit.ast->root);
  return within_budget([&] {
    Frame frame = make_frame(unit.main(), unit);
    frame.case_value = case_value;
    return run(frame);
  });
}

Value Machine::conform(Value value, const Type& type) {
  return within_budget([&] {
    if (const auto fitting = converted(evaluation_, value, type)) return *fitting;
    return evaluation_.warn(WarningKind::not_conforming, evaluation_.arena().copy(type_text(type)),
                            value);
  });
}

Value Machine::call(Value function, std::span<const Value> arguments) {
  if (!function.is(Kind::function)) {
    return evaluation_.warn(WarningKind::wrong_call, {}, function);
  }
  const feel::Function& callee = function.function();
  if (callee.builtin != nullptr) return call_builtin_value(*callee.builtin, arguments);
  Restore restore(*this);
  const NodeId node = evaluation_.node();
  Frame frame;
  const Value value = enter_function(callee, arguments, frame) ? run(frame) : Value();
  evaluation_.at(node);
  return value;
}

Value Evaluation::call(Value function, std::span<const Value> arguments) {
  return Machine(*this).call(function, arguments);
}

Frame Machine::make_frame(const Body& body, const Unit& unit) {
  const std::size_t loops = body.loops * values_a_loop;
  const std::size_t constants = body.constants.size();
  Frame frame;
  frame.mark = state_.registers.mark();
  Value* first =
      state_.registers.take(constants + body.registers + loops, evaluation_.budget().memory);
  if (constants != 0) std::memcpy(first, body.constants.data(), constants * sizeof(Value));
  frame.body = &body;
  frame.unit = &unit;
  frame.at = body.instructions.data();
  frame.registers = first + constants;
  frame.caches = state_.caches_of(unit);
  if (loops != 0) {
    auto* at = reinterpret_cast<Loop*>(frame.registers + body.registers);
    for (std::uint32_t i = 0; i < body.loops; ++i) ::new (at + i) Loop;
    frame.loops = at;
  }
  return frame;
}

Value Machine::missing_input(const Frame& frame, const Instruction& instruction) {
  if ((instruction.flags & optional_flag) != 0) return {};
  note(frame, instruction);
  return evaluation_.warn(WarningKind::unknown_name,
                          frame.unit->members[static_cast<std::size_t>(instruction.b)].name);
}

// What is no context with the member.
Value Machine::member(const Frame& frame, const Instruction& instruction, Value from) {
  if ((instruction.flags & optional_flag) != 0 && from.is(Kind::context)) return {};
  note(frame, instruction);
  return member_of(evaluation_, from,
                   frame.unit->members[static_cast<std::size_t>(instruction.c)].name);
}

Value Machine::make_function(const Frame& frame, const FunctionSite& site) {
  Arena& arena = evaluation_.arena();
  auto* function = arena.make<feel::Function>();
  function->body = site.body;
  function->unit = frame.unit;
  function->parameters = site.parameters;
  function->result = site.result;
  function->case_value = frame.case_value;
  Value* captured = arena.array<Value>(site.captured.size());
  for (std::size_t i = 0; i < site.captured.size(); ++i) {
    captured[i] = frame.registers[site.captured[i]];
  }
  function->captured = {captured, site.captured.size()};
  return Value::function(function);
}

}  // namespace partnership::feel
