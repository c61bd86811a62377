// SPDX-License-Identifier: Apache-2.0
#include "committee/criteria_reader_parts.hpp"

#include "base/text.hpp"
#include "committee/spelling.hpp"

namespace partnership {

std::string CriteriaParts::hint(std::string_view word,
                                std::span<const std::string_view> candidates) {
  const std::string_view nearest = nearest_spelling(word, candidates);
  return nearest.empty() ? std::string() : ", did you mean " + backticked(nearest) + "?";
}

std::optional<json::Value> CriteriaParts::text(json::ObjectReader& reader, std::string_view key,
                                               bool required) {
  if (!reader.text(key, required)) return std::nullopt;
  return reader.any(key);
}

std::string CriteriaParts::name_of(json::Value value) {
  if (!value.is(json::Type::string)) {
    problems_.add(value, "expected a text");
    return {};
  }
  std::string name = spelling(value.text());
  if (name.empty()) problems_.add(value, "expected a text that is not blank");
  return name;
}

std::string CriteriaParts::name(json::ObjectReader& reader, std::string_view key, bool required) {
  const auto value = text(reader, key, required);
  return value ? name_of(*value) : std::string();
}

LangMap CriteriaParts::label(json::ObjectReader& reader, std::string_view key, bool required) {
  const auto value = reader.any(key, required);
  return value ? LangMap::read(*value, problems_) : LangMap();
}

std::optional<std::int64_t> CriteriaParts::count_of(json::Value value) {
  if (value.is(json::Type::integer) && value.integer() >= 0 && value.integer() <= most_count) {
    return value.integer();
  }
  problems_.add(value, "expected a count from 0 to " + std::to_string(most_count));
  return std::nullopt;
}

std::optional<std::int64_t> CriteriaParts::count(json::ObjectReader& reader, std::string_view key) {
  const auto value = reader.any(key);
  return value ? count_of(*value) : std::nullopt;
}

std::optional<Fraction> CriteriaParts::share(json::ObjectReader& reader, std::string_view key) {
  const auto value = text(reader, key, false);
  if (!value) return std::nullopt;
  const auto fraction = Fraction::parse(value->text());
  if (fraction && value->text().front() != '-' && *fraction <= Fraction{1, 1}) return fraction;
  problems_.add(*value,
                "expected a share from 0 to 1 such as `2/5`, not " + backticked(value->text()));
  return std::nullopt;
}

Date CriteriaParts::date(json::ObjectReader& reader, std::string_view key) {
  const auto value = text(reader, key, false);
  if (!value) return date_none;
  try {
    return parse_date(value->text());
  } catch (const Error& error) {
    problems_.add(*value, error.problems().front().message);
    return date_none;
  }
}

void CriteriaParts::demand_order(json::Value where, const Bounds& bounds) {
  if (bounds.least && bounds.most && *bounds.least > *bounds.most) {
    problems_.add(where, "min " + std::to_string(*bounds.least) + " is above max " +
                             std::to_string(*bounds.most));
  }
  if (bounds.share_least && bounds.share_most && *bounds.share_least > *bounds.share_most) {
    problems_.add(where, "the least share " + backticked(bounds.share_least->text()) +
                             " is above the most, " + backticked(bounds.share_most->text()));
  }
}

void CriteriaParts::read_bounds(json::ObjectReader& reader, json::Value value, Rule& rule) {
  rule.bounds.least = count(reader, "min");
  rule.bounds.most = count(reader, "max");
  const auto object = reader.object("share");
  if (object) {
    json::ObjectReader shares(*object, problems_);
    rule.bounds.share_least = share(shares, "min");
    rule.bounds.share_most = share(shares, "max");
    shares.finish();
    if (object->size() == 0) problems_.add(*object, "expected min, max or both");
  }
  if (!object && !reader.any("min") && !reader.any("max")) {
    problems_.add(value,
                  "a " + std::string(rule.kind == Kind::where ? "rule of kind `where`" : "quota") +
                      " needs min, max or share");
  }
  read_flexible(reader, rule.bounds);
  demand_order(value, rule.bounds);
}

void CriteriaParts::read_flexible(json::ObjectReader& reader, Bounds& bounds) {
  const auto object = reader.object("flexible");
  if (!object) return;
  json::ObjectReader inner(*object, problems_);
  bounds.flexible_least = count(inner, "min");
  bounds.flexible_most = count(inner, "max");
  const auto least = inner.any("min"), most = inner.any("max");
  inner.finish();
  if (object->size() == 0) problems_.add(*object, "expected min, max or both");
  if (least && !reader.any("min")) problems_.add(*least, "there is no min that could be lowered");
  if (most && !reader.any("max")) problems_.add(*most, "there is no max that could be raised");
  if (bounds.flexible_least && bounds.least && *bounds.flexible_least > *bounds.least) {
    problems_.add(*least, "the flexible min " + std::to_string(*bounds.flexible_least) +
                              " is above the min, " + std::to_string(*bounds.least));
  }
  if (bounds.flexible_most && bounds.most && *bounds.flexible_most < *bounds.most) {
    problems_.add(*most, "the flexible max " + std::to_string(*bounds.flexible_most) +
                             " is below the max, " + std::to_string(*bounds.most));
  }
}

}  // namespace partnership
