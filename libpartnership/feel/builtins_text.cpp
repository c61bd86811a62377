// SPDX-License-Identifier: Apache-2.0
//
// The functions over texts but for the regular expressions. A character is a code point.
#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <algorithm>
#include <new>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "feel/builtins_arguments.hpp"
#include "feel/builtins_functions.hpp"
#include "feel/number.hpp"

namespace partnership::feel::builtin {

namespace {

constexpr bool begins_character(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::size_t characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

// The byte at which character `n` (from 0) begins; the end where there are not so many.
std::size_t byte_of(std::string_view text, std::size_t n) noexcept {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_character(text[at]) && n-- == 0) break;
  }
  return at;
}

constexpr std::size_t nowhere = std::string_view::npos;

// As text.find(match), in time that grows with the sum of the lengths (Knuth, Morris and Pratt)
// where a naive search could take their product.
std::size_t find(std::string_view text, std::string_view match) {
  constexpr std::size_t short_match = 16;
  if (match.size() <= short_match || match.size() > text.size()) return text.find(match);
  std::vector<std::size_t> border(match.size(), 0);
  for (std::size_t i = 1, k = 0; i < match.size(); ++i) {
    while (k > 0 && match[i] != match[k]) k = border[k - 1];
    if (match[i] == match[k]) ++k;
    border[i] = k;
  }
  for (std::size_t i = 0, k = 0; i < text.size(); ++i) {
    while (k > 0 && text[i] != match[k]) k = border[k - 1];
    if (text[i] == match[k]) ++k;
    if (k == match.size()) return i + 1 - k;
  }
  return nowhere;
}

void spend_on_bytes(Evaluation& evaluation, std::size_t bytes) {
  evaluation.spend(bytes / 16);
}

struct TextAndMatch {
  Arguments in;
  std::string_view text, match;

  TextAndMatch(Evaluation& evaluation, std::string_view function, std::span<const Value> given)
      : in(evaluation, function, given), text(in.text(0)), match(in.text(1)) {
    spend_on_bytes(evaluation, text.size() + match.size());
  }
};

constexpr std::size_t longest_mapped = std::size_t{1} << 29;

using Map = void(const char* locale, std::uint32_t options, icu::StringPiece from,
                 icu::ByteSink& to, icu::Edits* edits, UErrorCode& status);

Value mapped(Evaluation& evaluation, std::string_view function, std::span<const Value> given,
             Map& map) {
  Arguments in(evaluation, function, given);
  const std::string_view text = in.text(0);
  if (in.failed()) return {};
  if (text.size() > longest_mapped) throw OutOfBudget{"memory"};
  spend_on_bytes(evaluation, 4 * text.size());
  // No character takes more than three times as much in another case. (A sink that grows could
  // throw through ICU.)
  std::string out(3 * text.size(), '\0');
  icu::CheckedArrayByteSink sink(out.data(), static_cast<std::int32_t>(out.size()));
  UErrorCode status = U_ZERO_ERROR;
  // The empty locale is the root: the same for everyone.
  map("", 0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
      status);
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status) != 0 || sink.Overflowed() != 0) return in.no_result(given[0]);
  out.resize(static_cast<std::size_t>(sink.NumberOfBytesWritten()));
  return make_string(evaluation.arena(), out);
}

}  // namespace

Value substring(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "substring", given);
  const std::string_view text = in.text(0);
  const std::int64_t start = in.integer(1);
  const bool all = !in.has(2);
  const std::int64_t length = all ? 0 : in.integer(2);
  if (in.failed()) return {};
  spend_on_bytes(evaluation, text.size());
  const auto size = static_cast<std::int64_t>(characters(text));
  // The standard has no length past the end either, but no engine minds it.
  if (start == 0 || start > size || start < -size) return in.no_result(given[0], given[1]);
  if (!all && length < 1) return in.no_result(given[0], given[2]);
  const std::int64_t first = start > 0 ? start - 1 : size + start;
  const std::string_view rest = text.substr(byte_of(text, static_cast<std::size_t>(first)));
  if (all) return Value::string(rest);
  return Value::string(rest.substr(0, byte_of(rest, static_cast<std::size_t>(length))));
}

Value string_length(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "string length", given);
  const std::string_view text = in.text(0);
  if (in.failed()) return {};
  spend_on_bytes(evaluation, text.size());
  return number(static_cast<std::int64_t>(characters(text)));
}

Value upper_case(Evaluation& evaluation, std::span<const Value> given) {
  return mapped(evaluation, "upper case", given, icu::CaseMap::utf8ToUpper);
}

Value lower_case(Evaluation& evaluation, std::span<const Value> given) {
  return mapped(evaluation, "lower case", given, icu::CaseMap::utf8ToLower);
}

Value substring_before(Evaluation& evaluation, std::span<const Value> given) {
  const TextAndMatch at(evaluation, "substring before", given);
  if (at.in.failed()) return {};
  const std::size_t place = find(at.text, at.match);
  return Value::string(place == nowhere ? std::string_view() : at.text.substr(0, place));
}

Value substring_after(Evaluation& evaluation, std::span<const Value> given) {
  const TextAndMatch at(evaluation, "substring after", given);
  if (at.in.failed()) return {};
  const std::size_t place = find(at.text, at.match);
  return Value::string(place == nowhere ? std::string_view()
                                        : at.text.substr(place + at.match.size()));
}

Value contains(Evaluation& evaluation, std::span<const Value> given) {
  const TextAndMatch at(evaluation, "contains", given);
  if (at.in.failed()) return {};
  return yes_or_no(find(at.text, at.match) != nowhere);
}

Value starts_with(Evaluation& evaluation, std::span<const Value> given) {
  const TextAndMatch at(evaluation, "starts with", given);
  if (at.in.failed()) return {};
  return yes_or_no(at.text.starts_with(at.match));
}

Value ends_with(Evaluation& evaluation, std::span<const Value> given) {
  const TextAndMatch at(evaluation, "ends with", given);
  if (at.in.failed()) return {};
  return yes_or_no(at.text.ends_with(at.match));
}

Value string_join(Evaluation& evaluation, std::span<const Value> given) {
  Arguments in(evaluation, "string join", given);
  const std::span<const Value> items = in.items(0);
  const std::string_view delimiter = in.text_or_nothing(1);
  if (in.failed()) return {};
  std::string out;
  bool first = true;
  for (const Value& item : items) {
    evaluation.spend(1);
    if (item.is_null()) continue;  // nulls are left out, without their delimiter
    if (!item.is(Kind::string)) return in.wrong_type(item);
    if (!first) out += delimiter;
    first = false;
    out += item.text();
    spend_on_bytes(evaluation, delimiter.size() + item.text().size());
    if (out.size() > evaluation.budget().memory) throw OutOfBudget{"memory"};
  }
  return make_string(evaluation.arena(), out);
}

}  // namespace partnership::feel::builtin
