// SPDX-License-Identifier: Apache-2.0
//
// Runs the code of compiled expressions: frames and registers in memory of its own, no recursion
// but for functions that built-ins call back (bounded by the depth budget).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "feel/code.hpp"
#include "feel/evaluation.hpp"
#include "feel/function.hpp"

namespace partnership::feel {

class Recorder;  // recorder.hpp

// Where a member was found last. `shape` is forgotten when another evaluation begins (until then
// contexts stay where they are), so that with the same shape `index` is sure; else it is a guess.
struct MemberCache {
  const Shape* shape = nullptr;
  std::uint32_t index = 0;  // or Shape::none
};

// One running loop: over a list, or over numbers or dates that are counted up or down.
struct Loop {
  enum class Over : std::uint8_t { items, whole_numbers, numbers, dates };
  const Value* items = nullptr;
  std::uint64_t count = 0, at = 0;
  std::int64_t first = 0, step = 1;
  Value single;  // the one item where the domain is no list; the first number of Over::numbers
  Value* kept = nullptr;
  std::uint32_t kept_count = 0, kept_room = 0;
  Over over = Over::items;
  bool counts = false;  // only counts what it keeps
  bool failed = false;  // there was nothing to filter: the result is null
};

// Registers of frames: blocks that never move.
class RegisterStack {
 public:
  struct Mark {
    std::size_t block = 0, used = 0;
  };
  Mark mark() const noexcept { return {block_, used_}; }
  void release(Mark mark) noexcept {
    block_ = mark.block;
    used_ = mark.used;
  }
  // `n` values, not set. Throws OutOfBudget where all blocks would hold more than `most` bytes.
  Value* take(std::size_t n, std::size_t most) {
    if (block_ < blocks_.size() && blocks_[block_].size - used_ >= n) {
      Value* first = blocks_[block_].values.get() + used_;
      used_ += n;
      return first;
    }
    return take_slowly(n, most);
  }

 private:
  struct Block {
    std::unique_ptr<Value[]> values;
    std::size_t size;
  };
  Value* take_slowly(std::size_t n, std::size_t most);
  std::vector<Block> blocks_;
  std::size_t block_ = 0, used_ = 0;
};

struct Frame {
  const Body* body = nullptr;
  const Unit* unit = nullptr;
  const Instruction* at = nullptr;  // where it goes on after a call
  Value* registers = nullptr;
  Loop* loops = nullptr;
  MemberCache* caches = nullptr;
  const Function* function = nullptr;  // nullptr: the expression itself
  Value case_value;
  std::int32_t result = 0;        // register of the frame below
  RegisterStack::Mark mark;       // of the registers before it
  NodeId foreign_node = no_node;  // of the caller, where the function is of another expression
};

struct MachineState {
  struct Caches {
    const Unit* unit;  // only compared
    std::uint64_t generation;
    std::vector<MemberCache> members;
  };
  RegisterStack registers;
  std::vector<Frame> frames;  // that wait for a call
  std::vector<Caches> caches;
  std::size_t last_caches = 0;
  std::uint64_t generation = 0;
  const Ast* ast = nullptr;  // of the expression under evaluation
  Recorder* recorder = nullptr;

  MemberCache* caches_of(const Unit& unit);
};

class Machine {
 public:
  explicit Machine(Evaluation& evaluation);

  // The value of the expression over the case. A budget that is used up gives null and a warning.
  Value evaluate(const Unit& unit, Value case_value, Recorder* recorder = nullptr);
  // The value as the type has it, else null and a warning; likewise where a budget is used up.
  Value conform(Value value, const Type& type);
  // Of a function value, from inside a built-in.
  Value call(Value function, std::span<const Value> arguments);

 private:
  // Goes back to what was before, also where an exception passes.
  class Restore;

  template <class Work>
  Value within_budget(const Work& work);
  Value run(Frame frame);
  // A frame for `function` with its constants and arguments in place; false: null, and a warning
  // says why.
  bool enter_function(const Function& function, std::span<const Value> arguments, Frame& frame);
  Frame make_frame(const Body& body, const Unit& unit);
  Value call_builtin_value(const Builtin& builtin, std::span<const Value> arguments);
  Value call_builtin_named(const Builtin& builtin, std::span<const std::string_view> names,
                           std::span<const Value> arguments);
  // The arguments in the order of the parameters; nullptr: they do not go together.
  const Value* named_arguments(const Function& function, std::span<const std::string_view> names,
                               std::span<const Value> arguments);
  Value make_function(const Frame& frame, const FunctionSite& site);
  Value missing_input(const Frame& frame, const Instruction& instruction);
  Value member(const Frame& frame, const Instruction& instruction, Value from);
  void note(const Frame& frame, const Instruction& instruction) {
    evaluation_.at(frame.foreign_node == no_node ? instruction.node : frame.foreign_node);
  }

  Evaluation& evaluation_;
  MachineState& state_;
};

}  // namespace partnership::feel
