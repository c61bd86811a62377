// SPDX-License-Identifier: Apache-2.0
#include "exchange/xml.hpp"

#include <cassert>
#include <utility>

#include "exchange/characters.hpp"

namespace partnership::exchange {
namespace {

// Inside values also the quote, and white space, which a reader would otherwise make a space.
void append_escaped(std::string& out, std::string_view text, bool value) {
  for (const char c : plain_text(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += value ? "&quot;" : "\"";
        break;
      case '\t':
        out += value ? "&#9;" : "\t";
        break;
      case '\n':
        out += value ? "&#10;" : "\n";
        break;
      default:
        out += c;
    }
  }
}

bool is_alphanumeric(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_hex(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

void append_percent(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

}  // namespace

XmlWriter::XmlWriter() : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>") {}

void XmlWriter::newline(std::size_t depth) {
  out_ += '\n';
  out_.append(2 * depth, ' ');
}

void XmlWriter::close_tag() {
  if (tag_open_) out_ += '>';
  tag_open_ = false;
}

void XmlWriter::begin(std::string_view element, bool holds_text) {
  close_tag();
  const bool within_text = !open_.empty() && open_.back().holds_text;
  if (!within_text) newline(open_.size());
  if (!open_.empty()) open_.back().empty = false;
  out_.append("<").append(element);
  open_.push_back({std::string(element), holds_text || within_text, true});
  tag_open_ = true;
}

XmlWriter& XmlWriter::begin(std::string_view element) {
  begin(element, false);
  return *this;
}

XmlWriter& XmlWriter::inline_begin(std::string_view element) {
  begin(element, true);
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  assert(tag_open_);
  out_.append(" ").append(name).append("=\"");
  append_escaped(out_, value, true);
  out_ += '"';
  return *this;
}

XmlWriter& XmlWriter::attribute_unless_empty(std::string_view name, std::string_view value) {
  return value.empty() ? *this : attribute(name, value);
}

XmlWriter& XmlWriter::text(std::string_view text) {
  assert(!open_.empty() && open_.back().holds_text);
  if (text.empty()) return *this;
  close_tag();
  open_.back().empty = false;
  append_escaped(out_, text, false);
  return *this;
}

XmlWriter& XmlWriter::end() {
  assert(!open_.empty());
  const Element element = std::move(open_.back());
  open_.pop_back();
  if (element.empty) {
    out_ += "/>";
    tag_open_ = false;
    return *this;
  }
  if (!element.holds_text) newline(open_.size());
  out_.append("</").append(element.name).append(">");
  return *this;
}

std::string XmlWriter::take() {
  assert(open_.empty());
  out_ += '\n';
  return std::move(out_);
}

std::string uri_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

std::string uri_of(std::string_view address) {
  constexpr std::string_view also = "-._~:/?#@!$&'()*+,;=";
  std::string out;
  bool fragment = false;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    const bool escape =
        c == '%' && i + 2 < address.size() && is_hex(address[i + 1]) && is_hex(address[i + 2]);
    const bool second_hash = c == '#' && fragment;
    if (escape ||
        ((is_alphanumeric(c) || also.find(c) != std::string_view::npos) && !second_hash)) {
      out += c;
    } else {
      append_percent(out, c);
    }
    fragment |= c == '#';
  }
  return out;
}

}  // namespace partnership::exchange
