// SPDX-License-Identifier: Apache-2.0
#include "charter/what_if.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "charter/changes.hpp"
#include "charter/labels.hpp"
#include "charter/reasons.hpp"

namespace partnership::charter {

namespace {

// Whether the members are those of an event.
bool of_an_event(json::Value changes, const feel::Type& schema) {
  constexpr std::array<std::string_view, 3> names = {"facts", "append", "withdraw"};
  if (!changes.is(json::Type::object) || changes.size() == 0) return false;
  for (const json::Value member : changes) {
    if (std::ranges::find(names, member.key()) == names.end()) return false;
    if (schema.find(member.key()) != nullptr) return false;
  }
  return true;
}

class Differences {
 public:
  Differences(const Charter& charter, Date on, Language language)
      : charter_(charter), on_(on), in_(language) {
    for (const char* const name : {"norm", "article", "citation", "label", "outcome_before",
                                   "outcome_after", "state_before", "state_after"}) {
      table_.add(name, ColumnType::text);
    }
    for (const char* const name : {"due_before", "due_after"}) table_.add(name, ColumnType::date);
    for (const char* const name : {"reason_before", "reason_after"}) {
      table_.add(name, ColumnType::text);
    }
  }

  void add(std::uint32_t norm, const Examination& before, const Examination& after) {
    const Norm& of = charter_.norms()[norm];
    const std::int16_t at = std::max<std::int16_t>(
        after.finding.version < 0 ? before.finding.version : after.finding.version, 0);
    const NormVersion& version = charter_.versions()[of.versions[static_cast<std::size_t>(at)]];
    std::int32_t column = 0;
    table_.text(column++, of.id);
    table_.text_or_null(column++, given(version.article));
    table_.text_or_null(column++, given(version.citation));
    table_.text(column++, version.label.empty() ? std::string_view(of.id) : version.label.get(in_));
    table_.text(column++, outcome_name(before.finding.outcome));
    table_.text(column++, outcome_name(after.finding.outcome));
    table_.text_or_null(column++, given(state_name(before.finding.state)));
    table_.text_or_null(column++, given(state_name(after.finding.state)));
    date(column++, before.finding.due);
    date(column++, after.finding.due);
    for (const Examination* const each : {&before, &after}) {
      table_.text(column++, say_reason({charter_, norm, each->finding, on_, each, {}}, in_));
    }
  }

  Table finish() { return table_.finish(); }

 private:
  static std::optional<std::string_view> given(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
  }
  void date(std::int32_t column, Date day) {
    if (day == date_none) {
      table_.null(column);
    } else {
      table_.date(column, day);
    }
  }

  const Charter& charter_;
  Date on_;
  Language in_;
  TableBuilder table_;
};

}  // namespace

std::string changed_facts(const Kind& kind, std::string_view facts, std::string_view changes) {
  const feel::Type& schema = *kind.set->schema();
  (void)kind.set->read_case(facts);  // what is wrong with the case itself
  const auto before = json::Document::parse(facts);
  const auto after = json::Document::parse(changes);
  FactSheet sheet(schema);
  for (const json::Value member : before->root()) {
    const feel::Type::Member* const fact = schema.find(member.key());
    if (fact == nullptr) continue;
    sheet.apply({static_cast<std::uint32_t>(fact - schema.members.data()), FactChange::How::replace,
                 member});
  }
  json::Problems problems;
  Parts parts(problems);
  ChangeReader reader(kind);
  std::vector<FactChange> found;
  if (of_an_event(after->root(), schema)) {
    json::ObjectReader object(after->root(), problems);
    reader.read(object, parts, found);
    object.finish();
  } else {
    reader.read_facts(after->root(), parts, found);
  }
  problems.raise(Code::invalid_document);
  for (const FactChange& change : found) sheet.apply(change);
  std::string out;
  sheet.append_json(out, false);
  return out;
}

Table what_if(const Charter& charter, std::uint32_t kind, std::string_view facts,
              std::string_view changes, const Question& question, Language language) {
  if (kind >= charter.kinds().size()) {
    throw Error(Code::invalid_argument, "a kind of case that the charter has not");
  }
  const Kind& of = charter.kinds()[kind];
  const std::string changed = changed_facts(of, facts, changes);
  std::vector<Examination> before, after;
  examine_all(charter, kind, *of.set->read_case(facts), question, before);
  examine_all(charter, kind, *of.set->read_case(changed), question, after);
  const std::span<const std::uint32_t> norms = norms_with_findings(charter, kind, question);
  Differences table(charter, question.on, language);
  for (std::size_t i = 0; i < norms.size(); ++i) {
    if (before[i].finding != after[i].finding) table.add(norms[i], before[i], after[i]);
  }
  return table.finish();
}

}  // namespace partnership::charter
