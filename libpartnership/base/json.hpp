// SPDX-License-Identifier: Apache-2.0
//
// JSON in: an immutable tree that knows where each value stood in its text, so that every complaint
// can name its place. JSON out: RFC 8785 canonical form and a plain writer. simdjson is used behind
// this header (json.cpp) and nowhere else.
//
// What it will not do: comments, trailing commas, duplicate names (all are errors), numbers outside
// IEEE 754 double range (those too small for it round to zero), text that is not UTF-8 or begins
// with a byte order mark, nesting deeper than `Limits::depth`, names of 64 MiB or more.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership::json {

enum class Type : std::uint8_t {
  null,
  boolean,
  integer,  // written without fraction or exponent and within int64
  real,     // any other number that a double can hold
  string,
  array,
  object,
};

std::string_view type_name(Type type) noexcept;  // "null", "boolean", "integer", "number", ...
std::string a_type(Type type);                   // "null", "a boolean", "an integer", ...

struct Limits {
  std::size_t bytes = std::size_t{1} << 30;  // at most 2^32 - 64
  std::size_t depth = 64;                    // open brackets at once; at most 1024
};

class Document;

// A value inside a Document. It is two words, is copied freely, and must not outlive its Document.
class Value {
 public:
  Type type() const noexcept;
  bool is(Type type) const noexcept { return this->type() == type; }
  bool is_number() const noexcept;

  // The accessors below demand the right type (asserted; never reachable from bad input).
  bool boolean() const noexcept;
  std::int64_t integer() const noexcept;
  double real() const noexcept;  // integers too
  std::string_view text() const noexcept;

  std::size_t size() const noexcept;  // members of an object, items of an array, else 0

  // Children in source order: for (auto child : value) ...; `key()` is the member's name for
  // children of an object and empty otherwise.
  class Iterator;
  Iterator begin() const noexcept;
  Iterator end() const noexcept;
  Value operator[](std::size_t index) const noexcept;  // linear; items of arrays and objects alike
  std::string_view key() const noexcept;

  std::optional<Value> find(std::string_view key) const noexcept;  // member of an object

  // The source text of this value and its offset in the document's text.
  std::string_view source() const noexcept;
  std::size_t offset() const noexcept;
  Place place() const noexcept;  // line and column of offset()
  std::string pointer() const;   // RFC 6901

  const Document& document() const noexcept { return *document_; }

 private:
  friend class Document;
  friend class Iterator;
  Value(const Document* document, std::uint32_t node) : document_(document), node_(node) {}
  const Document* document_;
  std::uint32_t node_;
};

class Value::Iterator {
 public:
  Value operator*() const noexcept { return Value(document_, node_); }
  Iterator& operator++() noexcept;
  bool operator==(const Iterator& other) const noexcept { return node_ == other.node_; }

 private:
  friend class Value;
  Iterator(const Document* document, std::uint32_t node) : document_(document), node_(node) {}
  const Document* document_;
  std::uint32_t node_;
};

// Owns a copy of the text and the tree over it. Movable; Values stay valid over a move of the
// unique pointer. Finished when parse returns; may be shared between threads.
class Document {
 public:
  // Throws Error(malformed) with offset, line, column and what was expected; Error(limit) past
  // Limits.
  static std::unique_ptr<const Document> parse(std::string_view text, const Limits& limits = {});
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  Value root() const noexcept;
  std::string_view source() const noexcept;

 private:
  friend class Value;
  friend class Value::Iterator;
  struct Impl;
  explicit Document(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// RFC 8785 (JSON Canonicalization Scheme). Appends to `out`. As the RFC has it, numbers are
// doubles: integers beyond 2^53 are rounded.
void append_canonical(std::string& out, Value value);
std::string canonical(Value value);
// The pieces of it, for writers that know the order of their keys already.
void append_string(std::string& out, std::string_view text);  // with quotes
void append_number(std::string& out, double value);           // ECMAScript Number::toString; finite

// Writes JSON text in the order of the calls; compact, or with an indent of two spaces. It places
// commas and quotes; it does not check that names are unique.
class Writer {
 public:
  explicit Writer(bool pretty = false) : pretty_(pretty) {}
  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& value(std::string_view text);
  Writer& value(const char* text) { return value(std::string_view(text)); }
  Writer& value(const std::string& text) { return value(std::string_view(text)); }
  Writer& value(bool boolean);
  Writer& value(std::int64_t number);
  Writer& value(std::int32_t number) { return value(std::int64_t{number}); }
  Writer& value(double number);
  Writer& null();
  Writer& raw(std::string_view json);  // a complete JSON text, written as it is
  Writer& value(Value tree);           // copied in source order
  std::string take() { return std::move(out_); }

 private:
  Writer& end(char bracket);
  void before_value();
  void newline();
  std::string out_;
  std::vector<bool> first_;  // one an open container: nothing written in it yet
  bool after_key_ = false;
  bool pretty_;
};

// Collects everything that is wrong with a document, each with pointer, line and column. Beyond
// `most` problems it only counts, so that a hostile document costs no more than its size; the last
// problem then says how many are not listed.
class Problems {
 public:
  static constexpr std::size_t most = 1000;
  void add(Value where, std::string message);
  // At byte `at` of what a text says, however it is written there.
  void add(Value text, std::size_t at, std::string message);
  void add(Problem problem);
  bool empty() const noexcept { return problems_.empty(); }
  std::size_t size() const noexcept { return problems_.size() + unlisted_; }
  bool full() const noexcept { return problems_.size() >= most; }  // no message is worth composing
  // In the order of the text.
  std::vector<Problem> all() const;
  // Throws Error(code, all problems) unless there are none.
  void raise(Code code) const;

 private:
  std::vector<Problem> problems_;
  std::size_t unlisted_ = 0;
};

// Reads the members of one object by name, notes type errors and missing members in `problems`, and
// on finish() names every member that nobody asked for, with the nearest spelling.
class ObjectReader {
 public:
  // When `object` is no object, notes that and behaves as an empty one that misses nothing.
  ObjectReader(Value object, Problems& problems);

  std::optional<Value> any(std::string_view key, bool required = false);
  std::optional<std::string_view> text(std::string_view key, bool required = false);  // never empty
  std::optional<std::int64_t> integer(std::string_view key, bool required = false);
  std::optional<bool> boolean(std::string_view key, bool required = false);
  std::optional<Value> array(std::string_view key, bool required = false);
  std::optional<Value> object(std::string_view key, bool required = false);
  void finish();

  bool ok() const noexcept { return ok_; }  // it was an object

 private:
  std::optional<Value> take(std::string_view key, bool required);
  std::optional<Value> typed(std::string_view key, bool required, Type type);
  Value object_;
  Problems& problems_;
  std::vector<std::string_view> asked_;
  bool ok_;
};

}  // namespace partnership::json
