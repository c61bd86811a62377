// SPDX-License-Identifier: Apache-2.0
//
// A set of expressions as a caller has it: read from a document, compiled, and asked over cases. It
// holds the memory that evaluations need and lends it out, so that a call that decides all
// expressions over a prepared case allocates nothing.
//
// Sets and cases never change once made and may be shared between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arrow.hpp"
#include "base/table.hpp"
#include "feel/case_batch.hpp"
#include "feel/case_json.hpp"
#include "feel/case_table.hpp"
#include "feel/columns.hpp"
#include "feel/explain.hpp"
#include "feel/kept_value.hpp"
#include "feel/pool.hpp"
#include "feel/program.hpp"

namespace partnership::feel {

class ExpressionSet;

// One case, read for one set: with a schema a batch of one row, without a plain context.
struct Case {
  std::shared_ptr<const ExpressionSet> set;
  std::optional<Batch> batch;
  Arena arena;  // of `plain`
  Value plain;
  Keepers keepers;  // of functions among its values

  Value value(Arena& room) const { return batch ? batch->row(0, room) : plain; }
};

struct Cases {
  std::shared_ptr<const ExpressionSet> set;
  Batch batch;
  Keepers keepers;
};

// What a caller says of an evaluation.
struct Circumstances {
  Moment moment;
  Budget budget;
  unsigned threads = 1;
};

enum class Verdict : std::uint8_t { no = 0, yes = 1, undetermined = 2 };

class ExpressionSet : public std::enable_shared_from_this<ExpressionSet> {
 public:
  struct Choice {
    bool strict = false;         // needs a schema
    bool unknown_types = false;  // names of types that nobody defined are taken for Any
  };
  // `expressions`: an object, an expression a member: its text, or {"feel": text, "type": its
  // declared type, "unary tests": bool}. `schema`: what Types::read_schema takes; empty: none.
  // Throws Error(malformed), Error(limit); Error(invalid_document) with all that is wrong: in an
  // expression with its pointer, and offset, line and column inside its text (detail "nearest"); in
  // the schema with the detail "document".
  static std::shared_ptr<const ExpressionSet> compile(std::string_view expressions,
                                                      std::string_view schema,
                                                      const Choice& choice);
  // Of expressions that are compiled against a schema, which must be of `types`. `to_machine`: as
  // of Evaluator::make.
  static std::shared_ptr<const ExpressionSet> of(std::shared_ptr<const Program> program,
                                                 const Type& schema, std::shared_ptr<Types> types,
                                                 const std::vector<bool>* to_machine = nullptr);
  // The same as compile(), as a table of what is wrong or doubtful with the expressions:
  // expression, severity, offset, length, line, column, message, hint. What is wrong with the
  // documents themselves is thrown.
  static Table diagnose(std::string_view expressions, std::string_view schema,
                        const Choice& choice);
  // The built-in functions: function, signature, result, sentence.
  static Table functions();

  const Program& program() const noexcept { return *program_; }
  const Type* schema() const noexcept { return schema_; }  // nullptr: none
  std::uint32_t size() const noexcept { return program_->size(); }
  // The number of an expression; -1: none.
  std::int32_t find(std::string_view name) const noexcept;
  // A row an expression: expression, feel, type, columns, memory.
  Table table() const;

  // A JSON object. Values of another type than the schema says are kept as they are; other members
  // than it names are refused. Throws the errors of CaseReader::read.
  std::shared_ptr<const Case> read_case(std::string_view json) const;
  // An array of objects, or an object a line. `unknown`: members that the schema does not name.
  // Throws Error(state) where the set has no schema.
  std::shared_ptr<const Cases> read_cases(
      std::string_view json, ReadOptions::Unknown unknown = ReadOptions::Unknown::refuse) const;
  // An Arrow stream, a column a member, of plain columns or of any depth (case_arrow.hpp).
  std::shared_ptr<const Cases> read_arrow(ArrowArrayStream* stream) const;
  // As feel::read_tables.
  std::shared_ptr<const Cases> read_tables(const Table& cases,
                                           std::span<const ItemTable> lists) const;
  const std::shared_ptr<const Layout>& layout() const;  // Error(state) where there is no schema
  const Evaluator& evaluator() const;                   // likewise

  // One verdict an expression. Throws Error(invalid_argument) for a case of another set.
  void decide(const Case& of, const Circumstances& circumstances,
              std::span<std::uint8_t> verdicts) const;
  // A bool column an expression, a row a case, null where undetermined.
  Table decide_all(const Cases& cases, const Circumstances& circumstances) const;

  struct Answer {
    std::shared_ptr<const KeptValue> value;
    std::optional<Table> warnings;
  };
  // nullptr: a case without members. `warnings`: kind, message, offset, length, line, column.
  Answer evaluate(std::uint32_t expression, const std::shared_ptr<const Case>& of,
                  const Circumstances& circumstances, bool warnings) const;
  // Columns value, kind, warnings.
  Table evaluate_all(std::uint32_t expression, const Cases& cases,
                     const Circumstances& circumstances) const;
  // What `tell` makes of the trace.
  template <class Tell>
  auto explain(std::uint32_t expression, const Case* of, const Circumstances& circumstances,
               const Tell& tell) const {
    const Workers::Lent worker = this->worker();
    Evaluation& evaluation = worker->ready(circumstances);
    const Trace trace = feel::explain(*program_, expression, value_of(of, worker->row), evaluation);
    return tell(trace, program_->ast(expression));
  }
  // What `tell` makes of the trace that feel::explain_whole gives.
  template <class Tell>
  auto explain_whole(std::uint32_t expression, const Case* of, const Circumstances& circumstances,
                     const Tell& tell) const {
    const Workers::Lent worker = this->worker();
    Evaluation& evaluation = worker->ready(circumstances);
    const Trace trace =
        feel::explain_whole(*program_, expression, value_of(of, worker->row), evaluation);
    return tell(trace, program_->ast(expression));
  }

 private:
  ExpressionSet() = default;

  // The memory of one call.
  struct Worker {
    Evaluator::Workspace workspace;
    Outcomes outcomes;
    std::unique_ptr<Evaluation> evaluation;
    Budget budget;
    Arena row{std::size_t{1} << 40};  // the case as a value

    // Begins an evaluation.
    Evaluation& ready(const Circumstances& circumstances);
    bool large() const noexcept;  // too large to be kept
  };
  using Workers = Pool<Worker>;
  Workers::Lent worker() const;
  Value value_of(const Case* of, Arena& room) const;
  void require_own(const ExpressionSet* set) const;

  friend class SetReader;
  std::shared_ptr<const Program> program_;
  std::shared_ptr<Types> types_;
  const Type* schema_ = nullptr;
  std::shared_ptr<const Evaluator> evaluator_;  // nullptr without a schema
  mutable Workers workers_;
  mutable Pool<CaseReader> readers_;
};

// The warnings of the last evaluation: kind, message, offset, length, line, column.
Table warning_table(const Evaluation& evaluation, const Ast& ast);
// A row a part: part, parent, round, decisive, value, kind, offset, length, source.
Table trace_table(const Trace& trace, const Ast& ast);

}  // namespace partnership::feel
