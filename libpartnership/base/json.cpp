// SPDX-License-Identifier: Apache-2.0
//
// simdjson finds the tokens of a JSON text (its first stage: where each bracket, comma, colon,
// string and scalar begins; also control characters in strings and UTF-8), at some gigabytes a
// second. The walks over them are ours (json_parse.cpp and others), so that each rule of RFC 8259
// is checked in one place, spans are exact and every complaint says where it stands and what was
// expected.
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "base/json_scan.hpp"
#include "base/json_tree.hpp"
#include "base/text.hpp"

namespace partnership::json {

namespace {

// simdjson chooses its code for this processor on first use, in functions that allocate but cannot
// throw. It does so when the library is loaded, lest a shortage of memory later ends the process.
[[maybe_unused]] const bool processor_known =
    !simdjson::get_active_implementation()->name().empty();

bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
bool is_control(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20;
}

[[noreturn]] void fail(std::string_view text, std::size_t at, std::string message) {
  const Place place = place_of(text, at);
  throw Error(
      Code::malformed,
      Problem{std::move(message), {}, static_cast<std::int64_t>(at), place.line, place.column});
}

std::string byte_name(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  return std::string("0x") + digits[byte >> 4U] + digits[byte & 15U];
}

// Says why the first stage refused a text, at the first place that it can refuse.
[[noreturn]] void explain_refusal(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_space)) {
    fail(text, text.size(), "empty text, expected a value");
  }
  const std::size_t not_utf8 = utf8_invalid_at(text);
  std::size_t quote = std::string_view::npos;  // of the open string
  for (std::size_t at = 0; at < std::min(not_utf8, text.size()); ++at) {
    const char c = text[at];
    const bool inside = quote != std::string_view::npos;
    if (c == '"') {
      quote = inside ? std::string_view::npos : at;
    } else if (c == '\\' && !inside) {
      fail(text, at, "unexpected `\\` outside a string");
    } else if (c == '\\' && at + 1 < text.size() && !is_control(text[at + 1])) {
      ++at;
    } else if (inside && is_control(c)) {
      fail(text, at, "control character " + byte_name(c) + " in a string, expected an escape");
    }
  }
  if (not_utf8 != std::string_view::npos) {
    fail(text, not_utf8, "byte " + byte_name(text[not_utf8]) + " is not UTF-8");
  }
  if (quote != std::string_view::npos) fail(text, quote, "string without a closing quote");
  fail(text, 0, "expected a value");  // not reached: the first stage refuses nothing else
}

void demand_size(std::string_view text, const Limits& limits) {
  const std::size_t most = std::min(limits.bytes, max_text_size);
  if (text.size() > most) {
    throw Error(Code::limit, "text of " + std::to_string(text.size()) +
                                 " bytes, expected at most " + std::to_string(most));
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    fail(text, 0, "byte order mark, expected a JSON value (RFC 8259 section 8.1 forbids it)");
  }
}

}  // namespace

struct Scanner::Impl {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> scanner;
  std::size_t capacity = 0;
};

Scanner::Scanner() : impl_(std::make_unique<Impl>()) {}
Scanner::~Scanner() = default;
Scanner::Scanner(Scanner&&) noexcept = default;
Scanner& Scanner::operator=(Scanner&&) noexcept = default;

Tokens Scanner::scan(std::string_view text, const Limits& limits) {
  demand_size(text, limits);
  if (text.empty()) explain_refusal(text);
  if (impl_->capacity < text.size()) {
    impl_->capacity = 0;
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(
            text.size(), 1, impl_->scanner) != simdjson::SUCCESS) {
      throw std::bad_alloc();
    }
    impl_->capacity = text.size();
  }
  auto& scanner = *impl_->scanner;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto refused = scanner.stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  if (refused == simdjson::MEMALLOC) throw std::bad_alloc();
  if (refused != simdjson::SUCCESS) explain_refusal(text);
  scanner.structural_indexes[scanner.n_structural_indexes] =
      static_cast<std::uint32_t>(text.size());
  return {scanner.structural_indexes.get(), scanner.n_structural_indexes,
          std::memchr(text.data(), '\\', text.size()) != nullptr};
}

Tokens Scanner::scan_copy(std::string_view text, const Limits& limits) {
  demand_size(text, limits);
  if (copy_capacity_ < text.size() + scan_padding) {
    const std::size_t capacity = std::max(text.size() + scan_padding, copy_capacity_ * 2);
    copy_ = std::make_unique_for_overwrite<char[]>(capacity);
    copy_capacity_ = capacity;
  }
  copy_size_ = text.size();
  if (!text.empty()) std::memcpy(copy_.get(), text.data(), text.size());
  std::memset(copy_.get() + text.size(), 0, scan_padding);
  return scan(source(), limits);
}

}  // namespace partnership::json
