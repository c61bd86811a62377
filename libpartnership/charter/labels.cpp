// SPDX-License-Identifier: Apache-2.0
#include "charter/labels.hpp"

#include <algorithm>
#include <vector>

namespace partnership::charter {

namespace {

std::string label_or(const LangMap& label, std::string_view otherwise, Language language) {
  return apart(label.empty() ? otherwise : label.get(language), language);
}

}  // namespace

std::string_view say_outcome(Outcome outcome, Language language) noexcept {
  switch (outcome) {
    case Outcome::met:
      return Words{"مستوفاة", "met", "respectée"}.in(language);
    case Outcome::not_met:
      return Words{"غير مستوفاة", "not met", "non respectée"}.in(language);
    case Outcome::undetermined:
      return Words{"غير محسومة", "undetermined", "indéterminée"}.in(language);
    case Outcome::not_applicable:
      return Words{"غير منطبقة", "not applicable", "sans objet"}.in(language);
    case Outcome::pending:
      return Words{"لم يحن أوانها", "pending", "en attente"}.in(language);
    case Outcome::met_by_exception:
      return Words{"مستوفاة باستثناء", "met by exception", "respectée par exception"}.in(language);
  }
  return {};
}

std::string_view say_state(State state, Language language) noexcept {
  switch (state) {
    case State::none:
      return {};
    case State::pending:
      return Words{"قيد التنفيذ", "pending", "en cours"}.in(language);
    case State::fulfilled:
      return Words{"منفّذة", "fulfilled", "exécutée"}.in(language);
    case State::fulfilled_late:
      return Words{"منفّذة متأخرة", "fulfilled late", "exécutée en retard"}.in(language);
    case State::overdue:
      return Words{"متأخرة", "overdue", "en retard"}.in(language);
    case State::violated:
      return Words{"مخالَفة", "violated", "enfreinte"}.in(language);
    case State::excused:
      return Words{"معفى منها", "excused", "excusée"}.in(language);
    case State::compensated:
      return Words{"جُبرت مخالفتها", "compensated", "réparée"}.in(language);
    case State::deemed:
      return Words{"محسومة بالسكوت", "deemed by silence", "tranchée par le silence"}.in(language);
    case State::lapsed:
      return Words{"ساقطة", "lapsed", "caduque"}.in(language);
  }
  return {};
}

std::string say_fact(const Fact& fact, Language language) {
  if (fact.label.empty()) return code_apart("`" + fact.name + "`", language);
  return apart(fact.label.get(language), language);
}

const Fact* fact_of(const Kind& kind, std::string_view path) noexcept {
  const Fact* found = nullptr;  // names may hold points: the longest that fits
  for (const Fact& fact : kind.facts) {
    if (!path.starts_with(fact.name)) continue;
    const std::string_view rest = path.substr(fact.name.size());
    if (!rest.empty() && rest[0] != '.' && rest[0] != '[') continue;
    if (found == nullptr || fact.name.size() > found->name.size()) found = &fact;
  }
  return found;
}

std::string say_fact(const Kind& kind, std::string_view path, Language language) {
  const Fact* const fact = fact_of(kind, path);
  if (fact != nullptr && fact->name.size() == path.size()) return say_fact(*fact, language);
  std::string code = code_apart("`" + std::string(path) + "`", language);
  if (fact == nullptr || fact->label.empty()) return code;
  return say_fact(*fact, language) + " (" + code + ")";
}

std::string say_norm(const Charter& charter, std::uint32_t norm, Language language,
                     std::int16_t version) {
  const Norm& of = charter.norms()[norm];
  const auto at = static_cast<std::size_t>(std::max<std::int16_t>(version, 0));
  return label_or(charter.versions()[of.versions[at]].label, of.id, language);
}

std::string say_party(const Charter& charter, std::string_view id, Language language) {
  const LangMap* const label = charter.party(id);
  return label == nullptr ? apart(id, language) : label_or(*label, id, language);
}

std::string say_bounds(const InForce& in_force, Language language) {
  std::vector<std::string> ends;
  if (in_force.from != date_none) {
    ends.push_back(say({"ابتداءً من {0}", "from {0}", "à partir du {0}"}, language,
                       {render(in_force.from, language)}));
  }
  if (in_force.to != date_none) {
    ends.push_back(
        say({"قبل {0}", "before {0}", "avant le {0}"}, language, {render(in_force.to, language)}));
  }
  return join_texts(ends, language);
}

std::string say_cell(const Coverage& coverage, std::uint32_t row, std::uint32_t column,
                     Language language) {
  const auto label = [&](const Coverage::Axis& axis, std::uint32_t value) {
    if (value >= axis.values.size()) return std::string();
    const bool labelled = value < axis.labels.size();
    return label_or(labelled ? axis.labels[value] : LangMap(), axis.values[value], language);
  };
  const std::string of_row = label(coverage.rows, row);
  const std::string of_column = label(coverage.columns, column);
  if (of_row.empty() || of_column.empty()) return of_row + of_column;
  return of_row + " – " + of_column;
}

std::string say_period(const PeriodOf& period, Stands stands, Language language) {
  switch (period.unit) {
    case PeriodOf::Unit::days:
      return say_counted(period.count, Counted::days, stands, language);
    case PeriodOf::Unit::working_days:
      return say_counted(period.count, Counted::working_days, stands, language);
    case PeriodOf::Unit::weeks:
      return say_counted(period.count, Counted::weeks, stands, language);
    case PeriodOf::Unit::months:
      return say_counted(period.count, Counted::months, stands, language);
    case PeriodOf::Unit::years:
      return say_counted(period.count, Counted::years, stands, language);
    case PeriodOf::Unit::next_year:
    case PeriodOf::Unit::feel:
      break;
  }
  return {};
}

}  // namespace partnership::charter
