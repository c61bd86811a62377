// SPDX-License-Identifier: Apache-2.0
//
// Random cases and expressions over a schema that has a member of every kind: most of them clean,
// many with nulls, absent members and values of other types in any place.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace partnership::feel {

inline constexpr const char* random_schema = R"({
  "b1": "boolean", "b2": "boolean?", "n1": "number", "n2": "number", "s1": "string", "s2": "string",
  "d1": "date", "d2": "date", "dur": "days and time duration", "t": "date and time",
  "box": {"b": "boolean", "n": "number", "s": "string", "inner": {"d": "date", "b": "boolean"}},
  "words": ["string"], "numbers": ["number"], "dates": ["date"], "flags": ["boolean"],
  "people": [{"side": "string", "here": "boolean", "out": "boolean", "age": "number",
              "born": "date", "tags": ["string"], "home": {"town": "string", "n": "number"}}],
  "teams": [{"name": "string", "size": "number", "on": "boolean", "since": "date"}],
  "whatever": "Any"})";

class RandomCases {
 public:
  explicit RandomCases(std::uint32_t seed) : random_(seed) {}

  std::uint32_t below(std::uint32_t n) {
    return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random_);
  }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(static_cast<std::uint32_t>(from.size()))];
  }

  // Of how many cells one is not clean; 0: none is.
  std::uint32_t dirt = 0;

  std::string number() {
    static const std::vector<std::string> odd = {"0",
                                                 "1",
                                                 "2",
                                                 "-1",
                                                 "1.5",
                                                 "2.50",
                                                 "1e2",
                                                 "0.001",
                                                 "-0.5",
                                                 "99999999999999999999",
                                                 "9223372036854775807",
                                                 "-9223372036854775808",
                                                 "4611686018427387904",
                                                 "1e-20",
                                                 "7.000"};
    if (dirt != 0 && one_in(dirt * 2)) return pick(odd);
    return std::to_string(below(5)) + (one_in(3) ? ".5" : "");
  }
  std::string word() {
    static const std::vector<std::string> words = {"a", "b", "gov", "civil", "", "gov "};
    return "\"" + pick(words) + "\"";
  }
  std::string date() {
    static const std::vector<std::string> odd = {"999999999-12-31", "-999999999-01-01",
                                                 "2941764-01-01", "0001-01-01"};
    if (dirt != 0 && one_in(dirt * 4)) return "\"" + pick(odd) + "\"";
    return "\"2020-01-" + std::to_string(10 + below(12)) + "\"";
  }
  std::string truth() { return one_in(2) ? "true" : "false"; }

  // A whole case as JSON.
  std::string json() {
    out_.clear();
    begin();
    member("b1", truth());
    member("b2", truth());
    member("n1", number());
    member("n2", number());
    member("s1", word());
    member("s2", word());
    member("d1", date());
    member("d2", date());
    member("dur", one_in(2) ? "\"P2D\"" : "\"P1DT12H\"");
    member("t", "\"2020-01-10T10:00:00Z\"");
    member("box", box());
    member("words", list([this] { return word(); }));
    member("numbers", list([this] { return number(); }));
    member("dates", list([this] { return date(); }));
    member("flags", list([this] { return truth(); }));
    member("people", list([this] { return person(); }));
    member("teams", list([this] { return team(); }));
    member("whatever", number());
    return end();
  }

 private:
  void begin() { out_ += '{'; }
  std::string end() {
    out_ += '}';
    return std::move(out_);
  }
  void member(const char* name, const std::string& value) {
    static const std::vector<std::string> misfits = {
        "true", "12", "\"x\"", "[]", "{}", "[1,\"a\"]", "{\"x\":1}", "\"2020-02-30\"", "[null]"};
    std::string text = value;
    if (dirt != 0 && one_in(dirt)) {
      const std::uint32_t how = below(3);
      if (how == 0) return;  // absent
      text = how == 1 ? "null" : pick(misfits);
    }
    out_ += (out_.back() == '{' ? "\"" : ",\"") + std::string(name) + "\":" + text;
  }
  template <class Make>
  std::string list(const Make& make) {
    static const std::vector<std::string> misfits = {"null", "3", "\"x\"", "[]", "{}"};
    std::string text = "[";
    const std::uint32_t size = one_in(40) ? 60 + below(90) : below(5);
    for (std::uint32_t i = 0; i < size; ++i) {
      text += (i > 0 ? "," : "") + (dirt != 0 && one_in(dirt * 2) ? pick(misfits) : make());
    }
    return text + "]";
  }
  template <class Make>
  std::string object(const Make& make) {
    std::string outer = std::move(out_);
    out_.clear();
    begin();
    make();
    std::string text = end();
    out_ = std::move(outer);
    return text;
  }
  std::string box() {
    return object([this] {
      member("b", truth());
      member("n", number());
      member("s", word());
      member("inner", object([this] {
               member("d", date());
               member("b", truth());
             }));
    });
  }
  std::string person() {
    return object([this] {
      member("side", word());
      member("here", truth());
      member("out", truth());
      member("age", number());
      member("born", date());
      member("tags", list([this] { return word(); }));
      member("home", object([this] {
               member("town", word());
               member("n", number());
             }));
    });
  }
  std::string team() {
    return object([this] {
      member("name", word());
      member("size", number());
      member("on", truth());
      member("since", date());
    });
  }

  std::mt19937 random_;
  std::string out_;
};

// Expressions by type. `depth` bounds how far they go.
class RandomExpressions {
 public:
  explicit RandomExpressions(std::uint32_t seed) : cases_(seed) {}

  std::string any(int depth) {
    switch (cases_.below(8)) {
      case 0:
        return number(depth);
      case 1:
        return date(depth);
      case 2:
        return text(depth);
      case 3:
        return days(depth);
      default:
        return truth(depth);
    }
  }

  std::string truth(int depth) {
    if (depth <= 0) return pick(truths_) + (cases_.one_in(6) ? " = true" : "");
    const int d = depth - 1;
    switch (cases_.below(20)) {
      case 0:
      case 1:
        return "(" + truth(d) + " and " + truth(d) + ")";
      case 2:
      case 3:
        return "(" + truth(d) + " or " + truth(d) + ")";
      case 4:
        return "not(" + truth(d) + ")";
      case 5:
        return "(" + number(d) + compare() + number(d) + ")";
      case 6:
        return "(" + date(d) + compare() + date(d) + ")";
      case 7:
        return "(" + text(d) + (cases_.one_in(2) ? " = " : " != ") + text(d) + ")";
      case 8:
        return "(" + days(d) + compare() + days(d) + ")";
      case 9:
        return "(" + truth(d) + (cases_.one_in(2) ? " = " : " != ") + truth(d) + ")";
      case 10:
        return "(" + any_leaf() + (cases_.one_in(2) ? " = null" : " != null") + ")";
      case 11:
        return "(if " + truth(d) + " then " + truth(d) + " else " + truth(d) + ")";
      case 12:
        return cases_.one_in(2)
                   ? "(" + number(d) + " between " + number(d) + " and " + number(d) + ")"
                   : "(" + date(d) + " between " + date(d) + " and " + date(d) + ")";
      case 13:
        return in(d);
      case 14:
        return "list contains(" +
               (cases_.one_in(2) ? words() + ", " + text(d) : numbers() + ", " + number(d)) + ")";
      case 15:
      case 16:
      case 17:
        return quantified(d);
      default:
        return "(" + number(d) + compare() + number(d) + ")";
    }
  }

 private:
  const std::string& pick(const std::vector<std::string>& from) { return cases_.pick(from); }
  std::string compare() {
    static const std::vector<std::string> all = {" = ", " != ", " < ", " <= ", " > ", " >= "};
    return pick(all);
  }
  std::string any_leaf() {
    switch (cases_.below(4)) {
      case 0:
        return pick(truths_);
      case 1:
        return pick(numbers_);
      case 2:
        return pick(texts_);
      default:
        return pick(dates_);
    }
  }

  std::string number(int depth) {
    static const std::vector<std::string> literals = {
        "0", "1", "2.5", "0.4", "-1", "1000000000000", "0.000000000001"};
    if (depth <= 0) return cases_.one_in(3) ? pick(literals) : pick(numbers_);
    const int d = depth - 1;
    switch (cases_.below(10)) {
      case 0:
        return "(" + number(d) + " + " + number(d) + ")";
      case 1:
        return "(" + number(d) + " - " + number(d) + ")";
      case 2:
        return "(" + number(d) + " * " + number(d) + ")";
      case 3:
        return "-" + number(0);
      case 4:
        return "(if " + truth(d) + " then " + number(d) + " else " + number(d) + ")";
      case 5:
        return "count(" + list(d) + ")";
      case 6:
        return (cases_.one_in(2) ? "sum(" : cases_.one_in(2) ? "min(" : "max(") + numbers() + ")";
      default:
        return number(0);
    }
  }
  std::string date(int depth) {
    static const std::vector<std::string> literals = {"@\"2020-01-15\"", "date(\"2020-01-12\")",
                                                      "date(2020, 1, 18)", "today()"};
    if (depth <= 0) return cases_.one_in(4) ? pick(literals) : pick(dates_);
    switch (cases_.below(5)) {
      case 0:
        return "(" + date(depth - 1) + (cases_.one_in(2) ? " + " : " - ") + duration() + ")";
      case 1:
        return "(if " + truth(depth - 1) + " then " + date(0) + " else " + date(0) + ")";
      case 2:
        return (cases_.one_in(2) ? "min(" : "max(") + dates() + ")";
      default:
        return date(0);
    }
  }
  std::string duration() {
    static const std::vector<std::string> all = {"duration(\"P2D\")", "@\"P1DT12H\"", "@\"-P3D\"",
                                                 "duration(\"P1M\")", "dur",          "@\"P0D\""};
    return pick(all);
  }
  std::string days(int depth) {
    return cases_.one_in(3) ? duration() : "(" + date(depth - 1) + " - " + date(depth - 1) + ")";
  }
  std::string text(int) {
    static const std::vector<std::string> literals = {"\"a\"", "\"gov\"", "\"civil\"", "\"zz\"",
                                                      "\"\""};
    return cases_.one_in(3) ? pick(literals) : pick(texts_);
  }
  std::string in(int depth) {
    switch (cases_.below(6)) {
      case 0:
        return "(" + text(0) + " in (\"a\", \"gov\"))";
      case 1:
        return "(" + number(depth) + " in [1..3])";
      case 2:
        return "(" + number(depth) + " in (< 1, [2..2.5), 4))";
      case 3:
        return "(" + date(depth) + " in [@\"2020-01-12\"..@\"2020-01-16\"])";
      case 4:
        return "(" + text(0) + " in " + words() + ")";
      default:
        return "(" + text(0) + " in [\"a\", \"b\", \"civil\"])";
    }
  }

  std::string words() {
    const std::vector<std::string> all = {"words", "people.side", "teams.name", "people[here].side",
                                          "people.home.town"};
    return pick(all);
  }
  std::string numbers() {
    const std::vector<std::string> all = {"numbers",         "people.age",        "teams.size",
                                          "people[out].age", "numbers[item > 1]", "people.home.n"};
    return pick(all);
  }
  std::string dates() {
    const std::vector<std::string> all = {"dates", "people.born", "teams[on].since"};
    return pick(all);
  }
  std::string list(int depth) {
    switch (cases_.below(7)) {
      case 0:
        return "people[" + filter(depth) + "]";
      case 1:
        return "teams[on and size > " + number(0) + "]";
      case 2:
        return "words[item = " + text(0) + "]";
      case 3:
        return "people[here][side = " + text(0) + "]";
      case 4:
        return words();
      case 5:
        return "teams[since < d1 or on]";
      default:
        return "people";
    }
  }
  std::string filter(int depth) {
    static const std::vector<std::string> all = {"here",
                                                 "here and side = \"gov\"",
                                                 "side = \"civil\" and not(out)",
                                                 "age > 1.5",
                                                 "born < d1",
                                                 "home.n = n1",
                                                 "home.town = s1 or here",
                                                 "out = here",
                                                 "item.age >= 2 and item.here"};
    return depth > 1 && cases_.one_in(3) ? "here and " + truth(1) : pick(all);
  }

  // With the variables it makes known to the condition.
  std::string quantified(int depth) {
    const std::string which = cases_.one_in(2) ? "some " : "every ";
    const auto truths = truths_;
    const auto numbers = numbers_;
    const auto texts = texts_;
    const auto dates = dates_;
    const std::string name(1, static_cast<char>('p' + next_++ % 8));
    std::string out;
    switch (cases_.below(6)) {
      case 0:
        texts_.insert(texts_.begin(), 3, name);
        out = "(" + which + name + " in words satisfies " + truth(depth) + ")";
        break;
      case 1:
        numbers_.insert(numbers_.begin(), 3, name);
        out = "(" + which + name + " in numbers satisfies " + truth(depth) + ")";
        break;
      case 2:
        texts_.push_back(name + ".name");
        numbers_.push_back(name + ".size");
        truths_.insert(truths_.begin(), 3, name + ".on");
        dates_.push_back(name + ".since");
        out = "(" + which + name + " in teams satisfies " + truth(depth) + ")";
        break;
      default: {
        texts_.insert(texts_.begin(), 3, name + ".side");
        texts_.push_back(name + ".home.town");
        numbers_.insert(numbers_.begin(), 2, name + ".age");
        truths_.insert(truths_.begin(), {name + ".here", name + ".out"});
        dates_.push_back(name + ".born");
        const std::string domain = cases_.one_in(4) ? "people[" + filter(0) + "]" : "people";
        out = cases_.one_in(4) ? "(" + which + name + " in " + domain + " satisfies (" + which +
                                     "tag in " + name + ".tags satisfies tag = " + text(0) + "))"
              : cases_.one_in(3)
                  ? "(" + which + name + " in " + domain + " satisfies " + name +
                        ".side = " + text(0) + " and " + name + ".here)"
                  : "(" + which + name + " in " + domain + " satisfies " + truth(depth) + ")";
      }
    }
    truths_ = truths;
    numbers_ = numbers;
    texts_ = texts;
    dates_ = dates;
    return out;
  }

  RandomCases cases_;
  std::uint32_t next_ = 0;
  std::vector<std::string> truths_ = {"b1", "b2", "box.b", "box.inner.b", "true", "false"};
  std::vector<std::string> numbers_ = {"n1", "n2", "box.n", "whatever"};
  std::vector<std::string> texts_ = {"s1", "s2", "box.s"};
  std::vector<std::string> dates_ = {"d1", "d2", "box.inner.d"};
};

}  // namespace partnership::feel
