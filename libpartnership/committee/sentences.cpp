// SPDX-License-Identifier: Apache-2.0
#include "committee/sentences.hpp"

#include "committee/where.hpp"

namespace partnership {
namespace {

std::string digits(std::int64_t number) {
  return std::to_string(number);
}

// The noun after a number, where it stands for the most that is asked.
std::string_view noun(Unit unit, std::int64_t number, Language language) noexcept {
  const bool one = language == Language::fr ? number < 2 : number == 1;
  if (unit == Unit::members) {
    return language == Language::fr ? (one ? "membre" : "membres") : (one ? "member" : "members");
  }
  return language == Language::fr ? (one ? "valeur" : "valeurs") : (one ? "value" : "values");
}

std::string attribute_of(const Criteria& criteria, const Rule& rule, Language language) {
  return criteria.attribute_label(rule.who.attribute, language);
}

// "ATTRIBUTE: WHAT OF IT".
std::string about(std::string_view attribute, std::string_view what, Language language) {
  return say({"{0}: {1}", "{0}: {1}", "{0} : {1}"}, language, {attribute, what});
}

}  // namespace

std::string made_label(const Criteria& criteria, const Rule& rule, Language language) {
  const auto attribute = [&] { return attribute_of(criteria, rule, language); };
  switch (rule.kind) {
    case Kind::size:
      return say({"عدد أعضاء اللجنة", "Members of the committee", "Membres du comité"}, language);
    case Kind::quota: {
      const std::string values = criteria.values_label(rule.who, language);
      std::string label = about(attribute(), values, language);
      if (rule.within) {
        label += say({" (ضمن {0})", " (within {0})", " (parmi {0})"}, language,
                     {criteria.values_label(*rule.within, language)});
      }
      return label;
    }
    case Kind::each:
      return about(attribute(), say({"كل قيمة", "every value", "chaque valeur"}, language),
                   language);
    case Kind::spread:
      return about(attribute(), say({"التوزّع", "spread", "répartition"}, language), language);
    case Kind::at_most_per:
      return about(
          attribute(),
          say({"{0} على الأكثر لكل قيمة", "at most {0} for one value", "au plus {0} par valeur"},
              language, {digits(rule.bounds.most.value_or(1))}),
          language);
    case Kind::must_include:
      return say({"من يجب أن يكون عضوًا: {0}", "Must sit: {0}", "Doivent siéger : {0}"}, language,
                 {join_names(rule.members, language)});
    case Kind::must_exclude:
      return say(
          {"من لا يجوز أن يكون عضوًا: {0}", "Must not sit: {0}", "Ne doivent pas siéger : {0}"},
          language, {join_names(rule.members, language)});
    case Kind::incompatible:
      return say({"من لا يجوز اجتماعهم: {0}", "May not sit together: {0}",
                  "Ne peuvent siéger ensemble : {0}"},
                 language, {join_names(rule.members, language)});
    case Kind::where:
      return say({"الشرط: {0}", "Condition: {0}", "Condition : {0}"}, language,
                 {rule.predicate->text()});
    case Kind::places:
      break;  // its places have labels
  }
  return rule.id;
}

std::string say_count(const Count& count, Language language) {
  const std::string c = digits(count.count);
  const std::string least = digits(count.least.value_or(0)), most = digits(count.most.value_or(0));
  const std::int64_t last = count.most.value_or(count.least.value_or(count.count));
  const std::string_view unit = noun(count.unit, last, language);
  const std::string_view number = count.unit == Unit::members ? "العدد" : "عدد القيم";
  if (count.least && count.most && *count.least > *count.most) {
    return say({"{2} {0}، ولا عدد يستوفي الحدّين معًا", "{0} {1}, and no number meets both bounds",
                "{0} {1}, et aucun nombre ne respecte les deux bornes"},
               language, {c, noun(count.unit, count.count, language), number});
  }
  if (count.least && count.most && *count.least == *count.most) {
    return say(
        {"{3} {0}، والمطلوب {1} بالضبط", "{0} of exactly {1} {2}", "{0} sur exactement {1} {2}"},
        language, {c, least, unit, number});
  }
  if (count.least && count.most) {
    return say(
        {"{4} {0}، والمطلوب من {1} إلى {2}", "{0} of {1} to {2} {3}", "{0} sur {1} à {2} {3}"},
        language, {c, least, most, unit, number});
  }
  if (count.least) {
    return say(
        {"{3} {0}، والمطلوب {1} على الأقل", "{0} of at least {1} {2}", "{0} sur au moins {1} {2}"},
        language, {c, least, unit, number});
  }
  if (count.most) {
    return say(
        {"{3} {0}، والمسموح {1} على الأكثر", "{0} of at most {1} {2}", "{0} sur au plus {1} {2}"},
        language, {c, most, unit, number});
  }
  return say({"{2} {0}", "{0} {1}", "{0} {1}"}, language, {c, unit, number});
}

std::string say_gap(const Count& count, Language language) {
  if (count.least && count.most && *count.least > *count.most) return {};  // none would do
  if (count.least && count.count < *count.least) {
    const std::int64_t gap = *count.least - count.count;
    return say({"؛ ينقص {0}", gap == 1 ? "; {0} more is needed" : "; {0} more are needed",
                " ; il en manque {0}"},
               language, {digits(gap)});
  }
  if (count.most && count.count > *count.most) {
    return say({"؛ الزيادة {0}", "; {0} too many", " ; {0} de trop"}, language,
               {digits(count.count - *count.most)});
  }
  return {};
}

std::string say_shares(const Bounds& bounds, Span total, Language language) {
  if (!bounds.share_least && !bounds.share_most) return {};
  std::string of = digits(total.least);
  if (total.most != total.least) {
    of = say({"{0} إلى {1}", "{0} to {1}", "{0} à {1}"}, language, {of, digits(total.most)});
  }
  std::vector<std::string> shares;
  if (bounds.share_least) {
    shares.push_back(say({"{0} على الأقل", "at least {0}", "au moins {0}"}, language,
                         {bounds.share_least->text()}));
  }
  if (bounds.share_most) {
    shares.push_back(say({"{0} على الأكثر", "at most {0}", "au plus {0}"}, language,
                         {bounds.share_most->text()}));
  }
  return say({" (الحصة من أصل {1}: {0})", " ({0} of {1})", " ({0} de {1})"}, language,
             {join_texts(shares, language), of});
}

std::string say_each(std::int64_t enough, std::int64_t values, std::int64_t least,
                     Language language) {
  return say({"القيم التي لها {0} على الأقل: {1} من {2}", "values with at least {0}: {1} of {2}",
              "valeurs ayant au moins {0} : {1} sur {2}"},
             language, {digits(least), digits(enough), digits(values)});
}

std::string say_at_most_per(std::int64_t largest, std::int64_t most, Language language) {
  return say({"{0} على الأكثر لكل قيمة، وأكبر عدد {1}",
              "at most {0} for one value, and the largest number is {1}",
              "au plus {0} par valeur, et le plus grand nombre est {1}"},
             language, {digits(most), digits(largest)});
}

std::string say_all_sit(Language language) {
  return say({"كلهم أعضاء", "all of them sit", "tous siègent"}, language);
}

std::string say_missing(std::span<const std::string> names, Language language) {
  return say({"غير موجود بين الأعضاء: {0}", "not among the members: {0}",
              "absent parmi les membres : {0}"},
             language, {join_names(names, language)});
}

std::string say_none_sits(Language language) {
  return say({"لا أحد منهم عضو", "none of them sits", "aucun ne siège"}, language);
}

std::string say_sitting(std::span<const std::string> names, Language language) {
  return say({"من بين الأعضاء: {0}", "among the members: {0}", "parmi les membres : {0}"}, language,
             {join_names(names, language)});
}

std::string say_not_in_force(const Rule& rule, Date on, Language language) {
  std::vector<std::string> ends;
  if (rule.from != date_none) {
    ends.push_back(say({"ابتداءً من {0}", "from {0}", "à partir du {0}"}, language,
                       {render(rule.from, language)}));
  }
  if (rule.to != date_none) {
    ends.push_back(
        say({"قبل {0}", "before {0}", "avant le {0}"}, language, {render(rule.to, language)}));
  }
  return say({"غير نافذ في {0} (نافذ {1})", "not in force on {0} (in force {1})",
              "pas en vigueur le {0} (en vigueur {1})"},
             language, {render(on, language), join_texts(ends, language)});
}

std::string say_shortage(std::int64_t needed, std::int64_t qualify,
                         std::span<const std::string> others, Language language) {
  const Words words = {"المطلوب مع {0}: {1}، وعدد المؤهلين {2}؛ ينقص {3}",
                       needed - qualify == 1
                           ? "{1} needed together with {0}, qualified: {2}; {3} more is needed"
                           : "{1} needed together with {0}, qualified: {2}; {3} more are needed",
                       "avec {0}, il en faut {1}, et le nombre de qualifiés est {2} ; il en "
                       "manque {3}"};
  return say(
      words, language,
      {join_names(others, language), digits(needed), digits(qualify), digits(needed - qualify)});
}

std::string say_surplus(std::int64_t have, std::int64_t most, std::span<const std::string> others,
                        Language language) {
  const std::string names = join_names(others, language);
  const std::string gap = digits(have - most);
  if (others.empty()) {
    return say({"عدد من لا يمكنهم شغل غير هذا المقعد {0}، والمسموح {1} على الأكثر؛ الزيادة {2}",
                "{0} can fill no other place, and it takes at most {1}; {2} too many",
                "{0} à ne pouvoir occuper que cette place, qui en admet au plus {1} ; {2} de trop"},
               language, {digits(have), digits(most), gap});
  }
  return say(
      {"عدد من لا يمكنهم شغل غير هذا المقعد أو {3} هو {0}، والمسموح {1} على الأكثر؛ الزيادة {2}",
       "{0} can fill no place but this or {3}, which take at most {1} together; {2} too many",
       "{0} à ne pouvoir occuper que cette place ou {3}, qui en admettent au plus {1} "
       "ensemble ; {2} de trop"},
      language, {digits(have), digits(most), gap, names});
}

std::string say_too_few(std::span<const std::string> values, Language language) {
  return say({"؛ العدد غير كافٍ: {0}", "; too few: {0}", " ; trop peu : {0}"}, language,
             {join_names(values, language)});
}

std::string say_too_many(std::span<const std::string> values, Language language) {
  return say({"؛ الزيادة في: {0}", "; too many: {0}", " ; trop nombreux : {0}"}, language,
             {join_names(values, language)});
}

std::string say_absent(std::span<const std::string> values, Language language) {
  return say({"؛ بلا تمثيل: {0}", "; not represented: {0}", " ; sans représentant : {0}"}, language,
             {join_names(values, language)});
}

std::string say_among(std::span<const std::string> names, Language language) {
  return say({"؛ من بين الأعضاء: {0}", "; among the members: {0}", " ; parmi les membres : {0}"},
             language, {join_names(names, language)});
}

std::string say_unknown(std::span<const std::string> names, Language language) {
  return say({"؛ غير معروف: {0}", "; not known: {0}", " ; inconnu : {0}"}, language,
             {join_names(names, language)});
}

std::string say_unmeetable(Language language) {
  return say(
      {"؛ لا يمكن استيفاؤه أيًّا كان غير المعروف", "; nothing that is not known can make it hold",
       " ; rien de ce qui est inconnu ne peut le satisfaire"},
      language);
}

std::string say_together(std::span<const std::string> others, Language language) {
  return say({"؛ مع {0}", "; together with {0}", " ; avec {0}"}, language,
             {join_names(others, language)});
}

}  // namespace partnership
