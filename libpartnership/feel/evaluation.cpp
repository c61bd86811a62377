// SPDX-License-Identifier: Apache-2.0
#include "feel/evaluation.hpp"

#include <array>

#include "feel/compare.hpp"
#include "feel/machine.hpp"

namespace partnership::feel {

namespace {

constexpr std::array<std::string_view, 10> warning_names{
    "unknown name", "unknown member", "wrong type",  "null operand",   "wrong call",
    "no result",    "wrong text",     "out of list", "not conforming", "budget"};

constexpr std::size_t most_shown = 60;  // bytes of a value or source in a message

std::string cut(std::string_view text) {
  if (text.size() <= most_shown) return std::string(text);
  std::size_t end = most_shown - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

// The source on one line.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    if (out.size() > most_shown) break;
  }
  return cut(out);
}

// Small values as they are, others by their kind.
std::string shown(Value value) {
  switch (value.kind()) {
    case Kind::null:
      return "null";
    case Kind::absent:
      return "nothing";
    case Kind::list:
    case Kind::context:
    case Kind::range:
    case Kind::function:
      return "a " + std::string(kind_name(value.kind()));
    case Kind::string:
      return "`\"" + cut(value.text()) + "\"`";
    default: {
      std::string out = "`";
      append_expression(out, value);
      return out + "`";
    }
  }
}

std::string a_kind(Value value) {
  if (value.is_null()) return "null";
  return "a " + std::string(kind_name(value.kind()));
}

std::string kinds(const Warning& warning) {
  if (warning.right.is_null() && !warning.left.is_null() &&
      warning.kind != WarningKind::null_operand) {
    return a_kind(warning.left);
  }
  return a_kind(warning.left) + " and " + a_kind(warning.right);
}

std::string values(const Warning& warning) {
  std::string out;
  if (!warning.left.is_null()) out += " for " + shown(warning.left);
  if (!warning.right.is_null()) {
    out += out.empty() ? " for " : " and ";
    out += shown(warning.right);
  }
  return out;
}

std::string sentence(const Warning& warning) {
  std::string what = "`" + cut(warning.what) + "`";
  switch (warning.kind) {
    case WarningKind::unknown_name:
      return "nothing is named " + what;
    case WarningKind::unknown_member:
      return (warning.left.is_null() ? "null" : a_kind(warning.left)) + " has no member " + what;
    case WarningKind::wrong_type:
      return what + " cannot take " + kinds(warning);
    case WarningKind::null_operand:
      if (warning.left.is_null() && warning.right.is_null()) return what + " cannot take null";
      return what + " cannot take " + kinds(warning);
    case WarningKind::wrong_call:
      if (warning.what.empty()) return a_kind(warning.left) + " is not a function";
      return what + " cannot be called like this" + values(warning);
    case WarningKind::no_result:
      return what + " has no result" + values(warning);
    case WarningKind::wrong_text:
      // What is wrong with the text, where more is known.
      return what + " cannot read " + shown(warning.left) +
             (warning.right.is(Kind::string) ? ": " + cut(warning.right.text()) : "");
    case WarningKind::out_of_list:
      return "there is no item " + shown(warning.left);
    case WarningKind::not_conforming:
      return shown(warning.left) + " does not conform to " + what;
    case WarningKind::budget:
      return "the budget of " + what + " is used up";
  }
  return what;
}

}  // namespace

std::string_view warning_name(WarningKind kind) noexcept {
  return warning_names[static_cast<std::size_t>(kind)];
}

std::string warning_text(const Warning& warning, std::string_view source) {
  std::string out = sentence(warning);
  if (!source.empty()) out += ", in `" + one_line(source) + "`";
  return out;
}

Evaluation::Evaluation(const Budget& budget) : budget_(budget), arena_(budget.memory) {}
Evaluation::~Evaluation() = default;

void Evaluation::begin(const Moment& moment) {
  moment_ = moment;
  arena_.clear();
  steps_ = 0;
  depth_ = 0;
  node_ = no_node;
  warnings_.clear();
  warning_count_ = 0;
  warned_of_budget_ = false;
}

Value Evaluation::warn(WarningKind kind, std::string_view what, Value left, Value right) {
  ++warning_count_;
  warned_of_budget_ = warned_of_budget_ || kind == WarningKind::budget;
  if (warnings_.size() < budget_.warnings) {
    warnings_.push_back({kind, node_, what, left, right});
  }
  return {};
}

}  // namespace partnership::feel
