// SPDX-License-Identifier: Apache-2.0
//
// From rules to days. Holidays that stay where they are come first, then those that move, by date:
// each finds the days taken by those before it. A little is laid out on either side of the range,
// because a holiday may move into it.
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/calendar_document.hpp"

namespace partnership::calendar {
namespace {

constexpr std::int32_t margin = 40;                         // days on either side
constexpr std::size_t most_bytes = std::size_t{64} << 20U;  // of the holidays that rules make

bool share_a_name(const LangMap& a, const LangMap& b) {
  return std::any_of(all_languages.begin(), all_languages.end(), [&](Language language) {
    return a.has(language) && b.has(language) && a.get(language) == b.get(language);
  });
}

bool makes(const Rule& rule, Date day) {
  if (!rule.valid.holds(day)) return false;
  const std::int32_t year = ymd_of(day).year;
  for (std::int32_t of = year - 2; of <= year + 2; ++of) {  // an offset may leave its year
    if (rule.on.in_year(of) == day) return true;
  }
  return false;
}

class Layout {
 public:
  Layout(const Document& document, json::Problems& problems)
      : document_(document),
        problems_(problems),
        days_{std::max(document.valid.from - margin, date_min),
              std::min(document.valid.to + margin, date_max + 1)},
        needed_(document.working.size()) {}

  std::vector<Holiday> lay_out() {
    note_removals();
    if (!make_days()) return {};
    find_free_days();
    for (const Dated& dated : document_.dated) {
      if (document_.valid.holds(dated.holiday.date)) place(dated.holiday, -1);
    }
    for (const Made& made : made_) {
      if (!moves(made)) place(made, made.day);
    }
    for (const Made& made : made_) {
      if (moves(made)) move(made);
    }
    check_working_days();
    std::sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
      return std::pair(a.holiday.date, a.rule) < std::pair(b.holiday.date, b.rule);
    });
    std::vector<Holiday> holidays;
    holidays.reserve(placed_.size());
    for (Placed& placed : placed_) holidays.push_back(std::move(placed.holiday));
    return holidays;
  }

 private:
  struct Made {
    Date day;
    const Rule* rule;
  };
  struct Placed {
    Holiday holiday;
    std::ptrdiff_t rule;  // its place among the rules; -1: it is dated
  };
  struct Removed {
    Date day;
    const Dated* by;
  };

  // Dated holidays that say where they moved from.
  void note_removals() {
    for (const Dated& dated : document_.dated) {
      const Date from = dated.holiday.moved_from;
      if (from == date_none) continue;
      const bool made =
          std::any_of(document_.rules.begin(), document_.rules.end(), [&](const Rule& rule) {
            return share_a_name(rule.name, dated.holiday.name) && makes(rule, from);
          });
      if (made) {
        removed_.push_back({from, &dated});
      } else {
        problems_.add(*dated.where.find("moved from"),
                      "no rule makes a holiday of this name on `" + iso(from) + "`");
      }
    }
    std::stable_sort(removed_.begin(), removed_.end(),
                     [](const Removed& a, const Removed& b) { return a.day < b.day; });
  }

  bool removed(const Made& made) const {
    auto found =
        std::lower_bound(removed_.begin(), removed_.end(), made.day,
                         [](const Removed& removed, Date day) { return removed.day < day; });
    for (; found != removed_.end() && found->day == made.day; ++found) {
      if (share_a_name(found->by->holiday.name, made.rule->name)) return true;
    }
    return false;
  }

  // Every day of every rule, by date. False: too much for a calendar.
  bool make_days() {
    std::size_t bytes = 0;
    for (const Rule& rule : document_.rules) {
      std::size_t size = sizeof(Holiday) + rule.source.size();
      for (const Language language : all_languages) {
        if (rule.name.has(language)) size += rule.name.get(language).size();
      }
      const Days within{std::max(days_.from, rule.valid.from), std::min(days_.to, rule.valid.to)};
      if (within.from >= within.to) continue;
      const std::int32_t last = ymd_of(within.to - 1).year + 2;
      for (std::int32_t year = ymd_of(within.from).year - 2; year <= last; ++year) {
        const std::optional<Date> day = rule.on.in_year(year);
        if (!day || !within.holds(*day)) continue;
        bytes += size;
        if (bytes > most_bytes) {
          problems_.add(*document_.rules_at, "these rules make more than 64 MiB of holidays");
          return false;
        }
        made_.push_back({*day, &rule});
      }
    }
    std::stable_sort(made_.begin(), made_.end(),
                     [](const Made& a, const Made& b) { return a.day < b.day; });
    std::erase_if(made_, [this](const Made& made) { return removed(made) || worked(made.day); });
    return true;
  }

  // Whether `working` says that nobody is off on this day, which the day then was needed for.
  bool worked(Date day) {
    const auto found =
        std::lower_bound(document_.working.begin(), document_.working.end(), day,
                         [](const Worked& worked, Date date) { return worked.date < date; });
    if (found == document_.working.end() || found->date != day) return false;
    needed_[static_cast<std::size_t>(found - document_.working.begin())] = true;
    return true;
  }

  bool moves(const Made& made) const {
    if (made.rule->move == Move::none) return false;
    const Weekdays& when = made.rule->when ? *made.rule->when : document_.weekend(made.day);
    return when[static_cast<std::size_t>(weekday_of(made.day))];
  }

  void move(const Made& made) {
    Date to = made.day + 1;
    switch (made.rule->move) {
      case Move::none:
        break;
      case Move::next_working_day:
        to = next_working_day(made.day);
        break;
      case Move::next_monday:
        to = made.day + 8 - weekday_of(made.day);
        break;
      case Move::nearest_weekday:
        to = nearest_weekday(made);
        break;
    }
    if (days_.holds(to) && !worked(to)) place(made, to);
  }

  // The nearest day that is neither of the weekend nor one that the rule moves from; of two as near
  // the later.
  Date nearest_weekday(const Made& made) const {
    const auto stays = [&](Date day) {
      if (!days_.holds(day) || document_.in_weekend(day)) return false;
      return !made.rule->when || !(*made.rule->when)[static_cast<std::size_t>(weekday_of(day))];
    };
    for (Date distance = 1; distance <= 7; ++distance) {
      if (stays(made.day + distance)) return made.day + distance;
      if (stays(made.day - distance)) return made.day - distance;
    }
    return days_.to;
  }

  void place(const Made& made, Date day) {
    const Date from = day == made.day ? date_none : made.day;
    place({day, made.rule->name, made.rule->source, made.rule->verified, from},
          made.rule - document_.rules.data());
  }

  void place(Holiday holiday, std::ptrdiff_t rule) {
    take(holiday.date);
    if (!document_.valid.holds(holiday.date)) return;
    // Two rules may meet on a day (both Easters): a holiday of one name is listed once.
    bool listed = false;
    for (const Language language : all_languages) {
      if (!holiday.name.has(language)) continue;
      listed |= !seen_.emplace(holiday.date, language, holiday.name.get(language)).second;
    }
    if (!listed) placed_.push_back({std::move(holiday), rule});
  }

  // The next day after `day` that is neither of the weekend, nor taken, nor one of `working`.
  Date next_working_day(Date day) {
    Date next = days_.from + free_from(day + 1 - days_.from);
    while (days_.holds(next) && worked(next)) {
      take(next);
      next = days_.from + free_from(next - days_.from);
    }
    return next;
  }

  void take(Date day) {
    const std::int32_t index = day - days_.from;
    free_[static_cast<std::size_t>(index)] = index + 1;
  }

  // free_[i] leads from day i, over as many steps as it takes, to the first day from it on that is
  // not of the weekend and that no holiday has taken; such a day leads to itself.
  void find_free_days() {
    free_.resize(static_cast<std::size_t>(days_.to - days_.from) + 1);
    std::iota(free_.begin(), free_.end(), 0);
    for (Date day = days_.from; day < days_.to; ++day) {
      if (document_.in_weekend(day)) take(day);
    }
  }

  std::int32_t free_from(std::int32_t index) {
    const auto next = [this](std::int32_t i) -> std::int32_t& {
      return free_[static_cast<std::size_t>(i)];
    };
    while (next(index) != index) {
      next(index) = next(next(index));
      index = next(index);
    }
    return index;
  }

  void check_working_days() {
    for (const Dated& dated : document_.dated) {
      if (!worked(dated.holiday.date)) continue;
      problems_.add(dated.where,
                    "`" + iso(dated.holiday.date) + "` is one of the days of `working`");
    }
    for (std::size_t i = 0; i < document_.working.size(); ++i) {
      const Worked& worked = document_.working[i];
      if (needed_[i] || document_.in_weekend(worked.date)) continue;
      if (i > 0 && document_.working[i - 1].date == worked.date) continue;
      problems_.add(worked.where, "`" + iso(worked.date) + "` is a working day anyway");
    }
  }

  const Document& document_;
  json::Problems& problems_;
  Days days_;
  std::vector<bool> needed_;  // of each day of `working`: without it the day would be off
  std::vector<Removed> removed_;
  std::vector<Made> made_;
  std::vector<std::int32_t> free_;
  std::vector<Placed> placed_;
  std::set<std::tuple<Date, Language, std::string>> seen_;
};

}  // namespace

std::vector<Holiday> lay_out(const Document& document, json::Problems& problems) {
  return Layout(document, problems).lay_out();
}

}  // namespace partnership::calendar
