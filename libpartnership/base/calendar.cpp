// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.hpp"

#include <boost/date_time/gregorian/gregorian_types.hpp>
#include <utility>
#include <vector>

#include "base/calendar_document.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership {
namespace {

namespace gregorian = boost::gregorian;

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
  LangMap note;
  calendar::Days valid{};
  std::vector<Holiday> holidays;
  // before[i]: working days in [from, from + i), for i = 0 .. to - from.
  std::vector<std::int32_t> before;
  // The working days themselves, in order: the inverse of `before`.
  std::vector<Date> working;

  void count(const calendar::Document& document);
  std::int32_t before_day(Date day) const noexcept {  // valid.from <= day <= valid.to
    return before[static_cast<std::size_t>(day - valid.from)];
  }
  [[noreturn]] void refuse(const std::string& what) const;
  void require(Date day) const {
    if (!valid.holds(day)) refuse(day_text(day) + " is");
  }
};

void Calendar::Impl::count(const calendar::Document& document) {
  const gregorian::date_period period(boost_date(valid.from), boost_date(valid.to));
  before.reserve(static_cast<std::size_t>(period.length().days()) + 1);
  auto holiday = holidays.begin();
  auto weekend = document.weekends.begin();
  auto worked = document.working.begin();
  std::size_t weekday = (period.begin().day_of_week().as_number() + 6U) % 7 + 1;  // ISO
  for (Date date = valid.from; date < valid.to; ++date, weekday = weekday % 7 + 1) {
    while (weekend + 1 != document.weekends.end() && weekend[1].from <= date) ++weekend;
    before.push_back(static_cast<std::int32_t>(working.size()));
    bool free = weekend->days[weekday];
    for (; holiday != holidays.end() && holiday->date == date; ++holiday) free = true;
    for (; worked != document.working.end() && worked->date == date; ++worked) free = false;
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
  const auto text = json::Document::parse(json);
  json::Problems problems;
  calendar::Document document = calendar::read(text->root(), problems);
  auto impl = std::make_shared<Impl>();
  if (document.laid_out) impl->holidays = calendar::lay_out(document, problems);
  problems.raise(Code::invalid_document);
  impl->id = std::move(document.id);
  impl->title = std::move(document.title);
  impl->note = std::move(document.note);
  impl->valid = document.valid;
  impl->count(document);
  return Calendar(std::move(impl));
}

const std::string& Calendar::id() const noexcept {
  return impl_->id;
}
const LangMap& Calendar::title() const noexcept {
  return impl_->title;
}
const LangMap& Calendar::note() const noexcept {
  return impl_->note;
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
