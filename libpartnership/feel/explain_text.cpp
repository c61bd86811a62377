// SPDX-License-Identifier: Apache-2.0
//
// Traces as text and as JSON. Large values are cut, so that neither grows past so much a part.
#include <charconv>

#include "base/json.hpp"
#include "feel/compare.hpp"
#include "feel/explain.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t most_values = 20;      // values that are written of one value
constexpr std::size_t most_levels = 8;       // of lists and contexts within each other
constexpr std::size_t most_text = 200;       // bytes of a text
constexpr std::size_t most_characters = 60;  // bytes of a value on a line of text

// Where a text of more than `most` bytes may be cut: not within a character.
std::string_view cut_text(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80) --most;
  return text.substr(0, most);
}

// Copies what is to be shown of a value: at most so many plain values.
class Cutter {
 public:
  explicit Cutter(Arena& arena) : arena_(arena) {}
  bool cut() const noexcept { return cut_; }

  Value shown(Value value, std::size_t level = 0) {
    --left_;
    if (value.is(Kind::string)) {
      cut_ = cut_ || value.text().size() > most_text;
      return Value::string(cut_text(value.text(), most_text));
    }
    if (value.is(Kind::list)) return shown_list(value.items(), level);
    if (value.is(Kind::context)) return shown_context(value.context(), level);
    if (!value.is(Kind::range)) return value;
    Range range = value.range();
    range.low = shown(range.low, level + 1);
    range.high = shown(range.high, level + 1);
    return Value::range(arena_.make<Range>(range));
  }

 private:
  bool stop(std::size_t level) {
    if (left_ > 0 && level < most_levels) return false;
    cut_ = true;
    return true;
  }

  Value shown_list(std::span<const Value> items, std::size_t level) {
    std::vector<Value> out;
    for (const Value item : items) {
      if (stop(level)) break;
      out.push_back(shown(item, level + 1));
    }
    return make_list(arena_, out);
  }

  Value shown_context(const Context& context, std::size_t level) {
    std::vector<std::string_view> keys;
    std::vector<Value> values;
    for (std::size_t i = 0; i < context.size(); ++i) {
      if (stop(level)) break;
      keys.push_back(context.shape->keys[i]);
      values.push_back(shown(context.values[i], level + 1));
    }
    return make_context(arena_, Shape::make(arena_, keys), values);
  }

  Arena& arena_;
  std::ptrdiff_t left_ = most_values;
  bool cut_ = false;
};

// Writes of a value as JSON what Cutter shows of it, without a copy.
class JsonCutter {
 public:
  explicit JsonCutter(std::string& out) : out_(out) {}
  bool cut() const noexcept { return cut_; }

  void write(Value value, std::size_t level = 0) {
    --left_;
    if (value.is(Kind::string)) {
      const std::string_view text = cut_text(value.text(), most_text);
      cut_ = cut_ || text.size() != value.text().size();
      json::append_string(out_, text);
    } else if (value.is(Kind::boolean)) {
      out_ += value.boolean() ? "true" : "false";
    } else if (value.is(Kind::list)) {
      write_list(value.items(), level);
    } else if (value.is(Kind::context)) {
      write_context(value.context(), level);
    } else if (value.is(Kind::range)) {
      Arena arena;
      Cutter cutter(arena);
      append_json(out_, cutter.shown(value, level));
      cut_ = cut_ || cutter.cut();
    } else {
      append_json(out_, value);
    }
  }

 private:
  bool stop(std::size_t level) {
    if (left_ > 0 && level < most_levels) return false;
    cut_ = true;
    return true;
  }

  void write_list(std::span<const Value> items, std::size_t level) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size() && !stop(level); ++i) {
      if (i != 0) out_ += ',';
      write(items[i], level + 1);
    }
    out_ += ']';
  }

  void write_context(const Context& context, std::size_t level) {
    out_ += '{';
    for (std::size_t i = 0; i < context.size() && !stop(level); ++i) {
      if (i != 0) out_ += ',';
      json::append_string(out_, cut_text(context.shape->keys[i], most_text));
      out_ += ':';
      write(context.values[i], level + 1);
    }
    out_ += '}';
  }

  std::string& out_;
  std::ptrdiff_t left_ = most_values;
  bool cut_ = false;
};

// White space, also line breaks, made one space.
void append_one_line(std::string& out, std::string_view text) {
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      space = true;
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
}

bool plain(Value value) noexcept {
  return !value.is(Kind::list) && !value.is(Kind::context) && !value.is(Kind::string) &&
         !value.is(Kind::range);
}

void append_line_value(std::string& out, Value value, Arena& arena) {
  if (plain(value)) {
    append_expression(out, value);
    return;
  }
  Cutter cutter(arena);
  std::string text;
  append_expression(text, cutter.shown(value));
  const std::string_view shown = cut_text(text, most_characters);
  out += shown;
  if (cutter.cut() || shown.size() != text.size()) out += "...";
  if (value.is(Kind::list) && (cutter.cut() || shown.size() != text.size())) {
    out += " (" + std::to_string(value.items().size()) + " items)";
  }
}

void append_whole(std::string& out, std::size_t number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, end.ptr);
}

void append_part(std::string& out, const TracePart& part, const Ast& ast) {
  const Span span = ast.at(part.node).span;
  out += "{\"source\":";
  json::append_string(out, ast.source(part.node));
  out += ",\"from\":";
  append_whole(out, span.offset);
  out += ",\"to\":";
  append_whole(out, std::size_t{span.offset} + span.length);
  out += ",\"value\":";
  JsonCutter cutter(out);
  cutter.write(part.value);
  if (cutter.cut()) out += ",\"cut\":true";
  if (cutter.cut() && part.value.is(Kind::list)) {
    out += ",\"items\":";
    append_whole(out, part.value.items().size());
  }
  out += part.decisive ? ",\"decisive\":true" : ",\"decisive\":false";
  out += ",\"round\":";
  append_whole(out, part.round);
  out += ",\"parts\":[";
}

}  // namespace

void append_shown(std::string& out, Value value) {
  Arena arena;
  append_line_value(out, value, arena);
}

std::string trace_text(const Trace& trace, const Ast& ast) {
  std::string out;
  Arena arena;
  for (const TracePart& part : trace.parts) {
    out.append(std::size_t{part.depth} * 2, ' ');
    out += '`';
    append_one_line(out, ast.source(part.node));
    out += "` = ";
    append_line_value(out, part.value, arena);
    if (part.decisive) out += "  <- decides";
    out += '\n';
    arena.clear();
  }
  if (trace.truncated) out += "...\n";
  return out;
}

std::string trace_json(const Trace& trace, const Ast& ast) {
  constexpr std::size_t usual_part = 128;
  std::string out;
  out.reserve(trace.parts.size() * usual_part);
  for (std::size_t i = 0; i < trace.parts.size(); ++i) {
    const TracePart& part = trace.parts[i];
    append_part(out, part, ast);
    const bool last = i + 1 == trace.parts.size();
    const std::uint32_t next = last ? 0 : trace.parts[i + 1].depth;
    if (!last && next > part.depth) continue;
    std::uint32_t closing = part.depth - next + 1;
    while (closing-- > 0) out += "]}";
    if (!last) out += ',';
  }
  return out;
}

}  // namespace partnership::feel
