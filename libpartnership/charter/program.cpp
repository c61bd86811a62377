// SPDX-License-Identifier: Apache-2.0
#include "charter/program.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "charter/mentions.hpp"

namespace partnership::charter {

namespace {

using feel::TypeKind;

bool is_any_of(const feel::Type& type, std::initializer_list<TypeKind> kinds) {
  if (type.is(TypeKind::any)) return true;
  for (const TypeKind kind : kinds) {
    if (type.is(kind)) return true;
  }
  return false;
}

bool may_list(const feel::Type& type, std::initializer_list<TypeKind> kinds) {
  if (type.is(TypeKind::any)) return true;
  return type.is(TypeKind::list) && (type.element == nullptr || is_any_of(*type.element, kinds));
}

bool may_give(const feel::Type& type, Wanted wanted) {
  switch (wanted) {
    case Wanted::boolean:
      return is_any_of(type, {TypeKind::boolean});
    case Wanted::date:
      return is_any_of(type, {TypeKind::date, TypeKind::date_time});
    case Wanted::dates:
      return may_list(type, {TypeKind::date, TypeKind::date_time, TypeKind::null});
    case Wanted::contexts:
      return may_list(type, {TypeKind::context});
    case Wanted::period:
      return is_any_of(
          type, {TypeKind::number, TypeKind::days_time_duration, TypeKind::years_months_duration});
    case Wanted::reason:
      return is_any_of(type, {TypeKind::string, TypeKind::boolean});
  }
  return false;
}

std::string_view wanted_text(Wanted wanted) {
  switch (wanted) {
    case Wanted::boolean:
      return "a boolean";
    case Wanted::date:
      return "a date";
    case Wanted::dates:
      return "a list of dates";
    case Wanted::contexts:
      return "a list of contexts";
    case Wanted::period:
      return "a number of days, or a duration";
    case Wanted::reason:
      return "a text or a boolean";
  }
  return "";
}

// The expressions of one kind, each text once.
class KindCompiler {
 public:
  KindCompiler(const KindFacts& facts, json::Problems& problems)
      : facts_(facts), problems_(problems) {}

  void add(const ExpressionPlace& place) {
    const auto [found, is_new] =
        numbers_.try_emplace(place.expression->text, static_cast<std::uint32_t>(sources_.size()));
    if (is_new) {
      sources_.push_back({place.where.pointer(), place.expression->text, false, nullptr});
      places_.emplace_back();
    }
    place.expression->number = found->second;
    places_[found->second].push_back(&place);
  }

  std::shared_ptr<const feel::ExpressionSet> compile() {
    std::vector<feel::Program::Found> found;
    auto set =
        feel::ExpressionSet::make(sources_, facts_.types, facts_.schema, true, found, is_fact);
    for (const auto& [source, diagnostic] : found) report(source, diagnostic);
    bool good = set != nullptr;
    for (std::uint32_t i = 0; i < sources_.size(); ++i) {
      if (set != nullptr) {
        const feel::Ast& ast = set->program().ast(i);
        good = check(i, *ast.at(ast.root).type) && good;
      } else {
        check_alone(i);
      }
    }
    return good ? std::move(set) : nullptr;
  }

 private:
  void report(std::uint32_t source, const feel::Diagnostic& diagnostic) {
    if (diagnostic.severity != feel::Severity::error || problems_.full()) return;
    std::string message = diagnostic.message;
    if (!diagnostic.hint.empty()) message += " (" + diagnostic.hint + ")";
    const Place place = place_of(sources_[source].text, diagnostic.span.offset);
    message += ", at ";
    if (place.line > 1) message += "line " + std::to_string(place.line) + ", ";
    message += "column " + std::to_string(place.column) + " of the expression";
    for (const ExpressionPlace* const each : places_[source]) problems_.add(each->where, message);
  }

  bool check(std::uint32_t source, const feel::Type& type) {
    bool good = true;
    for (const ExpressionPlace* const place : places_[source]) {
      if (may_give(type, place->wanted)) continue;
      good = false;
      problems_.add(place->where, "expected an expression that gives " +
                                      std::string(wanted_text(place->wanted)) + ", found " +
                                      backticked(feel::type_text(type)));
    }
    return good;
  }

  // Where others are wrong, there is no program to ask for the types of those that are right.
  void check_alone(std::uint32_t source) {
    std::vector<feel::Declaration> inputs;
    for (const feel::Type::Member& member : facts_.schema->members) {
      inputs.push_back({member.name, member.type, member.optional});
    }
    feel::ParseOptions options;
    options.inputs = inputs;
    options.strict = true;
    std::vector<feel::Diagnostic> diagnostics;
    const auto ast = feel::parse(sources_[source].text, *facts_.types, options, diagnostics);
    if (ast != nullptr) check(source, *ast->at(ast->root).type);
  }

  const KindFacts& facts_;
  json::Problems& problems_;
  std::vector<feel::Source> sources_;
  std::vector<std::vector<const ExpressionPlace*>> places_;  // of each source
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace

void compile_kinds(std::vector<Kind>& kinds, std::span<const KindFacts> facts,
                   std::span<const ExpressionPlace> places, json::Problems& problems) {
  for (std::uint32_t kind = 0; kind < kinds.size(); ++kind) {
    if (facts[kind].schema == nullptr) continue;
    KindCompiler compiler(facts[kind], problems);
    for (const ExpressionPlace& place : places) {
      if (place.kind == kind) compiler.add(place);
    }
    kinds[kind].set = compiler.compile();
  }
}

}  // namespace partnership::charter
