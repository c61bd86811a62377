// SPDX-License-Identifier: Apache-2.0
#include "feel/expression_set.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "feel/case_arrow.hpp"
#include "feel/case_value.hpp"
#include "feel/compare.hpp"

namespace partnership::feel {

namespace {

// A worker that has grown past this is not kept.
constexpr std::size_t most_kept = std::size_t{4} << 20;

constexpr std::size_t most_json = std::size_t{1} << 30;

ReadOptions reading() {
  ReadOptions options;
  options.keep_misfits = true;
  options.limits.bytes = most_json;
  return options;
}

bool same_budget(const Budget& a, const Budget& b) noexcept {
  return a.steps == b.steps && a.depth == b.depth && a.list == b.list && a.memory == b.memory;
}

// Of a byte of Outcomes: `no` and `yes` without a warning are the first two.
constexpr std::uint8_t verdict_of(std::uint8_t cell) noexcept {
  return cell < 2 ? cell : static_cast<std::uint8_t>(Verdict::undetermined);
}
static_assert(static_cast<int>(Outcomes::Kind::no) == static_cast<int>(Verdict::no) &&
              static_cast<int>(Outcomes::Kind::yes) == static_cast<int>(Verdict::yes));

RunOptions run_options(const Circumstances& circumstances) {
  RunOptions options;
  options.moment = circumstances.moment;
  options.budget = circumstances.budget;
  options.threads = circumstances.threads;
  options.values = false;
  return options;
}

Value empty_context() {
  static constexpr Shape shape{};
  static constexpr Context context{&shape, nullptr};
  return Value::context(&context);
}

}  // namespace

// ---- workers

Evaluation& ExpressionSet::Worker::ready(const Circumstances& circumstances) {
  if (evaluation == nullptr || !same_budget(budget, circumstances.budget)) {
    evaluation = std::make_unique<Evaluation>(circumstances.budget);
    budget = circumstances.budget;
  }
  evaluation->begin(circumstances.moment);
  row.clear();
  return *evaluation;
}

bool ExpressionSet::Worker::large() const noexcept {
  const std::size_t values = evaluation == nullptr ? 0 : evaluation->arena().size();
  return row.size() + values > most_kept || workspace.memory() > most_kept;
}

ExpressionSet::Workers::Lent ExpressionSet::worker() const {
  return workers_.lend([] { return std::make_unique<Worker>(); });
}

std::shared_ptr<const ExpressionSet> ExpressionSet::of(std::shared_ptr<const Program> program,
                                                       const Type& schema,
                                                       std::shared_ptr<Types> types,
                                                       const std::vector<bool>* to_machine) {
  std::shared_ptr<ExpressionSet> set(new ExpressionSet);
  set->schema_ = &schema;
  set->evaluator_ = Evaluator::make(program, schema, types, to_machine);
  set->program_ = std::move(program);
  set->types_ = std::move(types);
  return set;
}

// ---- cases

std::int32_t ExpressionSet::find(std::string_view name) const noexcept {
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (program_->source(i).name == name) return static_cast<std::int32_t>(i);
  }
  return -1;
}

const Evaluator& ExpressionSet::evaluator() const {
  if (evaluator_ == nullptr) {
    throw Error(Code::state, "the expressions were compiled without a schema, which columns need");
  }
  return *evaluator_;
}

const std::shared_ptr<const Layout>& ExpressionSet::layout() const {
  return evaluator().layout();
}

std::shared_ptr<const Case> ExpressionSet::read_case(std::string_view json) const {
  auto out = std::make_shared<Case>();
  out->set = shared_from_this();
  if (evaluator_ == nullptr) {
    json::Limits limits;
    limits.bytes = most_json;
    out->plain = read_json_value(json, out->arena, limits);
    if (!out->plain.is(Kind::context)) {
      throw Error(Code::invalid_document, Problem{"expected an object, found a " +
                                                      std::string(kind_name(out->plain.kind())),
                                                  {},
                                                  0,
                                                  1,
                                                  1});
    }
    return out;
  }
  out->batch.emplace(layout());
  if (json.size() > most_kept / 4) {  // a reader's memory grows with the text
    CaseReader(reading()).read(json, *out->batch);
  } else {
    const auto reader = readers_.lend([] { return std::make_unique<CaseReader>(reading()); });
    reader->read(json, *out->batch);
  }
  out->batch->finish();
  return out;
}

std::shared_ptr<const Cases> ExpressionSet::read_cases(std::string_view json,
                                                       ReadOptions::Unknown unknown) const {
  auto out = std::make_shared<Cases>(Cases{shared_from_this(), Batch(layout()), {}});
  const std::size_t first = json.find_first_not_of(" \t\r\n");
  ReadOptions options = reading();
  options.unknown = unknown;
  CaseReader reader(options);
  if (first != std::string_view::npos && json[first] == '[') {
    reader.read_array(json, out->batch);
  } else {
    reader.read_lines(json, out->batch);
  }
  out->batch.finish();
  return out;
}

std::shared_ptr<const Cases> ExpressionSet::read_tables(const Table& cases,
                                                        std::span<const ItemTable> lists) const {
  auto out = std::make_shared<Cases>(Cases{shared_from_this(), Batch(layout()), {}});
  feel::read_tables(cases, lists, reading(), out->batch);
  out->batch.finish();
  return out;
}

std::shared_ptr<const Cases> ExpressionSet::read_arrow(ArrowArrayStream* stream) const {
  arrow::StreamReader reader(stream);
  if (!is_nested(reader.schema())) return read_tables(import_stream(reader), {});
  CaseMaker maker(shared_from_this());
  feel::read_arrow(reader, maker);
  return maker.take_all();
}

void ExpressionSet::require_own(const ExpressionSet* set) const {
  if (set == this) return;
  throw Error(Code::invalid_argument, "the case was read for another set of expressions");
}

Value ExpressionSet::value_of(const Case* of, Arena& room) const {
  if (of == nullptr) return empty_context();
  require_own(of->set.get());
  return of->value(room);
}

// ---- answers

void ExpressionSet::decide(const Case& of, const Circumstances& circumstances,
                           std::span<std::uint8_t> verdicts) const {
  require_own(of.set.get());
  const Workers::Lent worker = this->worker();
  if (!of.batch) {
    for (std::uint32_t i = 0; i < size(); ++i) {
      Evaluation& evaluation = worker->ready(circumstances);
      const Value value = program_->evaluate(i, of.plain, evaluation);
      const bool plain = value.is(Kind::boolean) && evaluation.warning_count() == 0;
      verdicts[i] = static_cast<std::uint8_t>(!plain            ? Verdict::undetermined
                                              : value.boolean() ? Verdict::yes
                                                                : Verdict::no);
    }
    return;
  }
  RunOptions options = run_options(circumstances);
  options.threads = 1;
  evaluator_->run(*of.batch, options, worker->workspace, worker->outcomes);
  for (std::uint32_t i = 0; i < size(); ++i) {
    verdicts[i] = verdict_of(worker->outcomes.column(i)[0]);
  }
}

Table ExpressionSet::decide_all(const Cases& cases, const Circumstances& circumstances) const {
  require_own(cases.set.get());
  Evaluator::Workspace workspace;
  Outcomes outcomes;
  evaluator_->run(cases.batch, run_options(circumstances), workspace, outcomes);
  TableBuilder builder;
  for (std::uint32_t i = 0; i < size(); ++i) {
    const auto column = builder.add(program_->source(i).name, ColumnType::boolean);
    for (const std::uint8_t cell : outcomes.column(i)) {
      if (cell < 2) {
        builder.boolean(column, cell != 0);
      } else {
        builder.null(column);
      }
    }
  }
  return builder.finish();
}

ExpressionSet::Answer ExpressionSet::evaluate(std::uint32_t expression,
                                              const std::shared_ptr<const Case>& of,
                                              const Circumstances& circumstances,
                                              bool warnings) const {
  Workers::Lent worker = this->worker();
  Evaluation& evaluation = worker->ready(circumstances);
  const Value value = program_->evaluate(expression, value_of(of.get(), worker->row), evaluation);
  Answer answer;
  if (warnings) answer.warnings = warning_table(evaluation, program_->ast(expression));
  answer.value = KeptValue::of(value, circumstances.budget.memory, [&] {
    return Keepers{shared_from_this(), of, std::shared_ptr<Worker>(worker.keep())};
  });
  return answer;
}

Table ExpressionSet::evaluate_all(std::uint32_t expression, const Cases& cases,
                                  const Circumstances& circumstances) const {
  require_own(cases.set.get());
  const Workers::Lent worker = this->worker();
  TableBuilder builder;
  const auto value_column = builder.add("value", ColumnType::text);
  const auto kind = builder.add("kind", ColumnType::text);
  const auto warnings = builder.add("warnings", ColumnType::int64);
  std::string text;
  for (std::uint32_t row = 0; row < cases.batch.rows(); ++row) {
    Evaluation& evaluation = worker->ready(circumstances);
    const Value value =
        program_->evaluate(expression, cases.batch.row(row, worker->row), evaluation);
    if (value.is_null()) {
      builder.null(value_column);
    } else {
      text.clear();
      append_string(text, value);
      builder.text(value_column, text);
    }
    builder.text(kind, kind_name(value.kind()));
    builder.int64(warnings, static_cast<std::int64_t>(evaluation.warning_count()));
  }
  return builder.finish();
}

}  // namespace partnership::feel
