// SPDX-License-Identifier: Apache-2.0
//
// Random charters of all shapes with exceptions and reparations, and random cases for them, of
// which single facts can be left out.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"

namespace partnership::charter::test {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}
  std::uint32_t seed() { return static_cast<std::uint32_t>(random_()); }
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  template <class List>
  std::string pick(const List& list) {
    return std::string(list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))]);
  }

 private:
  std::mt19937 random_;
};

class RandomCharter {
 public:
  explicit RandomCharter(std::uint32_t seed) : dice_(seed) {}

  std::string write(int norms) {
    norms_ = norms;
    std::string list;
    for (int i = 0; i < norms; ++i) {
      if (i > 0) list += ",\n";
      list += norm(i);
      if (dice_.chance(15)) list = list + ",\n" + later_version(i);
    }
    return R"({"charter": "random", "version": "1", "title": "Random",
      "calendar": {"calendar": "r", "title": "R", "weekend": ["saturday", "sunday"],
        "valid": {"from": "2018-01-01", "to": "2023-01-01"}, "holidays": []},
      "parties": {"state": "S"},
      "windows": {"summer": {"from": "07-01", "to": "08-15"},
                  "easter": {"from": {"easter": "orthodox", "offset": -3},
                             "to": {"easter": "orthodox", "offset": 3}}},
      "kinds": {"case": {"label": "Case", )" +
           std::string(dice_.chance(50) ? R"("dated by": "d1", )" : "") + R"("facts": {
        "b1": "boolean", "b2": "boolean", "b3": "boolean?", "n1": "number", "n2": "number",
        "d1": "date", "d2": "date", "d3": "date", "d4": "date?", "at": "date and time?",
        "t1": "string", "t2": "string?", "days": "list<date>", "words": "list<string>",
        "office": {"open": "boolean", "since": "date?"},
        "people": [{"side": "string", "here": "boolean", "age": "number", "since": "date",
                    "note": "string?"}],
        "steps": [{"level": "string", "phase": "string?", "good": "boolean"}]}}},
      "norms": [)" +
           list + "]}";
  }

 private:
  std::string quoted(const std::string& text) {
    std::string out;
    json::append_string(out, text);
    return out;
  }
  std::string truth() {
    static constexpr std::array<std::string_view, 20> pool = {
        "b1",
        "b2 and n1 > 2",
        "b1 or b3 = true",
        "office.open",
        "count(people[here]) >= n1",
        "count(people) > 2",
        R"(count(people[here and side = "a"]) >= 0.4 * count(people[here]))",
        "every p in people satisfies p.here or p.age > 30",
        R"(some p in people satisfies p.note = "x")",
        "every w in words satisfies some p in people satisfies p.side = w and p.here",
        R"x(d2 - d1 <= duration("P10D"))x",
        "d1 < d2 and d2 <= d3",
        R"(t1 = "a" or t2 = null)",
        "list contains(words, t1)",
        "sum(people.age) > 60",
        "today() > d1",
        "n1 * 2 >= n2 - 1",
        "if b1 then n1 > 1 else n2 > 1",
        "max(days) > d1",
        R"x(string length(t1) > 0 and matches(t1, "[a-c]"))x"};
    return dice_.pick(pool);
  }
  std::string date() {
    static constexpr std::array<std::string_view, 12> pool = {"d1",
                                                              "d2",
                                                              "d3",
                                                              "d4",
                                                              "d1",
                                                              "d2",
                                                              "at",
                                                              "office.since",
                                                              "if b1 then d2 else d4",
                                                              R"x(d1 + duration("P5D"))x",
                                                              "max(days)",
                                                              "min(people[here].since)"};
    return dice_.pick(pool);
  }
  std::string reason() {
    static constexpr std::array<std::string_view, 4> pool = {"t2", "t1", "b3 = true",
                                                             "if b1 then t1 else \"\""};
    return dice_.pick(pool);
  }
  std::string period() {
    static constexpr std::array<std::string_view, 8> pool = {R"("10 days")",
                                                             R"("5 working days")",
                                                             R"("3 weeks")",
                                                             R"("1 months")",
                                                             R"("1 years")",
                                                             R"({"feel": "n1"})",
                                                             R"x({"feel": "duration(\"P1M\")"})x",
                                                             R"("20 days")"};
    return dice_.pick(pool);
  }
  std::string dates() {
    static constexpr std::array<std::string_view, 6> pool = {
        "days",
        "people.since",
        "people[here].since",
        "days[item > d1]",
        "for p in people return p.since",
        R"(people[side = "a" and age > 20].since)"};
    return dice_.pick(pool);
  }

  std::string require() {
    if (dice_.chance(60) && !with_day_) return R"("require": )" + quoted(truth());
    return R"("require": {"that": )" + quoted(truth()) + R"(, "by": )" + quoted(date()) + "}";
  }
  std::string deadline(int i) {
    std::string out = R"("deadline": {"after": )";
    if (i > 0 && dice_.chance(20)) {
      out += R"({"breach of": "n)" + std::to_string(2 * dice_.below((i + 1) / 2)) + "\"}";
    } else {
      out += quoted(date());
    }
    out += R"(, "within": )" + (dice_.chance(10) ? "\"03-31 of the next year\"" : period()) +
           R"(, "done": )" + quoted(date());
    if (dice_.chance(30)) out += R"(, "on a day off": "next working day")";
    if (dice_.chance(40)) {
      out += R"(, "extension": {"by": )" + period() + R"(, "when": )" + quoted(truth()) +
             R"(, "reason": )" + quoted(reason());
      if (dice_.chance(50)) out += R"(, "told": )" + quoted(date());
      out += "}";
    }
    static constexpr std::array<std::string_view, 4> silences = {"breach", "refusal", "acceptance",
                                                                 "lapse"};
    if (dice_.chance(60)) out += R"(, "silence": )" + quoted(dice_.pick(silences));
    return out + "}";
  }
  std::string duration() {
    std::string out = R"("duration": {"from": )" + quoted(date()) + R"(, "to": )" + quoted(date()) +
                      R"(, "at least": )" + period();
    if (dice_.chance(50)) {
      out += R"(, "grows": [{"when it meets": "summer", "by": )" + period() +
             R"(}, {"when it meets": "easter", "by": "1 weeks"}])";
    }
    return out + "}";
  }
  std::string recurrence() {
    std::string out =
        R"("recurrence": {"of": )" + quoted(dates()) + R"(, "from": )" + quoted(date());
    if (dice_.chance(40)) out += R"(, "to": )" + quoted(date());
    switch (dice_.below(3)) {
      case 0:
        return out + R"(, "gap": )" + period() + "}";
      case 1:
        return out + R"(, "at least": 2, "per": "calendar year"})";
      default:
        return out + R"(, "at least": 1, "per": )" + period() + "}";
    }
  }
  std::string coverage() {
    static constexpr std::array<std::string_view, 3> of = {"steps", "steps[good]",
                                                           "for s in steps[good] return s"};
    static constexpr std::array<std::string_view, 4> required = {
        R"("every cell")", R"("every row")", R"("every column")", R"([["low", "first"]])"};
    std::string out = R"("coverage": {"of": )" + quoted(dice_.pick(of)) +
                      R"(, "rows": {"by": "level", "values": ["low", "high"]},
                         "columns": {"by": "phase", "values": ["first", "last"]}, "required": )" +
                      dice_.pick(required);
    if (dice_.chance(40) || with_day_) out += R"(, "by": )" + quoted(date());
    return out + "}";
  }
  std::string shape(int i) {
    with_day_ = i % 2 == 0;
    switch (dice_.below(8)) {
      case 0:
      case 1:
        return deadline(i);
      case 2:
        return R"("notice": {"before": )" + quoted(date()) + R"(, "at least": )" + period() +
               R"(, "done": )" + quoted(date()) + "}";
      case 3:
        return duration();
      case 4:
        return recurrence();
      case 5:
        return coverage();
      default:
        return require();
    }
  }

  std::string head(int i) {
    return R"({"id": "n)" + std::to_string(i) +
           R"(", "citation": "c", "label": "L", "modality": "obligation", "bearer": "state",
              "about": "case", )";
  }
  // What a norm hangs on stands before it, so that there are no cycles.
  std::string norm(int i) {
    std::string out = head(i);
    dated_.push_back(dice_.chance(20));
    if (dated_.back()) out += R"("in force": {"from": "2019-06-01", "to": "2020-06-01"}, )";
    if (dice_.chance(10)) out += R"("enabled": false, )";
    if (dice_.chance(30)) out += R"("applies": )" + quoted(truth()) + ", ";
    if (dice_.chance(20)) out += R"("evidence": ["t2", "days", "d2"], )";
    if (dice_.chance(30)) {
      out +=
          R"("unless": {"when": )" + quoted(truth()) + R"(, "reason": )" + quoted(reason()) + "}, ";
    }
    if (i + 1 < norms_) {
      const auto later = [&] { return std::to_string(i + 1 + dice_.below(norms_ - i - 1)); };
      if (dice_.chance(20)) out += R"("exception of": "n)" + later() + R"(", )";
      if (dice_.chance(20)) out += R"("reparation": "n)" + later() + R"(", )";
    }
    return out + shape(i) + "}";
  }
  std::string later_version(int i) {
    std::string out = head(i) + R"("in force": {"from": "2020-06-01"}, )";
    if (!dated_.back()) {
      // A norm that always holds has no room for another version: another norm in its place.
      out = head(1000 + i);
    }
    return out + shape(i) + "}";
  }

  Dice dice_;
  int norms_ = 0;
  bool with_day_ = false;  // what begins with a breach wants one that has a day
  std::vector<bool> dated_;
};

// A case of such a charter: the same seed gives the same. Facts that must be known are numbered;
// one of them can be left out.
class RandomCase {
 public:
  explicit RandomCase(std::uint32_t seed, int odd = 10)
      : dice_(seed), lists_(seed + 1), odd_(odd) {}

  // `dropped`: the number of a fact, -1: none.
  std::string write(int dropped = -1) {
    dropped_ = dropped;
    out_.begin_object();
    for (const std::string_view name : {"b1", "b2"}) truth(name, true);
    truth("b3", false);
    for (const std::string_view name : {"n1", "n2"}) number(name);
    for (const std::string_view name : {"d1", "d2", "d3"}) date(name, true);
    date("d4", false);
    if (dice_.chance(50)) out_.key("at").value(day() + "T10:00:00");
    text("t1", true);
    text("t2", false);
    next();
    if (known()) {
      out_.key("days").begin_array();
      for (int i = dice_.below(6); i > 0; --i) {
        if (dice_.chance(10)) {
          out_.null();
        } else {
          out_.value(day());
        }
      }
      out_.end_array();
    }
    next();
    if (known()) {
      out_.key("words").begin_array();
      for (int i = dice_.below(3); i > 0; --i) out_.value(word());
      out_.end_array();
    }
    next();
    if (known()) {
      out_.key("office").begin_object();
      truth("open", true);
      date("since", false);
      out_.end_object();
    }
    next();
    people();
    next();
    steps();
    out_.end_object();
    return out_.take();
  }
  int facts() const { return number_; }  // that could have been left out

 private:
  // Dice of its own for each list, so that the others do not change where one is left out.
  void next() { dice_ = Dice(lists_.seed()); }
  // Whether a fact that must be known is written.
  bool known() {
    const bool odd = dice_.chance(odd_ / 2);
    return number_++ != dropped_ && !odd;
  }
  bool null() { return dice_.chance(odd_ / 2); }
  bool there(bool needed) { return needed ? known() : dice_.chance(60); }

  std::string day() {
    std::string out = "2019-01-01";
    return iso(parse_date(out) + dice_.below(700));
  }
  std::string word() {
    static constexpr std::array<std::string_view, 3> words = {"a", "b", "c"};
    return dice_.pick(words);
  }
  void truth(std::string_view name, bool needed) {
    const bool value = dice_.chance(60), none = null();
    if (!there(needed)) return;
    out_.key(name);
    if (none) {
      out_.null();
    } else {
      out_.value(value);
    }
  }
  void number(std::string_view name) {
    const int value = dice_.below(40);
    if (known()) out_.key(name).value(value);
  }
  void date(std::string_view name, bool needed) {
    const std::string value = day();
    const bool none = dice_.chance(15);
    if (!there(needed)) return;
    out_.key(name);
    if (none) {
      out_.null();
    } else {
      out_.value(value);
    }
  }
  void text(std::string_view name, bool needed) {
    const std::string value = word();
    if (there(needed)) out_.key(name).value(value);
  }
  void people() {
    if (!known()) return;
    out_.key("people").begin_array();
    for (int i = dice_.below(6); i > 0; --i) {
      out_.begin_object();
      text("side", true);
      truth("here", true);
      number("age");
      date("since", true);
      if (dice_.chance(30)) out_.key("note").value("x");
      out_.end_object();
    }
    out_.end_array();
  }
  void steps() {
    static constexpr std::array<std::string_view, 3> levels = {"low", "high", "none"};
    static constexpr std::array<std::string_view, 2> phases = {"first", "last"};
    if (!known()) return;
    out_.key("steps").begin_array();
    for (int i = dice_.below(5); i > 0; --i) {
      out_.begin_object();
      const std::string level = dice_.pick(levels), phase = dice_.pick(phases);
      if (known()) out_.key("level").value(level);
      if (dice_.chance(80)) out_.key("phase").value(phase);
      truth("good", true);
      out_.end_object();
    }
    out_.end_array();
  }

  Dice dice_, lists_;
  int odd_;
  json::Writer out_;
  int dropped_ = -1, number_ = 0;
};

}  // namespace partnership::charter::test
