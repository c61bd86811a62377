// SPDX-License-Identifier: Apache-2.0
#include "base/calendar_document.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/calendar_words.hpp"
#include "base/text.hpp"

namespace partnership::calendar {
namespace {

constexpr std::int32_t days_in_400_years = 146097;  // the Gregorian calendar repeats after them
constexpr Date boost_min = -208188;                 // 1400-01-01, the first day of Boost's range

constexpr std::array<std::string_view, 3> moves = {"next working day", "next monday",
                                                   "nearest weekday"};

std::optional<Date> read_date(std::optional<json::Value> value, json::Problems& problems) {
  return value ? calendar::read_date(*value, problems) : std::nullopt;
}

bool in_order(Days days, json::Value value, json::Problems& problems) {
  if (days.from < days.to) return true;
  problems.add(value, "expected `from` before `to`, got `" + iso(days.from) + "` and `" +
                          iso(days.to) + "`");
  return false;
}

std::optional<Days> read_range(json::Value value, json::Problems& problems) {
  json::ObjectReader reader(value, problems);
  const std::optional<Date> from = read_date(reader.any("from", true), problems);
  const std::optional<Date> to = read_date(reader.any("to", true), problems);
  reader.finish();
  if (!from || !to || !in_order({*from, *to}, value, problems)) return std::nullopt;
  if (*to - *from > days_in_400_years) {
    problems.add(value, "expected a range of at most 400 years");
    return std::nullopt;
  }
  if (*from < boost_min) {
    problems.add(value, "expected a range that begins on `1400-01-01` or later");
    return std::nullopt;
  }
  return Days{*from, *to};
}

Weekdays read_weekdays(json::Value array, json::Problems& problems) {
  Weekdays days;
  for (const json::Value item : array) {
    const std::optional<std::int32_t> weekday = read_weekday(item, problems);
    if (!weekday) continue;
    const auto index = static_cast<std::size_t>(*weekday);
    if (days[index]) {
      problems.add(item, "weekday " + backticked(item.text()) + " is given twice");
    }
    days.set(index);
  }
  return days;
}

class Reader {
 public:
  Reader(json::Value root, json::Problems& problems)
      : problems_(problems), reader_(root, problems) {}

  Document read() {
    if (const auto id = reader_.text("calendar", true)) document_.id = *id;
    if (const auto title = reader_.any("title", true)) {
      document_.title = LangMap::read(*title, problems_);
    }
    if (const auto note = reader_.any("note")) document_.note = LangMap::read(*note, problems_);
    const std::size_t before = problems_.size();
    if (const auto range = reader_.object("valid", true)) valid_ = read_range(*range, problems_);
    if (valid_) document_.valid = *valid_;
    if (const auto weekend = reader_.array("weekend", true)) read_weekend(*weekend);
    document_.rules_at = reader_.array("rules");
    if (document_.rules_at) {
      for (const json::Value item : *document_.rules_at) read_rule(item);
    }
    document_.laid_out = problems_.size() == before && valid_ && !document_.weekends.empty();
    if (const auto holidays = reader_.array("holidays")) {
      for (const json::Value item : *holidays) read_dated(item);
    }
    if (const auto working = reader_.array("working")) {
      for (const json::Value item : *working) read_worked(item);
    }
    reader_.finish();
    note_days_worked_twice();
    return std::move(document_);
  }

 private:
  void read_weekend(json::Value array) {
    const json::Value first = array.size() > 0 ? array[0] : array;
    if (first.is(json::Type::object)) {
      for (const json::Value item : array) read_weekend_period(item);
      return;
    }
    document_.weekends.push_back({date_min, read_weekdays(array, problems_)});
    demand_a_working_day(document_.weekends.back().days, array);
  }

  void read_weekend_period(json::Value value) {
    json::ObjectReader reader(value, problems_);
    WeekendFrom weekend{date_min, {}};
    if (const auto days = reader.array("days", true)) {
      weekend.days = read_weekdays(*days, problems_);
      demand_a_working_day(weekend.days, *days);
    }
    const bool first = document_.weekends.empty();
    const std::optional<json::Value> written = reader.any("from", !first);
    if (const auto from = read_date(written, problems_)) {
      weekend.from = *from;
      check_beginning(weekend.from, *written);
    }
    reader.text("source");
    reader.boolean("verified");
    reader.finish();
    document_.weekends.push_back(weekend);
  }

  void check_beginning(Date from, json::Value where) {
    if (document_.weekends.empty()) {
      if (valid_ && from > valid_->from) {
        problems_.add(where, "the weekend before `" + iso(from) + "` is not said");
      }
      return;
    }
    if (from <= document_.weekends.back().from) {
      problems_.add(where, "expected weekends in the order of their days");
    } else if (valid_ && !valid_->holds(from)) {
      problems_.add(where, outside(from));
    }
  }

  void demand_a_working_day(const Weekdays& days, json::Value where) {
    if (days.count() == 7) {
      problems_.add(where, "expected a weekend that leaves at least one working day");
    }
  }

  void read_rule(json::Value value) {
    json::ObjectReader reader(value, problems_);
    Rule rule;
    if (const auto name = reader.any("name", true)) rule.name = LangMap::read(*name, problems_);
    if (const auto on = reader.any("on", true)) {
      if (const auto day = HolidayRule::read(*on, problems_)) rule.on = *day;
    }
    if (const auto valid = reader.object("valid")) read_validity(rule, *valid);
    if (const auto move = reader.any("moves")) read_move(rule, *move);
    read_source(reader, rule);
    reader.finish();
    document_.rules.push_back(std::move(rule));
  }

  void read_validity(Rule& rule, json::Value value) {
    json::ObjectReader reader(value, problems_);
    const std::optional<Date> from = read_date(reader.any("from"), problems_);
    const std::optional<Date> to = read_date(reader.any("to"), problems_);
    reader.finish();
    if (from && to && !in_order({*from, *to}, value, problems_)) return;
    rule.valid = {from.value_or(date_min), to.value_or(date_max + 1)};
  }

  void read_move(Rule& rule, json::Value value) {
    if (value.is(json::Type::object)) {
      json::ObjectReader reader(value, problems_);
      if (const auto when = reader.array("when", true)) {
        rule.when = read_weekdays(*when, problems_);
        if (when->size() == 0) problems_.add(*when, "expected at least one weekday");
        demand_a_working_day(*rule.when, *when);
      }
      if (const auto to = reader.any("to", true)) rule.move = move_of(*to);
      reader.finish();
      return;
    }
    rule.move = move_of(value);
  }

  Move move_of(json::Value value) {
    if (!value.is(json::Type::string)) {
      problems_.add(value,
                    "expected where a holiday on a day off moves, such as `next working "
                    "day`, got " +
                        json::a_type(value.type()));
      return Move::none;
    }
    const auto* found = std::find(moves.begin(), moves.end(), value.text());
    if (found != moves.end()) return static_cast<Move>(found - moves.begin() + 1);
    std::string message = "expected `next working day`, `next monday` or `nearest weekday`, got " +
                          backticked(value.text());
    problems_.add(value, std::move(message));
    return Move::none;
  }

  template <class Holiday>
  void read_source(json::ObjectReader& reader, Holiday& holiday) {
    if (const auto source = reader.text("source")) holiday.source = *source;
    holiday.verified = reader.boolean("verified").value_or(false);
  }

  // A date of the document that must lie in its range.
  std::optional<Date> date_within(json::ObjectReader& reader) {
    const std::optional<json::Value> written = reader.any("date", true);
    const std::optional<Date> date = read_date(written, problems_);
    if (date && valid_ && !valid_->holds(*date)) problems_.add(*written, outside(*date));
    return date;
  }

  std::string outside(Date date) const {
    return "expected a day from `" + iso(valid_->from) + "` to before `" + iso(valid_->to) +
           "`, which is the calendar's range, got `" + iso(date) + "`";
  }

  void read_dated(json::Value value) {
    json::ObjectReader reader(value, problems_);
    const std::optional<Date> date = date_within(reader);
    const std::optional<json::Value> name = reader.any("name", true);
    Holiday holiday;
    if (name) holiday.name = LangMap::read(*name, problems_);
    if (const auto from = read_date(reader.any("moved from"), problems_)) {
      holiday.moved_from = *from;
    }
    read_source(reader, holiday);
    reader.finish();
    if (!date || !name) return;
    holiday.date = *date;
    note_name(holiday, *name);
    document_.dated.push_back({std::move(holiday), value});
  }

  // One day may be two holidays, but not the same one twice, in whatever language.
  void note_name(const Holiday& holiday, json::Value where) {
    bool twice = false;
    for (const Language language : all_languages) {
      if (!holiday.name.has(language)) continue;
      twice |= !seen_.emplace(holiday.date, language, holiday.name.get(language)).second;
    }
    if (!twice) return;
    problems_.add(where, "there are two holidays of this name on `" + iso(holiday.date) + "`");
  }

  void read_worked(json::Value value) {
    json::ObjectReader reader(value, problems_);
    const std::optional<Date> date = date_within(reader);
    if (const auto name = reader.any("name")) LangMap::read(*name, problems_);
    reader.text("source");
    reader.boolean("verified");
    reader.finish();
    if (date) document_.working.push_back({*date, value});
  }

  void note_days_worked_twice() {
    std::vector<Worked>& working = document_.working;
    std::stable_sort(working.begin(), working.end(),
                     [](const Worked& a, const Worked& b) { return a.date < b.date; });
    for (std::size_t i = 1; i < working.size(); ++i) {
      if (working[i].date != working[i - 1].date) continue;
      problems_.add(working[i].where, "`" + iso(working[i].date) + "` is given twice");
    }
  }

  json::Problems& problems_;
  json::ObjectReader reader_;
  Document document_;
  std::optional<Days> valid_;
  std::set<std::tuple<Date, Language, std::string>> seen_;
};

}  // namespace

const Weekdays& Document::weekend(Date day) const noexcept {
  const auto after =
      std::upper_bound(weekends.begin() + 1, weekends.end(), day,
                       [](Date date, const WeekendFrom& weekend) { return date < weekend.from; });
  return (after - 1)->days;
}

bool Document::in_weekend(Date day) const noexcept {
  return weekend(day)[static_cast<std::size_t>(weekday_of(day))];
}

Document read(json::Value root, json::Problems& problems) {
  return Reader(root, problems).read();
}

}  // namespace partnership::calendar
