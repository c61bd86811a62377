// SPDX-License-Identifier: Apache-2.0
//
// The grammar's `type` (rule 51), read from the tokens of an expression or of a schema.
#pragma once

#include <optional>
#include <string>

#include "feel/lexer.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

class TypeReader {
 public:
  struct Fault {
    std::size_t from, to;
    std::string message;
    std::string hint;
  };

  TypeReader(Lexer& lexer, Types& types, Types::Unknown unknown)
      : lexer_(lexer), types_(types), unknown_(unknown) {}

  // nullptr: see fault().
  const Type* read();
  // As read, and `?` behind the type sets `optional`.
  const Type* read_member(bool& optional);
  const std::optional<Fault>& fault() const noexcept { return fault_; }
  // The first name that nobody defined and that was taken for `any`.
  const std::optional<Fault>& unknown() const noexcept { return unknown_found_; }

 private:
  const Type* read(bool* optional);
  const Type* read_named(bool* optional);
  const Type* unknown_name();
  const Type* read_element(bool is_list);
  const Type* read_context();
  const Type* read_function();
  std::optional<std::string> member_name();
  bool expect(Token token, std::string_view what);
  std::nullptr_t fail(const Lexeme& at, std::string message, std::string hint = {});

  Lexer& lexer_;
  Types& types_;
  Types::Unknown unknown_;
  std::size_t depth_ = 0;
  std::optional<Fault> fault_, unknown_found_;
};

}  // namespace partnership::feel
