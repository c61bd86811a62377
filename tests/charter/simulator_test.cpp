// SPDX-License-Identifier: Apache-2.0
//
// Obligations asked on every day of random histories, against a simulator that lives through the
// days.
#include "charter/simulator.hpp"

#include "charter/assess_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using naive::Answer;
using naive::Maybe;
using naive::Unit;

constexpr const char* facts =
    R"(, "after": "date", "done": "date", "told": "date", "long": "boolean", "why": "string?",
       "opens": "date", "closes": "date")";

class World {
 public:
  explicit World(std::uint32_t seed)
      : random_(seed),
        calendar_(
            naive::Calendar::random(random_, parse_date("1999-01-01"), parse_date("2025-01-01"))) {}

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  const naive::Calendar& calendar() const { return calendar_; }
  Date start() const { return start_; }

  naive::Period period(int days, bool next_year = false) {
    const auto unit = static_cast<Unit>(below(next_year ? 7 : 5));
    switch (unit) {
      case Unit::days:
      case Unit::working_days:
        return {unit, 1 + below(days)};
      case Unit::weeks:
        return {unit, 1 + below(days / 7 + 1)};
      case Unit::months:
        return {unit, 1 + below(days / 30 + 1)};
      case Unit::years:
        return {Unit::days, 1 + below(7)};
      default:
        return next_year_day(1 + below(12));
    }
  }
  // Within so many days from the start, or never.
  Maybe day(int within, int never = 15) {
    if (chance(never)) return std::nullopt;
    return start_ + below(within);
  }

 private:
  naive::Period next_year_day(int month) {
    return {Unit::next_year, 1, month, 1 + below(naive::Day::length(2000, month))};
  }

  std::mt19937 random_;
  naive::Calendar calendar_;
  // Around the ends of months, of February and of years.
  Date start_ = parse_date("2003-12-20") + static_cast<Date>(random_() % 800);
};

std::string json_of(const Maybe& day) {
  return day ? "\"" + iso(*day) + "\"" : "null";
}

// Asks the one norm on each day and compares.
void expect_agreement(World& world, const std::string& shape, const std::string& windows,
                      const std::string& case_facts, naive::Obligation& life, int days,
                      int before = 2) {
  const std::string text = document(
      norm("n", shape), "\"calendar\": " + world.calendar().json() + ", " + windows, facts);
  const auto charter = Charter::load(text);
  const auto of = charter->kinds()[0].set->read_case("{" + case_facts + "}");
  Question question;
  Findings findings;
  for (Date day = world.start() - before; day < world.start() + days; ++day) {
    life.live(day);
    question.on = day;
    assess(*charter, 0, *of, question, findings);
    const Finding found = findings.at(0, 0);
    const Answer& wanted = life.answer();
    ASSERT_EQ((Answer{found.outcome, found.state, found.due}), wanted)
        << iso(day) << ": " << shape << " of " << case_facts << ": " << text_of(found)
        << ", wanted " << outcome_name(wanted.outcome) << ", " << state_name(wanted.state) << ", "
        << day_text(wanted.due);
  }
}

TEST(Simulator, Deadlines) {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    World world(seed);
    const bool long_one = world.chance(20);
    naive::DeadlineTerms terms;
    terms.within = world.period(30, long_one);
    terms.to_working_day = world.chance(40);
    terms.silence = static_cast<Silence>(world.below(4));
    terms.extension = world.chance(60);
    terms.by = world.period(30);
    terms.must_be_told = world.chance(50);
    naive::DeadlineCase of{world.day(20), world.day(90, 30), world.day(70, 30)};
    of.extended = world.chance(70);
    of.reasoned = world.chance(80);
    constexpr std::array<std::string_view, 4> silences = {"breach", "refusal", "acceptance",
                                                          "lapse"};
    std::string shape = R"("deadline": {"after": "after", "done": "done", "within": ")" +
                        terms.within.text() + R"(", "silence": ")" +
                        std::string(silences[static_cast<std::size_t>(terms.silence)]) + "\"";
    if (terms.to_working_day) shape += R"(, "on a day off": "next working day")";
    if (terms.extension) {
      shape += R"(, "extension": {"when": "long", "reason": "why", "by": ")" + terms.by.text() +
               "\"" + (terms.must_be_told ? R"(, "told": "told"})" : "}");
    }
    naive::DeadlineLife life(terms, of, world.calendar());
    expect_agreement(world, shape + "}", "",
                     R"("after": )" + json_of(of.after) + R"(, "done": )" + json_of(of.done) +
                         R"(, "told": )" + json_of(of.told) + R"(, "long": )" +
                         (of.extended ? "true" : "false") +
                         (of.reasoned ? R"(, "why": "for a reason")" : ""),
                     life, long_one ? 500 : 130);
    if (HasFatalFailure()) return;
  }
}

TEST(Simulator, Notices) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    World world(seed + 1000);
    const naive::Period least = world.period(40);
    const Maybe announced = world.day(80), done = world.day(80, 30);
    naive::NoticeLife life(least, announced, done, world.calendar());
    expect_agreement(
        world,
        R"("notice": {"before": "after", "done": "done", "at least": ")" + least.text() + "\"}", "",
        R"("after": )" + json_of(announced) + R"(, "done": )" + json_of(done), life, 100, 100);
    if (HasFatalFailure()) return;
  }
}

TEST(Simulator, Durations) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    World world(seed + 2000);
    const naive::Period least = world.period(60);
    std::vector<naive::DurationLife::Growth> grows;
    std::string windows, list;
    const int count = world.below(4);
    for (int i = 0; i < count; ++i) {
      const naive::Season season{1 + world.below(12), 1 + world.below(28), 1 + world.below(12),
                                 1 + world.below(28)};
      const naive::Period by = world.period(10);
      grows.emplace_back(season, by);
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      const std::string id = "w" + std::to_string(i);
      windows += (windows.empty() ? "" : ",") + ("\"" + id) + R"(": {"from": ")" +
                 two(season.from_month) + "-" + two(season.from_day) + R"(", "to": ")" +
                 two(season.to_month) + "-" + two(season.to_day) + "\"}";
      list += (list.empty() ? "" : ",") + (R"({"when it meets": ")" + id) + R"(", "by": ")" +
              by.text() + "\"}";
    }
    const Maybe from = world.day(30), to = world.day(150, 30);
    naive::DurationLife life(least, grows, from, to, world.calendar());
    expect_agreement(world,
                     R"("duration": {"from": "opens", "to": "closes", "at least": ")" +
                         least.text() + R"(", "grows": [)" + list + "]}",
                     R"("windows": {)" + windows + "}, ",
                     R"("opens": )" + json_of(from) + R"(, "closes": )" + json_of(to), life, 200);
    if (HasFatalFailure()) return;
  }
}

naive::Run random_run(World& world, int most) {
  naive::Run run{world.day(30, 5), world.day(400, 50), {}};
  if (run.from && run.to && *run.to < *run.from) run.to.reset();
  const int count = world.below(most);
  for (int i = 0; i < count; ++i) run.days.push_back(world.start() + world.below(400));
  return run;
}
std::string json_of(const naive::Run& run) {
  std::string days;
  for (const Date day : run.days) days += (days.empty() ? "\"" : ", \"") + iso(day) + "\"";
  return R"("days": [)" + days + R"(], "opens": )" + json_of(run.from) + R"(, "closes": )" +
         json_of(run.to);
}

TEST(Simulator, Gaps) {
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    World world(seed + 3000);
    const naive::Period gap = world.period(100);
    const naive::Run run = random_run(world, 12);
    naive::GapLife life(gap, run, world.calendar());
    expect_agreement(world,
                     R"("recurrence": {"of": "days", "from": "opens", "to": "closes", "gap": ")" +
                         gap.text() + "\"}",
                     "", json_of(run), life, 430);
    if (HasFatalFailure()) return;
  }
}

TEST(Simulator, Counts) {
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    World world(seed + 4000);
    const bool calendar_year = world.chance(30);
    const naive::Period per = world.period(150);
    const int at_least = 1 + world.below(2);
    const naive::Run run = random_run(world, 30);
    const std::optional<naive::Period> of =
        calendar_year ? std::nullopt : std::optional<naive::Period>(per);
    naive::CountLife life(at_least, of, run, world.calendar());
    expect_agreement(
        world,
        R"("recurrence": {"of": "days", "from": "opens", "to": "closes", "at least": )" +
            std::to_string(at_least) + R"(, "per": ")" +
            (calendar_year ? "calendar year" : per.text()) + "\"}",
        "", json_of(run), life, 430);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace partnership::charter
