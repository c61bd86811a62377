// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.hpp"

#include <algorithm>
#include <bitset>
#include <boost/date_time/gregorian/gregorian_types.hpp>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include "base/calendar_words.hpp"
#include "base/text.hpp"

namespace partnership {
namespace {

namespace gregorian = boost::gregorian;

constexpr std::int32_t days_in_400_years = 146097;  // the Gregorian calendar repeats after them
constexpr Date boost_min = -208188;                 // 1400-01-01, the first day of Boost's range

using Weekend = std::bitset<7>;

std::optional<Date> read_date(std::optional<json::Value> value, json::Problems& problems) {
  return value ? calendar::read_date(*value, problems) : std::nullopt;
}

struct Range {
  Date from, to;
};

std::optional<Range> read_range(json::Value value, json::Problems& problems) {
  json::ObjectReader reader(value, problems);
  const std::optional<Date> from = read_date(reader.any("from", true), problems);
  const std::optional<Date> to = read_date(reader.any("to", true), problems);
  reader.finish();
  if (!from || !to) return std::nullopt;
  if (*from >= *to) {
    problems.add(value,
                 "expected `from` before `to`, got `" + iso(*from) + "` and `" + iso(*to) + "`");
    return std::nullopt;
  }
  if (*to - *from > days_in_400_years) {
    problems.add(value, "expected a range of at most 400 years");
    return std::nullopt;
  }
  if (*from < boost_min) {
    problems.add(value, "expected a range that begins on `1400-01-01` or later");
    return std::nullopt;
  }
  return Range{*from, *to};
}

Weekend read_weekend(json::Value array, json::Problems& problems) {
  Weekend weekend;
  for (const json::Value item : array) {
    const std::optional<std::int32_t> weekday = calendar::read_weekday(item, problems);
    if (!weekday) continue;
    const auto index = static_cast<std::size_t>(*weekday % 7);  // Boost's number: 0 is Sunday
    if (weekend[index])
      problems.add(item, "weekday " + backticked(item.text()) + " is given twice");
    weekend.set(index);
  }
  if (weekend.all()) problems.add(array, "expected a weekend that leaves at least one working day");
  return weekend;
}

class HolidayReader {
 public:
  HolidayReader(std::optional<Range> valid, json::Problems& problems)
      : valid_(valid), problems_(problems) {}

  void read(json::Value value) {
    json::ObjectReader reader(value, problems_);
    const std::optional<json::Value> written = reader.any("date", true);
    const std::optional<Date> date = read_date(written, problems_);
    const std::optional<json::Value> name = reader.any("name", true);
    Holiday holiday;
    if (name) holiday.name = LangMap::read(*name, problems_);
    if (const auto source = reader.text("source")) holiday.source = *source;
    holiday.verified = reader.boolean("verified").value_or(false);
    reader.finish();
    if (!date || !name) return;
    holiday.date = *date;
    if (valid_ && (*date < valid_->from || *date >= valid_->to)) {
      problems_.add(*written, "expected a day from `" + iso(valid_->from) + "` to before `" +
                                  iso(valid_->to) + "`, which is the calendar's range, got `" +
                                  iso(*date) + "`");
    }
    note_name(holiday, *name);
    holidays_.push_back(std::move(holiday));
  }

  std::vector<Holiday> take() {
    std::stable_sort(holidays_.begin(), holidays_.end(),
                     [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
    return std::move(holidays_);
  }

 private:
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

  std::optional<Range> valid_;
  json::Problems& problems_;
  std::vector<Holiday> holidays_;
  std::set<std::tuple<Date, Language, std::string>> seen_;
};

gregorian::date boost_date(Date date) {
  return gregorian::date(1970, 1, 1) + gregorian::days(date);
}

std::string day_text(Date date) {
  return date >= date_min && date <= date_max ? "`" + iso(date) + "`"
                                              : "day number `" + std::to_string(date) + "`";
}

}  // namespace

struct Calendar::Impl {
  std::string id;
  LangMap title;
  Range valid{};
  std::vector<Holiday> holidays;
  // before[i]: working days in [from, from + i), for i = 0 .. to - from.
  std::vector<std::int32_t> before;
  // The working days themselves, in order: the inverse of `before`.
  std::vector<Date> working;

  void count(const Weekend& weekend);
  bool holds(Date day) const noexcept { return day >= valid.from && day < valid.to; }
  std::int32_t before_day(Date day) const noexcept {  // valid.from <= day <= valid.to
    return before[static_cast<std::size_t>(day - valid.from)];
  }
  [[noreturn]] void refuse(const std::string& what) const;
  void require(Date day) const {
    if (!holds(day)) refuse(day_text(day) + " is");
  }
};

void Calendar::Impl::count(const Weekend& weekend) {
  const gregorian::date_period period(boost_date(valid.from), boost_date(valid.to));
  before.reserve(static_cast<std::size_t>(period.length().days()) + 1);
  Date date = valid.from;
  auto holiday = holidays.begin();
  unsigned weekday = period.begin().day_of_week().as_number();
  for (; date < valid.to; ++date, weekday = (weekday + 1) % 7) {
    before.push_back(static_cast<std::int32_t>(working.size()));
    bool free = weekend[weekday];
    for (; holiday != holidays.end() && holiday->date == date; ++holiday) free = true;
    if (!free) working.push_back(date);
  }
  before.push_back(static_cast<std::int32_t>(working.size()));
}

void Calendar::Impl::refuse(const std::string& what) const {
  throw Error(Code::invalid_argument, what + " outside calendar " + backticked(id) +
                                          ", which holds from `" + iso(valid.from) +
                                          "` to before `" + iso(valid.to) + "`");
}

Calendar::Calendar(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Calendar Calendar::load(std::string_view json) {
  const auto document = json::Document::parse(json);
  json::Problems problems;
  json::ObjectReader reader(document->root(), problems);
  auto impl = std::make_shared<Impl>();
  if (const auto id = reader.text("calendar", true)) impl->id = *id;
  if (const auto title = reader.any("title", true)) impl->title = LangMap::read(*title, problems);
  std::optional<Range> valid;
  if (const auto range = reader.object("valid", true)) valid = read_range(*range, problems);
  Weekend weekend;
  if (const auto days = reader.array("weekend", true)) weekend = read_weekend(*days, problems);
  HolidayReader holidays(valid, problems);
  if (const auto list = reader.array("holidays")) {
    for (const json::Value item : *list) holidays.read(item);
  }
  reader.finish();
  problems.raise(Code::invalid_document);
  impl->valid = *valid;
  impl->holidays = holidays.take();
  impl->count(weekend);
  return Calendar(std::move(impl));
}

const std::string& Calendar::id() const noexcept {
  return impl_->id;
}
const LangMap& Calendar::title() const noexcept {
  return impl_->title;
}
Date Calendar::valid_from() const noexcept {
  return impl_->valid.from;
}
Date Calendar::valid_to() const noexcept {
  return impl_->valid.to;
}
const std::vector<Holiday>& Calendar::holidays() const noexcept {
  return impl_->holidays;
}

bool Calendar::is_working_day(Date day) const {
  impl_->require(day);
  return impl_->before_day(day + 1) > impl_->before_day(day);
}

std::int32_t Calendar::working_days_between(Date from, Date to) const {
  if (to < from) return -working_days_between(to, from);
  if (from == to && from >= date_min && from <= date_max) return 0;
  impl_->require(from);
  if (to != impl_->valid.to) impl_->require(to);
  return impl_->before_day(to) - impl_->before_day(from);
}

Date Calendar::add_working_days(Date day, std::int32_t n) const {
  const Impl& impl = *impl_;
  if (n == 0 && day >= date_min && day <= date_max) return day;
  // The days asked for begin after `day`, or end before it: `day` itself may lie just outside.
  const std::int64_t edge = n > 0 ? std::int64_t{day} + 1 : day;
  if (edge < impl.valid.from || edge > impl.valid.to) impl.require(day);
  const std::int64_t passed = impl.before_day(static_cast<Date>(edge));
  const std::int64_t index = n > 0 ? passed + n - 1 : passed + n;
  if (index < 0 || index >= static_cast<std::int64_t>(impl.working.size())) {
    const std::int64_t distance = n < 0 ? -std::int64_t{n} : n;
    impl.refuse("working day " + std::to_string(distance) + (n < 0 ? " before " : " after ") +
                day_text(day) + " is");
  }
  return impl.working[static_cast<std::size_t>(index)];
}

Date Calendar::next_working_day(Date day) const {
  impl_->require(day);
  const auto index = static_cast<std::size_t>(impl_->before_day(day));
  if (index >= impl_->working.size()) {
    impl_->refuse("the next working day from " + day_text(day) + " is");
  }
  return impl_->working[index];
}

}  // namespace partnership
