// SPDX-License-Identifier: Apache-2.0
//
// Explanations: they agree with the findings, what they say is needed does it, and they are written
// the same way each time.
#include "charter/explain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "base/hash.hpp"
#include "charter/assess_tools.hpp"
#include "charter/charter_tools.hpp"
#include "charter/traces.hpp"
#include "charter/words_tools.hpp"

namespace partnership::charter {
namespace {

using namespace test;

// Cases of the charter of scenarios.hpp, as the JSON of each fact.
class RandomCase {
 public:
  explicit RandomCase(std::mt19937& random) : random_(random) {
    for (const char* const fact : {"opened", "answered", "invited", "minutes"}) date(fact, 4);
    for (const char* const fact : {"closed", "asked", "meeting", "sorry", "extension told"}) {
      date(fact, 3);
    }
    for (const char* const fact : {"extended", "urgent", "public"}) {
      if (pick(4) != 0) set(fact, pick(2) == 0 ? "true" : "false");
    }
    for (const char* const fact : {"extension reason", "urgency reason"}) {
      if (pick(2) == 0) set(fact, pick(3) == 0 ? "\" \"" : "\"because\"");
    }
    if (pick(3) != 0) set("score", std::to_string(pick(6)));
    list("meetings", pick(6), [&] { return "\"" + iso(day(500)) + "\""; });
    list("members", pick(5), [&] { return person(); });
    list("steps", pick(5), [&] { return step(); });
  }

  std::string json() const {
    std::string out = "{";
    for (const auto& [name, value] : facts) {
      if (out.size() > 1) out += ",";
      json::append_string(out, name);
      out += ":" + value;
    }
    return out + "}";
  }

  std::map<std::string, std::string> facts;

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  Date day(int span) { return parse_date("2020-01-01") + pick(span); }
  void set(const std::string& name, std::string value) { facts[name] = std::move(value); }
  void date(const char* name, int rare) {
    const int how = pick(rare * 2);
    if (how == 0) return;
    set(name, how == 1 ? "null" : "\"" + iso(day(120)) + "\"");
  }
  template <class Item>
  void list(const char* name, int count, const Item& item) {
    if (pick(6) == 0) return;
    std::string out = "[";
    for (int i = 0; i < count; ++i) out += (i == 0 ? "" : ",") + item();
    set(name, out + "]");
  }
  std::string person() {
    std::string out = "{\"name\": \"n\"";
    if (pick(8) != 0) out += pick(2) == 0 ? ", \"side\": \"gov\"" : ", \"side\": \"civil\"";
    return out + "}";
  }
  std::string step() {
    std::string out = pick(2) == 0 ? "{\"step\": \"plan\"" : "{\"step\": \"do\"";
    if (pick(8) != 0) out += pick(2) == 0 ? ", \"level\": \"inform\"" : ", \"level\": \"decide\"";
    return out + "}";
  }

  std::mt19937& random_;
};

bool is_true(const Explanation::Step& step) {
  return step.value.kind == feel::Kind::boolean && step.value.truth;
}

void expect_to_agree(const Explanation& told, const Finding& finding) {
  EXPECT_EQ(told.finding(), finding);
  EXPECT_EQ(told.seen.missing.empty(),
            finding.why != Why::missing_facts &&
                !(finding.why == Why::open && !told.seen.missing.empty()));
  for (const Explanation::Step& step : told.steps) {
    if (step.norm != told.norm || step.known != Known::value) continue;
    if (step.part == Part::applies) {
      EXPECT_EQ(is_true(step), finding.why != Why::does_not_apply);
    }
    if (step.part == Part::that && finding.why == Why::condition) {
      EXPECT_EQ(is_true(step), finding.outcome == Outcome::met);
    }
    if (step.part == Part::done && finding.why == Why::in_time) {
      EXPECT_LE(step.value.day, finding.due);
    }
    if (step.part == Part::done && finding.why == Why::late) {
      EXPECT_GT(step.value.day, finding.due);
    }
  }
  const bool open = finding.outcome == Outcome::not_met || finding.outcome == Outcome::pending;
  if (!open && finding.why != Why::no_evidence) {
    EXPECT_EQ(told.way.kind, Way::Kind::none);
  }
  for (const Language language : all_languages) {
    EXPECT_FALSE(told.reason(language).empty());
    EXPECT_EQ(told.text(language), told.text(language));
    EXPECT_EQ(told.needed(language).empty(), told.way.kind == Way::Kind::none);
  }
  const auto document = json::Document::parse(told.json());
  EXPECT_EQ(document->root().find("outcome")->text(), outcome_name(finding.outcome));
  EXPECT_EQ(document->root().find("missing")->size(), told.seen.missing.size());
  EXPECT_EQ(document->root().find("consulted")->size(), told.steps.size());
}

TEST(Explain, AgreesWithTheFindings) {
  const Explainer explainer(scenario_charter());
  const Charter& charter = explainer.charter();
  std::mt19937 random(7);
  std::map<Why, int> seen;
  std::vector<Examination> all;
  for (int run = 0; run < 300; ++run) {
    const RandomCase random_case(random);
    Question question;
    question.on = parse_date("2020-01-01") + static_cast<Date>(random() % 400);
    const auto of = charter.kinds()[0].set->read_case(random_case.json());
    const Findings findings = assess(charter, 0, *of, question);
    examine_all(charter, 0, *of, question, all);
    Traces traces(charter, 0, question);
    traces.look_into(*of);
    ASSERT_EQ(traces.examinations().size(), all.size());
    ASSERT_EQ(all.size(), findings.norms().size());
    for (std::uint32_t i = 0; i < findings.norms().size(); ++i) {
      SCOPED_TRACE(random_case.json() + " on " + iso(question.on) + " by " +
                   charter.norms()[findings.norms()[i]].id);
      const Finding finding = findings.at(i, 0);
      ++seen[finding.why];
      const Explanation told = explain(charter, 0, *of, findings.norms()[i], question);
      expect_to_agree(told, finding);
      // Looked into with all others it is the same.
      EXPECT_EQ(all[i].finding, finding);
      EXPECT_EQ(all[i].missing, told.seen.missing);
      EXPECT_EQ(all[i].cells, told.seen.cells);
      EXPECT_EQ(all[i].other, told.seen.other);
      EXPECT_EQ(all[i].measures.begin, told.seen.measures.begin);
      EXPECT_EQ(all[i].measures.first_due, told.seen.measures.first_due);
      EXPECT_EQ(all[i].measures.span_to, told.seen.measures.span_to);
      EXPECT_EQ(all[i].measures.count, told.seen.measures.count);
      ASSERT_EQ(all[i].consulted.size(), told.seen.consulted.size());
      for (const Consulted& each : told.seen.consulted) {
        if (each.part == Part::evidence) continue;
        const feel::Trace* const trace = traces.trace(each.expression);
        const std::string& text = charter.kinds()[0].set->program().source(each.expression).text;
        const auto step = std::ranges::find_if(told.steps, [&](const Explanation::Step& one) {
          return one.part == each.part && one.norm == each.norm && one.expression == text;
        });
        ASSERT_NE(step, told.steps.end());
        ASSERT_EQ(trace == nullptr, each.known == Known::missing);
        if (trace == nullptr) continue;
        EXPECT_EQ(feel::trace_json(*trace, traces.program().ast(each.expression)), step->trace);
      }
    }
  }
  EXPECT_GE(seen.size(), 19U);
}

TEST(Explain, IsWrittenWordByWord) {
  const Explainer explainer(scenario_charter());
  std::string written;
  const auto write = [&](const char* norm, const char* facts, const char* on) {
    const Explanation told = explainer.explain(norm, facts, std::string(on));
    for (const Language language : all_languages) written += told.text(language) + "\n";
    written += told.json() + "\n\n";
  };
  write("answer",
        R"({"opened":"2020-01-06","asked":"2020-02-03","answered":"2020-02-21","extended":true,)"
        R"("extension told":"2020-02-10","sorry":null})",
        "2020-03-10");
  write("public",
        R"({"opened":"2020-01-06","public":true,"members":[{"side":"gov"},{"side":"x"}]})",
        "2020-03-10");
  write("dated", R"({"opened":"2020-01-06"})", "2020-03-10");
  const std::string golden = file("tests/data/charter_explanations.txt");
  const std::size_t head = golden.find("\n\n");
  ASSERT_NE(head, std::string::npos);
  EXPECT_EQ(written, golden.substr(head + 2));
}

TEST(Explain, RefusesWhatIsNotThere) {
  const Explainer explainer(scenario_charter());
  const Charter& charter = explainer.charter();
  const auto of = charter.kinds()[0].set->read_case("{}");
  Question question;
  EXPECT_THROW(explain(charter, 0, *of, 0, question), Error);  // no day
  question.on = parse_date("2020-01-01");
  EXPECT_THROW(explain(charter, 1, *of, 0, question), Error);
  EXPECT_THROW(explain(charter, 0, *of, 1000, question), Error);
  const Explainer other(scenario_charter());
  EXPECT_THROW(explain(other.charter(), 0, *of, 0, question), Error);
}

// ---- What is needed does it.

std::string with(const std::string& list, const std::string& item) {
  if (list.empty() || list == "null" || list == "[]") return "[" + item + "]";
  return list.substr(0, list.size() - 1) + "," + item + "]";
}

// Makes the change; `on` moves on where what is needed lies after it. False: it is not about facts.
bool apply(const Way& way, const Coverage& coverage, std::map<std::string, std::string>& facts,
           Date& on, bool pending) {
  switch (way.kind) {
    case Way::Kind::all: {
      for (const Way& part : way.parts) {
        if (!apply(part, coverage, facts, on, pending)) return false;
      }
      return true;
    }
    case Way::Kind::compare: {
      if (way.fact < 0) return false;
      if (way.bound.day == date_none) {
        facts[way.subject] =
            way.op == feel::Op::gt ? std::to_string(std::stoi(way.bound.json) + 1) : way.bound.json;
        return true;
      }
      Date day = way.bound.day;
      if (way.op == feel::Op::le && pending) day = std::min(day, on);
      facts[way.subject] = "\"" + iso(day) + "\"";
      on = std::max(on, day);
      return true;
    }
    case Way::Kind::given:
      facts[way.subject] = way.subject == "minutes" ? "\"2020-01-01\"" : "\"because\"";
      return true;
    case Way::Kind::events: {
      std::string& list = facts[way.subject];
      const Date span = pending ? std::max(on - way.from, 1) : way.to - way.from;
      for (std::int64_t i = 1; i <= way.number; ++i) {  // evenly
        const Date apart = static_cast<Date>((span + 2) * i / (way.number + 1)) - 1;
        const Date day = way.number == 1 && !pending ? way.to : way.from + apart;
        on = std::max(on, day);
        list = with(list, "\"" + iso(day) + "\"");
      }
      return true;
    }
    case Way::Kind::cells:
      for (const auto& [row, column] : way.cells) {
        facts[way.subject] = with(facts[way.subject], "{\"step\": \"" + coverage.rows.values[row] +
                                                          "\", \"level\": \"" +
                                                          coverage.columns.values[column] + "\"}");
      }
      return true;
    default:
      return false;
  }
}

bool is_met(const Finding& finding) {
  return finding.outcome == Outcome::met || finding.outcome == Outcome::met_by_exception;
}

TEST(Explain, SaysWhatMakesANormMet) {
  const Explainer explainer(scenario_charter());
  const Charter& charter = explainer.charter();
  std::mt19937 random(11);
  std::map<std::string, int> tried;
  for (int run = 0; run < 500; ++run) {
    const RandomCase random_case(random);
    const Date on = parse_date("2020-01-01") + static_cast<Date>(random() % 400);
    for (std::uint32_t norm = 0; norm < charter.norms().size(); ++norm) {
      const std::string& id = charter.norms()[norm].id;
      const Explanation first = explainer.explain(id, random_case.json(), on);
      const std::vector<Way> ways =
          first.way.kind == Way::Kind::any ? first.way.parts : std::vector<Way>{first.way};
      for (const Way& way : ways) {
        std::map<std::string, std::string> facts = random_case.facts;
        Date day = on;
        const Coverage& coverage = first.any_version().coverage;
        if (!apply(way, coverage, facts, day, first.finding().outcome == Outcome::pending))
          continue;
        RandomCase changed = random_case;
        changed.facts = facts;
        Explanation told = explainer.explain(id, changed.json(), day);
        // Of gaps and periods each is told when it is the first.
        const bool again = first.any_version().shape == Shape::recurrence;
        for (int more = 0; again && more < 60 && !is_met(told.finding()); ++more) {
          if (!apply(told.way, coverage, changed.facts, day,
                     told.finding().outcome == Outcome::pending)) {
            break;
          }
          told = explainer.explain(id, changed.json(), day);
        }
        ++tried[id];
        EXPECT_TRUE(is_met(told.finding()))
            << id << " of " << random_case.json() << " on " << iso(on) << " by "
            << first.needed(Language::en) << ": " << told.reason(Language::en);
      }
    }
  }
  for (const char* const id : {"by then", "answer", "apology", "refusal", "notice", "duration",
                               "gap", "yearly", "steps", "proved", "dated", "no answer"}) {
    EXPECT_GE(tried[id], 10) << id;
  }
}

}  // namespace
}  // namespace partnership::charter
