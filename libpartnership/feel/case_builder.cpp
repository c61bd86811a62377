// SPDX-License-Identifier: Apache-2.0
#include "feel/case_builder.hpp"

#include "base/date.hpp"
#include "base/error.hpp"
#include "base/quote.hpp"
#include "feel/compare.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

namespace {

[[noreturn]] void refuse(const char* what) {
  throw Error(Code::state, what);
}

}  // namespace

// Does the work wholly, or leaves nothing of any case.
template <class Work>
void CaseBuilder::whole(const Work& work) {
  try {
    work();
  } catch (...) {
    batch_.clear();
    open_.clear();
    throw;
  }
}

void CaseBuilder::begin_case() {
  if (!open_.empty()) refuse("a case is open already");
  if (batch_.finished()) refuse("the batch is finished");
  open_.reserve(64);
  const std::uint32_t cell = batch_.open(0);
  batch_.claim(0, cell);
  open_.push_back({0, cell});
}

void CaseBuilder::end_case() {
  if (open_.size() != 1) refuse(open_.empty() ? "no case is open" : "a list or context is open");
  whole([&] { batch_.leave_unset(0, open_.back().cell); });
  open_.pop_back();
}

// The cell of `slot` that is to be set now.
std::uint32_t CaseBuilder::take(SlotId slot) {
  if (open_.empty()) refuse("no case is open");
  const Layout& layout = batch_.layout();
  const Open& open = open_.back();
  if (slot == 0 || slot >= layout.slots() || layout.slot(slot).parent != open.slot) {
    refuse("the slot does not belong to the context or list that is open");
  }
  if (layout.slot(open.slot).storage == Storage::list) {
    const std::uint32_t cell = batch_.open(layout.slot(open.slot).items);
    batch_.claim(slot, cell);
    return cell;
  }
  if (!batch_.claim(slot, open.cell)) refuse("the member is set already");
  return open.cell;
}

void CaseBuilder::set(SlotId slot, Value value) {
  const std::uint32_t cell = take(slot);
  whole([&] { put(slot, cell, value); });
}

void CaseBuilder::set_text(SlotId slot, std::string_view text) {
  if (slot >= batch_.layout().slots()) refuse("there is no such slot");
  Arena scratch;
  const auto value = value_of_text(scratch, text, batch_.layout().slot(slot).type->kind);
  set(slot, value ? *value : Value::string(text));
}

void CaseBuilder::begin_list(SlotId list) {
  if (list >= batch_.layout().slots() || batch_.layout().slot(list).storage != Storage::list) {
    refuse("the slot is no list");
  }
  open_.reserve(open_.size() + 1);
  const std::uint32_t cell = take(list);
  open_.push_back({list, cell});
}

void CaseBuilder::begin_record(SlotId record) {
  if (record >= batch_.layout().slots() ||
      batch_.layout().slot(record).storage != Storage::record) {
    refuse("the slot is no context");
  }
  open_.reserve(open_.size() + 1);
  const std::uint32_t cell = take(record);
  open_.push_back({record, cell});
}

void CaseBuilder::close(Storage storage) {
  if (open_.size() < 2 || batch_.layout().slot(open_.back().slot).storage != storage) {
    refuse(storage == Storage::list ? "no list is open" : "no nested context is open");
  }
}

void CaseBuilder::end_list() {
  close(Storage::list);
  batch_.end_list(open_.back().slot, open_.back().cell);
  open_.pop_back();
}

void CaseBuilder::end_record() {
  close(Storage::record);
  whole([&] { batch_.leave_unset(open_.back().slot, open_.back().cell); });
  open_.pop_back();
}

void CaseBuilder::append(Value value) {
  if (!open_.empty()) refuse("a case is open already");
  if (batch_.finished()) refuse("the batch is finished");
  whole([&] {
    const std::uint32_t cell = batch_.open(0);
    batch_.claim(0, cell);
    put(0, cell, value);
  });
}

void CaseBuilder::put(SlotId slot, std::uint32_t cell, Value value) {
  if (value.is_null()) return batch_.set_state(slot, cell, CellState::null);
  const Storage storage = batch_.layout().slot(slot).storage;
  if (storage == Storage::list && value.is(Kind::list)) return put_list(slot, cell, value);
  if (storage == Storage::record && value.is(Kind::context)) return put_record(slot, cell, value);
  if (!put_scalar(slot, cell, value)) misfit(slot, cell, value);
}

bool CaseBuilder::put_scalar(SlotId slot, std::uint32_t cell, Value value) {
  switch (batch_.layout().slot(slot).storage) {
    case Storage::truth:
      if (!value.is(Kind::boolean)) return false;
      batch_.set_truth(slot, cell, value.boolean());
      return true;
    case Storage::day:
      if (!value.is(Kind::date)) return false;
      batch_.set_day(slot, cell, value.days());
      return true;
    case Storage::number:
      if (!value.is(Kind::number)) return false;
      if (value.is_small()) {
        batch_.set_number(slot, cell, value.coefficient(), value.scale());
      } else {
        batch_.set_other(slot, cell, copy(batch_.arena(), value));
      }
      return true;
    case Storage::code:
      if (!value.is(Kind::string)) return false;
      batch_.set_text(slot, cell, value.text());
      return true;
    case Storage::value: {
      const Type& type = *batch_.layout().slot(slot).type;
      if (!type.is(TypeKind::any) && !instance_of(value, type)) return false;
      batch_.set_value(slot, cell, copy(batch_.arena(), value));
      return true;
    }
    default:
      return false;
  }
}

void CaseBuilder::put_list(SlotId slot, std::uint32_t cell, Value value) {
  const LevelId level = batch_.layout().slot(slot).items;
  const SlotId item = batch_.layout().slot(slot).first;
  for (const Value each : value.items()) {
    const std::uint32_t at = batch_.open(level);
    batch_.claim(item, at);
    put(item, at, each);
  }
  batch_.end_list(slot, cell);
}

void CaseBuilder::put_record(SlotId slot, std::uint32_t cell, Value value) {
  const Context& context = value.context();
  const Slot& of = batch_.layout().slot(slot);
  std::vector<std::string_view> names;
  std::vector<Value> values;
  for (std::size_t i = 0; i < context.size(); ++i) {
    const std::string_view name = context.shape->keys[i];
    const SlotId member = batch_.layout().member(slot, name);
    if (member != no_slot) {
      batch_.claim(member, cell);
      put(member, cell, context.values[i]);
    } else if (of.open || keep_) {
      names.push_back(name);
      values.push_back(copy(batch_.arena(), context.values[i]));
    } else {
      throw Error(Code::invalid_argument, "no member " + quoted(name) + " of " +
                                              quoted(batch_.layout().path(slot)) + " is declared");
    }
  }
  batch_.leave_unset(slot, cell);
  if (names.empty()) return;
  Arena& arena = batch_.arena();
  batch_.set_extra(slot, cell, make_context(arena, Shape::make(arena, names), values));
}

void CaseBuilder::misfit(SlotId slot, std::uint32_t cell, Value value) {
  if (keep_) return batch_.set_other(slot, cell, copy(batch_.arena(), value));
  std::string text;
  append_expression(text, value);
  throw Error(Code::invalid_argument, quoted(batch_.layout().path(slot)) + " is declared " +
                                          type_text(*batch_.layout().slot(slot).type) +
                                          ", and cannot be " + quoted(text));
}

}  // namespace partnership::feel
