// SPDX-License-Identifier: Apache-2.0
#include "feel/regex.hpp"

#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

#include "base/error.hpp"
#include "feel/evaluation.hpp"

namespace partnership::feel {

namespace {

// ICU looks at its limits once in so many steps.
constexpr std::uint64_t steps_a_unit = 10'000;
constexpr std::int32_t stack_bytes = 4 << 20;
constexpr std::size_t longest_text = std::numeric_limits<std::int32_t>::max();

void check_length(std::size_t units) {
  if (units > longest_text)
    throw Error(Code::limit, "the text is too long for a regular expression");
}

bool is_exhausted(UErrorCode status) {
  return status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW ||
         status == U_REGEX_STOPPED_BY_CALLER;
}

void raise(UErrorCode status) {
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status) != 0) {
    throw Error(Code::internal, std::string("icu failed with ") + u_errorName(status));
  }
}

}  // namespace

std::u16string to_utf16(std::string_view text) {
  check_length(text.size());
  std::u16string out(text.size(), u'\0');
  std::int32_t size = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(out.data(), static_cast<std::int32_t>(out.size()), &size, text.data(),
                       static_cast<std::int32_t>(text.size()), 0xfffd, nullptr, &status);
  if (status == U_STRING_NOT_TERMINATED_WARNING) status = U_ZERO_ERROR;
  raise(status);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string to_utf8(std::u16string_view text) {
  check_length(text.size() * 3);
  std::string out(text.size() * 3, '\0');
  std::int32_t size = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data(), static_cast<std::int32_t>(out.size()), &size, text.data(),
                     static_cast<std::int32_t>(text.size()), 0xfffd, nullptr, &status);
  if (status == U_STRING_NOT_TERMINATED_WARNING) status = U_ZERO_ERROR;
  raise(status);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::unique_ptr<Regex> Regex::compile(std::string_view pattern, std::string_view flags,
                                      std::string& problem) {
  const auto translated = translate_regex(pattern, flags, problem);
  if (!translated) return nullptr;
  std::unique_ptr<Regex> out(new Regex);
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  out->compiled_ =
      uregex_open(translated->text.data(), static_cast<std::int32_t>(translated->text.size()),
                  UREGEX_ERROR_ON_UNKNOWN_ESCAPES, &place, &status);
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status) != 0) {
    problem = std::string("icu refuses it with ") + u_errorName(status);
    return nullptr;
  }
  out->groups_ = translated->groups;
  uregex_setStackLimit(out->compiled_, stack_bytes, &status);
  uregex_setMatchCallback(out->compiled_, &Regex::on_steps, out.get(), &status);
  raise(status);
  out->begin({}, steps_a_unit);
  out->matches_nothing_ = out->find() == Outcome::found;
  return out;
}

Regex::~Regex() {
  uregex_close(compiled_);
}

signed char Regex::on_steps(const void* regex, std::int32_t) {
  // ICU hands back the pointer it was given, which was to an object that is not const.
  auto* const self = const_cast<Regex*>(static_cast<const Regex*>(regex));
  ++self->units_;
  return static_cast<signed char>(self->units_ < self->most_units_);
}

void Regex::begin(std::u16string text, std::uint64_t steps) {
  check_length(text.size());
  text_ = std::move(text);
  units_ = 0;
  most_units_ = std::max<std::uint64_t>(1, (steps + steps_a_unit - 1) / steps_a_unit);
  UErrorCode status = U_ZERO_ERROR;
  constexpr std::uint64_t most = std::numeric_limits<std::int32_t>::max();
  uregex_setTimeLimit(compiled_, static_cast<std::int32_t>(std::min(most_units_, most)), &status);
  uregex_setText(compiled_, text_.data(), static_cast<std::int32_t>(text_.size()), &status);
  raise(status);
}

Regex::Outcome Regex::find() {
  UErrorCode status = U_ZERO_ERROR;
  const bool found = uregex_findNext(compiled_, &status) != 0;
  if (is_exhausted(status)) return Outcome::exhausted;
  raise(status);
  return found ? Outcome::found : Outcome::none;
}

void Regex::forget() noexcept {
  UErrorCode status = U_ZERO_ERROR;
  uregex_setText(compiled_, u"", 0, &status);
  text_ = std::u16string();
}

std::uint64_t Regex::steps() const noexcept {
  return units_ * steps_a_unit;
}

Regex::Place Regex::place(std::uint32_t group) const {
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t from = uregex_start(compiled_, static_cast<std::int32_t>(group), &status);
  const std::int32_t to = uregex_end(compiled_, static_cast<std::int32_t>(group), &status);
  raise(status);
  if (from < 0 || to < from) return {0, 0};
  return {static_cast<std::size_t>(from), static_cast<std::size_t>(to)};
}

Regex* RegexCache::get(std::string_view pattern, std::string_view flags, std::string& problem) {
  const auto at = std::ranges::find_if(entries_, [&](const Entry& entry) {
    return entry.pattern == pattern && entry.flags == flags;
  });
  if (at != entries_.end()) {
    std::rotate(at, at + 1, entries_.end());
    return entries_.back().regex.get();
  }
  ++compiled_;
  auto regex = Regex::compile(pattern, flags, problem);
  if (regex == nullptr) return nullptr;
  if (entries_.size() == most) entries_.erase(entries_.begin());
  entries_.push_back({std::string(pattern), std::string(flags), std::move(regex)});
  return entries_.back().regex.get();
}

void RegexCacheDeleter::operator()(RegexCache* cache) const noexcept {
  delete cache;
}

}  // namespace partnership::feel
