// SPDX-License-Identifier: Apache-2.0
//
// The kinds of rules at their boundaries, what the answer says in three languages, and dates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "committee/committee_tools.hpp"
#include "packs/packs.hpp"

namespace partnership {
namespace {

using namespace test;
using testing::ElementsAre;

using Some = std::vector<std::string>;
const std::optional<Some> not_known;

// Members m1, m2, ... with these values of attribute x; "?" for not known, "" for none, "a;b".
std::vector<Nominee> people(const std::vector<std::string>& values) {
  std::vector<Nominee> list;
  for (const std::string& value : values) {
    Nominee& nominee = list.emplace_back();
    nominee.id = "m" + std::to_string(list.size());
    if (value == "?") {
      nominee.attributes["x"] = not_known;
      continue;
    }
    Some& kept = nominee.attributes["x"].emplace();
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
      end = value.find(';', begin);
      kept.push_back(value.substr(begin, end - begin));
    }
  }
  return list;
}

// outcome|count|unknown|least|most of criterion r.
std::string answer(const std::string& rule, const std::vector<std::string>& values,
                   const std::string& more = "") {
  const Table table =
      check(document(R"({"id": "r", )" + rule + "}", more), people(values)).criteria(Language::en);
  return cells(table, row_of(table, "r"), {"outcome", "count", "unknown", "least", "most"});
}

TEST(Check, Quota) {
  const std::string quota = R"("kind": "quota", "attribute": "x", "value": "a", )";
  EXPECT_EQ(answer(quota + R"("min": 2)", {"a", "b"}), "not met|1|0|2|-");
  EXPECT_EQ(answer(quota + R"("min": 2)", {"a", "a"}), "met|2|0|2|-");
  EXPECT_EQ(answer(quota + R"("min": 2)", {"a", "?"}), "undetermined|1|1|2|-");
  EXPECT_EQ(answer(quota + R"("min": 2)", {"a", "a", "?"}), "met|2|1|2|-");
  EXPECT_EQ(answer(quota + R"("min": 3)", {"a", "?"}), "not met|1|1|3|-");
  EXPECT_EQ(answer(quota + R"("max": 1)", {"a", "?"}), "undetermined|1|1|-|1");
  EXPECT_EQ(answer(quota + R"("max": 1)", {"a", "a", "?"}), "not met|2|1|-|1");
  EXPECT_EQ(answer(quota + R"("max": 0)", {""}), "met|0|0|-|0");
  EXPECT_EQ(answer(quota + R"("min": 0)", {}), "met|0|0|0|-");
  // A member counts once, however many of the values it has.
  EXPECT_EQ(
      answer(R"("kind": "quota", "attribute": "x", "values": ["a", "b"], "max": 1)", {"a;b", "c"}),
      "met|1|0|-|1");
}

TEST(Check, SharesAreExact) {
  const auto share = [](const std::string& bounds, const std::vector<std::string>& values) {
    return answer(R"("kind": "quota", "attribute": "x", "value": "a", "share": {)" + bounds + "}",
                  values);
  };
  EXPECT_EQ(share(R"("min": "1/3")", {"a", "b", "b"}), "met|1|0|1|-");
  EXPECT_EQ(share(R"("min": "0.34")", {"a", "b", "b"}), "not met|1|0|2|-");
  EXPECT_EQ(share(R"("min": "333333333333333333/999999999999999998")", {"a", "b", "b"}),
            "not met|1|0|2|-");  // a third and a trace
  EXPECT_EQ(share(R"("max": "2/3")", {"a", "a", "b"}), "met|2|0|-|2");
  EXPECT_EQ(share(R"("max": "0.66")", {"a", "a", "b"}), "not met|2|0|-|1");
  EXPECT_EQ(share(R"("min": "1")", {"a", "a"}), "met|2|0|2|-");
  EXPECT_EQ(share(R"("max": "0")", {"b"}), "met|0|0|-|0");
  EXPECT_EQ(share(R"("min": "1", "max": "1")", {}), "met|0|0|0|0");  // a share of nobody
  EXPECT_EQ(share(R"("min": "2/5", "max": "3/5")", {"a"}), "not met|1|0|1|0");
  EXPECT_EQ(share(R"("min": "1/2")", {"a", "?"}), "met|1|1|1|-");
  EXPECT_EQ(share(R"("min": "2/3")", {"a", "b", "?"}), "undetermined|1|1|2|-");
  // The stricter of a count and a share binds.
  EXPECT_EQ(answer(R"("kind": "quota", "attribute": "x", "value": "a", "min": 1, "max": 3,
                      "share": {"min": "1/2", "max": "3/4"})",
                   {"a", "a", "b", "b"}),
            "met|2|0|2|3");
}

TEST(Check, NestedQuotas) {
  const std::string rule =
      R"({"id": "r", "kind": "quota", "attribute": "gender", "value": "f",
          "share": {"min": "1/2"}, "within": {"attribute": "side", "value": "civil"}})";
  const auto nested = [&](const std::vector<std::pair<const char*, const char*>>& pairs) {
    std::vector<Nominee> list;
    for (const auto& [side, gender] : pairs) {
      Nominee& nominee = list.emplace_back();
      nominee.id = std::to_string(list.size());
      nominee.attributes["side"] = *side == '?' ? not_known : std::optional(Some{side});
      nominee.attributes["gender"] = *gender == '?' ? not_known : std::optional(Some{gender});
    }
    const Table table = check(document(rule), list).criteria(Language::en);
    return cells(table, 0, {"outcome", "count", "unknown", "least"});
  };
  EXPECT_EQ(nested({{"civil", "f"}, {"civil", "m"}, {"public", "m"}}), "met|1|0|1");
  EXPECT_EQ(nested({{"civil", "m"}, {"public", "f"}}), "not met|0|0|1");
  EXPECT_EQ(nested({{"public", "m"}}), "met|0|0|0");  // nobody within
  // Whoever may be within without counting makes the share smaller.
  EXPECT_EQ(nested({{"civil", "f"}, {"civil", "m"}, {"?", "m"}}), "undetermined|1|0|1");
  EXPECT_EQ(nested({{"civil", "f"}, {"civil", "m"}, {"?", "f"}}), "met|1|1|1");
  EXPECT_EQ(nested({{"civil", "f"}, {"civil", "m"}, {"?", "?"}}), "undetermined|1|1|1");
  EXPECT_EQ(nested({{"civil", "m"}, {"civil", "m"}, {"?", "f"}}), "not met|0|1|1");
  EXPECT_EQ(nested({{"civil", "m"}, {"?", "f"}}), "undetermined|0|1|1");
}

TEST(Check, EachValue) {
  const std::string each = R"("kind": "each", "attribute": "x", "values": ["a", "b"])";
  EXPECT_EQ(answer(each, {"a", "b"}), "met|2|0|2|-");
  EXPECT_EQ(answer(each, {"a;b"}), "met|2|0|2|-");
  EXPECT_EQ(answer(each, {"a", "c"}), "not met|1|0|2|-");
  EXPECT_EQ(answer(each, {"a", "?"}), "undetermined|1|1|2|-");
  EXPECT_EQ(answer(each, {"?"}), "undetermined|0|1|2|-");
  EXPECT_EQ(answer(each, {}), "not met|0|0|2|-");
  EXPECT_EQ(answer(each + R"(, "min": 0)", {}), "met|2|0|2|-");
  EXPECT_EQ(answer(each + R"(, "min": 2)", {"a", "a", "b", "?"}), "undetermined|1|1|2|-");
  // One fact that is not known cannot be two values where one is allowed.
  const std::string single = R"("attributes": {"x": {"values": {"a": "A", "b": "B"}}}, )";
  EXPECT_EQ(answer(R"("kind": "each", "attribute": "x")", {"?"}, single), "not met|0|1|2|-");
  EXPECT_EQ(answer(R"("kind": "each", "attribute": "x")", {"?", "?"}, single),
            "undetermined|0|2|2|-");
}

TEST(Check, Spread) {
  const std::string spread = R"("kind": "spread", "attribute": "x", "values": ["a", "b", "c"], )";
  EXPECT_EQ(answer(spread + R"("min": 2)", {"a", "a", "b"}), "met|2|0|2|-");
  EXPECT_EQ(answer(spread + R"("min": 2)", {"a", "d"}), "not met|1|0|2|-");
  EXPECT_EQ(answer(spread + R"("share": {"min": "1/3"})", {"a"}), "met|1|0|1|-");
  EXPECT_EQ(answer(spread + R"("share": {"min": "0.4"})", {"a"}), "not met|1|0|2|-");
  EXPECT_EQ(answer(spread + R"("share": {"min": "0"})", {}), "met|0|0|0|-");
  EXPECT_EQ(answer(spread + R"("min": 1, "share": {"min": "1"})", {"a", "b", "?"}),
            "undetermined|2|1|3|-");
  EXPECT_EQ(answer(spread + R"("min": 3)", {"?"}), "undetermined|0|1|3|-");
  const std::string single = R"("attributes": {"x": {"values": {"a": "A", "b": "B", "c": "C"}}}, )";
  EXPECT_EQ(answer(R"("kind": "spread", "attribute": "x", "min": 3)", {"a", "?"}, single),
            "not met|1|1|3|-");
  EXPECT_EQ(answer(R"("kind": "spread", "attribute": "x", "min": 2)", {"a", "?"}, single),
            "undetermined|1|1|2|-");
}

TEST(Check, AtMostPerValue) {
  const std::string one = R"("kind": "at_most_per", "attribute": "x")";
  EXPECT_EQ(answer(one, {"a", "b"}), "met|1|0|-|1");
  EXPECT_EQ(answer(one, {"a", "b;a"}), "not met|2|0|-|1");
  EXPECT_EQ(answer(one + R"(, "max": 2)", {"a", "b;a"}), "met|2|0|-|2");
  EXPECT_EQ(answer(one + R"(, "max": 0)", {"", ""}), "met|0|0|-|0");
  // Blank households are not one household; unknown ones may be.
  EXPECT_EQ(answer(one, {"", "", " "}), "met|0|0|-|1");
  EXPECT_EQ(answer(one, {"?", "?"}), "undetermined|0|2|-|1");
  EXPECT_EQ(answer(one, {"?"}), "met|0|1|-|1");
  EXPECT_EQ(answer(one, {"a", "?"}), "undetermined|1|1|-|1");
}

// More values than are counted in place.
TEST(Check, ManyValues) {
  std::vector<std::string> bodies;
  std::string values;
  for (int i = 0; i < 100; ++i) {
    bodies.push_back("body " + std::to_string(i % 90));
    values += (i == 0 ? "\"body " : ", \"body ") + std::to_string(i) + "\"";
  }
  EXPECT_EQ(answer(R"("kind": "at_most_per", "attribute": "x")", bodies), "not met|2|0|-|1");
  EXPECT_EQ(answer(R"("kind": "at_most_per", "attribute": "x", "max": 2)", bodies), "met|2|0|-|2");
  const std::string rest = R"(", "attribute": "x", "min": 1, "values": [)" + values + "]";
  EXPECT_EQ(answer(R"("kind": "each)" + rest, bodies), "not met|90|0|100|-");
  EXPECT_EQ(answer(R"("share": {"min": "9/10"}, "kind": "spread)" + rest, bodies), "met|90|0|90|-");
  EXPECT_EQ(answer(R"("share": {"min": "0.91"}, "kind": "spread)" + rest, bodies),
            "not met|90|0|91|-");
}

TEST(Check, NamedMembers) {
  EXPECT_EQ(answer(R"("kind": "must_include", "members": ["m1", "m2"])", {"", ""}), "met|2|0|2|-");
  EXPECT_EQ(answer(R"("kind": "must_include", "members": ["m1", "nobody"])", {"", ""}),
            "not met|1|0|2|-");
  EXPECT_EQ(answer(R"("kind": "must_exclude", "members": ["m2", "nobody"])", {""}), "met|0|0|-|0");
  EXPECT_EQ(answer(R"("kind": "must_exclude", "members": ["m2", "m1"])", {""}), "not met|1|0|-|0");
  EXPECT_EQ(answer(R"("kind": "incompatible", "members": ["m1", "m3"])", {"", ""}), "met|1|0|-|1");
  EXPECT_EQ(answer(R"("kind": "incompatible", "members": ["m1", "m2"])", {"", ""}),
            "not met|2|0|-|1");
  EXPECT_EQ(answer(R"("kind": "incompatible", "members": ["m1", "m2", "m3"], "max": 2)", {"", ""}),
            "met|2|0|-|2");
}

TEST(Check, AnAttributeThatNobodyHasIsNotKnown) {
  EXPECT_EQ(answer(R"("kind": "quota", "attribute": "y", "value": "a", "min": 1)", {"a"}),
            "undetermined|0|1|1|-");
  EXPECT_EQ(answer(R"("kind": "at_most_per", "attribute": "y")", {"a", "a"}),
            "undetermined|0|2|-|1");
  EXPECT_EQ(answer(R"("kind": "each", "attribute": "y", "values": ["a"])", {}), "not met|0|0|1|-");
}

TEST(Check, NobodyAndNothing) {
  const Check nothing = check(document(""), people({"a"}));
  EXPECT_EQ(nothing.outcome(), Outcome::met);
  EXPECT_EQ(nothing.criteria(Language::en).rows(), 0);
  EXPECT_EQ(nothing.counts().rows(), 0);
  EXPECT_EQ(nothing.unmet().rows(), 0);
  const Check nobody = check(std::string(pack("criteria/example.json")), {});
  EXPECT_EQ(nobody.outcome(), Outcome::not_met);
  EXPECT_EQ(nobody.counts().rows(), 0);
}

std::string places(const std::string& more = "") {
  return R"({"id": "seats", "kind": "places", )" + more + R"("places": [
    {"id": "p", "label": {"ar": "القانون", "en": "Law", "fr": "Droit"}, "attribute": "x",
     "value": "law"},
    {"id": "q", "label": {"ar": "المالية", "en": "Finance", "fr": "Finances"}, "attribute": "x",
     "value": "finance", "max": 1}]})";
}

std::vector<std::string> reasons(const Check& answer, Language language) {
  return column(answer.criteria(language), "reason");
}

TEST(Check, PlacesAreFilledByDifferentMembers) {
  const Check both = check(document(places()), people({"law;finance", "law"}));
  EXPECT_EQ(both.outcome(), Outcome::met);
  EXPECT_THAT(column(both.criteria(Language::en), "count"), ElementsAre("1", "1"));
  const Table counts = both.counts();
  ASSERT_EQ(counts.rows(), 2);
  EXPECT_EQ(cells(counts, 0, {"criterion", "member", "value", "certain"}), "seats/p|m2|law|true");
  EXPECT_EQ(cells(counts, 1, {"criterion", "member", "value", "certain"}),
            "seats/q|m1|finance|true");

  // One member for two places: neither place alone is to blame.
  const Check one = check(document(places()), people({"law;finance", "other"}));
  EXPECT_EQ(one.outcome(), Outcome::not_met);
  EXPECT_THAT(column(one.unmet(), "criterion"), ElementsAre("seats/p", "seats/q"));
  EXPECT_THAT(column(one.unmet(), "set"), ElementsAre("1", "1"));
  EXPECT_THAT(reasons(one, Language::en),
              ElementsAre("2 needed together with Finance, qualified: 1; 1 more is needed",
                          "2 needed together with Law, qualified: 1; 1 more is needed"));
  EXPECT_EQ(reasons(one, Language::ar)[0], "المطلوب مع المالية: 2، وعدد المؤهلين 1؛ ينقص 1");
  EXPECT_EQ(reasons(one, Language::fr)[0],
            "avec Finances, il en faut 2, et le nombre de qualifiés est 1\u00A0; il en manque 1");
}

TEST(Check, PlacesTakeAtMostOrExactly) {
  const std::vector<Nominee> three = people({"law", "finance", "finance"});
  EXPECT_EQ(check(document(places()), three).outcome(), Outcome::met);
  const Check exactly = check(document(places(R"("fill": "exactly one", )")), three);
  EXPECT_EQ(exactly.outcome(), Outcome::not_met);
  EXPECT_THAT(column(exactly.criteria(Language::en), "outcome"), ElementsAre("met", "not met"));
  EXPECT_THAT(column(exactly.unmet(), "criterion"), ElementsAre("seats/q"));
  EXPECT_EQ(reasons(exactly, Language::en)[1],
            "2 can fill no other place, and it takes at most 1; 1 too many");
  EXPECT_EQ(reasons(exactly, Language::ar)[1],
            "عدد من لا يمكنهم شغل غير هذا المقعد 2، والمسموح 1 على الأكثر؛ الزيادة 1");
  EXPECT_EQ(reasons(exactly, Language::fr)[1],
            "2 à ne pouvoir occuper que cette place, qui en admet au plus 1\u00A0; 1 de trop");
}

TEST(Check, PlacesDependOnWhatIsNotKnown) {
  const Check open = check(document(places()), people({"law;finance", "?"}));
  EXPECT_EQ(open.outcome(), Outcome::undetermined);
  EXPECT_THAT(column(open.criteria(Language::en), "outcome"),
              ElementsAre("undetermined", "undetermined"));
  EXPECT_EQ(open.unmet().rows(), 0);
  EXPECT_THAT(reasons(open, Language::en),
              ElementsAre("1 of at least 1 member; together with Finance; not known: m2",
                          "0 of exactly 1 member; 1 more is needed; together with Law; not known: "
                          "m2"));
}

// Vacant seats, deputies and who appointed whom are attributes like any other.
TEST(Check, VacantSeatsDeputiesAndAppointersAreAttributes) {
  const std::string rules =
      R"({"id": "filled", "kind": "quota", "attribute": "seat", "value": "filled",
          "share": {"min": "2/3"}},
         {"id": "women", "kind": "quota", "attribute": "gender", "value": "f",
          "share": {"min": "1/2"}, "within": {"attribute": "seat", "value": "filled"}},
         {"id": "deputies", "kind": "quota", "attribute": "role", "value": "deputy", "max": 1},
         {"id": "own appointees", "kind": "quota", "attribute": "appointed by",
          "value": "civil society", "min": 1,
          "within": {"attribute": "side", "value": "civil society"}})";
  const std::vector<Nominee> list = {{"seat 1",
                                      {{"seat", {{"filled"}}},
                                       {"gender", {{"f"}}},
                                       {"role", {{"member"}}},
                                       {"side", {{"civil society"}}},
                                       {"appointed by", {{"civil society"}}}}},
                                     {"seat 2",
                                      {{"seat", {{"filled"}}},
                                       {"gender", {{"m"}}},
                                       {"role", {{"deputy"}}},
                                       {"side", {{"public"}}},
                                       {"appointed by", {{"minister"}}}}},
                                     {"seat 3",
                                      {{"seat", {{"vacant"}}},
                                       {"gender", {Some()}},
                                       {"role", {Some()}},
                                       {"side", {{"public"}}},
                                       {"appointed by", {Some()}}}}};
  const Check answer = check(document(rules, R"("size": 3,)"), list);
  EXPECT_EQ(answer.outcome(), Outcome::met);
  const auto checker = Checker::make(answer.checker().criteria(), answer.checker().nominees());
  EXPECT_THAT(column(checker->check({1, 2}, date_none).criteria(Language::en), "outcome"),
              ElementsAre("not met", "not met", "not met", "met", "not met"));
}

TEST(Check, RulesHoldOnTheirDays) {
  const std::string json = document(
      R"({"id": "r", "kind": "quota", "attribute": "x", "value": "a", "min": 1,
          "from": "2018-08-27", "to": "2019-01-01"},
         {"id": "p", "kind": "places", "to": "2018-08-28",
          "places": [{"id": "q", "attribute": "x", "value": "b"}]})");
  const auto on = [&](const char* day) {
    const Date date = day == nullptr ? date_none : *date_of(day);
    const Check answer = check(json, people({""}), date);
    return std::string(outcome_name(answer.outcome())) + "|" +
           cells(answer.criteria(Language::en), 0, {"outcome", "count", "unknown", "least"}) + "|" +
           cell(answer.criteria(Language::en), "outcome", 1);
  };
  EXPECT_EQ(on("2018-08-26"), "not met|not applicable|-|-|-|not met");
  EXPECT_EQ(on("2018-08-27"), "not met|not met|0|0|1|not met");
  EXPECT_EQ(on("2018-08-28"), "not met|not met|0|0|1|not applicable");
  EXPECT_EQ(on("2018-12-31"), "not met|not met|0|0|1|not applicable");
  EXPECT_EQ(on("2019-01-01"), "met|not applicable|-|-|-|not applicable");
  EXPECT_EQ(on(nullptr), "not met|not met|0|0|1|not met");
  EXPECT_EQ(on("0001-01-01"), "not met|not applicable|-|-|-|not met");

  const Check after = check(json, people({""}), *date_of("2019-01-01"));
  EXPECT_EQ(after.unmet().rows(), 0);
  EXPECT_THAT(reasons(after, Language::en),
              ElementsAre("not in force on 1 January 2019 (in force from 27 August 2018, before 1 "
                          "January 2019)",
                          "not in force on 1 January 2019 (in force before 28 August 2018)"));
  EXPECT_EQ(reasons(after, Language::ar)[1],
            "غير نافذ في 1 كانون الثاني 2019 (نافذ قبل 28 آب 2018)");
  EXPECT_EQ(reasons(after, Language::fr)[0],
            "pas en vigueur le 1er janvier 2019 (en vigueur à partir du 27 août 2018, avant le 1er "
            "janvier 2019)");
  EXPECT_THROW(check(json, {}, date_max + 1), Error);
  EXPECT_THROW(check(json, {}, date_min - 1), Error);
}

TEST(Check, RefusesIndicesThatAreNoCommittee) {
  const auto checker = Checker::make(load_criteria(document("")), nominees(people({"a", "b"})));
  EXPECT_EQ(checker->check({}, date_none).outcome(), Outcome::met);
  for (const std::vector<std::uint32_t>& members :
       {std::vector<std::uint32_t>{1, 0}, {0, 0}, {2}, {~std::uint32_t{0}}}) {
    EXPECT_THROW(checker->check(members, date_none), Error);
  }
}

TEST(Check, RefusesValuesThatAreNotDeclared) {
  const std::string json =
      document("", R"("attributes": {"x": {"values": {"a": "A"}}, "y": {"multiple": true}},)");
  const auto refused = [&](const std::vector<std::string>& values) {
    try {
      check(json, people(values));
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::invalid_document);
      return error.problems().size();
    }
    return std::size_t{0};
  };
  EXPECT_EQ(refused({"a", "", "?"}), 0U);
  EXPECT_EQ(refused({"b"}), 1U);
  EXPECT_EQ(refused({"a;b", "c"}), 3U);  // two values where one is allowed, b, and c
}

TEST(Sentences, CountEachGapInEachLanguage) {
  const auto said = [](const std::string& rule, const std::vector<std::string>& values) {
    const Check answer = check(document(R"({"id": "r", )" + rule + "}"), people(values));
    std::string out;
    for (const Language language : all_languages) out += reasons(answer, language)[0] + "\n";
    return out;
  };
  const std::string quota = R"("kind": "quota", "attribute": "x", "value": "a", )";
  EXPECT_EQ(said(quota + R"("min": 3)", {"a", "a"}),
            "العدد 2، والمطلوب 3 على الأقل؛ ينقص 1\n"
            "2 of at least 3 members; 1 more is needed\n"
            "2 sur au moins 3 membres\u00A0; il en manque 1\n");
  EXPECT_EQ(said(quota + R"("max": 1)", {"a", "a", "a", "?"}),
            "العدد 3، والمسموح 1 على الأكثر؛ الزيادة 2؛ غير معروف: m4\n"
            "3 of at most 1 member; 2 too many; not known: m4\n"
            "3 sur au plus 1 membre\u00A0; 2 de trop\u00A0; inconnu\u00A0: m4\n");
  EXPECT_EQ(said(quota + R"("min": 2, "max": 2)", {}),
            "العدد 0، والمطلوب 2 بالضبط؛ ينقص 2\n"
            "0 of exactly 2 members; 2 more are needed\n"
            "0 sur exactement 2 membres\u00A0; il en manque 2\n");
  EXPECT_EQ(said(quota + R"("share": {"min": "2/5", "max": "3/5"})", {"a", "b", "a", "b", "b"}),
            "العدد 2، والمطلوب من 2 إلى 3 (الحصة من أصل 5: 2/5 على الأقل، 3/5 على الأكثر)\n"
            "2 of 2 to 3 members (at least 2/5, at most 3/5 of 5)\n"
            "2 sur 2 à 3 membres (au moins 2/5, au plus 3/5 de 5)\n");
  EXPECT_EQ(said(quota + R"("share": {"min": "2/5", "max": "3/5"})", {"a"}),
            "العدد 1، ولا عدد يستوفي الحدّين معًا (الحصة من أصل 1: 2/5 على الأقل، 3/5 على الأكثر)\n"
            "1 member, and no number meets both bounds (at least 2/5, at most 3/5 of 1)\n"
            "1 membre, et aucun nombre ne respecte les deux bornes (au moins 2/5, au plus 3/5 de "
            "1)\n");
  EXPECT_EQ(said(R"("kind": "each", "attribute": "x", "values": ["a", "b", "c"], "min": 2)",
                 {"a", "a", "b"}),
            "القيم التي لها 2 على الأقل: 1 من 3؛ العدد غير كافٍ: b (1)، c (0)\n"
            "values with at least 2: 1 of 3; too few: b (1), c (0)\n"
            "valeurs ayant au moins 2\u00A0: 1 sur 3\u00A0; trop peu\u00A0: b (1), c (0)\n");
  EXPECT_EQ(said(R"("kind": "spread", "attribute": "x", "values": ["a", "b", "c"],
                    "share": {"min": "2/3"})",
                 {"a"}),
            "عدد القيم 1، والمطلوب 2 على الأقل (الحصة من أصل 3: 2/3 على الأقل)؛ ينقص 1؛ بلا تمثيل: "
            "b، c\n"
            "1 of at least 2 values (at least 2/3 of 3); 1 more is needed; not represented: b, c\n"
            "1 sur au moins 2 valeurs (au moins 2/3 de 3)\u00A0; il en manque 1\u00A0; sans "
            "représentant\u00A0: b, c\n");
  EXPECT_EQ(said(R"("kind": "at_most_per", "attribute": "x")", {"a", "b", "a"}),
            "1 على الأكثر لكل قيمة، وأكبر عدد 2؛ الزيادة في: a (m1، m3)\n"
            "at most 1 for one value, and the largest number is 2; too many: a (m1, m3)\n"
            "au plus 1 par valeur, et le plus grand nombre est 2\u00A0; trop nombreux\u00A0: a "
            "(m1, m3)\n");
  EXPECT_EQ(said(R"("kind": "must_include", "members": ["m1", "n"])", {"a"}),
            "غير موجود بين الأعضاء: n\nnot among the members: n\nabsent parmi les membres\u00A0: "
            "n\n");
  EXPECT_EQ(said(R"("kind": "must_include", "members": ["m1"])", {"a"}),
            "كلهم أعضاء\nall of them sit\ntous siègent\n");
  EXPECT_EQ(said(R"("kind": "must_exclude", "members": ["m1"])", {"a"}),
            "من بين الأعضاء: m1\namong the members: m1\nparmi les membres\u00A0: m1\n");
  EXPECT_EQ(said(R"("kind": "must_exclude", "members": ["n"])", {"a"}),
            "لا أحد منهم عضو\nnone of them sits\naucun ne siège\n");
  EXPECT_EQ(said(R"("kind": "incompatible", "members": ["m1", "m2"])", {"a", "a"}),
            "العدد 2، والمسموح 1 على الأكثر؛ الزيادة 1؛ من بين الأعضاء: m1، m2\n"
            "2 of at most 1 member; 1 too many; among the members: m1, m2\n"
            "2 sur au plus 1 membre\u00A0; 1 de trop\u00A0; parmi les membres\u00A0: m1, m2\n");
}

TEST(Sentences, NameFiveAndCountTheOthers) {
  const Check answer =
      check(document(R"({"id": "r", "kind": "quota", "attribute": "x", "value": "a", "min": 1})"),
            people({"?", "?", "?", "?", "?", "?", "?"}));
  EXPECT_EQ(reasons(answer, Language::en)[0],
            "0 of at least 1 member; 1 more is needed; not known: m1, m2, m3, m4, m5 and 2 more");
  EXPECT_EQ(reasons(answer, Language::ar)[0],
            "العدد 0، والمطلوب 1 على الأقل؛ ينقص 1؛ غير معروف: m1، m2، m3، m4، m5 و2 غيرها");
  EXPECT_EQ(
      reasons(answer, Language::fr)[0],
      "0 sur au moins 1 membre\u00A0; il en manque 1\u00A0; inconnu\u00A0: m1, m2, m3, m4, m5 "
      "et 2 autres");
}

// Within its bounds whatever may count, and yet no completion is: the share's own base is not
// known.
TEST(Sentences, SayWhenNothingUnknownCanHelp) {
  const std::string rule =
      R"({"id": "r", "kind": "quota", "attribute": "g", "value": "f", "min": 2,
          "share": {"max": "1/2"}, "within": {"attribute": "s", "value": "c"}})";
  const auto make = [](const char* id, std::optional<Some> s, const char* g) {
    return Nominee{id, {{"s", std::move(s)}, {"g", {{g}}}}};
  };
  const Check answer = check(document(rule), {make("1", {{"c"}}, "f"), make("2", {{"c"}}, "f"),
                                              make("3", {{"c"}}, "m"), make("4", not_known, "f")});
  EXPECT_EQ(answer.outcome(), Outcome::not_met);
  EXPECT_EQ(reasons(answer, Language::en)[0],
            "2 of exactly 2 members (at most 1/2 of 3 to 4); not known: 4; nothing that is not "
            "known can make it hold");
}

// A user's own braces and percent signs are words like others.
TEST(Sentences, KeepTheUsersWordsAsTheyAre) {
  const Check answer =
      check(document(R"({"id": "r", "kind": "must_include", "members": ["{0} {9}", "%s\\"]})"), {});
  EXPECT_EQ(reasons(answer, Language::en)[0], "not among the members: {0} {9}, %s\\");
}

}  // namespace
}  // namespace partnership
