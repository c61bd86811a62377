// SPDX-License-Identifier: Apache-2.0
#include "verify/certificate_reader.hpp"

#include "base/hash.hpp"
#include "base/quote.hpp"

namespace partnership::verify {

namespace {

constexpr std::size_t most_shown = 40;  // characters of a number in a message

std::string found(json::Value value) {
  switch (value.type()) {
    case json::Type::string:
      return backticked(value.text());
    case json::Type::integer:
    case json::Type::real:
      return backticked(value.source());
    default:
      return json::a_type(value.type());
  }
}

}  // namespace

void Meter::spend(const Rational& a, const Rational& b) {
  const std::uint64_t all = words(a.num()) + words(a.den()) + words(b.num()) + words(b.den());
  spend(8 * all * all);
}

std::string shown(const Rational& value) {
  // An estimate first: the text of a long number takes time.
  if (value.num().bits() + value.den().bits() > 4 * most_shown) {
    return "a fraction of " + std::to_string(value.num().bits()) + " over " +
           std::to_string(value.den().bits()) + " bits";
  }
  return value.text();
}

std::optional<Integer> Reader::whole(json::Value value, std::string_view what) const {
  if (value.is(json::Type::string) && value.text().size() <= digits_ + 1) {
    const std::string_view text = value.text();
    const std::uint64_t parts = text.size() / 16 + 1;
    meter.spend(parts * parts);  // reading takes quadratic time
    if (std::optional<Integer> number = Integer::parse(text, digits_)) return number;
  }
  problems.add(value, std::string(what) + " is " + found(value) +
                          ", expected a text that is a whole number");
  return std::nullopt;
}

std::optional<Rational> Reader::fraction(json::Value value, std::string_view what) const {
  if (value.is(json::Type::string) && value.text().size() <= 2 * digits_ + 2) {
    const std::string_view text = value.text();
    const std::uint64_t parts = text.size() / 16 + 1;
    meter.spend(16 * parts * parts);  // reading and the greatest common divisor
    const std::size_t slash = text.find('/');
    const std::optional<Integer> num = Integer::parse(text.substr(0, slash), digits_);
    if (num && slash == std::string_view::npos) return Rational(*num);
    if (num && slash != std::string_view::npos) {
      const std::optional<Integer> den = Integer::parse(text.substr(slash + 1), digits_);
      if (den && *den > Integer(1) && Integer::gcd(*num, *den) == Integer(1)) {
        return Rational(*num, *den);
      }
    }
  }
  problems.add(value, std::string(what) + " is " + found(value) +
                          ", expected a text that is a fraction in lowest terms");
  return std::nullopt;
}

std::optional<std::int64_t> Reader::integer(json::Value value, std::string_view what) const {
  if (value.is(json::Type::integer)) {
    const std::int64_t number = value.integer();
    if (number >= -most_integer && number <= most_integer) return number;
  }
  problems.add(value, std::string(what) + " is " + found(value) +
                          ", expected an integer of at most 2^53 - 1 in size");
  return std::nullopt;
}

std::optional<std::uint32_t> Reader::index(json::Value value, std::string_view what,
                                           std::size_t end) const {
  if (value.is(json::Type::integer) && value.integer() >= 0 &&
      static_cast<std::uint64_t>(value.integer()) < end) {
    return static_cast<std::uint32_t>(value.integer());
  }
  problems.add(value, "the index of a " + std::string(what) + " is " + found(value) + "; there " +
                          (end == 1 ? "is 1" : "are " + std::to_string(end)) + ", counted from 0");
  return std::nullopt;
}

std::optional<Hash> Reader::hash(json::ObjectReader& object, std::string_view key) const {
  const std::optional<json::Value> value = object.any(key, true);
  if (!value) return std::nullopt;
  if (value->is(json::Type::string)) {
    const std::optional<Hash> hash = hash_of(value->text());
    if (hash && hex(*hash) == value->text()) return hash;
  }
  problems.add(*value, quoted(key) + " is " + found(*value) +
                           ", expected a hash of 64 hexadecimal digits in lower case");
  return std::nullopt;
}

std::optional<std::vector<std::uint32_t>> Reader::indices(json::Value array, std::string_view what,
                                                          std::size_t end) const {
  if (!array.is(json::Type::array)) {
    problems.add(array, "expected an array of indices, found " + json::a_type(array.type()));
    return std::nullopt;
  }
  std::vector<std::uint32_t> out;
  out.reserve(array.size());
  for (const json::Value item : array) {
    const std::optional<std::uint32_t> at = index(item, what, end);
    if (!at) return std::nullopt;
    if (!out.empty() && *at <= out.back()) {
      problems.add(item, "the indices do not ascend: " + std::to_string(*at) + " comes after " +
                             std::to_string(out.back()));
      return std::nullopt;
    }
    out.push_back(*at);
  }
  return out;
}

template <class T, class Read>
std::optional<std::vector<std::pair<std::uint32_t, T>>> Reader::pairs(json::Value array,
                                                                      std::string_view what,
                                                                      std::size_t end,
                                                                      Read read) const {
  if (!array.is(json::Type::array)) {
    problems.add(array, "expected an array of pairs, found " + json::a_type(array.type()));
    return std::nullopt;
  }
  std::vector<std::pair<std::uint32_t, T>> out;
  out.reserve(array.size());
  for (const json::Value item : array) {
    if (!item.is(json::Type::array) || item.size() != 2) {
      problems.add(item, "expected a pair: the index of a " + std::string(what) + " and a number");
      return std::nullopt;
    }
    const std::optional<std::uint32_t> at = index(item[0], what, end);
    std::optional<T> value = read(item[1]);
    if (!at || !value) return std::nullopt;
    if (!out.empty() && *at <= out.back().first) {
      problems.add(item, "the indices do not ascend: " + std::to_string(*at) + " comes after " +
                             std::to_string(out.back().first));
      return std::nullopt;
    }
    if (*value == T(0)) {
      problems.add(item, "a zero is not written");
      return std::nullopt;
    }
    out.emplace_back(*at, std::move(*value));
  }
  return out;
}

std::optional<std::vector<std::pair<std::uint32_t, Rational>>> Reader::fractions(
    json::Value array, std::string_view what, std::size_t end) const {
  return pairs<Rational>(array, what, end,
                         [&](json::Value value) { return fraction(value, "a number"); });
}

std::optional<std::vector<std::pair<std::uint32_t, std::int64_t>>> Reader::integers(
    json::Value array, std::string_view what, std::size_t end) const {
  return pairs<std::int64_t>(array, what, end,
                             [&](json::Value value) { return integer(value, "a number"); });
}

}  // namespace partnership::verify
