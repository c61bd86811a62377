// SPDX-License-Identifier: Apache-2.0
//
// Obligations that live through their days: each morning a day begins, what happens on it happens,
// and in the evening what was due on it and is not done is broken. Asked during a day, they say
// where they stand. They share no code with charter/shapes.cpp or charter/period.cpp.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "charter/assess.hpp"
#include "charter/naive_days.hpp"

namespace partnership::charter::naive {

// Where an obligation stands.
struct Answer {
  Outcome outcome = Outcome::not_applicable;
  State state = State::none;
  Date due = date_none;
  bool operator==(const Answer&) const = default;
};

// A date that a case knows, or that has not come.
using Maybe = std::optional<Date>;

class Obligation {
 public:
  virtual ~Obligation() = default;
  // Called for each day in turn, from one before anything happens on.
  void live(Date day) {
    today_ = day;
    happen();
    answer_ = stand();
    evening();
  }
  const Answer& answer() const { return answer_; }  // during the last day

 protected:
  virtual void happen() = 0;
  virtual Answer stand() const = 0;
  virtual void evening() = 0;
  bool is_today(const Maybe& day) const { return day && *day == today_; }

  Date today_ = date_none;

 private:
  Answer answer_;
};

struct DeadlineTerms {
  Period within;
  bool to_working_day = false;
  Silence silence = Silence::breach;
  bool extension = false;
  Period by;
  bool must_be_told = false;
};
struct DeadlineCase {
  Maybe after, done, told;
  bool extended = false, reasoned = false;
};

class DeadlineLife : public Obligation {
 public:
  DeadlineLife(const DeadlineTerms& terms, const DeadlineCase& of, const Calendar& calendar)
      : terms_(terms), of_(of), calendar_(calendar) {}

 private:
  enum class Phase { asleep, running, done, late, silent };

  void happen() override {
    if (is_today(of_.done)) done_ = true;
    if (is_today(of_.told)) told_ = true;
    if (is_today(of_.after)) {
      phase_ = Phase::running;
      unmoved_ = naive::after(today_, terms_.within, calendar_);
      first_ = due_ = moved(unmoved_);
    }
    if (!done_) return;
    const bool decided = terms_.silence == Silence::acceptance || terms_.silence == Silence::lapse;
    if (phase_ == Phase::running) phase_ = Phase::done;
    if (phase_ == Phase::silent && !decided) phase_ = Phase::late;
  }
  Date moved(Date day) const {
    return terms_.to_working_day ? working_day_from(day, calendar_) : day;
  }
  bool granted() const {
    return terms_.extension && of_.extended && of_.reasoned && (told_ || !terms_.must_be_told);
  }
  Date longer() const { return moved(naive::after(unmoved_, terms_.by, calendar_)); }

  Answer stand() const override {
    switch (phase_) {
      case Phase::asleep:
        return {};
      case Phase::running:
        return {Outcome::pending, State::pending, today_ <= first_ && granted() ? longer() : due_};
      case Phase::done:
        return {Outcome::met, State::fulfilled, due_};
      case Phase::late:
        return {Outcome::not_met, State::fulfilled_late, due_};
      default:
        break;
    }
    switch (terms_.silence) {
      case Silence::refusal:
        return {Outcome::not_met, State::deemed, due_};
      case Silence::acceptance:
        return {Outcome::met, State::deemed, due_};
      case Silence::lapse:
        return {Outcome::not_applicable, State::lapsed, due_};
      default:
        return {Outcome::not_met, State::overdue, due_};
    }
  }
  void evening() override {
    if (phase_ == Phase::running && today_ == first_ && granted()) due_ = longer();
    if (phase_ == Phase::running && today_ == due_) phase_ = Phase::silent;
  }

  DeadlineTerms terms_;
  DeadlineCase of_;
  const Calendar& calendar_;
  Phase phase_ = Phase::asleep;
  bool done_ = false, told_ = false;
  Date unmoved_ = date_none, first_ = date_none, due_ = date_none;
};

class NoticeLife : public Obligation {
 public:
  // What is announced is known beforehand.
  NoticeLife(const Period& least, const Maybe& announced, const Maybe& done,
             const Calendar& calendar)
      : announced_(announced), done_(done) {
    if (announced) latest_ = naive::before(*announced, least, calendar);
  }

 private:
  void happen() override {
    if (!is_today(done_)) return;
    state_ = broken_ ? State::fulfilled_late : State::fulfilled;
  }
  Answer stand() const override {
    if (!announced_) return {};
    switch (state_) {
      case State::fulfilled:
        return {Outcome::met, state_, latest_};
      case State::pending:
        if (!broken_) return {Outcome::pending, state_, latest_};
        return {Outcome::not_met, State::violated, latest_};
      default:
        return {Outcome::not_met, state_, latest_};
    }
  }
  void evening() override {
    if (announced_ && today_ >= latest_) broken_ = true;
  }

  Maybe announced_, done_;
  Date latest_ = date_none;
  bool broken_ = false;  // too late from now on
  State state_ = State::pending;
};

struct Season {  // fixed days of every year, inclusive; may run over its turn
  int from_month, from_day, to_month, to_day;
  bool holds(const Day& day) const {
    const auto at = std::pair(day.month, day.day), from = std::pair(from_month, from_day),
               to = std::pair(to_month, to_day);
    return from <= to ? at >= from && at <= to : at >= from || at <= to;
  }
};

class DurationLife : public Obligation {
 public:
  using Growth = std::pair<Season, Period>;
  DurationLife(const Period& least, std::vector<Growth> grows, const Maybe& from, const Maybe& to,
               const Calendar& calendar)
      : least_(least), grows_(std::move(grows)), from_(from), to_(to), calendar_(calendar) {}

 private:
  // Walks from the first day to the end of the period; the end moves whenever a season is entered.
  Date end_of_period() const {
    Date end = naive::after(*from_, least_, calendar_);
    std::set<std::pair<std::size_t, Date>> counted;  // by the day on which the season was entered
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i < grows_.size(); ++i) {
        Date entered = date_none;
        for (Day day = Day::of(*from_); day.number < end; day.step()) {
          if (!grows_[i].first.holds(day)) {
            entered = date_none;
            continue;
          }
          // A season of all the year is entered anew each year.
          const bool begins =
              day.month == grows_[i].first.from_month && day.day == grows_[i].first.from_day;
          if (entered != date_none && !begins) continue;
          entered = day.number;
          if (!counted.emplace(i, entered).second) continue;
          end = naive::after(end, grows_[i].second, calendar_);
          again = true;
        }
      }
    }
    return end;
  }

  void happen() override {
    if (is_today(from_)) {
      open_ = begun_ = true;
      end_ = end_of_period();
      if (to_ && *to_ < today_) close();
    }
    if (begun_ && is_today(to_)) close();
    if (open_ && today_ >= end_) enough_ = true;
  }
  void close() {
    open_ = false;
    if (*to_ >= end_) enough_ = true;
  }
  Answer stand() const override {
    if (!begun_) return {};
    if (enough_) return {Outcome::met, State::fulfilled, end_};
    if (open_) return {Outcome::pending, State::pending, end_};
    return {Outcome::not_met, State::violated, end_};
  }
  void evening() override {}

  Period least_;
  std::vector<Growth> grows_;
  Maybe from_, to_;
  const Calendar& calendar_;
  bool begun_ = false, open_ = false, enough_ = false;
  Date end_ = date_none;
};

struct Run {
  Maybe from, to;
  std::vector<Date> days;
};

class GapLife : public Obligation {
 public:
  GapLife(const Period& gap, Run run, const Calendar& calendar)
      : gap_(gap), run_(std::move(run)), calendar_(calendar) {}

 private:
  void wait() { due_ = naive::after(today_, gap_, calendar_); }
  void happen() override {
    if (is_today(run_.from)) {
      running_ = true;
      wait();
    }
    if (!running_) return;
    if (std::find(run_.days.begin(), run_.days.end(), today_) != run_.days.end()) {
      some_ = true;
      if (today_ > due_ && !violated_) violated_ = due_;
      wait();
    }
    if (is_today(run_.to)) {
      running_ = false;
      ended_ = true;
      if (today_ > due_ && !violated_) violated_ = due_;
    }
  }
  Answer stand() const override {
    if (violated_) return {Outcome::not_met, State::violated, *violated_};
    if (ended_) return {Outcome::met, State::fulfilled, date_none};
    if (!running_) return {};
    if (today_ > due_) return {Outcome::not_met, State::overdue, due_};
    if (some_) return {Outcome::met, State::fulfilled, due_};
    return {Outcome::pending, State::pending, due_};
  }
  void evening() override {}

  Period gap_;
  Run run_;
  const Calendar& calendar_;
  bool running_ = false, ended_ = false, some_ = false;
  Date due_ = date_none;
  Maybe violated_;
};

class CountLife : public Obligation {
 public:
  // Without a period: in each calendar year.
  CountLife(int at_least, std::optional<Period> per, Run run, const Calendar& calendar)
      : at_least_(at_least), per_(per), run_(std::move(run)), calendar_(calendar) {}

 private:
  // The first day of the next period: of several, counted from the beginning.
  void next_period() {
    ++periods_;
    count_ = 0;
    if (per_) {
      Period whole = *per_;
      whole.count *= periods_;
      next_ = naive::after(*run_.from, whole, calendar_);
      return;
    }
    Day day = Day::of(today_);
    for (day.step(); day.month != 1 || day.day != 1; day.step()) {
    }
    next_ = day.number;
  }
  void happen() override {
    if (is_today(run_.from)) {
      running_ = true;
      next_period();
    } else if (running_ && today_ == next_) {
      next_period();
    }
    if (!running_) return;
    count_ += static_cast<int>(std::count(run_.days.begin(), run_.days.end(), today_));
    if (is_today(run_.to) && next_ != today_ + 1) {  // cut short
      running_ = false;
      ended_ = true;
    }
  }
  Answer stand() const override {
    if (violated_) return {Outcome::not_met, State::violated, *violated_};
    if (ended_) return {Outcome::met, State::fulfilled, date_none};
    if (!running_) return {};
    if (count_ >= at_least_) return {Outcome::met, State::fulfilled, date_none};
    return {Outcome::pending, State::pending, next_ - 1};
  }
  void evening() override {
    if (!running_) return;
    if (today_ + 1 == next_ && count_ < at_least_ && !violated_) violated_ = today_;
    if (is_today(run_.to)) {
      running_ = false;
      ended_ = true;
    }
  }

  int at_least_;
  std::optional<Period> per_;
  Run run_;
  const Calendar& calendar_;
  bool running_ = false, ended_ = false;
  int periods_ = 0, count_ = 0;
  Date next_ = date_none;
  Maybe violated_;
};

}  // namespace partnership::charter::naive
