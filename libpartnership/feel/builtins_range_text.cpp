// SPDX-License-Identifier: Apache-2.0
//
// `range`: the text of a range whose ends are literals, e.g. "[1..10)", "(@\"2024-01-01\"..)" or
// "]date(\"2024-01-01\")..date(\"2024-12-31\")]" (DMN 1.5, table 73).
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <charconv>
#include <string>

#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel::builtin {

namespace {

class Reader {
 public:
  Reader(Arena& arena, std::string_view text) noexcept : arena_(arena), rest_(text) {}

  // nullopt: it is no range.
  std::optional<Range> range() {
    skip_space();
    Range out{};
    if (take('[')) {
      out.low_closed = true;
    } else if (!take('(') && !take(']')) {
      return {};
    }
    if (!end(out.low) || !take_all("..") || !end(out.high)) return {};
    if (take(']')) {
      out.high_closed = true;
    } else if (!take(')') && !take('[')) {
      return {};
    }
    skip_space();
    if (!rest_.empty() || !holds_together(out)) return {};
    return out;
  }

 private:
  static constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
  static constexpr bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  void skip_space() noexcept {
    while (!rest_.empty() && is_space(rest_[0])) rest_.remove_prefix(1);
  }
  bool take(char c) noexcept {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_all(std::string_view text) noexcept {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  // An end with the space around it; null where there is none. False: something else is there.
  bool end(Value& out) {
    skip_space();
    std::optional<Value> value;
    if (rest_.empty()) return false;
    const char c = rest_[0];
    if (rest_.starts_with("..") || c == ')' || c == ']' || c == '[') return true;
    if (is_digit(c) || c == '-' || c == '.') {
      value = number();
    } else if (c == '"') {
      value = text();
    } else if (take('@')) {
      const auto literal = text();
      value = literal ? parse_at_literal(arena_, literal->text()) : literal;
    } else {
      value = constructed();
    }
    if (!value) return false;
    out = *value;
    skip_space();
    return true;
  }

  std::optional<Value> number() {
    std::size_t size = rest_[0] == '-' ? 1 : 0;
    const auto digits = [&] {
      while (size < rest_.size() && is_digit(rest_[size])) ++size;
    };
    digits();
    // A point belongs to the number only where a digit follows: `1..3`.
    if (size + 1 < rest_.size() && rest_[size] == '.' && is_digit(rest_[size + 1])) {
      ++size;
      digits();
    }
    const auto value = parse_number(arena_, rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }

  std::optional<std::uint32_t> hexadecimal(std::size_t digits) {
    std::uint32_t value = 0;
    const char* const first = rest_.data();
    if (rest_.size() < digits) return {};
    const auto [at, error] = std::from_chars(first, first + digits, value, 16);
    if (error != std::errc{} || at != first + digits) return {};
    rest_.remove_prefix(digits);
    return value;
  }

  // What stands behind a backslash.
  bool escape(std::string& out) {
    if (rest_.empty()) return false;
    const char c = rest_[0];
    rest_.remove_prefix(1);
    switch (c) {
      case 'n':
        out += '\n';
        return true;
      case 'r':
        out += '\r';
        return true;
      case 't':
        out += '\t';
        return true;
      case '"':
      case '\'':
      case '\\':
        out += c;
        return true;
      case 'u':
      case 'U':
        break;
      default:
        return false;
    }
    auto point = hexadecimal(c == 'u' ? 4 : 6);
    if (point && U16_IS_LEAD(*point) && take_all("\\u")) {
      const auto trail = hexadecimal(4);
      if (!trail || !U16_IS_TRAIL(*trail)) return false;
      point = static_cast<std::uint32_t>(U16_GET_SUPPLEMENTARY(*point, *trail));
    }
    if (!point || *point > 0x10ffff || U_IS_SURROGATE(*point)) return false;
    char bytes[U8_MAX_LENGTH];
    std::size_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, *point);
    out.append(bytes, size);
    return true;
  }

  std::optional<Value> text() {
    if (!take('"')) return {};
    std::string out;
    while (!rest_.empty()) {
      if (take('"')) return make_string(arena_, out);
      if (take('\\')) {
        if (!escape(out)) return {};
      } else {
        out += rest_[0];
        rest_.remove_prefix(1);
      }
    }
    return {};
  }

  // date("..."), and the other three that make a value of one literal text.
  std::optional<Value> constructed() {
    enum class Maker { date_time, date, time, duration };
    Maker maker{};
    if (take_all("date and time")) {
      maker = Maker::date_time;
    } else if (take_all("date")) {
      maker = Maker::date;
    } else if (take_all("time")) {
      maker = Maker::time;
    } else if (take_all("duration")) {
      maker = Maker::duration;
    } else {
      return {};
    }
    skip_space();
    if (!take('(')) return {};
    skip_space();
    const auto literal = text();
    skip_space();
    if (!literal || !take(')')) return {};
    switch (maker) {
      case Maker::date_time:
        return parse_date_time(arena_, literal->text());
      case Maker::date:
        return parse_date(literal->text());
      case Maker::time:
        return parse_time(literal->text());
      case Maker::duration:
        return parse_duration(literal->text());
    }
    return {};
  }

  // An end that is not there is open; two ends are of one kind and in order.
  static bool holds_together(const Range& range) {
    const bool has_low = !range.low.is_null(), has_high = !range.high.is_null();
    if (!has_low && !has_high) return false;
    if ((!has_low && range.low_closed) || (!has_high && range.high_closed)) return false;
    if (!has_low || !has_high) return true;
    if (range.low.kind() != range.high.kind()) return false;
    const auto ends = order(range.low, range.high);
    return ends && *ends <= 0;
  }

  Arena& arena_;
  std::string_view rest_;
};

}  // namespace

Value make_range(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "range", given);
  const std::string_view from = in.text(0);
  if (in.failed()) return {};
  evaluation.spend(from.size() / 16);
  Arena& arena = evaluation.arena();
  const auto range = Reader(arena, from).range();
  if (!range) return in.wrong(WarningKind::wrong_text, in.single(0));
  return Value::range(arena.make<Range>(*range));
}

}  // namespace partnership::feel::builtin
