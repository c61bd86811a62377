// SPDX-License-Identifier: Apache-2.0
#include "charter/reader_parts.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership::charter {

namespace {

// Candidates that are compared with words that nobody knows, in all of a document.
constexpr std::size_t most_looked_through = 100'000;

struct UnitWord {
  std::string_view one, several;
  PeriodOf::Unit unit;
  std::int32_t most;  // about a hundred years
};
constexpr std::array<UnitWord, 5> unit_words = {{
    {"day", "days", PeriodOf::Unit::days, 36525},
    {"working day", "working days", PeriodOf::Unit::working_days, 36525},
    {"week", "weeks", PeriodOf::Unit::weeks, 5218},
    {"month", "months", PeriodOf::Unit::months, 1200},
    {"year", "years", PeriodOf::Unit::years, 100},
}};

constexpr std::string_view of_next_year = " of the next year";

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

// nullopt for what is no number, or one of more than nine digits.
std::optional<std::int32_t> number_of(std::string_view digits) noexcept {
  if (digits.empty() || digits.size() > 9 || !std::all_of(digits.begin(), digits.end(), is_digit)) {
    return std::nullopt;
  }
  std::int32_t number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

}  // namespace

std::optional<std::pair<std::int32_t, std::int32_t>> month_day(std::string_view text) noexcept {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  const auto month = number_of(text.substr(0, 2)), day = number_of(text.substr(3));
  if (!month || !day || !date_from({2001, *month, *day})) return std::nullopt;  // no leap year
  return std::pair(*month, *day);
}

std::vector<std::string_view> Ids::all() const {
  std::vector<std::string_view> out(index_.size());
  for (const auto& [id, number] : index_) out[number] = id;
  return out;
}

void Parts::add_inner(json::Value value, const Error& error) {
  const Place start = value.place();
  for (Problem problem : error.problems()) {
    if (full()) return;
    problem.pointer.insert(0, value.pointer());
    problem.offset =
        static_cast<std::int64_t>(value.offset()) + std::max<std::int64_t>(problem.offset, 0);
    if (problem.line <= 1)
      problem.column = std::max<std::int64_t>(problem.column, 1) + start.column - 1;
    problem.line = std::max<std::int64_t>(problem.line, 1) + start.line - 1;
    problems_.add(std::move(problem));
  }
}

std::string Parts::hint(std::string_view word, std::span<const std::string_view> candidates) {
  if (full() || looked_through_ + candidates.size() > most_looked_through) return {};
  looked_through_ += candidates.size();
  const std::string_view nearest = nearest_spelling(word, candidates);
  return nearest.empty() ? std::string() : ", did you mean " + backticked(nearest) + "?";
}

std::optional<json::Value> Parts::text(json::ObjectReader& reader, std::string_view key,
                                       bool required) {
  if (!reader.text(key, required)) return std::nullopt;
  return reader.any(key);
}

std::string Parts::id(json::Value where, std::string_view text) {
  if (text.size() > most_id_bytes) {
    problem(where, "expected an id of at most " + std::to_string(most_id_bytes) + " bytes");
    return {};
  }
  const auto edge = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  if (text.empty() || edge(text.front()) || edge(text.back())) {
    problem(where, "expected an id without white space around it, found " + backticked(text));
    return {};
  }
  return nfc(text);
}

std::string Parts::id(json::ObjectReader& reader, std::string_view key, bool required) {
  const auto value = text(reader, key, required);
  return value ? id(*value, value->text()) : std::string();
}

std::optional<std::uint32_t> Parts::known(json::Value value, const Ids& ids,
                                          std::string_view what) {
  if (!value.is(json::Type::string)) {
    problem(value, "expected the id of a " + std::string(what) + ", found " + a_type(value.type()));
    return std::nullopt;
  }
  const std::string id = this->id(value, value.text());
  if (id.empty()) return std::nullopt;
  const auto found = ids.find(id);
  if (!found) {
    problem(value, "there is no " + std::string(what) + " " + backticked(id) +
                       hint(id, full() ? std::vector<std::string_view>() : ids.all()));
  }
  return found;
}

std::optional<std::uint32_t> Parts::known(json::ObjectReader& reader, std::string_view key,
                                          bool required, const Ids& ids, std::string_view what) {
  const auto value = text(reader, key, required);
  return value ? known(*value, ids, what) : std::nullopt;
}

std::optional<std::size_t> Parts::one_of(json::Value value,
                                         std::span<const std::string_view> words) {
  const bool is_text = value.is(json::Type::string);
  for (std::size_t i = 0; is_text && i < words.size(); ++i) {
    if (value.text() == words[i]) return i;
  }
  std::string message = "expected ";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) message += i + 1 == words.size() ? " or " : ", ";
    message += backticked(words[i]);
  }
  message += is_text ? ", not " + backticked(value.text()) + hint(value.text(), words)
                     : ", found " + a_type(value.type());
  problem(value, std::move(message));
  return std::nullopt;
}

LangMap Parts::label(json::ObjectReader& reader, std::string_view key, bool required) {
  const auto value = reader.any(key, required);
  return value ? LangMap::read(*value, problems_) : LangMap();
}

Date Parts::date(json::Value value) {
  if (!value.is(json::Type::string)) {
    problem(value, "expected a date as a text such as `2018-08-27`, found " + a_type(value.type()));
    return date_none;
  }
  try {
    return parse_date(value.text());
  } catch (const Error& error) {
    if (error.code() != Code::malformed) throw;
    problem(value, error.problems().front().message);
    return date_none;
  }
}

Date Parts::date(json::ObjectReader& reader, std::string_view key, bool required) {
  const auto value = reader.any(key, required);
  return value ? date(*value) : date_none;
}

InForce Parts::in_force(json::ObjectReader& reader) {
  InForce out;
  const auto value = reader.object("in force");
  if (!value) return out;
  json::ObjectReader inner(*value, problems_);
  out.from = date(inner, "from");
  out.to = date(inner, "to");
  inner.finish();
  if (out.from != date_none && out.to != date_none && out.to <= out.from) {
    problem(*value, "this ends on or before the day on which it begins");
  }
  return out;
}

std::vector<Source> Parts::sources(json::ObjectReader& reader) {
  std::vector<Source> out;
  const auto value = reader.any("source");
  if (!value) return out;
  if (!value->is(json::Type::array)) {
    out.push_back(source(*value));
    return out;
  }
  if (value->size() == 0) problem(*value, "expected at least one source");
  for (const json::Value item : *value) {
    if (full()) break;
    out.push_back(source(item));
  }
  return out;
}

Source Parts::source(json::Value value) {
  Source out;
  json::ObjectReader reader(value, problems_);
  out.title = label(reader, "title", true);
  out.address = reader.text("address").value_or("");
  out.passage = reader.text("passage").value_or("");
  reader.finish();
  return out;
}

HolidayRule Parts::day(json::Value value) {
  const std::optional<HolidayRule> rule = HolidayRule::read(value, problems_);
  if (!rule) return {HolidayRule::Kind::fixed, 1, 1};
  const bool leap = rule->kind == HolidayRule::Kind::fixed && rule->month == 2 && rule->day == 29;
  if (leap || rule->nth == 5) problem(value, "expected a day that every year has");
  return *rule;
}

std::optional<PeriodOf> Parts::period(json::Value value) {
  PeriodOf out;
  const auto wrong = [&](std::string found) {
    problem(value,
            "expected a period such as `15 days`, `10 working days`, `3 months` or `03-31 of "
            "the next year`, " +
                std::move(found));
    return std::nullopt;
  };
  if (!value.is(json::Type::string)) return wrong("found " + a_type(value.type()));
  const std::string_view text = value.text();
  if (text.ends_with(of_next_year)) {
    const auto day = month_day(text.substr(0, text.size() - of_next_year.size()));
    if (!day) return wrong("not " + backticked(text));
    out.unit = PeriodOf::Unit::next_year;
    std::tie(out.month, out.day) = *day;
    return out;
  }
  const std::size_t space = std::min(text.find(' '), text.size());
  const auto count = number_of(text.substr(0, space));
  if (!count || space == text.size()) return wrong("not " + backticked(text));
  const std::string_view word = text.substr(space + 1);
  for (const UnitWord& unit : unit_words) {
    if (word != unit.one && word != unit.several) continue;
    out.unit = unit.unit;
    out.count = *count;
    if (out.count <= unit.most) return out;
    problem(value, "expected at most " + std::to_string(unit.most) + " " +
                       std::string(unit.several) + ", not " + backticked(text));
    return std::nullopt;
  }
  return wrong("not " + backticked(text));
}

}  // namespace partnership::charter
