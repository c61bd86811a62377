// SPDX-License-Identifier: Apache-2.0
//
// A set of expressions over one kind of case, parsed, checked and compiled together; and what an
// evaluation of it gives. A Program never changes once made and may be shared between threads; each
// thread brings its own Evaluation.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "feel/evaluation.hpp"
#include "feel/parser.hpp"

namespace partnership::feel {

struct Unit;  // code.hpp

struct Source {
  // For messages and tables; unique within the set. Where the text is a function, also the name by
  // which it may call itself.
  std::string name;
  std::string text;
  bool unary_tests = false;
  const Type* declared = nullptr;  // result type: the value is converted to it or becomes null
};

struct CompileOptions {
  // nullptr: no schema, plain FEEL. A context type: the members are the names of the case.
  const Type* schema = nullptr;
  bool strict = false;
  ParseLimits limits;
};

class Program {
 public:
  // All diagnostics of all sources go to `diagnostics`, in the order of the sources; nullptr when
  // one is an error. `types` must be those that made the schema; the program keeps them alive.
  struct Found {
    std::uint32_t source;
    Diagnostic diagnostic;
  };
  static std::shared_ptr<const Program> compile(std::vector<Source> sources,
                                                std::shared_ptr<Types> types,
                                                const CompileOptions& options,
                                                std::vector<Found>& diagnostics);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  std::uint32_t size() const noexcept;
  const Source& source(std::uint32_t index) const noexcept;
  const Ast& ast(std::uint32_t index) const noexcept;
  std::size_t memory() const noexcept;  // bytes of the compiled form, for benchmarks and limits

  // The value of expression `index` over a case (a context; null: no names; of unary tests the
  // member `?` is what is tested). Values lie in the evaluation's arena, the case or the program.
  // Call evaluation.begin() first; several expressions may run after one begin(): the budget of
  // steps is for each, that of memory for all of them.
  Value evaluate(std::uint32_t index, Value case_value, Evaluation& evaluation) const;

  // Such a value as evaluate() gives: converted to the declared type, else null with a warning.
  Value as_declared(std::uint32_t index, Value value, Evaluation& evaluation) const;

  // The code of an expression; the recorded one (for explanations) is made when it is first wanted.
  const Unit& unit(std::uint32_t index) const noexcept;
  const Unit& recorded_unit(std::uint32_t index) const;
  const Unit& whole_unit(std::uint32_t index) const;  // UnitOptions::whole, recorded

 private:
  struct Impl;
  explicit Program(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace partnership::feel
