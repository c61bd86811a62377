// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API, see partnership.hpp: errors, texts, hashes, dates, options.
#ifndef PARTNERSHIP_BASE_HPP
#define PARTNERSHIP_BASE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "partnership/base.h"

namespace pship {

enum class Language : std::int32_t {
  ar = PSHIP_LANG_AR,
  en = PSHIP_LANG_EN,
  fr = PSHIP_LANG_FR,
};

using Hash = std::array<std::uint8_t, PSHIP_HASH_SIZE>;

// The version and ABI number of the library that is loaded; PSHIP_VERSION and PSHIP_ABI are those
// of the headers.
inline std::string_view version() noexcept {
  return pship_version();
}
inline std::int32_t abi() noexcept {
  return pship_abi();
}

// ------------------------------------------------------------------------------------------------
// Errors.

// One thing that is wrong, and where: an RFC 6901 pointer ("" for none), bytes from the start (-1),
// line and column from 1 (0).
struct Problem {
  std::string message;
  std::string pointer;
  std::int64_t offset = -1;
  std::int64_t line = 0;
  std::int64_t column = 0;
};

// A call that failed: what() is one line, problems() lists everything that was found (at least
// one), details() are keys and values that a program may act on ("nearest"). Copies share their
// content.
class Error : public std::runtime_error {
 public:
  using Details = std::vector<std::pair<std::string, std::string>>;

  Error(pship_status code, const std::string& message)
      : Error(code, message, {Problem{message, {}, -1, 0, 0}}, {}) {}
  Error(pship_status code, const std::string& message, std::vector<Problem> problems,
        Details details)
      : std::runtime_error(message),
        code_(code),
        content_(
            std::make_shared<const Content>(Content{std::move(problems), std::move(details)})) {}

  pship_status code() const noexcept { return code_; }  // PSHIP_*
  std::string_view code_name() const noexcept { return pship_status_name(code_); }
  const std::vector<Problem>& problems() const noexcept { return content_->problems; }
  const Details& details() const noexcept { return content_->details; }
  // The value of a detail, or "" when there is none of this key.
  std::string_view detail(std::string_view key) const noexcept {
    for (const auto& entry : content_->details) {
      if (entry.first == key) return entry.second;
    }
    return {};
  }

 private:
  struct Content {
    std::vector<Problem> problems;
    Details details;
  };
  pship_status code_;
  std::shared_ptr<const Content> content_;
};

namespace detail {

[[noreturn]] inline void raise(pship_status status, pship_error* error) {
  const std::unique_ptr<pship_error, void (*)(pship_error*)> owned(error, pship_error_free);
  if (status == PSHIP_NO_MEMORY) throw std::bad_alloc();
  std::vector<Problem> problems;
  const std::int32_t count = pship_error_problems(error);
  for (std::int32_t i = 0; i < count; ++i) {
    problems.push_back(Problem{pship_error_problem(error, i), pship_error_pointer(error, i),
                               pship_error_offset(error, i), pship_error_line(error, i),
                               pship_error_column(error, i)});
  }
  Error::Details details;
  const std::int32_t keys = pship_error_details(error);
  for (std::int32_t i = 0; i < keys; ++i) {
    details.emplace_back(pship_error_detail_key(error, i), pship_error_detail_value(error, i));
  }
  throw Error(status, pship_error_message(error), std::move(problems), std::move(details));
}

// Calls a function of the C API with the arguments and an error, and throws what it reports.
template <class Function, class... Arguments>
void call(Function function, Arguments... arguments) {
  pship_error* error = nullptr;
  const pship_status status = function(arguments..., &error);
  if (status != PSHIP_OK) raise(status, error);
}

// A name, an id or a path crosses the C API with a NUL at its end, so it cannot hold one: cutting
// it short there would name something else.
inline std::string name(std::string_view text, const char* argument) {
  if (text.find('\0') != std::string_view::npos) {
    throw Error(PSHIP_INVALID_ARGUMENT, "`" + std::string(argument) + "` holds a NUL character");
  }
  return std::string(text);
}

// Shares one handle among all copies of an owner.
template <class Handle, void (*free_handle)(Handle*)>
class Shared {
 public:
  Shared() noexcept = default;
  explicit Shared(Handle* handle) : handle_(handle, free_handle) {}
  const Handle* get() const noexcept { return handle_.get(); }

 private:
  std::shared_ptr<Handle> handle_;
};

template <class Handle, void (*free_handle)(Handle*)>
struct Free {
  void operator()(Handle* handle) const noexcept { free_handle(handle); }
};
template <class Handle, void (*free_handle)(Handle*)>
using Unique = std::unique_ptr<Handle, Free<Handle, free_handle>>;

}  // namespace detail

// ------------------------------------------------------------------------------------------------
// Texts, hashes, dates.

// A finished text, held by the library and not copied. Copies share it.
class Text {
 public:
  Text() noexcept = default;
  explicit Text(pship_text* adopted) : handle_(adopted) {}

  std::string_view view() const noexcept {
    return {pship_text_data(handle_.get()), pship_text_size(handle_.get())};
  }
  operator std::string_view() const noexcept { return view(); }
  const char* c_str() const noexcept { return pship_text_data(handle_.get()); }
  std::string str() const { return std::string(view()); }
  const pship_text* raw() const noexcept { return handle_.get(); }

  friend bool operator==(const Text& left, std::string_view right) noexcept {
    return left.view() == right;
  }
  friend bool operator==(std::string_view left, const Text& right) noexcept {
    return left == right.view();
  }
  friend bool operator==(const Text& left, const Text& right) noexcept {
    return left.view() == right.view();
  }
  friend std::ostream& operator<<(std::ostream& out, const Text& text) {
    return out << text.view();
  }

 private:
  detail::Shared<pship_text, pship_text_free> handle_;
};

namespace detail {

// Calls a function of the C API that makes a text, given the arguments before its output.
template <class Function, class... Arguments>
Text text_of(Function function, Arguments... arguments) {
  pship_text* text = nullptr;
  call(function, arguments..., &text);
  return Text(text);
}

}  // namespace detail

inline std::string to_hex(const Hash& hash) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * hash.size());
  for (const std::uint8_t byte : hash) {
    text.push_back(digits[byte >> 4U]);
    text.push_back(digits[byte & 15U]);
  }
  return text;
}

// From 64 hex digits of either case. Throws PSHIP_MALFORMED.
inline Hash hash_from_hex(std::string_view hex) {
  Hash hash{};
  const auto nibble = [&](char c) -> unsigned {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    return 16U;
  };
  bool good = hex.size() == 2 * hash.size();
  for (std::size_t i = 0; good && i < hash.size(); ++i) {
    const unsigned high = nibble(hex[2 * i]);
    const unsigned low = nibble(hex[2 * i + 1]);
    good = high < 16U && low < 16U;
    if (good) hash[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  if (!good) {
    throw Error(PSHIP_MALFORMED, "`" + std::string(hex) + "` is no hash, expected 64 hex digits");
  }
  return hash;
}

// A day of the proleptic Gregorian calendar, or none: an open end. Comparisons go by the number of
// the day; none stands before every day.
class Date {
 public:
  struct YearMonthDay {
    std::int32_t year, month, day;
  };

  constexpr Date() noexcept = default;  // none
  constexpr explicit Date(pship_date days) noexcept : days_(days) {}
  // From "YYYY-MM-DD". Throws PSHIP_MALFORMED.
  static Date parse(std::string_view iso) {
    pship_date days = 0;
    detail::call(pship_date_parse, iso.data(), iso.size(), &days);
    return Date(days);
  }
  // Throws PSHIP_INVALID_ARGUMENT when there is no such day in the years 1 to 9999.
  static Date from_ymd(std::int32_t year, std::int32_t month, std::int32_t day) {
    pship_date days = 0;
    detail::call(pship_date_from_ymd, year, month, day, &days);
    return Date(days);
  }

  constexpr pship_date days() const noexcept { return days_; }  // since 1970-01-01
  constexpr bool has_value() const noexcept { return days_ != PSHIP_DATE_NONE; }
  constexpr explicit operator bool() const noexcept { return has_value(); }

  // These throw PSHIP_INVALID_ARGUMENT for none, and for days outside the years 1 to 9999.
  YearMonthDay ymd() const {
    YearMonthDay parts{0, 0, 0};
    detail::call(pship_date_to_ymd, days_, &parts.year, &parts.month, &parts.day);
    return parts;
  }
  Text iso() const { return detail::text_of(pship_date_iso, days_); }
  Text render(Language language) const {
    return detail::text_of(pship_date_render, days_, static_cast<std::int32_t>(language));
  }

  friend constexpr bool operator==(Date a, Date b) noexcept { return a.days_ == b.days_; }
  friend constexpr bool operator!=(Date a, Date b) noexcept { return a.days_ != b.days_; }
  friend constexpr bool operator<(Date a, Date b) noexcept { return a.days_ < b.days_; }
  friend constexpr bool operator<=(Date a, Date b) noexcept { return a.days_ <= b.days_; }
  friend constexpr bool operator>(Date a, Date b) noexcept { return a.days_ > b.days_; }
  friend constexpr bool operator>=(Date a, Date b) noexcept { return a.days_ >= b.days_; }

 private:
  pship_date days_ = PSHIP_DATE_NONE;
};

// A date or period of reduced precision as people read it: "2004", "2018-09-25/2018-09-26".
inline Text render_period(std::string_view period, Language language) {
  return detail::text_of(pship_period_render, period.data(), period.size(),
                         static_cast<std::int32_t>(language));
}

// The key under which spellings of one name find each other. Throws PSHIP_MALFORMED.
inline Text search_key(std::string_view name) {
  return detail::text_of(pship_search_key, name.data(), name.size());
}

// The RFC 8785 canonical form. Throws PSHIP_MALFORMED with the place.
inline Text canonical_json(std::string_view json) {
  return detail::text_of(pship_json_canonical, json.data(), json.size());
}

inline Hash sha256(std::string_view bytes) {
  Hash hash{};
  detail::call(pship_sha256, static_cast<const void*>(bytes.data()), bytes.size(), hash.data());
  return hash;
}

// The commitment to a personal payload (a JSON document) under a salt of 32 random bytes.
inline Hash commitment(std::string_view json, const Hash& salt) {
  Hash hash{};
  detail::call(pship_commitment, json.data(), json.size(), salt.data(), hash.data());
  return hash;
}

// The Merkle leaf of a journal entry: SHA-256 of 0x00 and the entry's canonical JSON (RFC 9162
// section 2.1.1). `entry` is a line of the published journal without its line end.
inline Hash leaf_hash(std::string_view entry) {
  std::string bytes(1, '\0');
  bytes.append(entry);
  return sha256(bytes);
}

// ------------------------------------------------------------------------------------------------
// Options.

class Table;

// Named values for calls that take them; an Options in which nothing is set means all defaults:
//   Options().set("create", false).set("busy_timeout_ms", 500)
// set() throws PSHIP_INVALID_ARGUMENT: no such option (detail "nearest"), another type, out of
// range.
class Options {
 public:
  Options() noexcept = default;

  Options& set(std::string_view name, bool value) & {
    return apply(pship_options_set_bool, name, static_cast<std::int32_t>(value));
  }
  template <class Integer,
            std::enable_if_t<std::is_integral_v<Integer> && !std::is_same_v<Integer, bool> &&
                                 !std::is_same_v<Integer, char>,
                             int> = 0>
  Options& set(std::string_view name, Integer value) & {
    static_assert(sizeof(Integer) < 8 || std::is_signed_v<Integer>, "option integers are int64");
    return apply(pship_options_set_int, name, static_cast<std::int64_t>(value));
  }
  Options& set(std::string_view name, double value) & {
    return apply(pship_options_set_double, name, value);
  }
  Options& set(std::string_view name, std::string_view value) & {
    return apply(pship_options_set_text, name, value.data(), value.size());
  }
  // Without this a string literal would become a bool.
  Options& set(std::string_view name, const char* value) & {
    return set(name, std::string_view(value));
  }
  Options& set(std::string_view name, Date value) & {
    return apply(pship_options_set_date, name, value.days());
  }
  template <class Value>
  Options&& set(std::string_view name, Value value) && {
    return std::move(set(name, value));
  }

  // Every option of the library: scope, name, type, default, least, most, choices, sentence.
  static Table describe();

  const pship_options* raw() const noexcept { return handle_.get(); }  // NULL: all defaults

 private:
  template <class Function, class... Value>
  Options& apply(Function function, std::string_view name, Value... value) {
    const std::string key = detail::name(name, "name");
    if (!handle_) {
      pship_options* made = nullptr;
      detail::call(pship_options_new, &made);
      handle_.reset(made);
    }
    detail::call(function, handle_.get(), key.c_str(), value...);
    return *this;
  }
  detail::Unique<pship_options, pship_options_free> handle_;
};

}  // namespace pship

#endif
