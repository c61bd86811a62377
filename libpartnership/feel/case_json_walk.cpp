// SPDX-License-Identifier: Apache-2.0
#include "feel/case_json_walk.hpp"

#include <algorithm>

#include "base/date.hpp"
#include "base/quote.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

// Whether `text`, which at least 8 readable bytes follow, is `name`.
inline bool same(std::string_view text, std::string_view name) noexcept {
  if (text.size() != name.size()) return false;
  const char* a = text.data();
  const char* b = name.data();
  std::size_t n = name.size();
  const auto load = [](const char* p) {
    std::uint64_t word;
    std::memcpy(&word, p, 8);
    return word;
  };
  if (n >= 8) {
    for (; n > 8; n -= 8, a += 8, b += 8) {
      if (load(a) != load(b)) return false;
    }
    return load(a + n - 8) == load(b + n - 8);  // overlaps what was compared before
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace

void CaseWalk::run(json::Cursor& cursor, Batch& batch) {
  cursor_ = &cursor;
  batch_ = &batch;
  layout_ = &batch.layout();
  depth_ = 0;
  items_.clear();
  extras_.clear();
  dropped_.clear();
  counted_ = 0;
  place_ = {};
  const std::uint32_t cell = batch.open(0);
  batch.claim(0, cell);
  if (cursor.peek() == '{') {
    record(0, cell);
  } else {
    misfit(0, cell);
  }
  if (!cursor.at_end()) cursor.expected(cursor.at(), "the end of the text after the value");
}

void CaseWalk::record(SlotId id, std::uint32_t cell) {
  json::Cursor& cursor = *cursor_;
  const Slot& slot = layout_->slot(id);
  if (++depth_ > options_.limits.depth) cursor.refuse_depth(options_.limits.depth);
  const Inside around = cursor.inside;
  cursor.inside = Inside::object;
  const std::size_t extras = extras_.size();
  SlotId expected = slot.first;
  std::uint32_t found = 0;
  cursor.next();
  if (cursor.peek() != '}') {
    for (;;) {
      member(id, cell, expected, found);
      const char c = cursor.peek();
      if (c == '}') break;
      if (c != ',') cursor.expected(cursor.at(), cursor.separators());
      cursor.next();
    }
  }
  cursor.next();
  cursor.inside = around;
  --depth_;
  if (found < slot.count) batch_->leave_unset(id, cell);
  if (extras_.size() != extras) add_extra(id, cell, extras);
}

void CaseWalk::member(SlotId record, std::uint32_t cell, SlotId& expected, std::uint32_t& found) {
  json::Cursor& cursor = *cursor_;
  if (cursor.peek() != '"') {
    const bool first = found == 0 && cursor.source()[cursor.at()] != ',';
    cursor.expected(cursor.at(), first ? "a name in quotes or `}`" : "a name in quotes");
  }
  const std::string_view raw = cursor.string();
  const std::string_view name = content(raw);
  const SlotId id = find(record, name, expected);
  if (cursor.peek() != ':') cursor.expected(cursor.at(), "`:` after the name");
  cursor.next();
  if (id == no_slot) return unknown(record, raw, name);
  if (!batch_->claim(id, cell)) cursor.refuse_repeated(raw);
  expected = id + 1;
  ++found;
  value(id, cell);
}

// Most texts have the members in the order of the schema.
SlotId CaseWalk::find(SlotId record, std::string_view name, SlotId expected) const noexcept {
  const Slot& slot = layout_->slot(record);
  if (expected < slot.first + slot.count && same(name, layout_->slot(expected).name)) {
    return expected;
  }
  return layout_->member(record, name);
}

std::string_view CaseWalk::content(std::string_view raw) {
  if (!cursor_->has_escape(raw)) return raw;
  scratch_.clear();
  cursor_->unescape(raw, scratch_);
  scratch_.append(8, '\0');
  return std::string_view(scratch_).substr(0, scratch_.size() - 8);
}

void CaseWalk::unknown(SlotId record, std::string_view raw, std::string_view name) {
  const Slot& slot = layout_->slot(record);
  const bool keep = options_.unknown == ReadOptions::Unknown::keep ||
                    (slot.open && options_.unknown == ReadOptions::Unknown::refuse);
  if (keep || options_.unknown == ReadOptions::Unknown::drop) {
    // Also those that are dropped must be unique.
    extras_.push_back({raw, (keep ? batch_->arena() : dropped_).copy(name), {}});
    const std::size_t at = extras_.size() - 1;
    extras_[at].value = skip(keep ? batch_->arena() : dropped_);
    return;
  }
  std::vector<std::string_view> known;
  for (SlotId id = slot.first; id < slot.first + slot.count; ++id) {
    known.push_back(layout_->slot(id).name);
  }
  const std::string_view near = nearest_spelling(name, known);
  std::string message = "no member " + quoted(name) + " is declared";
  if (!near.empty()) message += ", did you mean " + quoted(near) + "?";
  note(cursor_->offset(raw.data()) - 1, std::move(message), name, record);
  extras_.push_back({raw, dropped_.copy(name), {}});
  skip(dropped_);
}

void CaseWalk::add_extra(SlotId record, std::uint32_t cell, std::size_t first) {
  const std::span<Extra> own = std::span(extras_).subspan(first);
  std::vector<std::uint32_t> order(own.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto name = [&](std::uint32_t i) { return own[i].name; };
  std::ranges::stable_sort(order, {}, name);
  const auto again = std::ranges::adjacent_find(order, {}, name);
  if (again != order.end()) cursor_->refuse_repeated(own[again[1]].raw);
  if (options_.unknown != ReadOptions::Unknown::drop) {
    std::vector<std::string_view> names;
    std::vector<Value> values;
    for (const Extra& extra : own) {
      names.push_back(extra.name);
      values.push_back(extra.value);
    }
    Arena& arena = batch_->arena();
    batch_->set_extra(record, cell, make_context(arena, Shape::make(arena, names), values));
  }
  extras_.resize(first);
}

Value CaseWalk::skip(Arena& arena) {
  const std::size_t most = options_.limits.depth;
  return values_.read(*cursor_, arena, most - std::min(depth_, most));
}

void CaseWalk::value(SlotId id, std::uint32_t cell) {
  json::Cursor& cursor = *cursor_;
  const char c = cursor.peek();
  if (c == 'n') {
    cursor.word("null");
    return batch_->set_state(id, cell, CellState::null);
  }
  switch (layout_->slot(id).storage) {
    case Storage::truth:
      if (c == 't') {
        cursor.word("true");
        return batch_->set_truth(id, cell, true);
      }
      if (c == 'f') return cursor.word("false");
      break;
    case Storage::number:
      if (c == '-' || (c >= '0' && c <= '9')) return number(id, cell);
      break;
    case Storage::code:
    case Storage::day:
      if (c == '"') return text(id, cell);
      break;
    case Storage::list:
      if (c == '[') return list(id, cell);
      break;
    case Storage::record:
      if (c == '{') return record(id, cell);
      break;
    case Storage::value:
      return general(id, cell);
  }
  misfit(id, cell);
}

void CaseWalk::number(SlotId id, std::uint32_t cell) {
  const json::NumberText number = cursor_->number();
  if (number.exact) return batch_->set_number(id, cell, number.coefficient, number.scale);
  const Value value = number_of(number, *cursor_, batch_->arena());
  if (value.is_small()) return batch_->set_number(id, cell, value.coefficient(), value.scale());
  batch_->set_other(id, cell, value);
}

void CaseWalk::text(SlotId id, std::uint32_t cell) {
  const std::string_view raw = cursor_->string();
  const std::string_view text = content(raw);
  if (layout_->slot(id).storage == Storage::code) return batch_->set_text(id, cell, text);
  if (const std::optional<Date> date = date_of(text)) return batch_->set_day(id, cell, *date);
  if (const std::optional<Value> date = feel::parse_date(text)) {
    return batch_->set_day(id, cell, date->days());
  }
  misfit_text(id, cell, raw, text);
}

void CaseWalk::list(SlotId id, std::uint32_t cell) {
  json::Cursor& cursor = *cursor_;
  if (++depth_ > options_.limits.depth) cursor.refuse_depth(options_.limits.depth);
  const Inside around = cursor.inside;
  cursor.inside = Inside::array;
  const LevelId level = layout_->slot(id).items;
  const SlotId item = layout_->slot(id).first;
  items_.push_back({id, 0});
  cursor.next();
  if (cursor.peek() != ']') {
    for (;;) {
      const std::uint32_t at = batch_->open(level);
      batch_->claim(item, at);
      value(item, at);
      ++items_.back().index;
      const char c = cursor.peek();
      if (c == ']') break;
      if (c != ',') cursor.expected(cursor.at(), cursor.separators());
      cursor.next();
    }
  }
  cursor.next();
  items_.pop_back();
  cursor.inside = around;
  --depth_;
  batch_->end_list(id, cell);
}

// Of a slot of storage `value`.
void CaseWalk::general(SlotId id, std::uint32_t cell) {
  const Type& type = *layout_->slot(id).type;
  const char c = cursor_->peek();
  switch (type.kind) {
    case TypeKind::any:
      return batch_->set_value(id, cell, skip(batch_->arena()));
    case TypeKind::string:
    case TypeKind::time:
    case TypeKind::date_time:
    case TypeKind::days_time_duration:
    case TypeKind::years_months_duration: {
      if (c != '"') break;
      const std::string_view raw = cursor_->string();
      const std::string_view text = content(raw);
      if (!typed_text(id, cell, text)) misfit_text(id, cell, raw, text);
      return;
    }
    case TypeKind::context:
      if (c == '{') return batch_->set_value(id, cell, skip(batch_->arena()));
      break;
    case TypeKind::list:
      if (c == '[') return batch_->set_value(id, cell, skip(batch_->arena()));
      break;
    default:
      break;
  }
  misfit(id, cell);
}

bool CaseWalk::typed_text(SlotId id, std::uint32_t cell, std::string_view text) {
  const TypeKind kind = layout_->slot(id).type->kind;
  if (kind == TypeKind::string) {
    batch_->set_text(id, cell, text);
    return true;
  }
  const auto value = value_of_text(batch_->arena(), text, kind);
  if (value) batch_->set_value(id, cell, *value);
  return value.has_value();
}

// ---- What does not fit

void CaseWalk::misfit(SlotId id, std::uint32_t cell) {
  const std::size_t at = cursor_->at();
  const char c = cursor_->peek();
  const Value value = skip(batch_->arena());
  if (options_.keep_misfits) return batch_->set_other(id, cell, value);
  const char* const found = c == '{'                  ? "an object"
                            : c == '['                ? "an array"
                            : c == '"'                ? "a text"
                            : c == 'n'                ? "null"
                            : value.is(Kind::boolean) ? "true or false"
                                                      : "a number";
  note(at, "expected " + type_text(*layout_->slot(id).type) + ", found " + found, {}, id);
  batch_->set_state(id, cell, CellState::null);
}

void CaseWalk::misfit_text(SlotId id, std::uint32_t cell, std::string_view raw,
                           std::string_view text) {
  if (options_.keep_misfits) {
    return batch_->set_other(id, cell, make_string(batch_->arena(), text));
  }
  note(cursor_->offset(raw.data()) - 1,
       "expected " + type_text(*layout_->slot(id).type) + ", found " + quoted(text), {}, id);
  batch_->set_state(id, cell, CellState::null);
}

// `name`: a member of the record `slot` that is not declared, or empty: the slot itself is meant.
void CaseWalk::note(std::size_t at, std::string message, std::string_view name, SlotId slot) {
  if (problems_.list.size() == CaseProblems::most) {
    ++problems_.unlisted;
    return;
  }
  const auto append = [](std::string& out, std::string_view token) {
    out += '/';
    for (const char c : token) {
      if (c == '~' || c == '/') {
        out += c == '~' ? "~0" : "~1";
      } else {
        out += c;
      }
    }
  };
  // From the slot up to the case, then the other way round.
  std::vector<SlotId> chain;
  for (SlotId id = slot; id != 0; id = layout_->slot(id).parent) chain.push_back(id);
  std::ranges::reverse(chain);
  std::string pointer;
  std::size_t item = 0;
  for (const SlotId id : chain) {
    const bool is_item = layout_->slot(layout_->slot(id).parent).storage == Storage::list;
    append(pointer, is_item ? std::to_string(items_[item++].index) : layout_->slot(id).name);
  }
  if (!name.empty()) append(pointer, name);
  // Problems come in the order of the text.
  const Place since = place_of(cursor_->source().substr(counted_), at - counted_);
  if (since.line > 1) place_.column = 1;
  place_ = {place_.line + since.line - 1, place_.column + since.column - 1};
  counted_ = at;
  problems_.list.push_back({std::move(message), std::move(pointer), static_cast<std::int64_t>(at),
                            place_.line, place_.column});
}

}  // namespace partnership::feel
