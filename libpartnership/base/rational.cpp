// SPDX-License-Identifier: Apache-2.0
#include "base/rational.hpp"

#include <algorithm>
#include <bit>
#include <boost/multiprecision/cpp_int.hpp>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace partnership {
namespace {

__extension__ using Wide = __int128;  // the one extension used; gcc and clang both have it
__extension__ using UnsignedWide = unsigned __int128;
using Number = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                             boost::multiprecision::et_off>;

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

std::uint64_t magnitude(std::int64_t value) noexcept {
  return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

// By shifts and differences (Stein 1967).
std::uint64_t gcd_of(std::uint64_t a, std::uint64_t b) noexcept {
  if (a == 0 || b == 0) return a | b;
  const int shift = std::countr_zero(a | b);
  a >>= std::countr_zero(a);
  while (b != 0) {
    b >>= std::countr_zero(b);
    if (a > b) std::swap(a, b);
    b -= a;
  }
  return a << shift;
}

UnsignedWide gcd_of(UnsignedWide a, UnsignedWide b) noexcept {
  while (b != 0) {
    if ((a >> 64) == 0 && (b >> 64) == 0) {
      return gcd_of(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b));
    }
    a %= b;
    std::swap(a, b);
  }
  return a;
}

using Limb = boost::multiprecision::limb_type;
constexpr unsigned limb_bits = 64;
static_assert(sizeof(Limb) * 8 == limb_bits);

// a modulo b, and the quotient, of a >= 0 and b > 0. Boost divides, and finds common divisors, in a
// time that grows with the square of the longer number, however short the other is (beyond one
// limb): so the longer one is taken in pieces of the other's size, from the top.
Number divide(const Number& a, const Number& b, Number& quotient) {
  const std::size_t size = a.backend().size(), piece = b.backend().size();
  Number rest;
  if (piece == 1 || size < piece + 2) {
    boost::multiprecision::divide_qr(a, b, quotient, rest);
    return rest;
  }
  const Limb* const limbs = a.backend().limbs();
  std::vector<Limb> result((size / piece + 1) * piece);
  for (std::size_t at = size / piece + 1; at-- > 0;) {
    const std::size_t begin = at * piece, end = std::min(size, begin + piece);
    if (begin >= end) continue;
    Number part, times, next;
    boost::multiprecision::import_bits(part, limbs + begin, limbs + end, limb_bits, false);
    part |= rest << static_cast<unsigned>(piece * limb_bits);
    boost::multiprecision::divide_qr(part, b, times, next);
    const Limb* const from = times.backend().limbs();
    std::copy(from, from + std::min<std::size_t>(times.backend().size(), piece),
              result.begin() + static_cast<std::ptrdiff_t>(begin));
    rest = std::move(next);
  }
  boost::multiprecision::import_bits(quotient, result.begin(), result.end(), limb_bits, false);
  return rest;
}

// Of a, b > 0.
Number gcd_of(const Number& a, const Number& b) {
  Number none;
  if (a.backend().size() > b.backend().size()) {
    const Number rest = divide(a, b, none);
    return rest == 0 ? b : boost::multiprecision::gcd(b, rest);
  }
  if (a.backend().size() < b.backend().size()) return gcd_of(b, a);
  return boost::multiprecision::gcd(a, b);
}

bool plain_digits(std::string_view text, std::size_t most_of_them) noexcept {
  if (text.empty() || text.size() > most_of_them) return false;
  if (text.size() > 1 && text[0] == '0') return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

struct Integer::Big {
  Number value;
};

struct Integer::Ways {
  static Number big(const Integer& value) {
    return value.big_ ? value.big_->value : Number(value.small_);
  }
  static Number size(const Integer& value) {  // without its sign
    return boost::multiprecision::abs(big(value));
  }
  static Integer made(Number value) {
    Integer result;
    if (value >= least && value <= most) {
      result.small_ = static_cast<std::int64_t>(value);
    } else {
      result.big_.reset(new Big{std::move(value)});
    }
    return result;
  }
  static Integer of(Wide value) {
    if (value >= least && value <= most) return static_cast<std::int64_t>(value);
    return made(Number(value));
  }
  // Brings num / den, den > 0, to lowest terms.
  static void reduce(Wide num, Wide den, Integer& to_num, Integer& to_den) {
    const auto positive = static_cast<UnsignedWide>(num < 0 ? -num : num);
    const auto common = static_cast<Wide>(gcd_of(positive, static_cast<UnsignedWide>(den)));
    to_num = of(num / common);
    to_den = of(den / common);
  }
};

void Integer::Free::operator()(Big* big) const noexcept {
  delete big;
}

Integer::Integer(const Integer& other)
    : small_(other.small_), big_(other.big_ ? new Big(*other.big_) : nullptr) {}

Integer& Integer::operator=(const Integer& other) {
  if (other.big_) return *this = Integer(other);
  small_ = other.small_;
  big_.reset();
  return *this;
}

std::optional<Integer> Integer::parse(std::string_view text, std::size_t digits) {
  const bool negative = text.starts_with('-');
  const std::string_view magnitude = text.substr(negative ? 1 : 0);
  if (!plain_digits(magnitude, digits) || (negative && magnitude == "0")) return std::nullopt;
  std::int64_t value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc()) {
    return Integer(value);
  }
  Number number(std::string{magnitude});
  if (negative) number = -number;
  return Ways::made(std::move(number));
}

Integer Integer::power_of_two(std::uint32_t exponent) {
  if (exponent < 63) return std::int64_t{1} << exponent;
  return Ways::made(Number(1) << exponent);
}

std::string Integer::text() const {
  return big_ ? big_->value.str() : std::to_string(small_);
}

int Integer::sign() const noexcept {
  if (big_) return big_->value.sign();
  return small_ < 0 ? -1 : small_ > 0 ? 1 : 0;
}

std::uint32_t Integer::bits() const noexcept {
  if (!big_) return static_cast<std::uint32_t>(std::bit_width(magnitude(small_)));
  // msb() refuses negative numbers, and abs() would want memory.
  const auto& backend = big_->value.backend();
  const auto last = backend.limbs()[backend.size() - 1];
  return static_cast<std::uint32_t>((backend.size() - 1) * sizeof(last) * 8 +
                                    static_cast<unsigned>(std::bit_width(last)));
}

double Integer::scaled(int& exponent) const noexcept {
  exponent = 0;
  if (!big_) return static_cast<double>(small_);
  const auto& backend = big_->value.backend();
  const auto size = static_cast<int>(backend.size());
  exponent = 64 * (size - 1);
  double result = 0;
  for (int i = std::max(0, size - 3); i < size; ++i) {
    result += std::ldexp(static_cast<double>(backend.limbs()[i]), 64 * (i - size + 1));
  }
  return backend.sign() ? -result : result;
}

double Integer::approximate() const noexcept {
  int exponent = 0;
  const double value = scaled(exponent);
  return std::ldexp(value, exponent);
}

std::uint64_t Integer::modulo(std::uint64_t m) const {
  assert(m > 0);
  std::uint64_t rest = 0;
  if (big_) {
    const auto& backend = big_->value.backend();
    static_assert(sizeof(*backend.limbs()) == 8);
    for (auto i = backend.size(); i-- > 0;) {
      rest = static_cast<std::uint64_t>(((UnsignedWide{rest} << 64) | backend.limbs()[i]) % m);
    }
  } else {
    rest = magnitude(small_) % m;
  }
  return sign() < 0 && rest != 0 ? m - rest : rest;
}

Integer Integer::operator-() const {
  if (!big_ && small_ != least) return -small_;
  return Ways::made(-Ways::big(*this));
}

Integer& Integer::operator+=(const Integer& other) {
  std::int64_t sum = 0;
  if (!big_ && !other.big_ && !__builtin_add_overflow(small_, other.small_, &sum)) {
    small_ = sum;
    return *this;
  }
  return *this = Ways::made(Ways::big(*this) + Ways::big(other));
}

Integer& Integer::operator-=(const Integer& other) {
  std::int64_t difference = 0;
  if (!big_ && !other.big_ && !__builtin_sub_overflow(small_, other.small_, &difference)) {
    small_ = difference;
    return *this;
  }
  return *this = Ways::made(Ways::big(*this) - Ways::big(other));
}

Integer& Integer::operator*=(const Integer& other) {
  std::int64_t product = 0;
  if (!big_ && !other.big_ && !__builtin_mul_overflow(small_, other.small_, &product)) {
    small_ = product;
    return *this;
  }
  return *this = Ways::made(Ways::big(*this) * Ways::big(other));
}

std::strong_ordering Integer::compare_big(const Integer& a, const Integer& b) noexcept {
  // One of them is beyond 64 bits, so its sign decides against one that is not.
  if (!a.big_) return b.sign() > 0 ? std::strong_ordering::less : std::strong_ordering::greater;
  if (!b.big_) return a.sign() > 0 ? std::strong_ordering::greater : std::strong_ordering::less;
  return a.big_->value.compare(b.big_->value) <=> 0;
}

Integer Integer::floor(const Integer& a, const Integer& b) {
  assert(b.sign() != 0);
  if (!a.big_ && !b.big_ && !(a.small_ == least && b.small_ == -1)) {
    const std::int64_t quotient = a.small_ / b.small_;
    const std::int64_t rest = a.small_ % b.small_;
    return quotient - (rest != 0 && (rest < 0) != (b.small_ < 0) ? 1 : 0);
  }
  Number quotient;
  const Number rest = divide(Ways::size(a), Ways::size(b), quotient);
  if ((a.sign() < 0) == (b.sign() < 0)) return Ways::made(std::move(quotient));
  if (rest != 0) ++quotient;
  return Ways::made(-quotient);
}

Integer Integer::ceil(const Integer& a, const Integer& b) {
  return -floor(-a, b);
}

Integer Integer::exact(const Integer& a, const Integer& b) {
  assert(b.sign() != 0);
  if (!a.big_ && !b.big_ && !(a.small_ == least && b.small_ == -1)) return a.small_ / b.small_;
  Number quotient;
  divide(Ways::size(a), Ways::size(b), quotient);
  if ((a.sign() < 0) != (b.sign() < 0)) quotient = -quotient;
  return Ways::made(std::move(quotient));
}

Integer Integer::rest(const Integer& a, const Integer& b) {
  return a - b * floor(a, b);
}

Integer Integer::gcd(const Integer& a, const Integer& b) {
  if (!a.big_ && !b.big_) {
    return Ways::of(static_cast<Wide>(gcd_of(magnitude(a.small_), magnitude(b.small_))));
  }
  if (a.sign() == 0) return Ways::made(Ways::size(b));
  if (b.sign() == 0) return Ways::made(Ways::size(a));
  return Ways::made(gcd_of(Ways::size(a), Ways::size(b)));
}

Integer Integer::lcm(const Integer& a, const Integer& b) {
  if (a.sign() == 0 || b.sign() == 0) return 0;
  Integer product = exact(a, gcd(a, b)) * b;
  if (product.sign() < 0) return -product;
  return product;
}

Rational::Rational(Integer num, Integer den) : num_(std::move(num)), den_(std::move(den)) {
  assert(den_.sign() != 0);
  if (den_.sign() < 0) {
    num_ = -num_;
    den_ = -den_;
  }
  const Integer common = Integer::gcd(num_, den_);
  if (common == 1) return;
  num_ = Integer::exact(num_, common);
  den_ = Integer::exact(den_, common);
}

std::optional<Rational> Rational::parse(std::string_view text, std::size_t digits) {
  const std::size_t slash = text.find('/');
  std::optional<Integer> num = Integer::parse(text.substr(0, slash), digits);
  if (!num) return std::nullopt;
  if (slash == std::string_view::npos) return Rational(*std::move(num));
  std::optional<Integer> den = Integer::parse(text.substr(slash + 1), digits);
  if (!den || den->sign() <= 0) return std::nullopt;
  return Rational(*std::move(num), *std::move(den));
}

std::string Rational::text() const {
  return whole() ? num_.text() : num_.text() + "/" + den_.text();
}

Rational Rational::of(double value) {
  assert(std::isfinite(value));
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);  // 0.5 <= |mantissa| < 1
  const Integer whole(static_cast<std::int64_t>(std::ldexp(mantissa, 53)));
  exponent -= 53;
  const Integer power = Integer::power_of_two(static_cast<std::uint32_t>(std::abs(exponent)));
  return exponent < 0 ? Rational(whole, power) : Rational(whole * power);
}

Rational Rational::near(double value, std::int64_t most_den) {
  return near(of(value), most_den);
}

// By continued fractions: the last convergent within the bound, or the semiconvergent after it.
Rational Rational::near(const Rational& value, const Integer& most_den) {
  assert(most_den.sign() > 0);
  if (value.den_ <= most_den) return value;
  Integer num0 = 0, den0 = 1, num1 = 1, den1 = 0;
  Integer a = value.num_, b = value.den_;
  for (;;) {
    Integer term = Integer::floor(a, b);
    Integer den2 = den0 + term * den1;
    if (den2 > most_den) break;
    Integer num2 = num0 + term * num1;
    num0 = std::exchange(num1, std::move(num2));
    den0 = std::exchange(den1, std::move(den2));
    Integer rest = a - term * b;
    a = std::exchange(b, std::move(rest));
  }
  const Integer part = Integer::floor(most_den - den0, den1);
  const Rational last(num1, den1);
  const Rational between(num0 + part * num1, den0 + part * den1);
  const auto distance = [&](const Rational& other) {
    const Rational difference = other - value;
    return difference.sign() < 0 ? -difference : difference;
  };
  return distance(between) < distance(last) ? between : last;
}

double Rational::approximate() const noexcept {
  int above = 0, below = 0;
  const double num = num_.scaled(above);
  const double den = den_.scaled(below);
  return std::ldexp(num / den, above - below);
}

Rational Rational::operator-() const {
  Rational result(*this);
  result.num_ = -result.num_;
  return result;
}

Rational& Rational::operator+=(const Rational& other) {
  if (whole() && other.whole()) {
    num_ += other.num_;
  } else if (small() && other.small()) {
    Integer::Ways::reduce(static_cast<Wide>(num_.small()) * other.den_.small() +
                              static_cast<Wide>(other.num_.small()) * den_.small(),
                          static_cast<Wide>(den_.small()) * other.den_.small(), num_, den_);
  } else if (den_ == other.den_) {
    *this = Rational(num_ + other.num_, den_);
  } else {
    *this = Rational(num_ * other.den_ + other.num_ * den_, den_ * other.den_);
  }
  return *this;
}

Rational& Rational::operator-=(const Rational& other) {
  if (whole() && other.whole()) {
    num_ -= other.num_;
    return *this;
  }
  return *this += -other;
}

Rational& Rational::operator*=(const Rational& other) {
  if (whole() && other.whole()) {
    num_ *= other.num_;
  } else if (small() && other.small()) {
    Integer::Ways::reduce(static_cast<Wide>(num_.small()) * other.num_.small(),
                          static_cast<Wide>(den_.small()) * other.den_.small(), num_, den_);
  } else {
    *this = Rational(num_ * other.num_, den_ * other.den_);
  }
  return *this;
}

Rational& Rational::operator/=(const Rational& other) {
  assert(other.sign() != 0);
  Rational inverse;
  inverse.num_ = other.sign() < 0 ? -other.den_ : other.den_;
  inverse.den_ = other.sign() < 0 ? -other.num_ : other.num_;
  return *this *= inverse;
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  if (a.small() && b.small()) {
    return static_cast<Wide>(a.num_.small()) * b.den_.small() <=>
           static_cast<Wide>(b.num_.small()) * a.den_.small();
  }
  return a.num_ * b.den_ <=> b.num_ * a.den_;
}

}  // namespace partnership
