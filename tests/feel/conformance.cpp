// SPDX-License-Identifier: Apache-2.0
#include "feel/conformance.hpp"

#include <optional>
#include <vector>

#include "base/calendar.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "feel/compare.hpp"
#include "feel/number.hpp"
#include "feel/program.hpp"
#include "feel/temporal.hpp"

namespace partnership::feel::test {

namespace {

Value read_value(Arena& arena, json::Value json);

Value read_list(Arena& arena, json::Value json) {
  std::vector<Value> items;
  for (const json::Value item : json) items.push_back(read_value(arena, item));
  return make_list(arena, items);
}

Value read_context(Arena& arena, json::Value json) {
  std::vector<std::string_view> keys;
  std::vector<Value> values;
  for (const json::Value member : json) {
    keys.push_back(member.key());
    values.push_back(read_value(arena, member));
  }
  return make_context(arena, Shape::make(arena, keys), values);
}

Value demand(std::optional<Value> value, std::string_view text) {
  if (!value)
    throw Error(partnership::Code::malformed, "no such value: `" + std::string(text) + "`");
  return *value;
}

Value read_simple(Arena& arena, std::string_view type, std::string_view text) {
  if (type == "string") return make_string(arena, text);
  if (type == "boolean") return Value::boolean(text == "true");
  if (type == "decimal" || type == "double") return demand(parse_number(arena, text), text);
  if (type == "date") return demand(parse_date(text), text);
  if (type == "time") return demand(parse_time(text), text);
  if (type == "dateTime") return demand(parse_date_time(arena, text), text);
  if (type == "duration") return demand(parse_duration(text), text);
  throw Error(partnership::Code::malformed, "unknown type `" + std::string(type) + "`");
}

Value read_value(Arena& arena, json::Value json) {
  if (json.is(json::Type::null)) return {};
  const auto list = json.find("list"), context = json.find("context");
  if (list) return read_list(arena, *list);
  if (context) return read_context(arena, *context);
  return read_simple(arena, json.find("t")->text(), json.find("v")->text());
}

// Where an expected number has many decimals it was calculated by floating point: then it is met to
// a hundred-millionth, as the suite's own runners have it.
bool same_number(Arena& arena, Value expected, Value got) {
  constexpr std::size_t many_decimals = 7;
  if (equal_numbers(expected, got)) return true;
  std::string text;
  append_number(text, expected);
  const std::size_t point = text.find('.');
  if (point == std::string::npos || text.size() - point <= many_decimals) return false;
  const auto difference = subtract(arena, expected, got);
  return difference && compare_numbers(absolute(arena, *difference), Value::small_number(1, 8)) < 0;
}

bool conforms_to(Arena& arena, Value expected, Value got) {
  if (expected.kind() != got.kind()) return false;
  switch (expected.kind()) {
    case Kind::null:
      return true;
    case Kind::number:
      return same_number(arena, expected, got);
    case Kind::list: {
      const auto left = expected.items(), right = got.items();
      if (left.size() != right.size()) return false;
      for (std::size_t i = 0; i < left.size(); ++i) {
        if (!conforms_to(arena, left[i], right[i])) return false;
      }
      return true;
    }
    case Kind::context: {
      const Context& left = expected.context();
      const Context& right = got.context();
      if (left.size() != right.size()) return false;
      for (std::size_t i = 0; i < left.size(); ++i) {
        const Value* other = right.find(left.shape->keys[i]);
        if (other == nullptr || !conforms_to(arena, left.values[i], *other)) return false;
      }
      return true;
    }
    default:
      return same(expected, got);
  }
}

// The case that a text is evaluated over: names, their values and types.
class Runner {
 public:
  explicit Runner(std::optional<json::Value> calendar) : types_(std::make_shared<Types>()) {
    if (calendar) calendar_ = Calendar::load(calendar->source());
    evaluation_.begin({true, 18000, 0, calendar_ ? &*calendar_ : nullptr});
  }

  Arena& arena() { return evaluation_.arena(); }
  void input(std::string_view name, Value value, const Type* type) {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i] != name) continue;
      values_[i] = value;
      members_[i].type = type;
      return;
    }
    names_.push_back(name);
    values_.push_back(value);
    members_.push_back({std::string(name), type, false});
  }
  const Type* type(std::optional<json::Value> json) {
    if (!json || !json->is(json::Type::string)) return nullptr;
    return types_->parse(json->text(), Types::Unknown::any);
  }
  const Type* any() { return types_->any(); }

  // The value; `type` becomes the static one where it is nullptr.
  Value evaluate(std::string_view name, std::string_view text, const Type*& type) {
    CompileOptions options;
    options.schema = types_->context(members_, true);
    std::vector<Program::Found> found;
    const auto program = Program::compile({{std::string(name), std::string(text), false, type}},
                                          types_, options, found);
    for (const Program::Found& one : found) {
      problems_ += "; " + one.diagnostic.message;
      failed_ = failed_ || one.diagnostic.severity == Severity::error;
    }
    if (program == nullptr) {
      type = any();
      return {};
    }
    programs_.push_back(program);
    if (type == nullptr) type = program->ast(0).at(program->ast(0).root).type;
    const Value names = make_context(arena(), Shape::make(arena(), names_), values_);
    const std::size_t before = evaluation_.warnings().size();
    const Value value = program->evaluate(0, names, evaluation_);
    for (std::size_t i = before; i < evaluation_.warnings().size(); ++i) {
      const Warning& warning = evaluation_.warnings()[i];
      problems_ += "; " + warning_text(warning, program->ast(0).source(warning.node));
    }
    return value;
  }
  bool reported() const { return failed_ || evaluation_.warning_count() != 0; }
  const std::string& problems() const { return problems_; }

 private:
  std::shared_ptr<Types> types_;
  std::optional<Calendar> calendar_;
  Evaluation evaluation_;
  std::vector<std::shared_ptr<const Program>> programs_;
  std::vector<std::string_view> names_;
  std::vector<Value> values_;
  std::vector<Type::Member> members_;
  std::string problems_;
  bool failed_ = false;
};

}  // namespace

Outcome run_case(std::string_view line) {
  const auto document = json::Document::parse(line);
  const json::Value json = document->root();
  Runner runner(json.find("calendar"));
  const json::Value types = *json.find("input_types");
  const json::Value inputs = *json.find("inputs"), lets = *json.find("lets");
  for (const json::Value input : inputs) {
    const Type* type = runner.type(types.find(input.key()));
    runner.input(input.key(), read_value(runner.arena(), input), type ? type : runner.any());
  }
  for (const json::Value let : lets) {
    const Type* type = runner.type(let[2]);
    const Value value = runner.evaluate(let[0].text(), let[1].text(), type);
    runner.input(let[0].text(), value, type);
  }
  Outcome outcome;
  outcome.id = json.find("id")->text();
  outcome.expression = json.find("feel")->text();
  const Type* type = runner.type(json.find("type"));
  const Value got = runner.evaluate("", outcome.expression, type);
  const Value expected = read_value(runner.arena(), *json.find("expect"));
  const bool error = json.find("error")->boolean();
  append_expression(outcome.expected, expected);
  if (error) outcome.expected += " and an error";
  append_expression(outcome.got, got);
  outcome.got += runner.problems();
  outcome.passed = conforms_to(runner.arena(), expected, got) && (!error || runner.reported());
  return outcome;
}

}  // namespace partnership::feel::test
