// SPDX-License-Identifier: Apache-2.0
//
// What holds of every norm: whether it is in force, applies, is known, is excused and proved.
#include <vector>

#include "charter/labels.hpp"
#include "charter/reasons_sentence.hpp"

namespace partnership::charter {

std::string Sentence::why() const {
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

std::string Sentence::compensation() const {
  if (finding_.state != State::compensated || version_ == nullptr || version_->reparation < 0) {
    return {};
  }
  const auto repair = static_cast<std::uint32_t>(version_->reparation);
  return words({"؛ وقد جُبرت المخالفة: {0}", "; the breach has been repaired: {0}",
                " ; le manquement a été réparé : {0}"},
               {say_norm(told_.charter, repair, in_)});
}

// ---- whether it holds at all

std::string Sentence::not_in_force() const {
  const Kind& kind = told_.charter.kinds()[norm_.kind];
  Date chosen = day_of(Part::dated_by);
  const bool asked = !kind.dated_by.given() || consulted(Part::dated_by) != nullptr;
  if (asked && (chosen == date_none || chosen > told_.on)) chosen = told_.on;
  std::string out = chosen == date_none
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

std::string Sentence::bounds(const InForce& in_force) const {
  const std::string ends = say_bounds(in_force, in_);
  if (ends.empty()) return {};
  return words({" (نافذة {0})", " (in force {0})", " (en vigueur {0})"}, {ends});
}

std::string Sentence::not_triggered() const {
  if (!norm_.repairs.empty() && measures().begin == date_none) {
    std::vector<std::string> names;
    for (const std::uint32_t repaired : norm_.repairs) {
      names.push_back(say_norm(told_.charter, repaired, in_));
    }
    return words({"لم تقع المخالفة التي تنشأ عنها: {0}", "what it repairs has not been broken: {0}",
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

std::string Sentence::missing_facts() const {
  if (told_.seen == nullptr || told_.seen->missing.empty()) {
    return words({"وقائع لازمة للبتّ غير معروفة", "facts that decide it are not known",
                  "des faits nécessaires ne sont pas connus"});
  }
  return words({"غير معروف: {0}", "not known: {0}", "inconnu : {0}"}, {missing_names()});
}

std::string Sentence::missing_names() const {
  std::vector<std::string> names;
  for (const std::string& path : told_.seen->missing) {
    names.push_back(say_fact(told_.charter.kinds()[norm_.kind], path, in_));
  }
  return join_names(names, in_);
}

// ---- conditions

std::string Sentence::condition() const {
  if (finding_.outcome == Outcome::met) {
    return words({"الشرط مستوفى", "the condition holds", "la condition est remplie"});
  }
  if (pending()) {
    return words({"الشرط لم يُستوفَ بعد", "the condition does not hold yet",
                  "la condition n'est pas encore remplie"}) +
           due_by();
  }
  std::string out =
      words({"الشرط غير مستوفى", "the condition does not hold", "la condition n'est pas remplie"});
  if (!has_due()) return out;
  return out +
         words({"؛ وكان الموعد الأقصى {0}", "; it had to by {0}", " ; échéance : {0}"}, {due()});
}

std::string Sentence::due_by() const {
  if (!has_due()) return {};
  return words({"؛ الموعد الأقصى {0}", "; due by {0}", " ; échéance : {0}"}, {due()});
}

// ---- exceptions and evidence

std::string Sentence::exception() const {
  if (told_.excuse.empty()) {
    return words({"باستثناء معلّل", "by an exception with its reason", "par une exception motivée"});
  }
  return words({"باستثناء تعليله: {0}", "by an exception, for this reason: {0}",
                "par une exception, pour ce motif : {0}"},
               {apart(told_.excuse, in_)});
}

std::string Sentence::defeated() const {
  std::int32_t other = told_.seen == nullptr ? -1 : told_.seen->other;
  if (other < 0 && norm_.exceptions.size() == 1)
    other = static_cast<std::int32_t>(norm_.exceptions[0]);
  const std::string name =
      other < 0 ? std::string() : say_norm(told_.charter, static_cast<std::uint32_t>(other), in_);
  const bool sure = finding_.outcome != Outcome::undetermined;
  const std::string out =
      sure ? words({"تُقدَّم عليها قاعدة استثنائية مستوفاة", "a norm that is an exception of it holds",
                    "une norme d'exception est respectée"})
           : words({"لا يُعرف هل القاعدة الاستثنائية مستوفاة",
                    "not known whether a norm that is an exception of it holds",
                    "on ignore si une norme d'exception est respectée"});
  return name.empty() ? out : words({"{0}: {1}", "{0}: {1}", "{0} : {1}"}, {out, name});
}

std::string Sentence::no_evidence() const {
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

std::string say_reason(const Told& told, Language language) {
  const Sentence sentence(told, language);
  return sentence.why() + sentence.compensation();
}

}  // namespace partnership::charter
