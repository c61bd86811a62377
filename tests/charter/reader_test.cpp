// SPDX-License-Identifier: Apache-2.0
//
// Charter documents that are good: what is read of every part.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "charter/charter_tools.hpp"
#include "charter/tables.hpp"

namespace partnership::charter {
namespace {

using namespace test;
using testing::ElementsAre;
using Unit = PeriodOf::Unit;

class WholeCharter : public testing::Test {
 protected:
  const NormVersion& version(std::string_view id, std::size_t number = 0) const {
    const std::int32_t norm = charter->find_norm(id);
    EXPECT_GE(norm, 0) << id;
    return charter->versions()[charter->norms()[static_cast<std::size_t>(norm)].versions[number]];
  }
  // The text of an expression, as the compiled set has it.
  std::string compiled(const Expression& expression, const NormVersion& of) const {
    EXPECT_TRUE(expression.given());
    const feel::Program& program = charter->kinds()[of.kind].set->program();
    EXPECT_LT(expression.number, program.size());
    EXPECT_EQ(program.source(expression.number).text, expression.text);
    return expression.text;
  }
  static std::string text(const PeriodOf& period) {
    return std::to_string(period.count) + " " + std::to_string(static_cast<int>(period.unit));
  }

  const std::string json = whole();
  const std::shared_ptr<const Charter> charter = Charter::load(json);
};

TEST_F(WholeCharter, HasItsHead) {
  EXPECT_EQ(charter->id(), "test-charter");
  EXPECT_EQ(charter->version(), "2");
  EXPECT_EQ(charter->status(), "example");
  EXPECT_EQ(charter->title().get(Language::ar), "ميثاق");
  EXPECT_EQ(charter->text().get(Language::en), "What both sides signed.");
  ASSERT_EQ(charter->sources().size(), 1U);
  EXPECT_EQ(charter->sources()[0].title.get(Language::en), "Nobody's");
  EXPECT_EQ(charter->sources()[0].address, "https://example.org/charter");
  EXPECT_EQ(charter->sources()[0].passage, "p. 1");
  EXPECT_EQ(iso(charter->in_force().from) + iso(charter->in_force().to), "2010-01-012030-01-01");
  EXPECT_TRUE(charter->in_force().holds(charter->in_force().from));
  EXPECT_FALSE(charter->in_force().holds(charter->in_force().to));
  ASSERT_NE(charter->calendar(), nullptr);
  EXPECT_EQ(charter->calendar()->id(), "test");
  EXPECT_FALSE(charter->calendar()->is_working_day(parse_date("2020-05-01")));
  EXPECT_EQ(charter->hash(), sha256(json::canonical(json::Document::parse(json)->root())));
}

TEST_F(WholeCharter, NamesPartiesPrinciplesAndWindows) {
  ASSERT_EQ(charter->parties().size(), 2U);
  ASSERT_NE(charter->party("ministry"), nullptr);
  EXPECT_EQ(charter->party("ministry")->get(Language::fr), "Le ministère");
  EXPECT_EQ(charter->party("nobody"), nullptr);
  ASSERT_EQ(charter->principles().size(), 1U);
  EXPECT_EQ(charter->principles()[0].id, "openness");
  ASSERT_EQ(charter->windows().size(), 2U);
  const Window &summer = charter->windows()[0], &easter = charter->windows()[1];
  EXPECT_EQ(summer.id, "summer");
  EXPECT_EQ(summer.label.get(Language::en), "Summer");
  EXPECT_EQ(iso(*summer.from.in_year(2020)) + iso(*summer.to.in_year(2020)),
            "2020-07-152020-08-15");
  EXPECT_EQ(iso(*easter.from.in_year(2020)) + iso(*easter.to.in_year(2020)),
            "2020-04-052020-04-19");
}

TEST_F(WholeCharter, DeclaresKindsAndTheirFacts) {
  ASSERT_EQ(charter->kinds().size(), 2U);
  EXPECT_EQ(charter->find_kind("request"), 1);
  EXPECT_EQ(charter->find_kind("requests"), -1);
  const Kind& kind = charter->kinds()[0];
  EXPECT_EQ(kind.label.get(Language::fr), "Dialogue");
  EXPECT_EQ(kind.dated_by.text, "opened on");
  EXPECT_EQ(kind.set->program().source(kind.dated_by.number).text, "opened on");
  std::vector<std::string> facts;
  for (const Fact& fact : kind.facts) {
    facts.push_back(fact.name + ": " + fact.type + (fact.optional ? "?" : "") +
                    (fact.label.empty() ? "" : " " + std::string(fact.label.get(Language::en))));
  }
  EXPECT_THAT(
      facts,
      ElementsAre("opened on: date When it was opened", "closed on: date",
                  "invitations sent on: date", "minutes published on: date",
                  "answered on: date Réponse", "extended: boolean", "reason for extension: string?",
                  "extension told on: date?", "urgent: boolean?", "reason for urgency: string?",
                  "meetings: list<date>", "days agreed: number?",
                  "participants: list<context<name: string, side: string, excluded: boolean?>>",
                  "steps: list<context<step: string, level: string>>",
                  "place: context<city: string, rooms: number?>"));
  EXPECT_EQ(kind.norms.size(), 11U);
  EXPECT_THAT(charter->kinds()[1].norms, ElementsAre(11U));
  EXPECT_EQ(kind.set->schema()->members.size(), kind.facts.size());
}

TEST_F(WholeCharter, SaysWhatANormIsCalledAndWhomItBinds) {
  const NormVersion& both = version("both sides");
  EXPECT_EQ(both.article, "1");
  EXPECT_EQ(both.citation, "art. 1");
  EXPECT_EQ(both.label.get(Language::ar), "الطرفان");
  EXPECT_EQ(both.text.get(Language::en), "Both sides take part.");
  EXPECT_EQ(both.note.get(Language::en), "A note");
  EXPECT_EQ(both.modality, Modality::obligation);
  EXPECT_EQ(both.bearer + "/" + both.counterparty + "/" + both.principle,
            "ministry/platform/openness");
  EXPECT_EQ(both.sources.size(), 2U);
  EXPECT_THAT(both.covers, ElementsAre("T-1", "T-2"));
  EXPECT_EQ(both.standing, "read");
  EXPECT_TRUE(both.enabled);
  EXPECT_FALSE(version("every term").enabled);
  EXPECT_EQ(both.pointer, "/norms/0");
  EXPECT_EQ(both.line, 50);
  EXPECT_EQ(compiled(both.applies, both), "urgent != true");
  EXPECT_EQ(compiled(both.require.that, both),
            "some p in participants satisfies p.side = \"civil society\"");
  EXPECT_EQ(compiled(both.unless->when, both), "urgent = true");
  EXPECT_EQ(compiled(both.unless->reason, both), "reason for urgency");
  EXPECT_FALSE(both.require.by.given());
  EXPECT_THAT(both.evidence, ElementsAre("participants", "minutes published on"));
  EXPECT_EQ(version("مهلة الطلب").kind, 1U);
  EXPECT_EQ(version("no long pause").modality, Modality::prohibition);
}

TEST_F(WholeCharter, KeepsTheVersionsOfANormByDate) {
  EXPECT_EQ(charter->versions().size(), 13U);
  EXPECT_EQ(charter->norms().size(), 12U);
  const NormVersion &first = version("invitations", 0), &second = version("invitations", 1);
  EXPECT_EQ(first.in_force.from, date_none);
  EXPECT_EQ(iso(first.in_force.to), "2015-01-01");
  EXPECT_EQ(iso(second.in_force.from), "2015-01-01");
  EXPECT_EQ(text(first.notice.at_least), text({Unit::days, 10, 0, 0, {}}));
  EXPECT_EQ(text(second.notice.at_least), text({Unit::working_days, 15, 0, 0, {}}));
  EXPECT_EQ(compiled(second.notice.before, second), "opened on");
  EXPECT_EQ(compiled(second.notice.done, second), "invitations sent on");
}

TEST_F(WholeCharter, HasDeadlines) {
  const NormVersion& answer = version("answer");
  const Deadline& deadline = answer.deadline;
  EXPECT_EQ(answer.shape, Shape::deadline);
  EXPECT_EQ(compiled(deadline.after, answer), "opened on");
  EXPECT_EQ(text(deadline.within), text({Unit::days, 15, 0, 0, {}}));
  EXPECT_EQ(compiled(deadline.done, answer), "answered on");
  EXPECT_TRUE(deadline.to_next_working_day);
  EXPECT_EQ(deadline.silence, Silence::refusal);
  ASSERT_TRUE(deadline.extension);
  EXPECT_EQ(text(deadline.extension->by), text({Unit::days, 15, 0, 0, {}}));
  EXPECT_EQ(compiled(deadline.extension->when, answer), "extended");
  EXPECT_EQ(compiled(deadline.extension->reason, answer), "reason for extension");
  EXPECT_EQ(compiled(deadline.extension->told, answer), "extension told on");

  const Deadline& apology = version("apology").deadline;
  EXPECT_EQ(apology.breach_of, "answer");
  EXPECT_FALSE(apology.after.given());
  EXPECT_EQ(apology.within.unit, Unit::next_year);
  EXPECT_EQ(apology.within.month * 100 + apology.within.day, 331);
  EXPECT_EQ(apology.silence, Silence::breach);
  EXPECT_FALSE(apology.extension);
}

TEST_F(WholeCharter, LinksExceptionsAndReparations) {
  const auto norm = [&](std::string_view id) -> const Norm& {
    return charter->norms()[static_cast<std::size_t>(charter->find_norm(id))];
  };
  const auto number = [&](std::string_view id) {
    return static_cast<std::uint32_t>(charter->find_norm(id));
  };
  EXPECT_THAT(version("urgent dialogues").exception_of,
              ElementsAre(number("invitations"), number("long enough")));
  EXPECT_THAT(norm("invitations").exceptions, ElementsAre(number("urgent dialogues")));
  EXPECT_THAT(norm("long enough").exceptions, ElementsAre(number("urgent dialogues")));
  EXPECT_EQ(version("answer").reparation, charter->find_norm("apology"));
  EXPECT_THAT(norm("apology").repairs, ElementsAre(number("answer")));
  EXPECT_EQ(version("apology").reparation, -1);
  EXPECT_EQ(version("urgent dialogues").require.by.text, "closed on");
}

TEST_F(WholeCharter, HasDurationsAndRecurrences) {
  const NormVersion& lasts = version("long enough");
  EXPECT_EQ(lasts.shape, Shape::duration);
  EXPECT_EQ(compiled(lasts.duration.from, lasts), "opened on");
  EXPECT_EQ(compiled(lasts.duration.to, lasts), "closed on");
  EXPECT_EQ(lasts.duration.at_least.unit, Unit::feel);
  EXPECT_EQ(compiled(lasts.duration.at_least.feel, lasts),
            "if days agreed = null then 42 else days agreed");
  ASSERT_EQ(lasts.duration.grows.size(), 2U);
  EXPECT_EQ(lasts.duration.grows[1].window, 1U);
  EXPECT_EQ(text(lasts.duration.grows[1].by), text({Unit::weeks, 2, 0, 0, {}}));

  const NormVersion& pause = version("no long pause");
  EXPECT_EQ(compiled(pause.recurrence.of, pause), "meetings");
  EXPECT_EQ(compiled(pause.recurrence.to, pause), "closed on");
  EXPECT_EQ(text(*pause.recurrence.gap), text({Unit::months, 6, 0, 0, {}}));
  EXPECT_FALSE(pause.recurrence.per);
  const Recurrence& year = version("every year").recurrence;
  EXPECT_TRUE(year.calendar_year);
  EXPECT_EQ(year.at_least, 2);
  EXPECT_FALSE(year.gap || year.per || year.to.given());
  EXPECT_EQ(text(*version("every term").recurrence.per), text({Unit::months, 3, 0, 0, {}}));
}

TEST_F(WholeCharter, HasCoverages) {
  const NormVersion& steps = version("steps");
  EXPECT_EQ(steps.shape, Shape::coverage);
  EXPECT_EQ(compiled(steps.coverage.of, steps), "steps");
  EXPECT_EQ(compiled(steps.coverage.by, steps), "closed on");
  EXPECT_EQ(steps.coverage.rows.member + "/" + steps.coverage.columns.member, "step/level");
  EXPECT_THAT(steps.coverage.rows.values, ElementsAre("plan", "do"));
  ASSERT_EQ(steps.coverage.rows.labels.size(), 2U);
  EXPECT_TRUE(steps.coverage.rows.labels[0].empty());
  EXPECT_EQ(steps.coverage.rows.labels[1].get(Language::en), "Doing");
  EXPECT_EQ(steps.coverage.required, Coverage::Required::cells);
  EXPECT_THAT(steps.coverage.cells, ElementsAre(std::pair(0U, 0U), std::pair(1U, 1U)));
  EXPECT_EQ(version("every step").coverage.required, Coverage::Required::every_row);
}

TEST_F(WholeCharter, KeepsTheTestsBesideItsNorms) {
  const std::vector<TestCase>& tests = version("both sides").tests;
  ASSERT_EQ(tests.size(), 3U);
  EXPECT_EQ(tests[0].title, "there are both");
  EXPECT_EQ(iso(tests[0].on), "2020-03-01");
  EXPECT_EQ(tests[0].expected, "met");
  EXPECT_EQ(tests[0].state, "");
  EXPECT_FALSE(tests[0].missing);
  EXPECT_EQ(tests[0].pointer, "/norms/0/tests/0");
  EXPECT_EQ(tests[1].facts, R"({"opened on": "2020-02-01", "participants": []})");
  EXPECT_EQ(tests[1].state, "violated");
  EXPECT_THAT(*tests[2].missing, ElementsAre("participants"));
  EXPECT_EQ(iso(version("invitations", 1).tests[0].due), "2020-01-13");
}

// What excuses and what proves is part of what is demanded.
TEST_F(WholeCharter, ShowsWhatANormDemands) {
  const Table norms = norms_table(*charter, Language::en);
  std::string sides;
  for (std::int64_t row = 0; row < norms.rows(); ++row) {
    if (cell(norms, "norm", row) == "both sides") sides = cell(norms, "condition", row);
  }
  EXPECT_THAT(sides, testing::EndsWith("; proved by `participants`, `minutes published on`; unless "
                                       "`urgent = true`, for a reason: `reason for urgency`"));
}

// ---- what a document may leave out, and other forms of it

TEST(CharterReader, TakesASmallDocument) {
  const auto charter = Charter::load(document(norm("x", R"("require": "a")")));
  EXPECT_EQ(charter->calendar(), nullptr);
  EXPECT_EQ(charter->status(), "");
  EXPECT_TRUE(charter->text().empty() && charter->sources().empty());
  EXPECT_EQ(charter->in_force().from, date_none);
  EXPECT_EQ(charter->versions().front().shape, Shape::require);
  // A kind without norms has a set as well, so that its cases can be read.
  ASSERT_NE(charter->kinds()[1].set, nullptr);
  EXPECT_NE(charter->kinds()[1].set->read_case(R"({"z": true})"), nullptr);
  EXPECT_EQ(Charter::load(document(""))->norms().size(), 0U);
}

TEST(CharterReader, TakesACalendarThatIsGiven) {
  const Calendar given = Calendar::load(R"({"calendar": "mine", "title": "Mine", "weekend": [],
    "valid": {"from": "2020-01-01", "to": "2021-01-01"}})");
  const std::string json =
      document(norm("x", R"("deadline": {"after": "d", "within": "0 working days", "done": "e"})"),
               R"("calendar": "mine",)");
  EXPECT_EQ(Charter::load(json, {&given, 1})->calendar()->id(), "mine");
  EXPECT_THROW(Charter::load(json), Error);
}

TEST(CharterReader, ReadsEveryPeriod) {
  const auto read = [](const std::string& period) {
    const auto charter = Charter::load(document(
        norm("x", R"("deadline": {"after": "d", "within": )" + period + R"(, "done": "e"})")));
    return charter->versions().front().deadline.within;
  };
  const auto same = [&](const std::string& period, Unit unit, std::int32_t count) {
    const PeriodOf found = read(period);
    return found.unit == unit && found.count == count;
  };
  EXPECT_TRUE(same(R"("0 days")", Unit::days, 0));
  EXPECT_TRUE(same(R"("1 day")", Unit::days, 1));
  EXPECT_TRUE(same(R"("36525 days")", Unit::days, 36525));
  EXPECT_TRUE(same(R"("1 week")", Unit::weeks, 1));
  EXPECT_TRUE(same(R"("12 weeks")", Unit::weeks, 12));
  EXPECT_TRUE(same(R"("1 month")", Unit::months, 1));
  EXPECT_TRUE(same(R"("1200 months")", Unit::months, 1200));
  EXPECT_TRUE(same(R"("2 years")", Unit::years, 2));
  EXPECT_TRUE(same(R"("12-31 of the next year")", Unit::next_year, 0));
  EXPECT_EQ(read(R"({"feel": "n"})").feel.text, "n");
  EXPECT_EQ(read(R"({"feel": "@\"P3D\""})").feel.text, "@\"P3D\"");
}

TEST(CharterReader, ComposesIds) {
  const auto charter = Charter::load(R"({"charter": "c", "version": "1", "title": "C",
    "parties": {"\u00e9tat": "L'état"}, "kinds": {"k": {"label": "K", "facts": {"a": "boolean"}}},
    "norms": [{"id": "x", "citation": "c", "label": "L", "modality": "permission",
               "bearer": "e\u0301tat", "about": "k", "require": "a"}]})");
  EXPECT_EQ(charter->versions()[0].bearer, "\u00e9tat");
  EXPECT_NE(charter->party(charter->versions()[0].bearer), nullptr);
}

TEST(CharterReader, GivesTheSameHashToTheSameDocumentHoweverItIsLaidOut) {
  const std::string json = document(norm("x", R"("require": "a")"));
  std::string spread;
  for (const char c : json) spread += c == ',' ? std::string(",\n ") : std::string(1, c);
  EXPECT_EQ(Charter::load(json)->hash(), Charter::load(spread)->hash());
  EXPECT_NE(Charter::load(json)->hash(),
            Charter::load(document(norm("x", R"("require": "b")")))->hash());
}

}  // namespace
}  // namespace partnership::charter
