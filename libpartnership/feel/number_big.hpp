// SPDX-License-Identifier: Apache-2.0
//
// The operations on decimal128 that Intel's decimal library does, rounded half even. nullopt: the
// result would be a NaN or an infinity. Only number_big.cpp includes the library's header.
#pragma once

#include <optional>

#include "feel/number.hpp"

namespace partnership::feel {

std::optional<Decimal> big_add(const Decimal& left, const Decimal& right) noexcept;
std::optional<Decimal> big_subtract(const Decimal& left, const Decimal& right) noexcept;
std::optional<Decimal> big_multiply(const Decimal& left, const Decimal& right) noexcept;
std::optional<Decimal> big_divide(const Decimal& left, const Decimal& right) noexcept;
// left - right * truncate(left / right), exact.
std::optional<Decimal> big_remainder(const Decimal& left, const Decimal& right) noexcept;
std::optional<Decimal> big_square_root(const Decimal& number) noexcept;

}  // namespace partnership::feel
