// SPDX-License-Identifier: Apache-2.0
#include "dialogues.hpp"

#include <array>
#include <random>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/json.hpp"

namespace partnership::benchmark_material {

namespace {

constexpr std::array<std::string_view, 10> sectors = {
    "water", "labour", "health",  "education",   "women",
    "youth", "energy", "justice", "environment", "disability"};
constexpr std::array<std::string_view, 4> levels = {"information", "consultation", "dialogue",
                                                    "partnership"};
constexpr std::array<std::string_view, 6> steps = {"agenda",         "drafting",   "decision",
                                                   "implementation", "monitoring", "review"};

constexpr std::string_view facts = R"({
  "id": "string", "ref": "string", "ministry": "string", "topic": "string", "kind": "string",
  "agenda published": "boolean", "minutes published": "boolean", "response reasoned": "boolean",
  "chair side": "string", "previous chair side": "string", "complaints": "number",
  "quorum": "number", "length": "number", "public": "boolean", "venue": "string",
  "language": "string", "budget": "number", "follow ups": "number", "region": "string",
  "meeting date": "date", "invitation date": "date", "agenda date": "date", "minutes date": "date",
  "recommendations date": "date", "response date": "date", "consultation opens": "date",
  "consultation closes": "date", "report date": "date", "extended": "boolean",
  "extension reason": "string?", "told date": "date?", "urgent": "boolean",
  "urgency reason": "string?", "apology date": "date?", "notice days": "number",
  "affected sectors": ["string"], "sessions": ["date"],
  "updates": [{"kind": "string", "published": "date"}],
  "activities": [{"level": "string", "step": "string", "open": "boolean"}],
  "participants": [{"id": "string", "name": "string", "org": "string", "side": "string",
    "sector": "string", "attended": "boolean", "excluded": "boolean", "gender": "string",
    "minutes": "number"}]})";

class CharterWriter {
 public:
  std::string write() {
    for (std::uint32_t i = 0; i < 32; ++i) condition(i);
    for (std::uint32_t i = 0; i < 14; ++i) deadline(i);
    for (std::uint32_t i = 0; i < 10; ++i) notice(i);
    for (std::uint32_t i = 0; i < 8; ++i) duration(i);
    for (std::uint32_t i = 0; i < 10; ++i) recurrence(i);
    for (std::uint32_t i = 0; i < 5; ++i) coverage(i);
    for (std::uint32_t i = 0; i < 6; ++i) excused(i);
    for (std::uint32_t i = 0; i < 3; ++i) defeated_and_repaired(i);
    return R"({"charter": "dialogues", "version": "1", "title": "Dialogues",
      "calendar": {"calendar": "bench", "title": "Bench", "weekend": ["saturday", "sunday"],
        "valid": {"from": "2020-01-01", "to": "2035-01-01"},
        "holidays": [{"date": "2026-05-01", "name": "Labour"},
                     {"date": "2026-12-25", "name": "Christmas"}]},
      "parties": {"state": "The state", "forum": "The forum"},
      "windows": {"summer": {"from": "07-15", "to": "08-15"},
                  "new year": {"from": "12-20", "to": "01-06"},
                  "easter": {"from": {"easter": "western", "offset": -7},
                             "to": {"easter": "western", "offset": 7}}},
      "kinds": {"dialogue": {"label": "Dialogue", "facts": )" +
           std::string(facts) + R"(}}, "norms": [)" + norms_ + "]}";
  }

 private:
  static std::string number(std::uint32_t n) { return std::to_string(n); }
  static std::string quoted(std::string_view text) {
    std::string out;
    json::append_string(out, text);
    return out;
  }

  void add(const std::string& body) {
    if (!norms_.empty()) norms_ += ",\n";
    norms_ += R"({"id": "n)" + number(count_) + R"(", "citation": "art. )" + number(count_) +
              R"(", "label": "Norm", "modality": "obligation", "bearer": "state",
              "about": "dialogue", )" +
              body + "}";
    ++count_;
  }

  void condition(std::uint32_t i) {
    const std::string n = number(i % 4 + 1), tenths = "0." + number(i % 4 + 1);
    const std::string sector(sectors[i % sectors.size()]);
    const std::array<std::string, 8> conditions = {
        R"(count(participants[attended and side = "gov"]) >= )" + tenths +
            " * count(participants[attended])",
        R"(count(participants[attended and side = "civil"]) >= )" + tenths +
            " * count(participants[attended])",
        R"(count(participants[gender = "f" and attended]) >= )" + tenths +
            " * count(participants[attended])",
        "complaints <= " + n + " and every p in participants satisfies p.excluded = false",
        "every s in affected sectors satisfies some p in participants satisfies p.sector = s and "
        "p.attended",
        "count(participants[sector = \"" + sector + "\" and attended]) >= " + n,
        "sum(participants[side = \"civil\"].minutes) >= " + n + "0",
        "count(participants[attended]) >= quorum - " + n +
            " and chair side != previous chair side"};
    std::string body = R"("require": )" + quoted(conditions[i % 8]);
    if (i % 5 == 0) body += R"(, "applies": "public or urgent")";
    if (i % 7 == 0) body = R"("evidence": ["minutes published"], )" + body;
    add(body);
  }

  void deadline(std::uint32_t i) {
    static constexpr std::array<std::string_view, 7> periods = {
        "15 days", "10 working days",        "2 months", "6 weeks",
        "30 days", "03-31 of the next year", "1 months"};
    const bool response = i % 2 == 0;
    std::string body = R"("deadline": {"after": ")" +
                       std::string(response ? "recommendations date" : "meeting date") +
                       R"(", "within": ")" + std::string(periods[i % 7]) + R"(", "done": ")" +
                       std::string(response ? "response date" : "minutes date") + "\"";
    if (i % 3 == 0) body += R"(, "on a day off": "next working day")";
    if (i % 4 == 0) {
      body += R"(, "extension": {"by": "15 days", "when": "extended", "reason": "extension reason",
                 "told": "told date"})";
    }
    if (i % 5 == 0) body += R"(, "silence": "refusal")";
    body += "}";
    if (i % 3 == 1) body += R"(, "applies": "response reasoned or minutes published")";
    add(body);
  }

  void notice(std::uint32_t i) {
    static constexpr std::array<std::string_view, 5> periods = {
        R"("10 days")", R"("5 working days")", R"("2 weeks")", R"("1 months")",
        R"({"feel": "notice days"})"};
    add(R"("notice": {"before": "meeting date", "at least": )" + std::string(periods[i % 5]) +
        R"(, "done": ")" + std::string(i % 2 == 0 ? "invitation date" : "agenda date") + "\"}");
  }

  void duration(std::uint32_t i) {
    static constexpr std::array<std::string_view, 4> periods = {"12 weeks", "60 days", "2 months",
                                                                "30 days"};
    std::string body =
        R"("duration": {"from": "consultation opens", "to": "consultation closes", "at least": ")" +
        std::string(periods[i % 4]) + "\"";
    if (i % 2 == 0) {
      body += R"(, "grows": [{"when it meets": "summer", "by": "3 weeks"},
                             {"when it meets": "new year", "by": "2 weeks"},
                             {"when it meets": "easter", "by": "1 weeks"}])";
    }
    add(body + "}");
  }

  void recurrence(std::uint32_t i) {
    static constexpr std::array<std::string_view, 4> how = {
        R"("gap": "6 months")", R"("at least": 2, "per": "calendar year")", R"("gap": "100 days")",
        R"("at least": 1, "per": "6 months")"};
    static constexpr std::array<std::string_view, 3> of = {
        "sessions", "updates.published", "updates[kind = \\\"repository\\\"].published"};
    add(R"("recurrence": {"of": ")" + std::string(of[i % 3]) +
        R"(", "from": "consultation opens", )" + std::string(how[i % 4]) + "}");
  }

  void coverage(std::uint32_t i) {
    static constexpr std::array<std::string_view, 3> required = {
        R"("every column")", R"([["information", "agenda"], ["consultation", "drafting"]])",
        R"("every cell")"};
    std::string rows, columns;
    for (const auto level : levels) rows += (rows.empty() ? "" : ",") + quoted(level);
    for (const auto step : steps) columns += (columns.empty() ? "" : ",") + quoted(step);
    add(R"("coverage": {"of": ")" + std::string(i % 3 == 2 ? "activities[open]" : "activities") +
        R"(", "rows": {"by": "level", "values": [)" + rows +
        R"(]}, "columns": {"by": "step", "values": [)" + columns + R"(]}, "required": )" +
        std::string(required[i % 3]) + R"(, "by": "report date"})");
  }

  void excused(std::uint32_t i) {
    add(R"("require": "follow ups >= )" + number(i + 1) +
        R"( and budget <= 500", "unless": {"when": "urgent", "reason": "urgency reason"})");
  }

  void defeated_and_repaired(std::uint32_t i) {
    const std::string first = number(count_), n = number(i + 2);
    add(R"("require": {"that": "public and length >= )" + n + R"(0", "by": "meeting date"},
           "reparation": "n)" +
        number(count_ + 1) + "\"");
    add(R"("deadline": {"after": {"breach of": "n)" + first + R"("}, "within": ")" + n +
        R"( weeks", "done": "apology date"})");
    add(R"("require": "urgent and language = \"ar\"", "exception of": "n)" + first + "\"");
    if (i == 2) return;
    add(R"x("require": "agenda published and agenda date < meeting date - duration(\"P)x" + n +
        R"x(D\")")x");
  }

  std::string norms_;
  std::uint32_t count_ = 0;
};

class DialogueWriter {
 public:
  DialogueWriter(std::uint32_t number, std::uint32_t open, std::uint32_t unknown)
      : random_(number * 2654435761U + 17), open_(open), unknown_(unknown), number_(number) {}

  std::string write() {
    const Date opens = parse_date("2026-01-05") + below(120);
    const Date meeting = opens + 60 + below(120);
    out_.begin_object();
    text("id", "D-" + std::to_string(number_));
    text("ref", "2026/" + std::to_string(number_));
    text("ministry", one_of("justice", "health", "interior"));
    text("topic", "topic " + std::to_string(below(40)));
    text("kind", one_of("review", "consultation", "dialogue"));
    truth("agenda published", 80);
    truth("minutes published", 80);
    truth("response reasoned", 80);
    text("chair side", one_of("gov", "civil", "civil"));
    text("previous chair side", one_of("gov", "gov", "civil"));
    integer("complaints", below(4) / 3);
    integer("quorum", 10 + below(6));
    integer("length", 60 + below(120));
    truth("public", 70);
    text("venue", "hall " + std::to_string(below(9)));
    text("language", one_of("ar", "fr", "en"));
    key("budget").value(static_cast<double>(below(100000)) / 100);
    integer("follow ups", below(12));
    text("region", one_of("north", "south", "bekaa"));
    date("meeting date", meeting);
    date("invitation date", meeting - 5 - below(20));
    date("agenda date", meeting - below(20));
    date("minutes date", meeting + below(40));
    date("recommendations date", meeting + below(5));
    date("response date", meeting + 10 + below(60));
    date("consultation opens", opens);
    date("consultation closes", opens + 30 + below(90));
    date("report date", meeting + 30 + below(60));
    truth("extended", 30);
    if (chance(50)) text("extension reason", "the matter needs the view of another ministry");
    if (chance(50)) date("told date", meeting + below(20));
    truth("urgent", 20);
    if (chance(50)) text("urgency reason", "public safety");
    if (chance(50)) date("apology date", meeting + 20 + below(30));
    integer("notice days", 3 + below(10));
    lists(opens);
    out_.end_object();
    return out_.take();
  }

 private:
  void lists(Date opens) {
    key("affected sectors").begin_array();
    for (std::uint32_t i = 0; i < 2; ++i) out_.value(sectors[random_() % sectors.size()]);
    out_.end_array();
    key("sessions").begin_array();
    Date day = opens;
    for (std::uint32_t i = 0; i < 6; ++i) out_.value(iso(day += 10 + below(50)));
    out_.end_array();
    key("updates").begin_array();
    day = opens;
    for (std::uint32_t i = 0; i < 6; ++i) {
      out_.begin_object();
      text("kind", one_of("repository", "repository", "news"));
      date("published", day += 10 + below(50));
      out_.end_object();
    }
    out_.end_array();
    key("activities").begin_array();
    for (std::uint32_t i = 0; i < 8; ++i) {
      out_.begin_object();
      text("level", levels[random_() % levels.size()]);
      text("step", steps[random_() % steps.size()]);
      truth("open", 80);
      out_.end_object();
    }
    out_.end_array();
    key("participants").begin_array();
    for (std::uint32_t i = 0; i < 30; ++i) participant(i);
    out_.end_array();
  }

  void participant(std::uint32_t i) {
    out_.begin_object();
    text("id", "p" + std::to_string(i));
    text("name", "Person " + std::to_string(i));
    text("org", "org " + std::to_string(below(20)));
    text("side", one_of("gov", "civil", "civil"));
    text("sector", sectors[random_() % sectors.size()]);
    truth("attended", 80);
    if (chance(100 - unknown_ / 4)) truth("excluded", 1);
    text("gender", one_of("f", "m", "f"));
    integer("minutes", below(16));
    out_.end_object();
  }

  std::int32_t below(std::uint32_t n) { return static_cast<std::int32_t>(random_() % n); }
  bool chance(std::uint32_t percent) { return random_() % 100 < percent; }
  std::string_view one_of(std::string_view a, std::string_view b, std::string_view c) {
    return std::array{a, b, c}[random_() % 3];
  }
  json::Writer& key(std::string_view name) { return out_.key(name); }
  void text(std::string_view name, std::string_view value) { key(name).value(value); }
  void integer(std::string_view name, std::int32_t value) { key(name).value(value); }
  void truth(std::string_view name, std::uint32_t percent) {
    if (unknown_ != 0 && chance(unknown_ / 4)) return;
    key(name).value(chance(percent));
  }
  void date(std::string_view name, Date day) {
    if (open_ != 0 && chance(open_ / 4)) {
      key(name).null();
    } else {
      key(name).value(iso(day));
    }
  }

  json::Writer out_;
  std::minstd_rand random_;
  std::uint32_t open_, unknown_, number_;
};

}  // namespace

std::string dialogue_charter() {
  return CharterWriter().write();
}

std::string dialogue(std::uint32_t number, std::uint32_t open, std::uint32_t unknown) {
  return DialogueWriter(number, open, unknown).write();
}

}  // namespace partnership::benchmark_material
