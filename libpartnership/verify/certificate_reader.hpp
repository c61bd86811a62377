// SPDX-License-Identifier: Apache-2.0
//
// What the files certificate*.cpp read with: the budget of arithmetic, and the numbers, indices and
// lists of certificate.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/rational.hpp"

namespace partnership::verify {

// Counts steps of arithmetic, so that no document can ask for more than the caller allows, and
// bounds what the numbers made of it take: one long number in a row would else be as long in each
// of its columns.
class Meter {
 public:
  static constexpr std::uint64_t most_words = std::uint64_t{1} << 26;  // 512 MiB

  explicit Meter(std::uint64_t steps) : left_(steps) {}
  // Before `count` numbers of up to `words` words each are held at once.
  static void hold(std::uint64_t count, std::uint64_t words) {
    if (words > most_words || (words > 1 && count > most_words / words)) {
      throw Error(Code::limit, "the certificate's numbers take more memory than allowed");
    }
  }
  void spend(std::uint64_t steps) {
    if (steps > left_) throw Error(Code::limit, "the certificate takes more steps than allowed");
    left_ -= steps;
  }
  // Of a product of two numbers, of a quotient, and of their greatest common divisor.
  void spend(const Integer& a, const Integer& b) { spend(words(a) * words(b)); }
  void spend_quotient(const Integer& a, const Integer& b) { spend(4 * words(a) * words(b)); }
  void spend_divisor(const Integer& a, const Integer& b) { spend(32 * words(a) * words(b)); }
  // Of any operation: the result is brought to lowest terms, in a time that grows with the square
  // of its size, however short one of the two is.
  void spend(const Rational& a, const Rational& b);
  // Of `count` sums with a number of so many words, each times a short one: those beyond one word
  // want memory each time.
  void spend_sums(std::uint64_t count, std::uint64_t words) {
    spend(count * (words == 1 ? 8 : 128 + 2 * words));
  }
  static std::uint64_t words(const Integer& a) noexcept { return a.bits() / 64 + 1; }

 private:
  std::uint64_t left_;
};

inline constexpr std::int64_t most_integer = (std::int64_t{1} << 53) - 1;  // as RFC 8785 has it

// Reads values of a document and notes in `problems` what they should have been.
class Reader {
 public:
  Reader(json::Problems& complaints, Meter& budget, std::size_t digits)
      : problems(complaints), meter(budget), digits_(digits) {}

  std::optional<Rational> fraction(json::Value value, std::string_view what) const;
  std::optional<Integer> whole(json::Value value, std::string_view what) const;
  std::optional<std::int64_t> integer(json::Value value, std::string_view what) const;
  std::optional<std::uint32_t> index(json::Value value, std::string_view what,
                                     std::size_t end) const;  // 0 <= result < end
  std::optional<Hash> hash(json::ObjectReader& object, std::string_view key) const;
  // Strictly ascending indices below `end`; nullopt when anything is wrong with them.
  std::optional<std::vector<std::uint32_t>> indices(json::Value array, std::string_view what,
                                                    std::size_t end) const;
  // A list of pairs: indices as above, and values that `read` takes and that are not zero.
  std::optional<std::vector<std::pair<std::uint32_t, Rational>>> fractions(json::Value array,
                                                                           std::string_view what,
                                                                           std::size_t end) const;
  std::optional<std::vector<std::pair<std::uint32_t, std::int64_t>>> integers(
      json::Value array, std::string_view what, std::size_t end) const;

  // Notes what `message()` says, which is composed only where it is listed.
  template <class Message>
  void complain(json::Value where, Message message) const {
    problems.add(where, problems.full() ? std::string() : message());
  }

  json::Problems& problems;
  Meter& meter;

 private:
  template <class T, class Read>
  std::optional<std::vector<std::pair<std::uint32_t, T>>> pairs(json::Value array,
                                                                std::string_view what,
                                                                std::size_t end, Read read) const;
  std::size_t digits_;
};

std::string shown(const Rational& value);  // for a message: long ones are cut
inline std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + ' ' + std::string(number == 1 ? one : many);
}

}  // namespace partnership::verify
