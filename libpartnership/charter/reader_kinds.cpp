// SPDX-License-Identifier: Apache-2.0
//
// Kinds of case, and the facts that are declared of them.
#include "base/text.hpp"
#include "charter/reader.hpp"
#include "feel/lexer.hpp"

namespace partnership::charter {

void CharterReader::read_kinds(json::Value members) {
  if (members.size() == 0 || members.size() > most_kinds) {
    problems_.add(members, "expected 1 to " + std::to_string(most_kinds) + " kinds of case");
    return;
  }
  charter_->kinds_.reserve(members.size());  // places_ points into them
  facts_.reserve(members.size());
  for (const json::Value member : members) {
    if (problems_.full()) return;
    const std::string id = parts_.id(member, member.key());
    if (id.empty()) continue;
    if (!kinds_.add(id)) {
      problems_.add(member, "there are two of the kind of case " + backticked(id));
      continue;
    }
    charter_->kinds_.emplace_back().id = id;
    fact_names_.emplace_back();
    facts_.push_back({std::make_shared<feel::Types>(), nullptr});
    read_kind(member, static_cast<std::uint32_t>(charter_->kinds_.size() - 1));
  }
}

void CharterReader::read_kind(json::Value value, std::uint32_t number) {
  Kind& kind = charter_->kinds_[number];
  feel::Types& types = *facts_[number].types;
  json::ObjectReader reader(value, problems_);
  kind.label = parts_.label(reader, "label", true);
  const auto facts = reader.object("facts", true);
  if (facts) facts_[number].schema = read_facts(*facts, number, types);
  kind_ = number;
  known_kind_ = true;
  expression(reader, "dated by", false, Wanted::date, kind.dated_by);
  reader.finish();
}

const feel::Type* CharterReader::read_facts(json::Value members, std::uint32_t kind,
                                            feel::Types& types) {
  if (members.size() == 0 || members.size() > most_facts) {
    problems_.add(members, "expected 1 to " + std::to_string(most_facts) + " facts");
    return nullptr;
  }
  std::vector<feel::Type::Member> fields;
  for (const json::Value member : members) {
    if (problems_.full()) break;
    Fact fact;
    fact.name = feel::normal_name(member.key());
    const feel::Type* type = read_fact(member, fact, types);
    if (!feel::is_name(fact.name) || fact.name.size() > most_id_bytes) {
      problems_.add(member, backticked(member.key()) + " cannot be the name of a fact");
    } else if (!fact_names_[kind].add(fact.name)) {
      problems_.add(member, "there are two of the fact " + backticked(fact.name));
    } else {
      fields.push_back({fact.name, type, fact.optional});
      charter_->kinds_[kind].facts.push_back(std::move(fact));
    }
  }
  return types.context(std::move(fields), false);
}

// An object with a member `type` describes the fact; any other is the type of a context.
const feel::Type* CharterReader::read_fact(json::Value value, Fact& fact, feel::Types& types) {
  const auto described = value.is(json::Type::object) ? value.find("type") : std::nullopt;
  const json::Value written = described.value_or(value);
  const feel::Type* type = types.read_field(written, fact.optional, problems_);
  if (described) {
    json::ObjectReader reader(value, problems_);
    reader.any("type");
    fact.label = parts_.label(reader, "label");
    fact.optional = reader.boolean("optional").value_or(false) || fact.optional;
    reader.finish();
  }
  fact.type = feel::type_text(*type);
  return type;
}

}  // namespace partnership::charter
