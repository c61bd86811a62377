// SPDX-License-Identifier: Apache-2.0
#include "feel/program.hpp"

#include <mutex>

#include "feel/compiler.hpp"
#include "feel/machine.hpp"

namespace partnership::feel {

namespace {

// What constant parts may cost when a program is compiled.
constexpr Budget folding_budget{100'000, 50, 10'000, std::size_t{1} << 20, 10'000, 1};

std::vector<Declaration> declarations(const Type* schema) {
  std::vector<Declaration> out;
  if (schema == nullptr) return out;
  out.reserve(schema->members.size());
  for (const Type::Member& member : schema->members) {
    out.push_back({member.name, member.type, member.optional});
  }
  return out;
}

}  // namespace

struct Program::Impl {
  struct Made {
    std::once_flag once;
    std::unique_ptr<Unit> unit;
  };
  struct Recorded {
    Made usual, whole;
  };
  std::vector<Source> sources;
  std::shared_ptr<Types> types;
  std::vector<std::unique_ptr<Ast>> asts;
  std::vector<std::unique_ptr<Unit>> units;
  std::unique_ptr<Recorded[]> recorded;

  const Unit& made(Made& made, std::uint32_t index, bool whole) const;
};

Program::Program(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Program::~Program() = default;

std::shared_ptr<const Program> Program::compile(std::vector<Source> sources,
                                                std::shared_ptr<Types> types,
                                                const CompileOptions& options,
                                                std::vector<Found>& diagnostics) {
  auto impl = std::make_unique<Impl>();
  impl->sources = std::move(sources);
  impl->types = std::move(types);
  impl->recorded = std::make_unique<Impl::Recorded[]>(impl->sources.size());
  const std::vector<Declaration> inputs = declarations(options.schema);
  Evaluation scratch(folding_budget);
  bool good = true;
  std::vector<Diagnostic> found;
  for (std::uint32_t i = 0; i < impl->sources.size(); ++i) {
    const Source& source = impl->sources[i];
    ParseOptions parse_options;
    parse_options.inputs = inputs;
    parse_options.strict = options.strict;
    parse_options.unary_tests = source.unary_tests;
    parse_options.limits = options.limits;
    if (options.schema != nullptr) parse_options.tested = options.schema->member("?");
    found.clear();
    auto ast = parse(source.text, *impl->types, parse_options, found);
    for (Diagnostic& diagnostic : found) diagnostics.push_back({i, std::move(diagnostic)});
    good = good && ast != nullptr;
    if (!good) continue;
    impl->units.push_back(compile_unit(*ast, {false, false, source.name}, scratch));
    impl->asts.push_back(std::move(ast));
  }
  if (!good) return nullptr;
  return std::shared_ptr<const Program>(new Program(std::move(impl)));
}

std::uint32_t Program::size() const noexcept {
  return static_cast<std::uint32_t>(impl_->sources.size());
}
const Source& Program::source(std::uint32_t index) const noexcept {
  return impl_->sources[index];
}
const Ast& Program::ast(std::uint32_t index) const noexcept {
  return *impl_->asts[index];
}
const Unit& Program::unit(std::uint32_t index) const noexcept {
  return *impl_->units[index];
}

const Unit& Program::Impl::made(Made& made, std::uint32_t index, bool whole) const {
  std::call_once(made.once, [&] {
    Evaluation scratch(folding_budget);
    made.unit = compile_unit(*asts[index], {true, whole, sources[index].name}, scratch);
  });
  return *made.unit;
}

const Unit& Program::recorded_unit(std::uint32_t index) const {
  return impl_->made(impl_->recorded[index].usual, index, false);
}

const Unit& Program::whole_unit(std::uint32_t index) const {
  return impl_->made(impl_->recorded[index].whole, index, true);
}

std::size_t Program::memory() const noexcept {
  std::size_t size = sizeof(Program) + sizeof(Impl);
  for (const auto& unit : impl_->units) size += unit->memory();
  return size;
}

Value Program::as_declared(std::uint32_t index, Value value, Evaluation& evaluation) const {
  const Type* declared = source(index).declared;
  if (declared == nullptr || value.is_null()) return value;
  evaluation.at(ast(index).root);
  return Machine(evaluation).conform(value, *declared);
}

Value Program::evaluate(std::uint32_t index, Value case_value, Evaluation& evaluation) const {
  return as_declared(index, Machine(evaluation).evaluate(unit(index), case_value), evaluation);
}

}  // namespace partnership::feel
