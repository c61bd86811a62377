// SPDX-License-Identifier: Apache-2.0
//
// Calls of C functions, checked for what every one of them promises: outputs are NULL or 0 after a
// failure, whatever stood in them; *err is set exactly when the call failed, and asking for no
// error changes nothing; NULL and impossible sizes are invalid arguments, never crashes.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/c_api.hpp"

namespace pship_testing {

using Digest = std::array<std::uint8_t, PSHIP_HASH_SIZE>;

// A text in a block of exactly its size, so that a sanitizer sees the byte read too many.
class Exact {
 public:
  explicit Exact(std::string_view text) : bytes_(text.begin(), text.end()) {}
  const char* data() const noexcept { return bytes_.empty() ? nullptr : bytes_.data(); }
  std::size_t size() const noexcept { return bytes_.size(); }

 private:
  std::vector<char> bytes_;
};

// ---- outputs hold what no function answers before a call

inline char spoiled_place = 0;
inline constexpr int spoiled = 0x5a;

template <class T>
void spoil(T** out) noexcept {
  if (out != nullptr) *out = reinterpret_cast<T*>(&spoiled_place);
}
inline void spoil(std::int32_t* out) noexcept {
  if (out != nullptr) *out = spoiled;
}
inline void spoil(std::int64_t* out) noexcept {
  if (out != nullptr) *out = spoiled;
}
inline void spoil(std::uint8_t* out) noexcept {
  if (out != nullptr) std::fill_n(out, PSHIP_HASH_SIZE, std::uint8_t{spoiled});
}
inline void spoil(Digest* out) noexcept {
  spoil(out->data());
}
template <class T>
void spoil(const T&) noexcept {}  // an input

template <class T>
bool is_clear(T** out) noexcept {
  return out == nullptr || *out == nullptr;
}
inline bool is_clear(std::int32_t* out) noexcept {
  return out == nullptr || *out == 0;
}
inline bool is_clear(std::int64_t* out) noexcept {
  return out == nullptr || *out == 0;
}
inline bool is_clear(std::uint8_t* out) noexcept {
  return out == nullptr || std::all_of(out, out + PSHIP_HASH_SIZE, [](auto b) { return b == 0; });
}
inline bool is_clear(Digest* out) noexcept {
  return is_clear(out->data());
}
template <class T>
bool is_clear(const T&) noexcept {
  return true;
}

// What is wrong with the error of a failed call, or an empty text. Takes the error over.
inline std::string wrong_error(pship_status status, pship_error* error) {
  const Owned<pship_error> owned(error);
  if (error == nullptr) return "no error was handed out";
  const std::string message = pship_error_message(error);
  if (pship_error_code(error) != status) return "the error has another code: " + message;
  if (message.empty() || message.find('\n') != std::string::npos) return "no message of one line";
  if (pship_error_problems(error) < 1) return "the error lists no problem";
  for (std::int32_t i = 0; i < pship_error_problems(error); ++i) {
    if (*pship_error_problem(error, i) == '\0') return "a problem without a message";
  }
  return {};
}

// Whether `call(err)` succeeds and clears the error.
template <class Call>
testing::AssertionResult gives(Call&& call) {
  pship_error* error = nullptr;
  spoil(&error);
  const pship_status status = call(&error);
  if (status == PSHIP_OK && error == nullptr) return testing::AssertionSuccess();
  if (status == PSHIP_OK) return testing::AssertionFailure() << "ok, but *err is not NULL";
  testing::AssertionResult result = testing::AssertionFailure();
  result << pship_status_name(status) << ": " << pship_error_message(error);
  pship_error_free(error);
  return result;
}

// Whether `call(err)` fails with this status, with and without an error asked for, and leaves the
// outputs NULL or 0.
template <class Call, class... Outputs>
testing::AssertionResult refuses(pship_status expected, Call&& call, Outputs&... outputs) {
  for (const bool ask : {true, false}) {
    pship_error* error = nullptr;
    spoil(&error);
    (spoil(&outputs), ...);
    const pship_status status = call(ask ? &error : nullptr);
    const bool clear = (is_clear(&outputs) && ...);
    const char* how = ask ? "" : " (without asking for an error)";
    if (status != expected) {
      testing::AssertionResult result = testing::AssertionFailure();
      result << pship_status_name(status) << how << ", expected " << pship_status_name(expected);
      if (ask) result << ": " << pship_error_message(error);
      if (ask) pship_error_free(error);
      return result;
    }
    const std::string wrong = ask ? wrong_error(status, error) : std::string();
    if (!wrong.empty()) return testing::AssertionFailure() << wrong;
    if (!clear) return testing::AssertionFailure() << "an output is neither NULL nor 0" << how;
  }
  return testing::AssertionSuccess();
}

// The error of a call that fails.
template <class Call>
Owned<pship_error> error_of(Call&& call) {
  pship_error* error = nullptr;
  (void)call(&error);
  return Owned<pship_error>(error);
}

// ---- every pointer NULL in turn, every size impossible

// A pointer argument that may be NULL.
template <class T>
struct May {
  T value;
};
template <class T>
May<T> may(T value) {
  return {value};
}

template <class T>
struct IsMay : std::false_type {};
template <class T>
struct IsMay<May<T>> : std::true_type {};

template <class T>
T bare(T value) {
  return value;
}
template <class T>
T bare(May<T> value) {
  return value.value;
}

template <class T>
bool is_clear_unless_error(const T& argument) noexcept {
  if constexpr (std::is_same_v<T, pship_error**>) {
    return true;
  } else {
    return is_clear(argument);
  }
}

template <class... Params>
testing::AssertionResult refuses_these(pship_status (*function)(Params...),
                                       std::tuple<Params...> arguments, const std::string& what) {
  constexpr std::size_t last = sizeof...(Params) - 1;
  return refuses(PSHIP_INVALID_ARGUMENT,
                 [&](pship_error** err) {
                   std::get<last>(arguments) = err;
                   std::apply([](auto&&... each) { (spoil(each), ...); }, arguments);
                   const pship_status status = std::apply(function, arguments);
                   const bool clear = std::apply(
                       [](auto&&... each) { return (is_clear_unless_error(each) && ...); },
                       arguments);
                   return clear ? status : PSHIP_INTERNAL;
                 })
         << " with " << what;
}

template <std::size_t I, bool optional, class... Params>
testing::AssertionResult refuses_at(pship_status (*function)(Params...),
                                    std::tuple<Params...> arguments) {
  using Param = std::tuple_element_t<I, std::tuple<Params...>>;
  if constexpr (std::is_same_v<Param, std::size_t>) {
    for (const std::size_t size :
         {std::numeric_limits<std::size_t>::max(),
          static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max()) + 1}) {
      std::get<I>(arguments) = size;
      auto result = refuses_these(
          function, arguments, "argument " + std::to_string(I + 1) + " = " + std::to_string(size));
      if (!result) return result;
    }
  } else if constexpr (std::is_pointer_v<Param> && !optional &&
                       !std::is_same_v<Param, const pship_options*>) {
    std::get<I>(arguments) = nullptr;
    return refuses_these(function, arguments, "argument " + std::to_string(I + 1) + " NULL");
  }
  return testing::AssertionSuccess();
}

// Calls `function` with these arguments (all but the last, the error) and each pointer that must be
// there NULL in turn, each size SIZE_MAX and PTRDIFF_MAX + 1 in turn. Options may always be NULL.
template <class... Params, class... Arguments>
testing::AssertionResult refuses_misuse(pship_status (*function)(Params...),
                                        Arguments... arguments) {
  static_assert(sizeof...(Params) == sizeof...(Arguments) + 1);
  const std::tuple<Params...> all(bare(arguments)..., nullptr);
  testing::AssertionResult result = testing::AssertionSuccess();
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (void)((result = refuses_at<I, IsMay<Arguments>::value>(function, all), bool(result)) && ...);
  }
  (std::index_sequence_for<Arguments...>());
  return result;
}

}  // namespace pship_testing
