// SPDX-License-Identifier: Apache-2.0
#include "charter/reasons.hpp"

#include <vector>

#include "base/words.hpp"
#include "charter/labels.hpp"

namespace partnership::charter {

namespace {

// One sentence about one finding in one language.
class Sentence {
 public:
  Sentence(const Told& told, Language language)
      : told_(told),
        finding_(told.finding),
        in_(language),
        norm_(told.charter.norms()[told.norm]),
        version_(
            finding_.version < 0
                ? nullptr
                : &told.charter
                       .versions()[norm_.versions[static_cast<std::size_t>(finding_.version)]]) {}

  std::string why() const {
    switch (finding_.why) {
      case Why::none:
        return {};
      case Why::not_in_force:
        return not_in_force();
      case Why::does_not_apply:
        return words({"القاعدة لا تنطبق على هذه الحالة", "the norm does not apply to this case",
                      "la norme ne s'applique pas à ce cas"});
      case Why::not_triggered:
        return not_triggered();
      case Why::missing_facts:
        return missing_facts();
      case Why::no_answer:
        return words(
            {"لا تعطي شروط القاعدة جوابًا لوقائع هذه الحالة",
             "the norm's conditions give no answer for the facts of this case",
             "les conditions de la norme ne donnent pas de réponse pour les faits de ce cas"});
      case Why::condition:
        return condition();
      case Why::in_time:
        return in_time();
      case Why::late:
        return late();
      case Why::open:
        return open();
      case Why::silence:
        return silence();
      case Why::long_enough:
        return long_enough();
      case Why::too_short:
        return too_short();
      case Why::gap:
        return gap();
      case Why::count:
        return count();
      case Why::cells:
        return cells();
      case Why::exception:
        return exception();
      case Why::exception_no_reason:
        return words({"احتُجّ باستثناء من دون تعليل", "an exception was invoked without a reason",
                      "une exception a été invoquée sans motif"});
      case Why::extension_no_reason:
        return words({"انقضى الموعد الأقصى ({0})؛ والتمديد بلا تعليل",
                      "past the due date ({0}); the extension has no reason",
                      "échéance dépassée ({0}) ; prolongation sans motif"},
                     {due()});
      case Why::extension_not_told:
        return extension_not_told();
      case Why::defeated:
        return defeated();
      case Why::no_evidence:
        return no_evidence();
    }
    return {};
  }

  std::string compensation() const {
    if (finding_.state != State::compensated || version_ == nullptr || version_->reparation < 0) {
      return {};
    }
    const auto repair = static_cast<std::uint32_t>(version_->reparation);
    return words({"؛ وقد جُبرت المخالفة: {0}", "; the breach has been repaired: {0}",
                  " ; le manquement a été réparé : {0}"},
                 {say_norm(told_.charter, repair, in_)});
  }

 private:
  std::string words(const Words& words,
                    std::initializer_list<std::string_view> arguments = {}) const {
    return say(words, in_, arguments);
  }
  std::string day(Date date) const { return render(date, in_); }
  std::string due() const {
    return finding_.due == date_none ? std::string("–") : day(finding_.due);
  }
  bool has_due() const noexcept { return finding_.due != date_none; }
  std::string days(std::int64_t count, Stands stands) const {
    return say_counted(count, Counted::days, stands, in_);
  }
  // What was consulted for the norm itself; nullptr: it was not.
  const Consulted* consulted(Part part) const noexcept {
    if (told_.seen == nullptr) return nullptr;
    for (const Consulted& each : told_.seen->consulted) {
      if (each.part == part && each.norm == told_.norm) return &each;
    }
    return nullptr;
  }
  Date day_of(Part part) const noexcept {
    const Consulted* const found = consulted(part);
    return found == nullptr ? date_none : found->day;
  }
  const Measures& measures() const noexcept {
    static constexpr Measures none;
    return told_.seen == nullptr ? none : told_.seen->measures;
  }
  // When it was done, or closed; also planned for a later day than the one asked.
  Date done() const noexcept { return day_of(shape() == Shape::duration ? Part::to : Part::done); }
  Shape shape() const noexcept { return version_ == nullptr ? Shape::require : version_->shape; }
  bool pending() const noexcept { return finding_.outcome == Outcome::pending; }

  // ---- whether it holds at all

  std::string not_in_force() const {
    const Kind& kind = told_.charter.kinds()[norm_.kind];
    Date chosen = day_of(Part::dated_by);
    const bool asked = !kind.dated_by.given() || consulted(Part::dated_by) != nullptr;
    if (asked && (chosen == date_none || chosen > told_.on)) chosen = told_.on;
    std::string out =
        chosen == date_none
            ? words({"القاعدة غير نافذة في التاريخ المعتمد لهذه الحالة",
                     "the norm is not in force on the day that counts for this case",
                     "la norme n'est pas en vigueur à la date qui compte pour ce cas"})
            : words({"القاعدة غير نافذة في {0}", "the norm is not in force on {0}",
                     "la norme n'est pas en vigueur le {0}"},
                    {day(chosen)});
    if (norm_.versions.size() == 1)
      out += bounds(told_.charter.versions()[norm_.versions[0]].in_force);
    return out;
  }

  std::string bounds(const InForce& in_force) const {
    const std::string ends = say_bounds(in_force, in_);
    if (ends.empty()) return {};
    return words({" (نافذة {0})", " (in force {0})", " (en vigueur {0})"}, {ends});
  }

  std::string not_triggered() const {
    if (!norm_.repairs.empty() && measures().begin == date_none) {
      std::vector<std::string> names;
      for (const std::uint32_t repaired : norm_.repairs) {
        names.push_back(say_norm(told_.charter, repaired, in_));
      }
      return words(
          {"لم تقع المخالفة التي تنشأ عنها: {0}", "what it repairs has not been broken: {0}",
           "il n'y a pas de manquement à réparer : {0}"},
          {join_names(names, in_)});
    }
    if (measures().begin != date_none && shape() != Shape::notice) {
      return words({"لا تبدأ المدة إلا في {0}", "its period begins only on {0}",
                    "la période ne commence que le {0}"},
                   {day(measures().begin)});
    }
    if (shape() == Shape::notice) {
      return words({"لم يُحدَّد بعد تاريخ ما يجب الإعلام به مسبقًا",
                    "what is to be announced has no date yet",
                    "la date de ce qui doit être annoncé n'est pas encore fixée"});
    }
    return words(
        {"لم تبدأ المدة بعد", "its period has not begun", "la période n'a pas encore commencé"});
  }

  std::string missing_facts() const {
    if (told_.seen == nullptr || told_.seen->missing.empty()) {
      return words({"وقائع لازمة للبتّ غير معروفة", "facts that decide it are not known",
                    "des faits nécessaires ne sont pas connus"});
    }
    return words({"غير معروف: {0}", "not known: {0}", "inconnu : {0}"}, {missing_names()});
  }

  std::string missing_names() const {
    std::vector<std::string> names;
    for (const std::string& path : told_.seen->missing) {
      names.push_back(say_fact(told_.charter.kinds()[norm_.kind], path, in_));
    }
    return join_names(names, in_);
  }

  // ---- conditions

  std::string condition() const {
    if (finding_.outcome == Outcome::met) {
      return words({"الشرط مستوفى", "the condition holds", "la condition est remplie"});
    }
    if (pending()) {
      return words({"الشرط لم يُستوفَ بعد", "the condition does not hold yet",
                    "la condition n'est pas encore remplie"}) +
             due_by();
    }
    const std::string out = words(
        {"الشرط غير مستوفى", "the condition does not hold", "la condition n'est pas remplie"});
    if (!has_due()) return out;
    return out +
           words({"؛ وكان الموعد الأقصى {0}", "; it had to by {0}", " ; échéance : {0}"}, {due()});
  }

  // "; due by DAY", or nothing.
  std::string due_by() const {
    if (!has_due()) return {};
    return words({"؛ الموعد الأقصى {0}", "; due by {0}", " ; échéance : {0}"}, {due()});
  }

  // ---- deadlines and notices

  // " (due by DAY)", or nothing.
  std::string due_apart() const {
    if (!has_due()) return {};
    if (measures().extended) {
      return words({" (الموعد الأقصى بعد التمديد {0})", " (due by {0}, after an extension)",
                    " (échéance prolongée au {0})"},
                   {due()});
    }
    return words({" (الموعد الأقصى {0})", " (due by {0})", " (échéance : {0})"}, {due()});
  }

  std::string in_time() const {
    if (done() == date_none) {
      return words({"أُنجز في موعده", "done in time", "fait à temps"}) + due_apart();
    }
    return words({"أُنجز في {0}", "done on {0}", "fait le {0}"}, {day(done())}) + due_apart();
  }

  std::string late() const {
    if (done() == date_none || !has_due() || done() <= finding_.due) {
      return words({"أُنجز متأخرًا", "done late", "fait en retard"}) + due_apart();
    }
    const std::int64_t count = std::int64_t{done()} - finding_.due;
    return words({"أُنجز في {0}، متأخرًا {1}", "done on {0}, {1} late",
                  "fait le {0}, avec {1} de retard"},
                 {day(done()), days(count, Stands::object)}) +
           due_apart();
  }

  std::string open() const {
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
    const Consulted* const how = consulted(Part::done);
    const bool unknown = how != nullptr && how->known == Known::missing;
    return (unknown ? words({"لا يُعرف هل أُنجز", "not known whether it is done",
                             "on ignore si c'est fait"})
                    : words({"لم يُنجز بعد", "not done yet", "pas encore fait"})) +
           (measures().extended ? due_apart() : due_by());
  }

  std::string silence() const {
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
                 : words(
                       {"لم يرد جواب حتى {0}؛ والسكوت رفض", "no answer by {0}; silence is refusal",
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
    return words({"لم يُنجز رغم مضيّ {0} على الموعد الأقصى", "not done, and {0} overdue",
                  "pas fait, avec {0} de retard"},
                 {days(std::int64_t{told_.on} - finding_.due, Stands::behind)}) +
           due_apart();
  }

  std::string extension_not_told() const {
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

  // " (at the earliest DAY)", or nothing.
  std::string earliest() const {
    if (!has_due()) return {};
    return words({" (أبكر موعد جائز {0})", " (at the earliest {0})", " (au plus tôt le {0})"},
                 {due()});
  }

  std::string open_duration() const {
    if (done() != date_none && done() > told_.on) {
      return has_due() && done() < finding_.due ? too_short() : long_enough();
    }
    if (!has_due()) return words({"المدة جارية", "still open", "période en cours"});
    return words({"المدة جارية؛ لا يجوز إقفالها قبل {0}", "still open; it may not close before {0}",
                  "période en cours ; pas de clôture avant le {0}"},
                 {due()});
  }

  std::string long_enough() const {
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

  std::string too_short() const {
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

  std::string next_due() const {
    if (!has_due())
      return words({"لم يحن موعد المرة التالية", "the next one is not due yet",
                    "la prochaine fois n'est pas encore échue"});
    return words({"الموعد الأقصى للمرة التالية {0}", "the next one is due by {0}",
                  "prochaine fois au plus tard le {0}"},
                 {due()});
  }

  std::string gap() const {
    if (pending()) return next_due();
    if (finding_.outcome != Outcome::not_met) {
      const std::string out = words(
          {"لا انقطاع أطول من المسموح", "no gap is too long", "aucun intervalle n'est trop long"});
      return has_due() ? out + words({"؛ ", "; ", " ; "}) + next_due() : out;
    }
    if (finding_.state == State::overdue && has_due() && told_.on > finding_.due) {
      return words({"لم تتكرر رغم مضيّ {0} على الموعد الأقصى", "not repeated, and {0} overdue",
                    "pas renouvelé, avec {0} de retard"},
                   {days(std::int64_t{told_.on} - finding_.due, Stands::behind)}) +
             due_apart();
    }
    const std::string longest = version_ != nullptr && version_->recurrence.gap
                                    ? say_period(*version_->recurrence.gap, Stands::behind, in_)
                                    : std::string();
    const std::string most =
        longest.empty()
            ? std::string()
            : words({" (أطول انقطاع مسموح به: {0})", " (at most {0})", " (au plus {0})"},
                    {longest});
    if (measures().span_to == date_none) {
      return words({"انقطاع أطول من المسموح", "a gap is too long", "un intervalle est trop long"}) +
             most;
    }
    return words({"انقطاع أطول من المسموح، من {0} إلى {1}", "a gap is too long, from {0} to {1}",
                  "un intervalle est trop long, du {0} au {1}"},
                 {day(measures().span_from), day(measures().span_to)}) +
           most;
  }

  std::string count() const {
    const std::string least =
        std::to_string(version_ == nullptr ? 0 : version_->recurrence.at_least);
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
      out = words({"المطلوب {0} على الأقل في الفترة الجارية",
                   "at least {0} are asked in the current period",
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

  std::string cells() const {
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

  std::string cell_names() const {
    std::vector<std::string> names;
    for (const auto& [row, column] : told_.seen->cells) {
      names.push_back(say_cell(version_->coverage, row, column, in_));
    }
    return join_names(names, in_);
  }

  // ---- exceptions and evidence

  std::string exception() const {
    if (told_.excuse.empty()) {
      return words(
          {"باستثناء معلّل", "by an exception with its reason", "par une exception motivée"});
    }
    return words({"باستثناء تعليله: {0}", "by an exception, for this reason: {0}",
                  "par une exception, pour ce motif : {0}"},
                 {apart(told_.excuse, in_)});
  }

  std::string defeated() const {
    std::int32_t other = told_.seen == nullptr ? -1 : told_.seen->other;
    if (other < 0 && norm_.exceptions.size() == 1)
      other = static_cast<std::int32_t>(norm_.exceptions[0]);
    const std::string name =
        other < 0 ? std::string() : say_norm(told_.charter, static_cast<std::uint32_t>(other), in_);
    const bool sure = finding_.outcome != Outcome::undetermined;
    const std::string out =
        sure ? words({"تُقدَّم عليها قاعدة استثنائية مستوفاة",
                      "a norm that is an exception of it holds",
                      "une norme d'exception est respectée"})
             : words({"لا يُعرف هل القاعدة الاستثنائية مستوفاة",
                      "not known whether a norm that is an exception of it holds",
                      "on ignore si une norme d'exception est respectée"});
    return name.empty() ? out : words({"{0}: {1}", "{0}: {1}", "{0} : {1}"}, {out, name});
  }

  std::string no_evidence() const {
    const Kind& kind = told_.charter.kinds()[norm_.kind];
    std::vector<std::string> names;
    if (told_.seen != nullptr) {
      for (const Consulted& each : told_.seen->consulted) {
        const bool lacking = each.part == Part::evidence && each.known == Known::null;
        if (lacking && each.norm == told_.norm) {
          names.push_back(say_fact(kind.facts[each.expression], in_));
        }
      }
    }
    const std::string out =
        words({"الإثبات المطلوب غير موجود", "the evidence that is asked does not exist",
               "la preuve exigée n'existe pas"});
    return names.empty()
               ? out
               : words({"{0}: {1}", "{0}: {1}", "{0} : {1}"}, {out, join_names(names, in_)});
  }

  const Told& told_;
  const Finding& finding_;
  Language in_;
  const Norm& norm_;
  const NormVersion* version_;
};

}  // namespace

std::string say_reason(const Told& told, Language language) {
  const Sentence sentence(told, language);
  return sentence.why() + sentence.compensation();
}

}  // namespace partnership::charter
