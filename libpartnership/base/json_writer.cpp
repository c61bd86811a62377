// SPDX-License-Identifier: Apache-2.0
#include <cassert>
#include <charconv>

#include "base/json.hpp"

namespace partnership::json {

void Writer::newline() {
  if (!pretty_) return;
  out_ += '\n';
  out_.append(2 * first_.size(), ' ');
}

// A value stands after a name, or else as an item after a comma where one is due.
void Writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (first_.empty()) return;
  if (!first_.back()) out_ += ',';
  first_.back() = false;
  newline();
}

Writer& Writer::begin_object() {
  before_value();
  out_ += '{';
  first_.push_back(true);
  return *this;
}

Writer& Writer::begin_array() {
  before_value();
  out_ += '[';
  first_.push_back(true);
  return *this;
}

Writer& Writer::end_object() {
  return end('}');
}
Writer& Writer::end_array() {
  return end(']');
}

Writer& Writer::end(char bracket) {
  assert(!first_.empty() && !after_key_);
  const bool empty = first_.back();
  first_.pop_back();
  if (!empty) newline();
  out_ += bracket;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  assert(!after_key_);
  before_value();
  append_string(out_, name);
  out_ += pretty_ ? ": " : ":";
  after_key_ = true;
  return *this;
}

Writer& Writer::value(std::string_view text) {
  before_value();
  append_string(out_, text);
  return *this;
}

Writer& Writer::value(bool boolean) {
  return raw(boolean ? "true" : "false");
}

Writer& Writer::value(std::int64_t number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return raw({digits, static_cast<std::size_t>(end - digits)});
}

Writer& Writer::value(double number) {
  before_value();
  append_number(out_, number);
  return *this;
}

Writer& Writer::null() {
  return raw("null");
}

Writer& Writer::raw(std::string_view json) {
  before_value();
  out_ += json;
  return *this;
}

// Recurses as deep as the parser allowed.
Writer& Writer::value(Value tree) {
  switch (tree.type()) {
    case Type::object:
      begin_object();
      for (const Value member : tree) key(member.key()).value(member);
      return end_object();
    case Type::array:
      begin_array();
      for (const Value item : tree) value(item);
      return end_array();
    case Type::string:
      return value(tree.text());
    default:
      return raw(tree.source());
  }
}

}  // namespace partnership::json
