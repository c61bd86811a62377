// SPDX-License-Identifier: Apache-2.0
//
// What refers to other parts of the document, once all of it is read.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "charter/conflicts.hpp"
#include "charter/reader.hpp"
#include "feel/case_json.hpp"
#include "feel/lexer.hpp"

namespace partnership::charter {

namespace {

std::string days_of(const InForce& days) {
  if (days.from == date_none && days.to == date_none) return "always";
  std::string out;
  if (days.from != date_none) out += "from `" + iso(days.from) + "`";
  if (days.to != date_none) out += (out.empty() ? "until `" : " until `") + iso(days.to) + "`";
  return out;
}

}  // namespace

void CharterReader::link_norms() {
  link_versions();
  link_relations();
  check_evidence();
  std::vector<json::Value> places;
  for (const NormSource& source : sources_) places.push_back(source.norm);
  find_clashes(charter_->versions_, charter_->norms_, places, problems_);
}

// ---- versions of one norm

void CharterReader::link_versions() {
  for (std::uint32_t v = 0; v < charter_->versions_.size(); ++v) {
    const NormVersion& version = charter_->versions_[v];
    if (version.id.empty()) continue;
    if (norms_.add(version.id)) {
      Norm& norm = charter_->norms_.emplace_back();
      norm.id = version.id;
      norm.kind = version.kind;
      norm.versions.push_back(v);
      if (sources_[v].about_known) {
        charter_->kinds_[version.kind].norms.push_back(
            static_cast<std::uint32_t>(charter_->norms_.size() - 1));
      }
      continue;
    }
    Norm& norm = charter_->norms_[*norms_.find(version.id)];
    norm.versions.push_back(v);
    const std::uint32_t first = norm.versions.front();
    if (version.kind != norm.kind && sources_[v].about_known && sources_[first].about_known) {
      problems_.add(*sources_[v].norm.find("about"),
                    "another version of " + backticked(norm.id) + " (line " +
                        std::to_string(charter_->versions_[first].line) + ") is about " +
                        backticked(charter_->kinds_[norm.kind].id));
    }
  }
  for (Norm& norm : charter_->norms_) {
    if (norm.versions.size() < 2) continue;
    std::ranges::stable_sort(norm.versions, {}, [&](std::uint32_t v) {
      return charter_->versions_[v].in_force.from;  // date_none comes first
    });
    check_overlaps(norm);
  }
}

void CharterReader::check_overlaps(const Norm& norm) {
  // Of those that began earlier, the one that holds longest.
  std::uint32_t longest = norm.versions.front();
  const auto end = [&](std::uint32_t v) {
    const Date to = charter_->versions_[v].in_force.to;
    return to == date_none ? date_max + 1 : to;
  };
  for (std::size_t i = 1; i < norm.versions.size(); ++i) {
    const std::uint32_t v = norm.versions[i];
    const NormVersion &earlier = charter_->versions_[longest], &later = charter_->versions_[v];
    if (overlap(earlier.in_force, later.in_force)) {
      problems_.add(sources_[v].norm,
                    "two versions of " + backticked(norm.id) + " are in force together: line " +
                        std::to_string(earlier.line) + " " + days_of(earlier.in_force) +
                        ", and this one " + days_of(later.in_force));
    }
    if (end(v) > end(longest)) longest = v;
  }
}

// ---- exceptions, reparations, breaches

std::optional<std::uint32_t> CharterReader::other_norm(json::Value value, std::uint32_t version,
                                                       std::string_view relation) {
  const auto found = parts_.known(value, norms_, "norm");
  if (!found || !sources_[version].about_known) return std::nullopt;
  const Norm& norm = charter_->norms_[*found];
  if (norm.kind == charter_->versions_[version].kind) return found;
  if (sources_[norm.versions.front()].about_known) {
    problems_.add(value, "the norm " + backticked(norm.id) + " is about " +
                             backticked(charter_->kinds_[norm.kind].id) + ", not about " +
                             backticked(charter_->kinds_[charter_->versions_[version].kind].id) +
                             ", and cannot be " + std::string(relation));
  }
  return std::nullopt;
}

// A period can begin with the breach of a norm only where that has a day.
void CharterReader::check_breach(const Norm& norm, json::Value where) {
  for (const std::uint32_t v : norm.versions) {
    const NormVersion& version = charter_->versions_[v];
    const bool condition = version.require.that.given() && !version.require.by.given();
    const bool cells = version.coverage.of.given() && !version.coverage.by.given();
    if (!condition && !cells) continue;
    problems_.add(where, "the breach of " + backticked(norm.id) + " (line " +
                             std::to_string(version.line) + ") has no day: it needs a `by`");
    return;
  }
}

void CharterReader::link_relations() {
  std::vector<Dependence> dependences;
  for (std::uint32_t v = 0; v < sources_.size(); ++v) {
    if (problems_.full()) return;
    NormVersion& version = charter_->versions_[v];
    const NormSource& source = sources_[v];
    const auto own = norms_.find(version.id);
    for (const json::Value value : source.exception_of) {
      const auto norm = other_norm(value, v, "what this is an exception of");
      if (!norm || !own) continue;
      if (std::ranges::find(version.exception_of, *norm) != version.exception_of.end()) {
        problems_.add(value, "this is named twice");
        continue;
      }
      version.exception_of.push_back(*norm);
      charter_->norms_[*norm].exceptions.push_back(*own);
      dependences.push_back({*norm, *own, Need::exception, value});
    }
    if (source.reparation) {
      const auto norm = other_norm(*source.reparation, v, "its reparation");
      if (norm && own) {
        version.reparation = static_cast<std::int32_t>(*norm);
        charter_->norms_[*norm].repairs.push_back(*own);
        dependences.push_back({*norm, *own, Need::reparation, *source.reparation});
      }
    }
    if (source.breach_of) {
      const auto norm = other_norm(*source.breach_of, v, "that with whose breach this begins");
      if (norm && own) {
        check_breach(charter_->norms_[*norm], *source.breach_of);
        version.deadline.breach_of = charter_->norms_[*norm].id;
        dependences.push_back({*own, *norm, Need::breach, *source.breach_of});
      }
    }
  }
  // Versions of one norm may say the same.
  for (Norm& norm : charter_->norms_) {
    for (std::vector<std::uint32_t>* list : {&norm.exceptions, &norm.repairs}) {
      std::ranges::sort(*list);
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
  }
  find_cycles(charter_->norms_, dependences, problems_);
}

// ---- facts and tests

void CharterReader::check_evidence() {
  for (std::uint32_t v = 0; v < sources_.size(); ++v) {
    if (!sources_[v].about_known) continue;
    NormVersion& version = charter_->versions_[v];
    const Ids& facts = fact_names_[version.kind];
    for (const json::Value value : sources_[v].evidence) {
      if (problems_.full()) return;
      if (!value.is(json::Type::string)) {
        problems_.add(value, "expected the name of a fact, found " + json::a_type(value.type()));
        continue;
      }
      const std::string name = feel::normal_name(value.text());
      if (!facts.find(name)) {
        problems_.add(value, "the fact " + backticked(name) + " is not declared" +
                                 parts_.hint(name, facts.all()));
      } else if (std::ranges::find(version.evidence, name) != version.evidence.end()) {
        problems_.add(value, "this is named twice");
      } else {
        version.evidence.push_back(name);
      }
    }
  }
}

// The members that place the contexts of a coverage must be known of them.
void CharterReader::check_axes() {
  for (std::uint32_t v = 0; v < sources_.size(); ++v) {
    const NormVersion& version = charter_->versions_[v];
    const NormSource& source = sources_[v];
    const Coverage& coverage = version.coverage;
    if (!source.about_known || coverage.of.number == no_expression) continue;
    const auto& set = charter_->kinds_[version.kind].set;
    if (set == nullptr) continue;
    const feel::Ast& ast = set->program().ast(coverage.of.number);
    const feel::Type& type = *ast.nodes[ast.root].type;
    if (!type.is(feel::TypeKind::list) || !type.element->is(feel::TypeKind::context) ||
        type.element->open) {
      continue;
    }
    std::vector<std::string_view> names;
    for (const feel::Type::Member& member : type.element->members) names.push_back(member.name);
    const auto check = [&](const std::optional<json::Value>& by, const std::string& member) {
      if (!by || type.element->find(member) != nullptr) return;
      problems_.add(
          *by, "the contexts have no member " + backticked(member) + parts_.hint(member, names));
    };
    check(source.rows_by, coverage.rows.member);
    check(source.columns_by, coverage.columns.member);
  }
}

// A case of a test may not speak of facts that are not declared, nor give them other types.
void CharterReader::check_tests() {
  for (std::uint32_t v = 0; v < sources_.size(); ++v) {
    if (!sources_[v].about_known) continue;
    const auto& set = charter_->kinds_[charter_->versions_[v].kind].set;
    if (set == nullptr) continue;
    for (const json::Value value : sources_[v].tests) {
      if (problems_.full()) return;
      try {
        feel::read_case(set->layout(), value.source());
      } catch (const Error& error) {
        if (error.code() != Code::invalid_document) throw;
        parts_.add_inner(value, error);
      }
    }
  }
}

}  // namespace partnership::charter
