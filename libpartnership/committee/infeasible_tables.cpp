// SPDX-License-Identifier: Apache-2.0
//
// What explains an infeasibility, as tables with sentences.
#include "base/words.hpp"
#include "committee/infeasible.hpp"

namespace partnership {
namespace {

std::string digits(std::int64_t number) {
  return std::to_string(number);
}

// "RULE: value" speaks of one value of its rule.
std::string label_of(const ConflictPart& part, const Checker& checker, Language language) {
  const Criteria& criteria = *checker.criteria();
  const RowOrigin& origin = part.origin;
  if (origin.rule == RowOrigin::no_rule) return part.criterion;
  if (origin.place >= 0) return criteria.row_label({origin.rule, origin.place}, language);
  const Rule& rule = criteria.rules[origin.rule];
  if (rule.kind == Kind::places) {
    return rule.label.empty() ? rule.id : std::string(rule.label.get(language));
  }
  std::string label = criteria.row_label({origin.rule, -1}, language);
  if (origin.value < 0) return label;
  const auto value = static_cast<std::size_t>(origin.value);
  if (rule.kind == Kind::each) {
    return label + ": " +
           criteria.value_label(rule.who.attribute, rule.who.values[value], language);
  }
  return label + ": " + part.criterion.substr(rule.id.size() + 2);
}

std::string_view needs(const ConflictPart& part) {
  if (part.least && part.most) return "min and max";
  return part.least ? "min" : part.most ? "max" : "all";
}

std::string say_nominees(const ConflictPart& part, Language language) {
  return say(
      {"؛ عدد المرشحين المعنيين {0}", "; nominees who count: {0}", " ; candidats concernés : {0}"},
      language, {digits(part.nominees)});
}

std::string say_least(const ConflictPart& part, Language language) {
  std::string out = say({"المطلوب {0} على الأقل", "at least {0} asked", "au moins {0} exigé"},
                        language, {digits(*part.asked_least)});
  out += say_nominees(part, language);
  if (!part.reach_most || *part.reach_most >= part.nominees) return out;
  return out +
         say({"؛ وهو {0} على الأكثر مع بقية التعارض", "; with the rest of the conflict at most {0}",
              " ; avec le reste du conflit au plus {0}"},
             language, {digits(*part.reach_most)});
}

std::string say_most(const ConflictPart& part, Language language) {
  std::string out = say({"المسموح {0} على الأكثر", "at most {0} allowed", "au plus {0} admis"},
                        language, {digits(*part.asked_most)});
  out += say_nominees(part, language);
  if (!part.reach_least) return out;
  return out +
         say({"؛ وهو {0} على الأقل مع بقية التعارض", "; with the rest of the conflict at least {0}",
              " ; avec le reste du conflit au moins {0}"},
             language, {digits(*part.reach_least)});
}

std::string reason_of(const ConflictPart& part, const Checker& checker, Language language) {
  const bool assignment = part.origin.rule != RowOrigin::no_rule && part.origin.place < 0 &&
                          checker.criteria()->rules[part.origin.rule].kind == Kind::places;
  if (assignment) {
    return say({"لا يشغل العضو أكثر من مقعد واحد", "a member fills one place only",
                "un membre n'occupe qu'une place"},
               language);
  }
  std::string out;
  if (part.asked_least) out = say_least(part, language);
  if (part.asked_most) {
    if (!out.empty()) out += say({"؛ ", "; ", " ; "}, language);
    out += say_most(part, language);
  }
  if (!out.empty()) return out;
  return say({"عدد المرشحين المعنيين {0}", "nominees who count: {0}", "candidats concernés : {0}"},
             language, {digits(part.nominees)});
}

void add_count(TableBuilder& table, std::int32_t column, std::optional<std::int64_t> count) {
  if (count) {
    table.int64(column, *count);
  } else {
    table.null(column);
  }
}

}  // namespace

Table conflict_table(const Infeasibility& found, const Checker& checker, Language language) {
  TableBuilder table;
  for (const char* name : {"criterion", "label", "needs"}) table.add(name, ColumnType::text);
  for (const char* name : {"asked_least", "asked_most", "nominees", "reach_least", "reach_most"}) {
    table.add(name, ColumnType::int64);
  }
  table.add("reason", ColumnType::text);
  if (!found.conflict) return table.finish();
  for (const ConflictPart& part : found.conflict->parts) {
    table.text(0, part.criterion);
    table.text(1, label_of(part, checker, language));
    table.text(2, needs(part));
    add_count(table, 3, part.asked_least);
    add_count(table, 4, part.asked_most);
    table.int64(5, part.nominees);
    add_count(table, 6, part.reach_least);
    add_count(table, 7, part.reach_most);
    table.text(8, reason_of(part, checker, language));
  }
  return table.finish();
}

Table relaxation_table(const Infeasibility& found, const Checker& checker, Language language) {
  TableBuilder table;
  table.add("relaxation", ColumnType::int64);
  table.add("reach", ColumnType::text);
  table.add("cost", ColumnType::int64);
  table.add("cheapest", ColumnType::boolean);
  for (const char* name : {"criterion", "label", "what", "from", "to"}) {
    table.add(name, ColumnType::text);
  }
  table.add("by", ColumnType::int64);
  table.add("flexible", ColumnType::boolean);
  std::int64_t number = 0;
  for (const Relaxation& relaxation : found.relaxations) {
    ++number;
    for (const Change& change : relaxation.changes) {
      table.int64(0, number);
      table.text(1, reach_name(relaxation.reach));
      table.int64(2, relaxation.cost);
      table.boolean(3, relaxation.cheapest);
      table.text(4, change.criterion);
      table.text(5, checker.criteria()->row_label({change.rule, change.place}, language));
      table.text(6, change_name(change.what));
      table.text(7, change.from);
      table.text(8, change.to);
      table.int64(9, change.by);
      table.boolean(10, change.flexible);
    }
  }
  return table.finish();
}

Table relaxed_committees_table(const Infeasibility& found, const Nominees& nominees) {
  TableBuilder table;
  table.add("relaxation", ColumnType::int64);
  table.add("member", ColumnType::text);
  std::int64_t number = 0;
  for (const Relaxation& relaxation : found.relaxations) {
    ++number;
    for (const std::uint32_t member : relaxation.committee) {
      table.int64(0, number);
      table.text(1, nominees.id(member));
    }
  }
  return table.finish();
}

}  // namespace partnership
