// SPDX-License-Identifier: Apache-2.0
//
// What would have made a condition true: what is said of it, and that it does.
#include "charter/way.hpp"

#include <gtest/gtest.h>

#include <random>

#include "charter/charter_tools.hpp"
#include "charter/words_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;

// A charter with one condition over facts of all sorts.
std::string conditional(const std::string& condition) {
  std::string text;
  json::append_string(text, condition);
  return R"json({"charter": "c", "version": "1", "title": "C",
    "calendar": {"calendar": "week", "title": "Week", "weekend": ["saturday", "sunday"],
                 "valid": {"from": "2019-01-01", "to": "2022-01-01"}},
    "parties": {"state": "The state"}, "kinds": {"case": {"label": "Case", "facts": {
      "a": "boolean", "b": "boolean", "n": "number", "m": "number", "d": "date", "e": "date",
      "o": "date?", "t": "string", "l": [{"s": "string", "k": "boolean"}], "p": {"d": "date"}}}},
    "norms": [{"id": "x", "citation": "art.", "label": "L", "modality": "obligation", "bearer": "state",
      "about": "case", "require": )json" +
         text + "}]}";
}

constexpr const char* usual =
    R"({"a": false, "b": true, "n": 3, "m": 5, "d": "2020-03-10", "e": "2020-03-05", "t": "x",
        "l": [{"s": "gov", "k": true}, {"s": "civil", "k": false}, {"s": "x", "k": false}],
        "p": {"d": "2020-01-01"}})";

std::string needed(const std::string& condition, const std::string& facts = usual,
                   Language language = Language::en) {
  const Explainer explainer(conditional(condition));
  const Explanation told = explainer.explain("x", facts, std::string("2020-06-01"));
  EXPECT_EQ(told.finding().outcome, Outcome::not_met) << condition;
  return told.needed(language);
}

TEST(Way, NamesTheComparisonsThatFail) {
  EXPECT_EQ(needed("n >= 4"), "`n`: at least 4 (now: 3)");
  EXPECT_EQ(needed("4 <= n"), "`n`: at least 4 (now: 3)");
  EXPECT_EQ(needed("n > 3"), "`n`: more than 3 (now: 3)");
  EXPECT_EQ(needed("n < 3"), "`n`: less than 3 (now: 3)");
  EXPECT_EQ(needed("n <= 2"), "`n`: at most 2 (now: 3)");
  EXPECT_EQ(needed("n = 2"), "`n`: 2 (now: 3)");
  EXPECT_EQ(needed("n != 3"), "`n`: other than 3 (now: 3)");
  EXPECT_EQ(needed("n >= m"), "`n`: at least 5 (now: 3); or `m`: at most 3 (now: 5)");
  EXPECT_EQ(needed("n + 1 >= 2 * m"),
            "`n + 1`: at least 10 (now: 4); or `2 * m`: at most 4 (now: 10)");
  EXPECT_EQ(needed("t = \"y\""), "`t`: `\"y\"` (now: `\"x\"`)");
  EXPECT_EQ(needed("a"), "`a`: yes (now: no)");
  EXPECT_EQ(needed("not(b)"), "`b`: no (now: yes)");
  EXPECT_EQ(needed("a = b"), "`a`: yes (now: no); or `b`: no (now: yes)");
  EXPECT_EQ(needed("o != null"), "`o`: must be given");
  EXPECT_EQ(needed("count(l[s = \"gov\"]) >= 2"), "`count(l[s = \"gov\"])`: at least 2 (now: 1)");
  EXPECT_EQ(needed("contains(t, \"z\")"), "`contains(t, \"z\")`: yes (now: no)");
  EXPECT_EQ(needed("1 > 2"), "");
}

TEST(Way, NamesTheDatesThatWouldDo) {
  EXPECT_EQ(needed("d <= date(\"2020-03-01\")"),
            "`d`: on 1 March 2020 or before (now: 10 March 2020)");
  EXPECT_EQ(
      needed("d - e >= duration(\"P10D\")"),
      "`d - e`: at least 10 days (now: 5 days), that is: `d`: on 15 March 2020 or later (now: "
      "10 March 2020), or `e`: on 29 February 2020 or before (now: 5 March 2020)");
  EXPECT_EQ(needed("d - e < duration(\"P5D\")"),
            "`d - e`: less than 5 days (now: 5 days), that is: `d`: before 10 March 2020 (now: 10 "
            "March 2020), or `e`: after 5 March 2020 (now: 5 March 2020)");
  EXPECT_EQ(
      needed("d <= e + duration(\"P2D\")"),
      "`d`: on 7 March 2020 or before (now: 10 March 2020); or (`e + duration(\"P2D\")`: on 10 "
      "March 2020 or later (now: 7 March 2020), that is: `e`: on 8 March 2020 or later (now: 5 "
      "March 2020))");
  EXPECT_EQ(
      needed("d - duration(\"P7D\") >= e"),
      "(`d - duration(\"P7D\")`: on 5 March 2020 or later (now: 3 March 2020), that is: `d`: on "
      "12 March 2020 or later (now: 10 March 2020)); or `e`: on 3 March 2020 or before (now: 5 "
      "March 2020)");
  EXPECT_EQ(
      needed("p.d > d"),
      "`p.d`: after 10 March 2020 (now: 1 January 2020); or `d`: before 1 January 2020 (now: 10 "
      "March 2020)");
  // 2020-03-05 is a Thursday: three working days until the 10th.
  EXPECT_EQ(needed("working days between(e, d) >= 5"),
            "`working days between(e, d)`: at least 5 (now: 3), that is: `d`: on 12 March 2020 or "
            "later (now: 10 March 2020), or `e`: on 3 March 2020 or before (now: 5 March 2020)");
  EXPECT_EQ(needed("working days between(e, d) < 2"),
            "`working days between(e, d)`: less than 2 (now: 3), that is: `d`: on 6 March 2020 or "
            "before (now: 10 March 2020), or `e`: on 7 March 2020 or later (now: 5 March 2020)");
}

TEST(Way, GoesThroughLogic) {
  EXPECT_EQ(needed("a and n >= 4 and b"), "`a`: yes (now: no); `n`: at least 4 (now: 3)");
  EXPECT_EQ(needed("a or n >= 4"), "`a`: yes (now: no); or `n`: at least 4 (now: 3)");
  EXPECT_EQ(needed("b and (a or n >= 4)"), "`a`: yes (now: no); or `n`: at least 4 (now: 3)");
  EXPECT_EQ(needed("n > 9 and (a or n >= 4)"),
            "`n`: more than 9 (now: 3); (`a`: yes (now: no); or `n`: at least 4 (now: 3))");
  EXPECT_EQ(needed("not(b and n = 3)"), "`b`: no (now: yes); or `n`: other than 3 (now: 3)");
  EXPECT_EQ(needed("not(b or n >= 3)"), "`b`: no (now: yes); `n`: less than 3 (now: 3)");
  EXPECT_EQ(needed("if b then n > 5 else a"), "`n`: more than 5 (now: 3)");
  EXPECT_EQ(needed("if b then false else true"), "`b`: no (now: yes)");
  EXPECT_EQ(needed("n between 5 and 7"), "`n`: at least 5 (now: 3)");
  EXPECT_EQ(needed("n between 0 and 2"), "`n`: at most 2 (now: 3)");
  EXPECT_EQ(needed("not(n between 2 and 4)"),
            "`n`: less than 2 (now: 3); or `n`: more than 4 (now: 3)");
  EXPECT_EQ(needed("n in (3..7]"), "`n`: more than 3 (now: 3)");
  EXPECT_EQ(needed("n in > 4"), "`n`: more than 4 (now: 3)");
  EXPECT_EQ(needed("t in (\"a\", \"b\")"), "`t`: in `(\"a\", \"b\")` (now: `\"x\"`)");
  EXPECT_EQ(needed("not(t in (\"x\", \"b\"))"), "`t`: not in `(\"x\", \"b\")` (now: `\"x\"`)");
}

TEST(Way, NamesItems) {
  EXPECT_EQ(needed("every i in l satisfies i.k"),
            "`l`, item 2: `i.k`: yes (now: no); `l`, item 3: `i.k`: yes (now: no)");
  EXPECT_EQ(needed("some i in l satisfies i.s = \"media\""),
            "`l`: at least one item for which `i.s = \"media\"` holds");
  EXPECT_EQ(needed("not(some i in l satisfies i.k)"), "`l`, item 1: `i.k`: no (now: yes)");
  EXPECT_EQ(needed("not(every i in l satisfies i.s != \"media\")"),
            "`l`: at least one item for which `i.s != \"media\"` does not hold");
}

TEST(Way, SpeaksThreeLanguages) {
  const std::string condition = "a and d - e >= duration(\"P8D\") and t in (\"a\")";
  EXPECT_EQ(
      needed(condition, usual, Language::ar),
      "⁦`a`⁩: نعم (حاليًا: لا)؛ (⁦`d - e`⁩: 8 أيام على الأقل "
      "(حاليًا: "
      "5 "
      "أيام)، "
      "أي: "
      "⁦`d`⁩: في 13 آذار "
      "2020 أو بعده (حاليًا: 10 آذار 2020)، أو ⁦`e`⁩: في 2 آذار 2020 "
      "أو "
      "قبله "
      "(حاليًا: "
      "5 "
      "آذار "
      "2020))؛ ⁦`t`⁩: ضمن ⁦`(\"a\")`⁩ (حاليًا: ⁦`\"x\"`⁩)");
  EXPECT_EQ(
      needed(condition, usual, Language::fr),
      "`a`\u00a0: oui (actuellement\u00a0: non)\u00a0; (`d - e`\u00a0: au moins 8 jours "
      "(actuellement\u00a0: 5 jours), c'est-à-dire\u00a0: `d`\u00a0: le 13 mars 2020 ou après "
      "(actuellement\u00a0: 10 mars 2020), ou `e`\u00a0: le 2 mars 2020 ou avant "
      "(actuellement\u00a0: 5 mars 2020))\u00a0; `t`\u00a0: dans `(\"a\")` (actuellement\u00a0: "
      "`\"x\"`)");
}

TEST(Way, IsWrittenAsJson) {
  const auto json = [](const std::string& condition) {
    const Explainer explainer(conditional(condition));
    const Explanation told = explainer.explain("x", usual, std::string("2020-06-01"));
    json::Writer out;
    write_way(out, told.way, explainer.charter().kinds()[0], {});
    return out.take();
  };
  EXPECT_EQ(json("n >= 4"), R"({"expression":"n","fact":"n","op":">=","bound":4,"is":3})");
  EXPECT_EQ(json("a and (t = \"y\" or o != null)"),
            R"({"all":[{"expression":"a","fact":"a","op":"=","bound":true,"is":false},{"any":[)"
            R"({"expression":"t","fact":"t","op":"=","bound":"y","is":"x"},)"
            R"({"expression":"o","fact":"o","given":true}]}]})");
  EXPECT_EQ(json("d - e > duration(\"P30D\")"),
            R"({"expression":"d - e","op":">","bound":"P30D","is":"P5D","that is":[)"
            R"({"expression":"d","fact":"d","op":">","bound":"2020-04-04","is":"2020-03-10"},)"
            R"({"expression":"e","fact":"e","op":"<","bound":"2020-02-09","is":"2020-03-05"}]})");
  EXPECT_EQ(json("every i in l satisfies i.s = \"gov\" or i.k or i.s = \"x\""),
            R"({"expression":"l","fact":"l","item":2,"needed":[{"any":[)"
            R"({"expression":"i.s","op":"=","bound":"gov","is":"civil"},)"
            R"({"expression":"i.k","op":"=","bound":true,"is":false},)"
            R"({"expression":"i.s","op":"=","bound":"x","is":"civil"}]}]})");
  EXPECT_EQ(json("some i in l satisfies i.s = \"y\""),
            R"({"expression":"l","fact":"l","some":"i.s = \"y\"","holds":true})");
  EXPECT_EQ(json("t in (\"y\", \"z\")"),
            R"j({"expression":"t","fact":"t","op":"in","tests":"(\"y\", \"z\")","is":"x"})j");
  EXPECT_EQ(json("1 > 2"), "null");
}

// ---- It does what it says.

struct Facts {
  bool a, b;
  int n, m;
  Date d, e;

  std::string json() const {
    return std::string("{\"a\":") + (a ? "true" : "false") + ",\"b\":" + (b ? "true" : "false") +
           ",\"n\":" + std::to_string(n) + ",\"m\":" + std::to_string(m) + ",\"d\":\"" + iso(d) +
           "\",\"e\":\"" + iso(e) + "\"}";
  }

  // False: it is not about a fact of these, or not by one value.
  bool apply(const Way& way) {
    if (way.kind == Way::Kind::all) {
      for (const Way& part : way.parts) {
        if (!apply(part)) return false;
      }
      return true;
    }
    if (way.kind == Way::Kind::any || (way.kind == Way::Kind::compare && way.fact < 0)) {
      for (const Way& part : way.parts) {
        if (apply(part)) return true;
      }
      return false;
    }
    if (way.kind != Way::Kind::compare) return false;
    const int beyond = way.op == feel::Op::gt || way.op == feel::Op::ne ? 1
                       : way.op == feel::Op::lt                         ? -1
                                                                        : 0;
    if (way.subject == "a") a = way.bound.truth == (way.op == feel::Op::eq);
    if (way.subject == "b") b = way.bound.truth == (way.op == feel::Op::eq);
    if (way.subject == "n") n = std::stoi(way.bound.json) + beyond;
    if (way.subject == "m") m = std::stoi(way.bound.json) + beyond;
    if (way.subject == "d") d = way.bound.day + beyond;
    if (way.subject == "e") e = way.bound.day + beyond;
    return true;
  }
};

class RandomConditions {
 public:
  explicit RandomConditions(unsigned seed) : random_(seed) {}

  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  // Each fact at most once, so that what is done for one part undoes nothing of another.
  std::string condition() {
    facts_ = {"a", "b", "n", "d"};
    return logic(3);
  }

 private:
  std::string take(std::initializer_list<const char*> wanted) {
    for (const char* const fact : wanted) {
      if (const auto at = std::find(facts_.begin(), facts_.end(), fact); at != facts_.end()) {
        facts_.erase(at);
        return fact;
      }
    }
    return {};
  }

  std::string logic(int depth) {
    const int what = depth == 0 ? 0 : pick(5);
    if (what == 1) return "(" + logic(depth - 1) + " and " + logic(depth - 1) + ")";
    if (what == 2) return "(" + logic(depth - 1) + " or " + logic(depth - 1) + ")";
    if (what == 3) return "not(" + logic(depth - 1) + ")";
    return comparison();
  }

  std::string comparison() {
    static constexpr const char* ops[] = {"=", "!=", "<", "<=", ">", ">="};
    const std::string op = ops[pick(6)];
    switch (pick(4)) {
      case 0:
        if (const std::string fact = take({"a", "b"}); !fact.empty()) return fact;
        break;
      case 1:
        if (!take({"n"}).empty()) {
          const int how = pick(3);
          if (how == 0) return "n " + op + " " + std::to_string(pick(8));
          if (how == 1) return std::to_string(pick(8)) + " " + op + " n";
          return "n between " + std::to_string(pick(4)) + " and " + std::to_string(4 + pick(4));
        }
        break;
      default:
        if (!take({"d"}).empty()) {
          const std::string days = "duration(\"P" + std::to_string(pick(20)) + "D\")";
          const int how = pick(4);
          if (how == 0) return "d - e " + op + " " + days;
          if (how == 1) return "d " + op + " e + " + days;
          if (how == 2) return "d - " + days + " " + op + " e";
          return "working days between(e, d) " + std::string(op == "=" || op == "!=" ? ">=" : op) +
                 " " + std::to_string(1 + pick(9));
        }
        break;
    }
    return pick(2) == 0 ? "true" : "false";
  }

  std::mt19937 random_;
  std::vector<std::string> facts_;
};

TEST(Way, MakesConditionsTrue) {
  RandomConditions random(42);
  std::size_t tried = 0;
  for (int run = 0; run < 400; ++run) {
    const std::string condition = random.condition();
    const Explainer explainer(conditional(condition));
    for (int one = 0; one < 6; ++one) {
      const Date first = parse_date("2020-03-01");
      Facts facts{random.pick(2) == 0, random.pick(2) == 0,     random.pick(9),
                  random.pick(9),      first + random.pick(30), first + random.pick(30)};
      const Date on = parse_date("2021-01-01");
      const Explanation told = explainer.explain("x", facts.json(), on);
      if (told.finding().outcome != Outcome::not_met) {
        EXPECT_EQ(told.way.kind, Way::Kind::none) << condition;
        continue;
      }
      Facts changed = facts;
      if (told.way.kind == Way::Kind::none || !changed.apply(told.way)) continue;
      ++tried;
      EXPECT_EQ(explainer.explain("x", changed.json(), on).finding().outcome, Outcome::met)
          << condition << " of " << facts.json() << " by " << told.needed(Language::en);
    }
  }
  EXPECT_GE(tried, 500U);
}

}  // namespace
}  // namespace partnership::charter
