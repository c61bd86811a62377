// SPDX-License-Identifier: Apache-2.0
#include "charter/obligations.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "base/words.hpp"
#include "charter/labels.hpp"

namespace partnership::charter {

namespace {

bool is_due(const Finding& finding) noexcept {
  if (finding.due == date_none || finding.version < 0) return false;
  const bool again = finding.outcome == Outcome::met && finding.why == Why::gap;
  return again || finding.outcome == Outcome::pending || finding.state == State::overdue;
}

bool is_wanted(const NormVersion& version, Date due, const ObligationFilter& filter) noexcept {
  return (filter.bearer.empty() || filter.bearer == version.bearer) &&
         (filter.due_from == date_none || due >= filter.due_from) &&
         (filter.due_to == date_none || due < filter.due_to);
}

std::optional<std::string_view> given(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// Adds what the finding itself does not know.
void look_into(const Charter& charter, const CasesOfKind& cases, std::uint32_t row,
               const Question& question, Obligation& obligation) {
  if (obligation.finding.outcome != Outcome::pending) return;
  const NormVersion& version = version_of(charter, obligation);
  const bool extendable = version.shape == Shape::deadline && version.deadline.extension;
  const bool counted = version.shape == Shape::recurrence && !version.recurrence.gap;
  if (!extendable && !counted) return;
  const Measures measures =
      examine(charter, cases.kind, *cases.cases, row, question, obligation.norm).measures;
  obligation.extended = measures.extended;
  if (counted) obligation.lacking = version.recurrence.at_least - measures.count;
  if (extendable && !measures.extended) obligation.extendable_until = measures.first_due;
}

class NextStep {
 public:
  NextStep(const Charter& charter, const Obligation& obligation, Date on, Language language)
      : charter_(charter),
        of_(obligation),
        version_(version_of(charter, obligation)),
        on_(on),
        in_(language) {}

  std::string take() {
    if (of_.finding.state == State::overdue) {
      add({"لا تزال واجبة", "still to be done", "reste à faire"});
      repair();
    } else {
      pending();
    }
    return std::move(out_);
  }

 private:
  void add(const Words& words, std::initializer_list<std::string_view> arguments = {}) {
    constexpr Words between = {"؛ ", "; ", " ; "};
    if (!out_.empty()) out_ += between.in(in_);
    out_ += say(words, in_, arguments);
  }

  void pending() {
    switch (version_.shape) {
      case Shape::require:
      case Shape::coverage:
        return add({"يجب استيفاؤها حتى ذلك الحين", "has to hold by then", "à respecter d'ici là"});
      case Shape::deadline:
        return deadline();
      case Shape::notice:
        return add({"ثم يفوت الأوان", "too late after that", "trop tard ensuite"});
      case Shape::duration:
        return add(
            {"لا يجوز الإقفال قبل ذلك", "may not close before", "pas de clôture avant cette date"});
      case Shape::recurrence:
        if (version_.recurrence.gap) {
          return add({"موعد المرة التالية", "the next one", "prochaine fois"});
        }
        return add({"ينقص {0} حتى ذلك الحين", "{0} more by then", "il en manque {0} d'ici là"},
                   {std::to_string(of_.lacking)});
    }
  }

  void deadline() {
    const Deadline& deadline = version_.deadline;
    if (of_.extended) {
      add({"مُدّدت المهلة", "already extended", "délai déjà prolongé"});
    } else if (of_.extendable_until != date_none && on_ <= of_.extendable_until) {
      extension(deadline.extension->by);
    }
    switch (deadline.silence) {
      case Silence::breach:
        return;
      case Silence::refusal:
        return add(
            {"ثم يُعدّ السكوت رفضًا", "then silence is refusal", "ensuite, le silence vaut refus"});
      case Silence::acceptance:
        return add({"ثم يُعدّ السكوت قبولًا", "then silence is acceptance",
                    "ensuite, le silence vaut acceptation"});
      case Silence::lapse:
        return add({"ثم تسقط", "lapses then", "caduque ensuite"});
    }
  }

  void extension(const PeriodOf& by) {
    const std::string until = render(of_.extendable_until, in_);
    const std::string longer = say_period(by, Stands::object, in_);
    if (longer.empty()) {
      return add({"يجوز تمديد المهلة بتعليل حتى {0}", "may be extended with a reason until {0}",
                  "prolongation motivée possible jusqu'au {0}"},
                 {until});
    }
    add({"يجوز تمديد المهلة {0} بتعليل حتى {1}", "may be extended by {0} with a reason until {1}",
         "prolongation motivée de {0} possible jusqu'au {1}"},
        {longer, until});
  }

  void repair() {
    if (version_.reparation < 0) return;
    const auto norm = static_cast<std::uint32_t>(version_.reparation);
    add({"وتنشأ عن المخالفة: {0}", "what follows: {0}", "il s'ensuit : {0}"},
        {say_norm(charter_, norm, in_)});
  }

  const Charter& charter_;
  const Obligation& of_;
  const NormVersion& version_;
  Date on_;
  Language in_;
  std::string out_;
};

}  // namespace

const NormVersion& version_of(const Charter& charter, const Obligation& obligation) {
  const Norm& norm = charter.norms()[obligation.norm];
  return charter.versions()[norm.versions[static_cast<std::size_t>(obligation.finding.version)]];
}

std::vector<Obligation> obligations(const Charter& charter, std::span<const CasesOfKind> cases,
                                    const Question& question, const ObligationFilter& filter) {
  std::vector<Obligation> out;
  for (const CasesOfKind& of : cases) {
    if (of.ids.empty()) continue;
    const Findings findings = assess(charter, of.kind, *of.cases, question);
    for (std::uint32_t row = 0; row < findings.rows(); ++row) {
      for (std::uint32_t i = 0; i < findings.norms().size(); ++i) {
        Obligation found;
        found.finding = findings.at(i, row);
        if (!is_due(found.finding)) continue;
        found.norm = findings.norms()[i];
        if (!is_wanted(version_of(charter, found), found.due(), filter)) continue;
        found.id = of.ids[row];
        found.kind = of.kind;
        look_into(charter, of, row, question, found);
        out.push_back(std::move(found));
      }
    }
  }
  std::ranges::stable_sort(out, {}, [&](const Obligation& each) {
    return std::tuple(each.due(), std::string_view(version_of(charter, each).bearer));
  });
  return out;
}

std::vector<Obligation> obligations(const History& history, const Question& question,
                                    const ObligationFilter& filter) {
  return obligations(history.charter(), history.as_of(question.on), question, filter);
}

std::string say_next_step(const Charter& charter, const Obligation& obligation, Date on,
                          Language language) {
  return NextStep(charter, obligation, on, language).take();
}

Table obligations_table(const Charter& charter, std::span<const Obligation> obligations, Date on,
                        Language language) {
  TableBuilder table;
  for (const char* const name : {"case", "kind", "norm", "article", "citation", "label",
                                 "bearer_id", "bearer", "counterparty_id", "counterparty"}) {
    table.add(name, ColumnType::text);
  }
  const std::int32_t due = table.add("due", ColumnType::date);
  const std::int32_t state = table.add("state", ColumnType::text);
  const std::int32_t left = table.add("days_left", ColumnType::int64);
  const std::int32_t next = table.add("next_step", ColumnType::text);
  const auto label = [&](const LangMap* map, std::string_view id) {
    return map == nullptr || map->empty() ? id : map->get(language);
  };
  for (const Obligation& each : obligations) {
    const NormVersion& version = version_of(charter, each);
    std::int32_t column = 0;
    table.text(column++, each.id);
    table.text(column++, charter.kinds()[each.kind].id);
    table.text(column++, version.id);
    table.text_or_null(column++, given(version.article));
    table.text_or_null(column++, given(version.citation));
    table.text(column++, label(&version.label, version.id));
    table.text(column++, version.bearer);
    table.text(column++, label(charter.party(version.bearer), version.bearer));
    table.text_or_null(column++, given(version.counterparty));
    table.text_or_null(column++,
                       given(label(charter.party(version.counterparty), version.counterparty)));
    table.date(due, each.due());
    table.text(state, state_name(each.finding.state));
    table.int64(left, std::int64_t{each.due()} - on);
    table.text(next, say_next_step(charter, each, on, language));
  }
  return table.finish();
}

}  // namespace partnership::charter
