// SPDX-License-Identifier: Apache-2.0
#include "charter/changes.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/quote.hpp"
#include "feel/expression_set.hpp"

namespace partnership::charter {

using feel::Type;
using feel::TypeKind;

namespace {

bool is_date(const Type& type) noexcept {
  return type.is(TypeKind::date) || type.is(TypeKind::date_time);
}

// Whether a value of the type is something that happened on a day.
bool is_dated(const Type& type) noexcept {
  return is_date(type) ||
         (type.is(TypeKind::context) && std::ranges::any_of(type.members, [](const auto& member) {
            return is_date(*member.type);
          }));
}

// What stands for a fact of this type that is absent from a complete record; empty: nothing does.
std::string_view not_happened(const Type& type) noexcept {
  if (is_date(type)) return "null";
  return type.is(TypeKind::list) && is_dated(*type.element) ? "[]" : "";
}

// On one line.
void append_value(std::string& out, json::Value value) {
  const std::string_view source = value.source();
  if (source.find_first_of("\n\r") == std::string_view::npos) {
    out += source;
  } else {
    out += json::Writer().value(value).take();
  }
}

void append_key(std::string& out, std::string_view name, bool& first) {
  if (!first) out += ',';
  first = false;
  json::append_string(out, name);
  out += ':';
}

// A value with what has not happened inside it. Depth is bounded by that of the document.
void append_completed(std::string& out, json::Value value, const Type& type) {
  if (type.is(TypeKind::list) && value.is(json::Type::array)) {
    out += '[';
    bool first = true;
    for (const json::Value item : value) {
      if (!first) out += ',';
      first = false;
      append_completed(out, item, *type.element);
    }
    out += ']';
  } else if (type.is(TypeKind::context) && value.is(json::Type::object)) {
    out += '{';
    bool first = true;
    for (const json::Value member : value) {
      append_key(out, member.key(), first);
      const Type* const of = type.member(member.key());
      if (of != nullptr) {
        append_completed(out, member, *of);
      } else {
        append_value(out, member);
      }
    }
    for (const Type::Member& member : type.members) {
      const std::string_view absent = not_happened(*member.type);
      if (absent.empty() || value.find(member.name)) continue;
      append_key(out, member.name, first);
      out += absent;
    }
    out += '}';
  } else {
    append_value(out, value);
  }
}

}  // namespace

ChangeReader::ChangeReader(const Kind& kind)
    : schema_(*kind.set->schema()),
      batch_(kind.set->layout()),
      changed_in_(schema_.members.size(), 0) {}

void ChangeReader::read(json::ObjectReader& reader, Parts& parts,
                        std::vector<FactChange>& changes) {
  found_ = &changes;
  ++reads_;
  if (const auto values = reader.object("facts")) {
    read_values(*values, FactChange::How::replace, parts);
  }
  if (const auto values = reader.object("append")) {
    read_values(*values, FactChange::How::append, parts);
  }
  if (const auto names = reader.array("withdraw")) read_withdrawn(*names, parts);
}

void ChangeReader::read_facts(json::Value facts, Parts& parts, std::vector<FactChange>& changes) {
  found_ = &changes;
  ++reads_;
  read_values(facts, FactChange::How::replace, parts);
}

void ChangeReader::read_values(json::Value values, FactChange::How how, Parts& parts) {
  batch_.clear();
  try {
    reader_.read(values.source(), batch_);
  } catch (const Error& error) {
    if (error.code() != Code::invalid_document) throw;
    parts.add_inner(values, error);
    return;
  }
  for (const json::Value value : values) {
    const Type::Member* const at = schema_.find(value.key());
    if (at == nullptr) continue;  // it has been complained of
    const auto fact = static_cast<std::uint32_t>(at - schema_.members.data());
    if (how == FactChange::How::append &&
        (!at->type->is(TypeKind::list) || !value.is(json::Type::array))) {
      parts.problem(value,
                    at->type->is(TypeKind::list)
                        ? "expected a list of items to append, found " + json::a_type(value.type())
                        : "nothing can be appended to " + quoted(at->name) + ", which is no list");
      continue;
    }
    add(value, at->name, {fact, how, value}, parts);
  }
}

void ChangeReader::read_withdrawn(json::Value names, Parts& parts) {
  std::vector<std::string_view> known;
  for (const Type::Member& member : schema_.members) known.push_back(member.name);
  for (const json::Value name : names) {
    if (!name.is(json::Type::string)) {
      parts.problem(name, "expected the name of a fact, found " + json::a_type(name.type()));
      continue;
    }
    const Type::Member* const at = schema_.find(name.text());
    if (at == nullptr) {
      parts.problem(
          name, "no fact " + quoted(name.text()) + " is declared" + parts.hint(name.text(), known));
      continue;
    }
    const auto fact = static_cast<std::uint32_t>(at - schema_.members.data());
    add(name, at->name, {fact, FactChange::How::withdraw, std::nullopt}, parts);
  }
}

void ChangeReader::add(json::Value where, std::string_view name, FactChange change, Parts& parts) {
  if (changed_in_[change.fact] == reads_) {
    parts.problem(where, "the fact " + quoted(name) + " is changed twice");
    return;
  }
  changed_in_[change.fact] = reads_;
  found_->push_back(change);
}

FactSheet::FactSheet(const Type& schema) : schema_(schema), facts_(schema.members.size()) {}

void FactSheet::clear() noexcept {
  for (Fact& fact : facts_) {
    fact.whole.reset();
    fact.appended.clear();
  }
}

void FactSheet::apply(const FactChange& change) {
  Fact& fact = facts_[change.fact];
  if (change.how == FactChange::How::append) {
    fact.appended.push_back(*change.value);
    return;
  }
  fact.whole = change.value;
  fact.appended.clear();
}

void FactSheet::append_json(std::string& out, bool complete) const {
  const auto append = [&](json::Value value, const Type& type) {
    if (complete) {
      append_completed(out, value, type);
    } else {
      append_value(out, value);
    }
  };
  out += '{';
  bool first = true;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    const Fact& fact = facts_[i];
    const Type::Member& member = schema_.members[i];
    const std::string_view absent = complete ? not_happened(*member.type) : "";
    if (!fact.whole && fact.appended.empty() && absent.empty()) continue;
    append_key(out, member.name, first);
    if (fact.appended.empty()) {
      if (fact.whole) {
        append(*fact.whole, *member.type);
      } else {
        out += absent;
      }
      continue;
    }
    out += '[';
    bool first_item = true;
    const auto append_items = [&](json::Value items) {
      for (const json::Value item : items) {
        if (!first_item) out += ',';
        first_item = false;
        append(item, *member.type->element);
      }
    };
    if (fact.whole && fact.whole->is(json::Type::array)) append_items(*fact.whole);
    for (const json::Value items : fact.appended) append_items(items);
    out += ']';
  }
  out += '}';
}

}  // namespace partnership::charter
