// SPDX-License-Identifier: Apache-2.0
#include "charter/program.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "charter/mentions.hpp"

namespace partnership::charter {

namespace {

using feel::Type;
using feel::TypeKind;

struct Named {
  std::string_view text;
  bool (*fits)(const Type& type);
};

bool list_of(const Type& type, TypeKind kind) {
  return type.is(TypeKind::list) && (type.element->is(kind) || type.element->is(TypeKind::any) ||
                                     type.element->is(TypeKind::null));
}

Named wanted(Wanted what) {
  switch (what) {
    case Wanted::boolean:
      return {"a boolean", [](const Type& type) { return type.is(TypeKind::boolean); }};
    case Wanted::date:
      return {"a date", [](const Type& type) {
                return type.is(TypeKind::date) || type.is(TypeKind::date_time);
              }};
    case Wanted::dates:
      return {"a list of dates", [](const Type& type) {
                return list_of(type, TypeKind::date) || list_of(type, TypeKind::date_time);
              }};
    case Wanted::contexts:
      return {"a list of contexts",
              [](const Type& type) { return list_of(type, TypeKind::context); }};
    case Wanted::period:
      return {"a number of days or a duration", [](const Type& type) {
                return type.is(TypeKind::number) || type.is(TypeKind::days_time_duration) ||
                       type.is(TypeKind::years_months_duration);
              }};
    case Wanted::reason:
      return {"a text or a boolean", [](const Type& type) {
                return type.is(TypeKind::string) || type.is(TypeKind::boolean);
              }};
  }
  return {};
}

// Equal texts are one expression.
class KindCompiler {
 public:
  KindCompiler(const KindFacts& facts, json::Problems& problems)
      : facts_(facts), problems_(problems) {}

  void add(const ExpressionPlace& place) {
    const auto [at, is_new] =
        numbers_.try_emplace(place.expression->text, static_cast<std::uint32_t>(sources_.size()));
    if (is_new) {
      sources_.push_back({place.where.pointer(), place.expression->text});
      places_.emplace_back();
    }
    place.expression->number = at->second;
    places_[at->second].push_back(&place);
  }

  std::shared_ptr<const feel::ExpressionSet> compile() {
    if (facts_.schema == nullptr) return nullptr;
    feel::CompileOptions options;
    options.schema = facts_.schema;
    options.strict = true;
    std::vector<feel::Program::Found> found;
    auto program = feel::Program::compile(std::move(sources_), facts_.types, options, found);
    for (const auto& [source, diagnostic] : found) {
      if (diagnostic.severity != feel::Severity::error || problems_.full()) continue;
      std::string message = diagnostic.message;
      if (!diagnostic.hint.empty()) message += " (" + diagnostic.hint + ")";
      for (const ExpressionPlace* const place : places_[source]) {
        problems_.add(place->where, diagnostic.span.offset, message);
      }
    }
    if (program == nullptr) return nullptr;
    bool good = true;
    std::vector<bool> facts(program->size());
    for (std::uint32_t i = 0; i < program->size(); ++i) {
      for (const ExpressionPlace* const place : places_[i]) {
        good = check_type(*place, program->ast(i)) && good;
      }
      facts[i] = is_fact(program->ast(i));
    }
    if (!good) return nullptr;
    return feel::ExpressionSet::of(std::move(program), *facts_.schema, facts_.types, &facts);
  }

 private:
  bool check_type(const ExpressionPlace& place, const feel::Ast& ast) {
    const Type& type = *ast.at(ast.root).type;
    const Named want = wanted(place.wanted);
    if (type.is(TypeKind::any) || type.is(TypeKind::null) || want.fits(type)) return true;
    problems_.add(place.where, ast.at(ast.root).span.offset,
                  "expected " + std::string(want.text) + ", this gives " + feel::type_text(type));
    return false;
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
  std::vector<KindCompiler> compilers;
  compilers.reserve(kinds.size());
  for (const KindFacts& of : facts) compilers.emplace_back(of, problems);
  for (const ExpressionPlace& place : places) compilers[place.kind].add(place);
  for (std::size_t i = 0; i < kinds.size(); ++i) kinds[i].set = compilers[i].compile();
}

}  // namespace partnership::charter
