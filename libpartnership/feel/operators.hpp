// SPDX-License-Identifier: Apache-2.0
//
// What the operators of the language do with values of any kind (DMN 1.5, tables 42 to 58). Each
// gives null and notes a warning where the values do not go together; the machine keeps its own
// short ways for the usual kinds.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "feel/code.hpp"
#include "feel/evaluation.hpp"
#include "feel/spend.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// Of a binary operator; `equal` for none.
Opcode opcode_of(Op op) noexcept;
std::string_view opcode_text(Opcode op) noexcept;  // "+", "<=", ...

Value arithmetic(Evaluation& evaluation, Opcode op, Value left, Value right);
Value negation(Evaluation& evaluation, Value value);
Value comparison(Evaluation& evaluation, Opcode op, Value left, Value right);  // also = and !=
Value between(Evaluation& evaluation, Value value, Value low, Value high);

// `value in test` where test is a value: a range, a list of values and ranges, or equal to it.
Value in_test(Evaluation& evaluation, Value value, Value test);
// `value in [low..high]`; flags as of Opcode::test_range.
Value in_interval(Evaluation& evaluation, Value value, Value low, Value high, std::uint16_t flags);

// null and a warning where an end is null, the ends have no order, or the low end is above.
Value make_interval(Evaluation& evaluation, Value low, Value high, std::uint16_t flags);
Value make_test_range(Evaluation& evaluation, Op op, Value end);

// Whether it is of the type; and the value as the type has it (DMN 1.5, 10.3.2.9.4), nullopt: it
// does not conform.
bool is_instance(Evaluation& evaluation, Value value, const Type& type);
std::optional<Value> converted(Evaluation& evaluation, Value value, const Type& type);

// `value.name`: of contexts, of the properties of other kinds, of each item of a list.
Value member_of(Evaluation& evaluation, Value value, std::string_view name);
// `list[position]`, from 1 or (from behind) -1; what is no list is a list of one.
Value item_at(Evaluation& evaluation, Value list, Value position);
// `list[condition]` where the condition is the same for all items.
Value filter_by(Evaluation& evaluation, Value list, Value condition);

}  // namespace partnership::feel
