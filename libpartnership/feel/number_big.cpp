// SPDX-License-Identifier: Apache-2.0
#include "feel/number_big.hpp"

// The calling convention of the library's gcc000 build: everything by value, nothing global.
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
// (the configuration must come first)
#include <bid_functions.h>

#include <cstring>

namespace partnership::feel {

namespace {

static_assert(sizeof(BID_UINT128) == sizeof(Decimal));
constexpr std::uint64_t special = 0x7800000000000000;  // infinities and NaNs

BID_UINT128 in(const Decimal& decimal) noexcept {
  BID_UINT128 out;
  std::memcpy(&out, &decimal, sizeof out);
  return out;
}

std::optional<Decimal> out_of(const BID_UINT128& number) noexcept {
  Decimal out{};
  std::memcpy(&out, &number, sizeof out);
  if ((out.words[1] & special) == special) return std::nullopt;
  return out;
}

}  // namespace

std::optional<Decimal> big_add(const Decimal& left, const Decimal& right) noexcept {
  _IDEC_flags flags = 0;
  return out_of(bid128_add(in(left), in(right), BID_ROUNDING_TO_NEAREST, &flags));
}

std::optional<Decimal> big_subtract(const Decimal& left, const Decimal& right) noexcept {
  _IDEC_flags flags = 0;
  return out_of(bid128_sub(in(left), in(right), BID_ROUNDING_TO_NEAREST, &flags));
}

std::optional<Decimal> big_multiply(const Decimal& left, const Decimal& right) noexcept {
  _IDEC_flags flags = 0;
  return out_of(bid128_mul(in(left), in(right), BID_ROUNDING_TO_NEAREST, &flags));
}

std::optional<Decimal> big_divide(const Decimal& left, const Decimal& right) noexcept {
  _IDEC_flags flags = 0;
  return out_of(bid128_div(in(left), in(right), BID_ROUNDING_TO_NEAREST, &flags));
}

std::optional<Decimal> big_remainder(const Decimal& left, const Decimal& right) noexcept {
  _IDEC_flags flags = 0;
  return out_of(bid128_fmod(in(left), in(right), &flags));
}

std::optional<Decimal> big_square_root(const Decimal& number) noexcept {
  _IDEC_flags flags = 0;
  return out_of(bid128_sqrt(in(number), BID_ROUNDING_TO_NEAREST, &flags));
}

}  // namespace partnership::feel
