// SPDX-License-Identifier: Apache-2.0
//
// The pieces of which a criteria document is made: names, labels, counts, shares, days, bounds.
// What is wrong with one is noted in the problems, and reading goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "committee/criteria.hpp"

namespace partnership {

class CriteriaParts {
 public:
  explicit CriteriaParts(json::Problems& problems) : problems_(problems) {}

  // ", did you mean `nearest`?", or nothing.
  static std::string hint(std::string_view word, std::span<const std::string_view> candidates);

  // A text with its place.
  std::optional<json::Value> text(json::ObjectReader& reader, std::string_view key, bool required);
  // By its spelling(); empty when it is wrong or absent.
  std::string name_of(json::Value value);
  std::string name(json::ObjectReader& reader, std::string_view key, bool required);
  LangMap label(json::ObjectReader& reader, std::string_view key, bool required = false);

  std::optional<std::int64_t> count_of(json::Value value);
  std::optional<std::int64_t> count(json::ObjectReader& reader, std::string_view key);
  // From 0 to 1.
  std::optional<Fraction> share(json::ObjectReader& reader, std::string_view key);
  // date_none when it is wrong or absent.
  Date date(json::ObjectReader& reader, std::string_view key);

  // Notes a least that is above its most.
  void demand_order(json::Value where, const Bounds& bounds);
  // min, max and share of a quota or where, at least one of them, and flexible.
  void read_bounds(json::ObjectReader& reader, json::Value value, Rule& rule);
  // How far the bounds, which were read before, may be moved.
  void read_flexible(json::ObjectReader& reader, Bounds& bounds);

 private:
  json::Problems& problems_;
};

}  // namespace partnership
