// SPDX-License-Identifier: Apache-2.0
//
// A set of expressions from its documents, and what is wrong with them.
#include <algorithm>

#include "base/error.hpp"
#include "base/json.hpp"
#include "feel/expression_set.hpp"

namespace partnership::feel {

namespace {

// What stands between backticks in a hint such as "did you mean `side`?".
std::string_view nearest_of(std::string_view hint) noexcept {
  constexpr std::string_view before = "did you mean `";
  if (!hint.starts_with(before)) return {};
  hint.remove_prefix(before.size());
  return hint.substr(0, hint.find('`'));
}

}  // namespace

class SetReader {
 public:
  SetReader(std::string_view expressions, std::string_view schema,
            const ExpressionSet::Choice& choice)
      : choice_(choice) {
    if (!schema.empty()) read_schema(schema);
    if (choice.strict && schema_ == nullptr) {
      throw Error(Code::invalid_argument, "strict expressions need a schema");
    }
    document_ = json::Document::parse(expressions);
    json::Problems problems;
    if (!document_->root().is(json::Type::object)) {
      problems.add(document_->root(), "expected an object of names and expressions, found " +
                                          std::string(json::type_name(document_->root().type())));
    } else {
      for (const json::Value member : document_->root()) read(member, problems);
    }
    problems.raise(Code::invalid_document);
  }

  std::shared_ptr<const ExpressionSet> compile() {
    std::shared_ptr<ExpressionSet> set(new ExpressionSet);
    std::vector<Program::Found> found;
    set->program_ = run(found);
    if (set->program_ == nullptr) raise(found);
    set->schema_ = schema_;
    if (schema_ != nullptr) set->evaluator_ = Evaluator::make(set->program_, *schema_, types_);
    set->types_ = std::move(types_);
    return set;
  }

  Table diagnose() {
    std::vector<Program::Found> found;
    run(found);
    TableBuilder builder;
    const auto expression = builder.add("expression", ColumnType::text);
    const auto severity = builder.add("severity", ColumnType::text);
    const auto offset = builder.add("offset", ColumnType::int64);
    const auto length = builder.add("length", ColumnType::int64);
    const auto line = builder.add("line", ColumnType::int64);
    const auto column = builder.add("column", ColumnType::int64);
    const auto message = builder.add("message", ColumnType::text);
    const auto hint = builder.add("hint", ColumnType::text);
    for (const auto& [source, diagnostic] : found) {
      const Place place = place_of(texts_[source].text(), diagnostic.span.offset);
      builder.text(expression, names_[source]);
      builder.text(severity, diagnostic.severity == Severity::error ? "error" : "warning");
      builder.int64(offset, diagnostic.span.offset);
      builder.int64(length, diagnostic.span.length);
      builder.int64(line, place.line);
      builder.int64(column, place.column);
      builder.text(message, diagnostic.message);
      if (diagnostic.hint.empty()) {
        builder.null(hint);
      } else {
        builder.text(hint, diagnostic.hint);
      }
    }
    return builder.finish();
  }

 private:
  void read_schema(std::string_view text) {
    try {
      const auto document = json::Document::parse(text);
      json::Problems problems;
      const Types::Unknown unknown =
          choice_.unknown_types ? Types::Unknown::any : Types::Unknown::refused;
      schema_ = types_->read_schema(document->root(), problems, unknown);
      problems.raise(Code::invalid_document);
    } catch (Error& error) {
      error.with("document", "schema");
      throw;
    }
  }

  void read(json::Value member, json::Problems& problems) {
    names_.emplace_back(member.key());
    if (member.is(json::Type::string)) {
      texts_.push_back(member);
      sources_.push_back({names_.back(), std::string(member.text())});
      return;
    }
    if (!member.is(json::Type::object)) {
      return problems.add(member, "expected an expression: a text, or an object with `feel`");
    }
    json::ObjectReader reader(member, problems);
    const auto feel = reader.any("feel", true);
    const auto type = reader.text("type");
    const bool tests = reader.boolean("unary tests").value_or(false);
    reader.finish();
    if (!feel) return;
    if (!feel->is(json::Type::string))
      return problems.add(*feel, "expected the text of an expression");
    texts_.push_back(*feel);
    sources_.push_back({names_.back(), std::string(feel->text()), tests, nullptr});
    if (type) sources_.back().declared = read_type(*type, *member.find("type"), problems);
  }

  const Type* read_type(std::string_view text, json::Value place, json::Problems& problems) {
    try {
      return types_->parse(text,
                           choice_.unknown_types ? Types::Unknown::any : Types::Unknown::refused);
    } catch (const Error& error) {
      if (error.code() != Code::malformed) throw;
      problems.add(place, error.problems().front().message);
      return nullptr;
    }
  }

  std::shared_ptr<const Program> run(std::vector<Program::Found>& found) {
    CompileOptions options;
    options.schema = schema_;
    options.strict = choice_.strict;
    return Program::compile(sources_, types_, options, found);
  }

  [[noreturn]] void raise(const std::vector<Program::Found>& found) const {
    std::vector<Problem> problems;
    std::string_view nearest;
    for (const auto& [source, diagnostic] : found) {
      if (diagnostic.severity != Severity::error) continue;
      const Place place = place_of(texts_[source].text(), diagnostic.span.offset);
      std::string message = diagnostic.message;
      if (!diagnostic.hint.empty()) message += " (" + diagnostic.hint + ")";
      problems.push_back({std::move(message), texts_[source].pointer(),
                          static_cast<std::int64_t>(diagnostic.span.offset), place.line,
                          place.column});
      if (nearest.empty()) nearest = nearest_of(diagnostic.hint);
    }
    Error error(Code::invalid_document, std::move(problems));
    if (!nearest.empty()) error.with("nearest", std::string(nearest));
    throw error;
  }

  const ExpressionSet::Choice& choice_;
  std::shared_ptr<Types> types_ = std::make_shared<Types>();
  const Type* schema_ = nullptr;
  std::unique_ptr<const json::Document> document_;
  std::vector<std::string> names_;
  std::vector<json::Value> texts_;  // where the expressions stand
  std::vector<Source> sources_;
};

std::shared_ptr<const ExpressionSet> ExpressionSet::compile(std::string_view expressions,
                                                            std::string_view schema,
                                                            const Choice& choice) {
  return SetReader(expressions, schema, choice).compile();
}

Table ExpressionSet::diagnose(std::string_view expressions, std::string_view schema,
                              const Choice& choice) {
  return SetReader(expressions, schema, choice).diagnose();
}

}  // namespace partnership::feel
