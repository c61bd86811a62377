// SPDX-License-Identifier: Apache-2.0
#include "committee/where.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "committee/compiled.hpp"

namespace partnership {
namespace {

using feel::TypeKind;
using feel::Value;

constexpr std::size_t most_completions = 256;  // of one nominee
constexpr std::uint64_t most_steps = 1'000'000;

void report(const feel::Diagnostic& found, json::Value text, json::Problems& problems) {
  if (found.severity != feel::Severity::error || problems.full()) return;
  std::string message = found.message;
  if (!found.hint.empty()) message += " (" + found.hint + ")";
  problems.add(text, found.span.offset, std::move(message));
}

// As FEEL reads names: white space made one space.
std::string name_of(const Attribute& attribute) {
  std::string name;
  for (const char c : attribute.name) {
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    if (!space) {
      name += c;
    } else if (name.back() != ' ') {
      name += ' ';
    }
  }
  return name;
}

}  // namespace

void PredicateCompiler::declare(const std::vector<Attribute>& attributes) {
  types_ = std::make_shared<feel::Types>();
  const feel::Type* const text = types_->simple(TypeKind::string);
  std::vector<feel::Type::Member> members;
  for (const Attribute& attribute : attributes) {
    names_.push_back(name_of(attribute));
    members.push_back(
        {names_.back(), attribute.multiple ? types_->list(text) : text, !attribute.multiple});
  }
  schema_ = types_->context(std::move(members), false);
}

std::shared_ptr<const Predicate> PredicateCompiler::compile(json::Value text,
                                                            json::Problems& problems) {
  if (schema_ == nullptr) {
    problems.add(text, "an expression needs `attributes`, which say what it may speak of");
    return nullptr;
  }
  auto predicate = std::make_shared<Predicate>();
  predicate->text_ = nfc(text.text());
  feel::CompileOptions options;
  options.schema = schema_;
  options.strict = true;
  std::vector<feel::Program::Found> found;
  predicate->program_ =
      feel::Program::compile({{"where", predicate->text_}}, types_, options, found);
  for (const auto& [source, diagnostic] : found) report(diagnostic, text, problems);
  if (predicate->program_ == nullptr) return nullptr;
  const feel::Ast& ast = predicate->program_->ast(0);
  const feel::Type& type = *ast.at(ast.root).type;
  if (!type.is(TypeKind::boolean) && !type.is(TypeKind::any) && !type.is(TypeKind::null)) {
    problems.add(text, ast.at(ast.root).span.offset,
                 "expected true or false, this gives " + feel::type_text(type));
    return nullptr;
  }
  for (std::uint32_t a = 0; a < names_.size(); ++a) {
    const bool read = std::any_of(ast.names.begin(), ast.names.end(), [&](const auto& use) {
      return use.binding == feel::NameUse::Binding::input && use.name == names_[a];
    });
    if (read) predicate->reads_.push_back(a);
  }
  return predicate;
}

namespace {

// What one attribute that the predicate reads may be for a nominee.
class Facts {
 public:
  Facts(const Attribute& attribute, const Nominees& nominees)
      : attribute_(attribute), column_(nominees.column(attribute.name)) {}

  bool known(std::uint32_t nominee) const noexcept {
    return column_ != nullptr && column_->known[nominee] != 0;
  }

  // Distinguishes nominees for whom the values differ.
  void append_key(std::uint32_t nominee, std::string& key) const {
    if (!known(nominee)) {
      key += "?;";
      return;
    }
    for (const std::uint32_t value : column_->of(nominee)) key += std::to_string(value) + ",";
    key += ";";
  }

  Value value(std::uint32_t nominee, feel::Arena& arena) const {
    std::vector<Value> texts;
    for (const std::uint32_t v : column_->of(nominee)) {
      texts.push_back(Value::string(column_->values[v]));
    }
    return of_texts(texts, arena);
  }

  // In how many ways it can be completed; 0: nobody knows, or too many.
  std::size_t completions() const noexcept {
    if (!attribute_.closed) return 0;
    if (!attribute_.multiple) return attribute_.values.size() + 1;
    return attribute_.values.size() <= 8 ? std::size_t{1} << attribute_.values.size() : 0;
  }

  Value completion(std::size_t which, feel::Arena& arena) const {
    std::vector<Value> texts;
    for (std::size_t v = 0; v < attribute_.values.size(); ++v) {
      const bool has = attribute_.multiple ? ((which >> v) & 1) != 0 : which == v + 1;
      if (has) texts.push_back(Value::string(attribute_.values[v].text));
    }
    return of_texts(texts, arena);
  }

 private:
  // A nominee with several values of an attribute that allows one is refused elsewhere.
  Value of_texts(const std::vector<Value>& texts, feel::Arena& arena) const {
    if (attribute_.multiple) return feel::make_list(arena, texts);
    return texts.empty() ? Value() : texts.front();
  }

  const Attribute& attribute_;
  const Nominees::Facts* column_;
};

class PredicateRun {
 public:
  PredicateRun(const Criteria& criteria, const Nominees& nominees, const Predicate& predicate)
      : predicate_(predicate), evaluation_(budget()) {
    std::vector<std::string> names;
    for (const std::uint32_t attribute : predicate.reads()) {
      facts_.emplace_back(criteria.attributes[attribute], nominees);
      names.push_back(name_of(criteria.attributes[attribute]));
    }
    const std::vector<std::string_view> keys(names.begin(), names.end());
    shape_ = feel::Shape::make(names_, keys);
  }

  std::uint8_t code(std::uint32_t nominee) {
    key_.clear();
    for (const Facts& facts : facts_) facts.append_key(nominee, key_);
    const auto [at, fresh] = codes_.emplace(key_, 0);
    if (fresh) at->second = evaluate(nominee);
    return at->second;
  }

 private:
  static feel::Budget budget() {
    feel::Budget budget;
    budget.steps = most_steps;
    budget.memory = std::size_t{16} << 20;
    return budget;
  }

  std::uint8_t evaluate(std::uint32_t nominee) {
    std::size_t completions = 1;
    for (const Facts& facts : facts_) {
      if (facts.known(nominee)) continue;
      const std::size_t ways = facts.completions();
      if (ways == 0 || completions * ways > most_completions) return is_within | is_counted;
      completions *= ways;
    }
    std::uint8_t code = 0;
    for (std::size_t which = 0; which < completions; ++which) code |= evaluate(nominee, which);
    return code;
  }

  std::uint8_t evaluate(std::uint32_t nominee, std::size_t which) {
    evaluation_.begin({});
    feel::Arena& arena = evaluation_.arena();
    std::vector<Value> values;
    for (const Facts& facts : facts_) {
      if (facts.known(nominee)) {
        values.push_back(facts.value(nominee, arena));
      } else {
        const std::size_t ways = std::max<std::size_t>(facts.completions(), 1);
        values.push_back(facts.completion(which % ways, arena));
        which /= ways;
      }
    }
    const Value found =
        predicate_.program().evaluate(0, feel::make_context(arena, shape_, values), evaluation_);
    if (found.is_true()) return is_counted;
    return found.is_false() ? is_within : is_within | is_counted;
  }

  const Predicate& predicate_;
  feel::Evaluation evaluation_;
  feel::Arena names_;
  const feel::Shape* shape_ = nullptr;
  std::vector<Facts> facts_;
  std::unordered_map<std::string, std::uint8_t> codes_;
  std::string key_;
};

}  // namespace

std::vector<std::uint8_t> predicate_codes(const Criteria& criteria, const Nominees& nominees,
                                          const Predicate& predicate) {
  PredicateRun run(criteria, nominees, predicate);
  std::vector<std::uint8_t> codes;
  codes.reserve(nominees.count());
  for (std::uint32_t i = 0; i < nominees.count(); ++i) codes.push_back(run.code(i));
  return codes;
}

}  // namespace partnership
