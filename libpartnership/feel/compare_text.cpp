// SPDX-License-Identifier: Apache-2.0
//
// Values as texts: as string() gives them, as expressions, and as JSON.
#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/json.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel {

namespace {

constexpr int most_depth = 1000;
// A list may hold one list many times over: few values make a text without end.
constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::string_view too_deep = "...";

// What of the language no key may be when it stands without quotes.
constexpr std::array<std::string_view, 21> keywords{
    "and",  "between",  "context", "else",   "every",     "external", "false",
    "for",  "function", "if",      "in",     "instance",  "list",     "not",
    "null", "of",       "or",      "return", "satisfies", "some",     "then"};

enum class Style : std::uint8_t { string, expression, json };

bool is_plain_key(std::string_view key) noexcept {
  const auto is_start = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  if (key.empty() || !is_start(key[0])) return false;
  if (key == "true" || key == "range" || std::ranges::find(keywords, key) != keywords.end()) {
    return false;
  }
  return std::ranges::all_of(key, [&](char c) { return is_start(c) || (c >= '0' && c <= '9'); });
}

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += hex[static_cast<unsigned char>(c) >> 4];
          out += hex[static_cast<unsigned char>(c) & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

class Writer {
 public:
  Writer(std::string& out, Style style) noexcept : out_(out), style_(style) {}

  void write(Value value, int depth) {
    if (out_.size() > most_bytes) throw Error(Code::limit, "the text of the value is too long");
    switch (value.kind()) {
      case Kind::null:
      case Kind::absent:
        out_ += "null";
        break;
      case Kind::boolean:
        out_ += value.boolean() ? "true" : "false";
        break;
      case Kind::number:
        write_number(value);
        break;
      case Kind::string:
        write_text(value.text());
        break;
      case Kind::date:
      case Kind::time:
      case Kind::date_time:
      case Kind::days_time_duration:
      case Kind::years_months_duration:
        write_temporal(value);
        break;
      case Kind::list:
        write_list(value.items(), depth);
        break;
      case Kind::context:
        write_context(value.context(), depth);
        break;
      case Kind::range:
      case Kind::function:
        write_expression(value, depth);
        break;
    }
  }

 private:
  void write_text(std::string_view text) {
    if (style_ == Style::json) {
      json::append_string(out_, text);
    } else {
      append_quoted(out_, text);
    }
  }

  // JSON's readers go by doubles, which keep 15 digits.
  void write_number(Value number) {
    const std::size_t before = out_.size();
    append_number(out_, number);
    if (style_ != Style::json) return;
    const std::string text = out_.substr(before);
    const std::size_t first = text.find_first_of("123456789");
    const auto digits = first == std::string::npos
                            ? 0
                            : std::count_if(text.begin() + static_cast<std::ptrdiff_t>(first),
                                            text.end(), [](char c) { return c != '.'; });
    if (digits <= 15 && text.find('E') == std::string::npos) return;
    out_.resize(before);
    json::append_string(out_, text);
  }

  void write_temporal(Value value) {
    if (style_ == Style::expression) out_ += '@';
    if (style_ != Style::string) out_ += '"';
    append_temporal(out_, value);
    if (style_ != Style::string) out_ += '"';
  }

  void write_list(std::span<const Value> items, int depth) {
    if (depth == 0) return write_too_deep();
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += separator();
      write(items[i], depth - 1);
    }
    out_ += ']';
  }

  void write_context(const Context& context, int depth) {
    if (depth == 0) return write_too_deep();
    out_ += '{';
    for (std::size_t i = 0; i < context.size(); ++i) {
      if (i > 0) out_ += separator();
      const std::string_view key = context.shape->keys[i];
      if (style_ != Style::json && is_plain_key(key)) {
        out_ += key;
      } else {
        write_text(key);
      }
      out_ += style_ == Style::json ? ":" : ": ";
      write(context.values[i], depth - 1);
    }
    out_ += '}';
  }

  void write_expression(Value value, int depth) {
    if (style_ == Style::json) {
      std::string text;
      Writer(text, Style::expression).write(value, depth);
      json::append_string(out_, text);
    } else if (value.is(Kind::function)) {
      out_ += "function";
    } else if (depth == 0) {
      write_too_deep();
    } else {
      write_range(value.range(), depth - 1);
    }
  }

  void write_range(const Range& range, int depth) {
    const bool equals =
        range.form == Range::Form::test && !range.low.is_null() && !range.high.is_null();
    if (equals || range.form == Range::Form::differs) {
      out_ += equals ? "(=" : "(!=";
      write(range.low, depth);
      out_ += ')';
    } else if (range.low.is_null()) {
      out_ += range.high_closed ? "(<=" : "(<";
      write(range.high, depth);
      out_ += ')';
    } else if (range.high.is_null()) {
      out_ += range.low_closed ? "(>=" : "(>";
      write(range.low, depth);
      out_ += ')';
    } else {
      out_ += range.low_closed ? '[' : '(';
      write(range.low, depth);
      out_ += "..";
      write(range.high, depth);
      out_ += range.high_closed ? ']' : ')';
    }
  }

  void write_too_deep() {
    if (style_ == Style::json) {
      json::append_string(out_, too_deep);
    } else {
      out_ += too_deep;
    }
  }

  std::string_view separator() const noexcept { return style_ == Style::json ? "," : ", "; }

  std::string& out_;
  Style style_;
};

}  // namespace

void append_string(std::string& out, Value value) {
  if (value.is(Kind::string)) {
    out += value.text();
  } else {
    Writer(out, Style::string).write(value, most_depth);
  }
}

void append_expression(std::string& out, Value value) {
  Writer(out, Style::expression).write(value, most_depth);
}

void append_json(std::string& out, Value value) {
  Writer(out, Style::json).write(value, most_depth);
}

}  // namespace partnership::feel
