// SPDX-License-Identifier: Apache-2.0
//
// The eight rules and their cases that lie beside the project, for tests and benchmarks.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "feel/number.hpp"
#include "feel/program.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel::test {

struct RuleCase {
  Value value;
  std::vector<Value> expected;
};

struct Rules {
  bool there = false;
  std::unique_ptr<const json::Document> document;
  std::shared_ptr<Types> types = std::make_shared<Types>();
  const Type* schema = nullptr;
  std::vector<Source> sources;
  Arena arena;
  std::vector<RuleCase> cases;

  std::shared_ptr<const Program> compile(bool strict) const {
    CompileOptions options;
    options.schema = schema;
    options.strict = strict;
    std::vector<Program::Found> found;
    return Program::compile(sources, types, options, found);
  }
};

inline Value rule_value(Arena& arena, json::Value json, const Type& type) {
  switch (json.type()) {
    case json::Type::null:
      return {};
    case json::Type::boolean:
      return Value::boolean(json.boolean());
    case json::Type::integer:
    case json::Type::real:
      return parse_number(arena, json.source()).value_or(Value());
    case json::Type::string:
      if (type.is(TypeKind::date)) return parse_date(json.text()).value_or(Value());
      return make_string(arena, json.text());
    case json::Type::array: {
      std::vector<Value> items;
      for (const json::Value item : json) items.push_back(rule_value(arena, item, *type.element));
      // One shape for all items.
      for (std::size_t i = 1; i < items.size(); ++i) {
        if (!items[i].is(Kind::context)) continue;
        const Context& context = items[i].context();
        items[i] = make_context(arena, items[0].context().shape, {context.values, context.size()});
      }
      return make_list(arena, items);
    }
    case json::Type::object:
      break;
  }
  std::vector<std::string_view> keys;
  std::vector<Value> values;
  for (const json::Value member : json) {
    const Type* member_type = type.member(member.key());
    keys.push_back(member.key());
    values.push_back(rule_value(arena, member, member_type == nullptr ? type : *member_type));
  }
  return make_context(arena, Shape::make(arena, keys), values);
}

inline std::string read_shared(const char* name) {
  const char* shared = std::getenv("PSHIP_SHARED");
  std::ifstream file(std::filesystem::path(shared == nullptr ? "../shared" : shared) / "data" /
                     name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline Rules read_rules() {
  Rules out;
  const std::string text = read_shared("eight-rules.json");
  if (text.empty()) return out;
  out.there = true;
  out.document = json::Document::parse(text);
  json::Problems problems;
  const json::Value facts = *out.document->root().find("facts");
  const json::Value rules = *out.document->root().find("rules");
  out.schema = out.types->read_schema(facts, problems);
  for (const json::Value rule : rules) {
    out.sources.push_back({std::string(rule.key()), std::string(rule.text()), false, nullptr});
  }
  std::istringstream lines(read_shared("charter-cases.jsonl"));
  std::string line;
  while (std::getline(lines, line)) {
    const auto document = json::Document::parse(line);
    RuleCase one;
    const json::Value names = *document->root().find("case");
    const json::Value expected = *document->root().find("expect");
    one.value = rule_value(out.arena, names, *out.schema);
    for (const json::Value outcome : expected) {
      one.expected.push_back(outcome.is(json::Type::boolean) ? Value::boolean(outcome.boolean())
                                                             : Value());
    }
    out.cases.push_back(std::move(one));
  }
  return out;
}

}  // namespace partnership::feel::test
