// SPDX-License-Identifier: Apache-2.0
//
// What is said by the shape of a norm.
#include <vector>

#include "charter/labels.hpp"
#include "charter/reasons_sentence.hpp"

namespace partnership::charter {

// ---- deadlines and notices

std::string Sentence::due_apart() const {
  if (!has_due()) return {};
  if (measures().extended) {
    return words({" (الموعد الأقصى بعد التمديد {0})", " (due by {0}, after an extension)",
                  " (échéance prolongée au {0})"},
                 {due()});
  }
  return words({" (الموعد الأقصى {0})", " (due by {0})", " (échéance : {0})"}, {due()});
}

std::string Sentence::in_time() const {
  if (done() == date_none) {
    return words({"أُنجز في موعده", "done in time", "fait à temps"}) + due_apart();
  }
  return words({"أُنجز في {0}", "done on {0}", "fait le {0}"}, {day(done())}) + due_apart();
}

std::string Sentence::late() const {
  if (done() == date_none || !has_due() || done() <= finding_.due) {
    return words({"أُنجز متأخرًا", "done late", "fait en retard"}) + due_apart();
  }
  const std::int64_t count = std::int64_t{done()} - finding_.due;
  return words({"أُنجز في {0}، متأخرًا {1}", "done on {0}, {1} late",
                "fait le {0}, avec {1} de retard"},
               {day(done()), days(count, Stands::object)}) +
         due_apart();
}

std::string Sentence::open() const {
  switch (shape()) {
    case Shape::duration:
      return open_duration();
    case Shape::recurrence:
      return version_->recurrence.gap ? next_due() : count();
    case Shape::require:
      return condition();
    case Shape::coverage:
      return cells();
    case Shape::deadline:
    case Shape::notice:
      break;
  }
  if (told_.seen == nullptr) {  // whether it is done may not be known
    return words({"المهلة جارية", "still open", "délai en cours"}) + due_by();
  }
  const Consulted* const how = consulted(Part::done);
  const bool unknown = how != nullptr && how->known == Known::missing;
  return (unknown ? words({"لا يُعرف هل أُنجز", "not known whether it is done",
                           "on ignore si c'est fait"})
                  : words({"لم يُنجز بعد", "not done yet", "pas encore fait"})) +
         (measures().extended ? due_apart() : due_by());
}

std::string Sentence::silence() const {
  if (finding_.state == State::lapsed || finding_.outcome == Outcome::not_applicable) {
    return words({"لم يُنجز في الموعد الأقصى ({0})، فسقط", "not done by {0}, and lapsed",
                  "pas fait à l'échéance ({0}), et caduc depuis"},
                 {due()});
  }
  if (finding_.state == State::deemed) {
    return finding_.outcome == Outcome::met
               ? words({"لم يرد جواب حتى {0}؛ والسكوت قبول",
                        "no answer by {0}; silence is acceptance",
                        "pas de réponse à l'échéance ({0}) ; le silence vaut acceptation"},
                       {due()})
               : words({"لم يرد جواب حتى {0}؛ والسكوت رفض", "no answer by {0}; silence is refusal",
                        "pas de réponse à l'échéance ({0}) ; le silence vaut refus"},
                       {due()});
  }
  if (shape() == Shape::notice || finding_.state == State::violated) {
    return words(
        {"لم يُنجز في الموعد الأقصى ({0})، وفات الأوان", "not done by {0}, and too late now",
         "pas fait à l'échéance ({0}), et trop tard désormais"},
        {due()});
  }
  if (!has_due() || told_.on <= finding_.due) {
    return words({"لم يُنجز", "not done", "pas fait"}) + due_apart();
  }
  return overdue({"لم يُنجز رغم مضيّ {0} على الموعد الأقصى ({1})",
                  "not done, and {0} overdue (due by {1})",
                  "pas fait, avec {0} de retard (échéance : {1})"});
}

std::string Sentence::overdue(const Words& how) const {
  const std::int64_t count = std::int64_t{told_.on} - finding_.due;
  return words(how, {days(count, Stands::behind), due()});
}

std::string Sentence::extension_not_told() const {
  const Date at = day_of(Part::told);
  if (at == date_none) {
    return words({"انقضى الموعد الأقصى ({0})؛ ولم يُبلَّغ التمديد في حينه",
                  "past the due date ({0}); the extension was not told in time",
                  "échéance dépassée ({0}) ; la prolongation n'a pas été annoncée à temps"},
                 {due()});
  }
  return words({"انقضى الموعد الأقصى ({0})؛ ولم يُبلَّغ التمديد إلا في {1}",
                "past the due date ({0}); the extension was told only on {1}",
                "échéance dépassée ({0}) ; la prolongation n'a été annoncée que le {1}"},
               {due(), day(at)});
}

// ---- durations

std::string Sentence::earliest() const {
  if (!has_due()) return {};
  return words({" (أبكر موعد جائز {0})", " (at the earliest {0})", " (au plus tôt le {0})"},
               {due()});
}

std::string Sentence::open_duration() const {
  if (done() != date_none && done() > told_.on) {
    return has_due() && done() < finding_.due ? too_short() : long_enough();
  }
  if (!has_due()) return words({"المدة جارية", "still open", "période en cours"});
  return words({"المدة جارية؛ لا يجوز إقفالها قبل {0}", "still open; it may not close before {0}",
                "période en cours ; pas de clôture avant le {0}"},
               {due()});
}

std::string Sentence::long_enough() const {
  if (done() == date_none) {
    return words({"المدة كافية", "long enough", "durée suffisante"}) + earliest();
  }
  if (done() > told_.on) {
    return words({"الإقفال مقرر في {0}", "planned to close on {0}", "clôture prévue le {0}"},
                 {day(done())}) +
           earliest();
  }
  return words({"أُقفلت المدة في {0}", "closed on {0}", "période close le {0}"}, {day(done())}) +
         earliest();
}

std::string Sentence::too_short() const {
  if (done() == date_none || !has_due() || done() >= finding_.due) {
    return words({"المدة أقصر من المطلوب", "too short", "durée trop courte"}) + earliest();
  }
  const std::string early = days(std::int64_t{finding_.due} - done(), Stands::object);
  if (done() > told_.on) {
    return words({"الإقفال مقرر في {0}، وتنقص المدة {1}، ولا يزال تمديدها ممكنًا",
                  "planned to close on {0}, {1} too early; it can still be prolonged",
                  "clôture prévue le {0} ; il manque {1}, mais la prolongation reste possible"},
                 {day(done()), early}) +
           earliest();
  }
  return words({"أُقفلت المدة في {0}، وتنقص {1}", "closed on {0}, {1} too early",
                "période close le {0} ; il manque {1}"},
               {day(done()), early}) +
         earliest();
}

// ---- recurrences

std::string Sentence::next_due() const {
  if (!has_due())
    return words({"لم يحن موعد المرة التالية", "the next one is not due yet",
                  "la prochaine fois n'est pas encore échue"});
  return words({"الموعد الأقصى للمرة التالية {0}", "the next one is due by {0}",
                "prochaine fois au plus tard le {0}"},
               {due()});
}

std::string Sentence::gap() const {
  if (pending()) return next_due();
  if (finding_.outcome != Outcome::not_met) {
    const std::string out = words(
        {"لا انقطاع أطول من المسموح", "no gap is too long", "aucun intervalle n'est trop long"});
    return has_due() ? out + words({"؛ ", "; ", " ; "}) + next_due() : out;
  }
  if (finding_.state == State::overdue && has_due() && told_.on > finding_.due) {
    return overdue({"لم تتكرر رغم مضيّ {0} على الموعد الأقصى ({1})",
                    "not repeated, and {0} overdue (due by {1})",
                    "pas renouvelé, avec {0} de retard (échéance : {1})"});
  }
  const std::string longest = version_ != nullptr && version_->recurrence.gap
                                  ? say_period(*version_->recurrence.gap, Stands::subject, in_)
                                  : std::string();
  const std::string most =
      longest.empty()
          ? std::string()
          : words({" (أطول انقطاع مسموح به: {0})", " (at most {0})", " (au plus {0})"}, {longest});
  if (measures().span_to == date_none) {
    return words({"انقطاع أطول من المسموح", "a gap is too long", "un intervalle est trop long"}) +
           most;
  }
  return words({"انقطاع أطول من المسموح، من {0} إلى {1}", "a gap is too long, from {0} to {1}",
                "un intervalle est trop long, du {0} au {1}"},
               {day(measures().span_from), day(measures().span_to)}) +
         most;
}

std::string Sentence::count() const {
  const std::string least = std::to_string(version_ == nullptr ? 0 : version_->recurrence.at_least);
  std::string out;
  if (measures().span_to != date_none) {
    out = words({"العدد {0}، والمطلوب {1} على الأقل، من {2} إلى {3}",
                 "{0} of at least {1}, from {2} to {3}", "{0} sur au moins {1}, du {2} au {3}"},
                {std::to_string(measures().count), least, day(measures().span_from),
                 day(measures().span_to)});
  } else if (finding_.outcome == Outcome::not_met) {
    out = words({"العدد أقل من {0} في إحدى الفترات", "fewer than {0} in a period",
                 "moins de {0} pour une période"},
                {least});
  } else if (pending()) {
    out = words(
        {"المطلوب {0} على الأقل في الفترة الجارية", "at least {0} are asked in the current period",
         "il en faut au moins {0} pour la période en cours"},
        {least});
  } else {
    out = words(
        {"العدد كافٍ في كل فترة ({0} على الأقل)", "often enough in every period (at least {0})",
         "assez souvent à chaque période (au moins {0})"},
        {least});
  }
  return pending() ? out + due_by() : out;
}

// ---- coverage

std::string Sentence::cells() const {
  if (finding_.outcome == Outcome::met) {
    return words({"كل المطلوب مشمول", "all that is required is covered",
                  "tout ce qui est requis est couvert"});
  }
  std::string out = words({"بعض المطلوب غير مشمول", "not all that is required is covered",
                           "tout ce qui est requis n'est pas couvert"});
  if (told_.seen != nullptr && !told_.seen->cells.empty()) {
    out = words({"غير مشمول: {0}", "not covered: {0}", "non couvert : {0}"}, {cell_names()});
  }
  return out + due_by();
}

std::string Sentence::cell_names() const {
  std::vector<std::string> names;
  for (const auto& [row, column] : told_.seen->cells) {
    names.push_back(say_cell(version_->coverage, row, column, in_));
  }
  return join_names(names, in_);
}

}  // namespace partnership::charter
