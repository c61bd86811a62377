// SPDX-License-Identifier: Apache-2.0
//
// The loop of the machine: one case an instruction.
#include "feel/loops.hpp"
#include "feel/machine.hpp"
#include "feel/machine_fast.hpp"
#include "feel/recorder.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

namespace {

// The member of a context, else nullptr.
inline const Value* find(Value from, MemberCache& cache, const MemberUse& use) {
  if (!from.is(Kind::context)) return nullptr;
  const Context& context = from.context();
  const std::uint32_t index = fast::find_member(cache, context.shape, use);
  return index == Shape::none ? nullptr : context.values + index;
}

Value negated_test(Value met) {
  return met.is(Kind::boolean) ? Value::boolean(!met.boolean()) : Value();
}

void begin_collecting(Loop& loop) {
  loop.kept = nullptr;
  loop.kept_count = loop.kept_room = 0;
  loop.counts = loop.failed = false;
}

// false: there is nothing to filter.
bool begin_filter(Evaluation& evaluation, Loop& loop, Value list, std::uint16_t flags) {
  begin_collecting(loop);
  loop.over = Loop::Over::items;
  loop.at = 0;
  loop.counts = (flags & static_cast<unsigned>(Filter::count)) != 0;
  if (list.is(Kind::list)) {
    loop.items = list.items().data();
    loop.count = list.items().size();
  } else if (list.is_null()) {
    evaluation.warn(WarningKind::null_operand, "[]");
    loop.failed = true;
    loop.count = 0;
  } else {
    loop.single = list;
    loop.items = &loop.single;
    loop.count = 1;
  }
  return loop.count != 0;
}

Value kept_list(const Loop& loop) {
  return loop.failed ? Value() : Value::list({loop.kept, loop.kept_count});
}

}  // namespace

Value Machine::run(Frame frame) {
  const std::size_t base = state_.frames.size();
  const Instruction* at = frame.at;
  const Instruction* begin = at;
  Value* r = frame.registers;
  MemberCache* caches = frame.caches;
  const MemberUse* uses = frame.unit->members.data();
  Evaluation& evaluation = evaluation_;
  const auto go = [&](std::int32_t target) { at = begin + target; };
  const auto enter = [&](const Frame& next) {
    frame = next;
    begin = at = frame.body->instructions.data();
    r = frame.registers;
    caches = frame.caches;
    uses = frame.unit->members.data();
  };
  // Takes one more operand of `and` or `or` into R[a]; true: that is decided.
  const auto step = [&](const Instruction& i, Value operand) {
    const bool decides = i.op == Opcode::or_step;
    if (operand.is(Kind::boolean)) {
      if (operand.boolean() != decides) {
        if ((i.flags & first_flag) != 0) r[i.a] = operand;
        return false;
      }
      r[i.a] = operand;
      return true;
    }
    if (!operand.is_null()) {
      note(frame, i);
      evaluation.warn(WarningKind::wrong_type, decides ? "or" : "and", operand);
    }
    r[i.a] = {};
    return false;
  };
  for (;;) {
    const Instruction& i = *at++;
    switch (i.op) {
      case Opcode::move:
        r[i.a] = r[i.b];
        break;
      case Opcode::load_input: {
        const Value* found = find(frame.case_value, caches[i.b], uses[i.b]);
        r[i.a] = found != nullptr ? *found : missing_input(frame, i);
        break;
      }
      case Opcode::load_captured:
        r[i.a] = frame.function->captured[static_cast<std::size_t>(i.b)];
        break;
      case Opcode::load_self:
        r[i.a] = Value::function(frame.function);
        break;
      case Opcode::load_partial:
        r[i.a] = kept_list(frame.loops[i.b]);
        break;
      case Opcode::member: {
        const Value* found = find(r[i.b], caches[i.c], uses[i.c]);
        r[i.a] = found != nullptr ? *found : member(frame, i, r[i.b]);
        break;
      }
      case Opcode::maybe_member: {
        const Value* found = find(r[i.b], caches[i.c], uses[i.c]);
        if (found == nullptr) break;
        r[i.a] = *found;
        go(i.d);
        break;
      }

      case Opcode::negate:
        note(frame, i);
        r[i.a] = negation(evaluation, r[i.b]);
        break;
      case Opcode::add:
        note(frame, i);
        r[i.a] = fast::sum(evaluation, r[i.b], r[i.c]);
        break;
      case Opcode::subtract:
        note(frame, i);
        r[i.a] = fast::difference(evaluation, r[i.b], r[i.c]);
        break;
      case Opcode::multiply:
        note(frame, i);
        r[i.a] = fast::product(evaluation, r[i.b], r[i.c]);
        break;
      case Opcode::divide:
      case Opcode::power:
        note(frame, i);
        r[i.a] = arithmetic(evaluation, i.op, r[i.b], r[i.c]);
        break;
      case Opcode::equal:
      case Opcode::differ:
        note(frame, i);
        r[i.a] = fast::equality(evaluation, i.op, r[i.b], r[i.c]);
        break;
      case Opcode::less:
      case Opcode::less_equal:
      case Opcode::greater:
      case Opcode::greater_equal:
        note(frame, i);
        r[i.a] = fast::ordering(evaluation, i.op, r[i.b], r[i.c]);
        break;
      case Opcode::between:
        note(frame, i);
        r[i.a] = between(evaluation, r[i.b], r[i.c], r[i.d]);
        break;
      case Opcode::instance_of:
        r[i.a] = Value::boolean(is_instance(
            evaluation, r[i.b], *frame.unit->ast->types[static_cast<std::size_t>(i.c)]));
        break;

      case Opcode::jump:
        go(i.a);
        break;
      case Opcode::jump_not_true:
        if (r[i.b].is_true()) break;
        if (!r[i.b].is(Kind::boolean) && !r[i.b].is_null()) {
          note(frame, i);
          evaluation.warn(WarningKind::wrong_type, "if", r[i.b]);
        }
        go(i.a);
        break;
      case Opcode::and_step:
      case Opcode::or_step:
        if (step(i, r[i.b])) go(i.d);
        break;
      case Opcode::and_whole:
      case Opcode::or_whole: {
        const bool decides = i.op == Opcode::or_whole;
        const bool decided =
            (i.flags & first_flag) == 0 && r[i.a].is(Kind::boolean) && r[i.a].boolean() == decides;
        Instruction plain = i;
        plain.op = decides ? Opcode::or_step : Opcode::and_step;
        if (!decided) step(plain, r[i.b]);
        break;
      }
      case Opcode::and_member: {
        const Value* found = find(r[i.b], caches[i.c], uses[i.c]);
        if (step(i, found != nullptr ? *found : member(frame, i, r[i.b]))) go(i.d);
        break;
      }
      case Opcode::and_equal:
      case Opcode::and_differ: {
        note(frame, i);
        const Opcode op = i.op == Opcode::and_equal ? Opcode::equal : Opcode::differ;
        if (step(i, fast::equality(evaluation, op, r[i.b], r[i.c]))) go(i.d);
        break;
      }

      case Opcode::and_member_equal: {
        const Value* found = find(r[i.b], caches[i.c], uses[i.c]);
        const Value left = found != nullptr ? *found : member(frame, i, r[i.b]);
        const Opcode op = (i.flags & differ_flag) == 0 ? Opcode::equal : Opcode::differ;
        note(frame, i);
        if (step(i, fast::equality(evaluation, op, left, r[i.e]))) go(i.d);
        break;
      }

      case Opcode::test_in:
        note(frame, i);
        r[i.a] = in_test(evaluation, r[i.b], r[i.c]);
        break;
      case Opcode::test_range:
        note(frame, i);
        r[i.a] = in_interval(evaluation, r[i.b], r[i.c], r[i.d], i.flags);
        break;
      case Opcode::test_result:
        note(frame, i);
        r[i.a] = r[i.c].is(Kind::boolean) || r[i.c].is_null() ? r[i.c]
                                                              : in_test(evaluation, r[i.b], r[i.c]);
        break;
      case Opcode::negate_test:
        r[i.a] = negated_test(r[i.b]);
        break;

      case Opcode::make_list:
        r[i.a] = make_list(evaluation.arena(), {r + i.b, static_cast<std::size_t>(i.c)});
        break;
      case Opcode::make_context: {
        const Shape* shape = frame.unit->shapes[static_cast<std::size_t>(i.b)];
        r[i.a] = make_context(evaluation.arena(), shape, {r + i.c, shape->keys.size()});
        break;
      }
      case Opcode::make_range:
        note(frame, i);
        r[i.a] = make_interval(evaluation, r[i.b], r[i.c], i.flags);
        break;
      case Opcode::make_test:
        note(frame, i);
        r[i.a] = make_test_range(evaluation, static_cast<Op>(i.flags), r[i.b]);
        break;
      case Opcode::make_function:
        r[i.a] = make_function(frame, frame.unit->functions[static_cast<std::size_t>(i.b)]);
        break;

      case Opcode::collect_begin:
        begin_collecting(frame.loops[i.a]);
        break;
      case Opcode::collect:
        keep(evaluation, frame.loops[i.a], r[i.b]);
        break;
      case Opcode::collect_end:
        r[i.a] = kept_list(frame.loops[i.b]);
        break;
      case Opcode::iterate:
        note(frame, i);
        if (iterate(evaluation, frame.loops[i.a], r[i.b])) ++at;
        break;
      case Opcode::iterate_range:
        note(frame, i);
        if (iterate_range(evaluation, frame.loops[i.a], r[i.b], r[i.c])) ++at;
        break;
      case Opcode::first: {
        Loop& loop = frame.loops[i.a];
        if (loop.at >= loop.count) {
          go(i.c);
        } else {
          r[i.b] = loop_item(evaluation, loop);
        }
        break;
      }
      case Opcode::next: {
        Loop& loop = frame.loops[i.a];
        evaluation.spend(static_cast<std::uint64_t>(&i - begin - i.c));
        if (++loop.at >= loop.count) break;
        r[i.b] = loop_item(evaluation, loop);
        go(i.c);
        break;
      }
      case Opcode::filter_begin: {
        note(frame, i);
        Loop& loop = frame.loops[i.a];
        if (begin_filter(evaluation, loop, r[i.b], i.flags)) {
          r[i.c] = loop.items[0];
        } else if ((i.flags & static_cast<unsigned>(Filter::probe)) != 0 && !loop.failed) {
          r[i.c] = {};
        } else {
          go(i.d);
        }
        break;
      }
      case Opcode::filter_index: {
        const Loop& loop = frame.loops[i.b];
        if (loop.at != 0 || !r[i.c].is(Kind::number)) break;
        note(frame, i);
        r[i.a] = item_at(evaluation, Value::list({loop.items, loop.count}), r[i.c]);
        go(i.d);
        break;
      }
      case Opcode::filter_next: {
        Loop& loop = frame.loops[i.a];
        const Value condition = r[i.b];
        evaluation.spend(static_cast<std::uint64_t>(&i - begin - i.d));
        if (condition.is(Kind::boolean)) {
          if (loop.counts) {
            loop.kept_count += condition.boolean() ? 1 : 0;
          } else if (condition.boolean() && loop.at < loop.count) {
            keep(evaluation, loop, r[i.c]);
          }
        } else if (!condition.is_null()) {
          note(frame, i);
          evaluation.warn(WarningKind::wrong_type, "[]", condition);
        }
        if (++loop.at >= loop.count) break;
        r[i.c] = loop.items[loop.at];
        go(i.d);
        break;
      }
      case Opcode::filter_end:
        r[i.a] = kept_list(frame.loops[i.b]);
        break;
      case Opcode::filter_count: {
        const Loop& loop = frame.loops[i.b];
        note(frame, i);
        r[i.a] = loop.failed ? evaluation.warn(WarningKind::null_operand, "count")
                             : Value::small_number(loop.kept_count);
        break;
      }
      case Opcode::filter_value:
        note(frame, i);
        r[i.a] = filter_by(evaluation, r[i.b], r[i.c]);
        break;

      case Opcode::call_builtin: {
        note(frame, i);
        evaluation.spend(1);
        const BuiltinCall& call = frame.unit->builtin_calls[static_cast<std::size_t>(i.d)];
        r[i.a] = call.signature->call(evaluation, {r + i.b, static_cast<std::size_t>(i.c)});
        break;
      }
      case Opcode::call:
      case Opcode::call_named: {
        note(frame, i);
        if (!r[i.b].is(Kind::function)) {
          r[i.a] = evaluation.warn(WarningKind::wrong_call, {}, r[i.b]);
          break;
        }
        const feel::Function& function = r[i.b].function();
        std::span<const Value> arguments(r + i.c, static_cast<std::size_t>(i.d));
        if (i.op == Opcode::call_named) {
          const auto& names = frame.unit->named_calls[static_cast<std::size_t>(i.d)].names;
          arguments = {r + i.c, names.size()};
          if (function.builtin != nullptr) {
            r[i.a] = call_builtin_named(*function.builtin, names, arguments);
            break;
          }
          const Value* placed = named_arguments(function, names, arguments);
          if (placed == nullptr && !names.empty()) {
            r[i.a] = evaluation.warn(WarningKind::wrong_call, "function");
            break;
          }
          arguments = {placed, function.parameters.size()};
        } else if (function.builtin != nullptr) {
          r[i.a] = call_builtin_value(*function.builtin, arguments);
          break;
        }
        frame.at = at;
        Frame next;
        if (!enter_function(function, arguments, next)) {
          r[i.a] = {};
          break;
        }
        next.result = i.a;
        state_.frames.push_back(frame);
        enter(next);
        break;
      }
      case Opcode::warn_call:
        note(frame, i);
        r[i.a] = evaluation.warn(WarningKind::wrong_call,
                                 frame.unit->texts[static_cast<std::size_t>(i.b)]);
        break;
      case Opcode::warn_twice:
        note(frame, i);
        r[i.a] = evaluation.warn(WarningKind::no_result,
                                 frame.unit->texts[static_cast<std::size_t>(i.b)]);
        break;
      case Opcode::finish: {
        const Value value = r[i.a];
        if (state_.frames.size() == base) return value;
        const std::int32_t result = frame.result;
        state_.registers.release(frame.mark);
        frame = state_.frames.back();
        state_.frames.pop_back();
        --evaluation.depth_;
        begin = frame.body->instructions.data();
        at = frame.at;
        r = frame.registers;
        caches = frame.caches;
        uses = frame.unit->members.data();
        r[result] = value;
        break;
      }

      case Opcode::enter:
        if (state_.recorder != nullptr) state_.recorder->enter(i.node);
        break;
      case Opcode::leave:
        if (state_.recorder != nullptr) state_.recorder->leave(r[i.a]);
        break;
      case Opcode::round:
        if (state_.recorder != nullptr) state_.recorder->round();
        break;
    }
  }
}

}  // namespace partnership::feel
