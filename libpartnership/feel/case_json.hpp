// SPDX-License-Identifier: Apache-2.0
//
// Cases from JSON text, by their schema: texts of dates become dates, and so on. The text is read
// once, straight into the columns of a batch.
//
// What it will not do: guess. A value of another type than the schema says, and a member that it
// does not know, are errors unless the caller wants them kept.
#pragma once

#include <memory>
#include <string_view>

#include "base/json.hpp"
#include "feel/case_batch.hpp"

namespace partnership::feel {

struct ReadOptions {
  // Values that do not fit their type: refused with an error, or kept as plain FEEL values.
  bool keep_misfits = false;
  // Members that the type of their context does not name. A context that is open keeps them in any
  // case but `drop`.
  enum class Unknown : std::uint8_t { refuse, drop, keep };
  Unknown unknown = Unknown::refuse;
  json::Limits limits;  // of the text of one case
};

// Keeps its memory from one text to the next. Used by one thread at a time.
class CaseReader {
 public:
  explicit CaseReader(const ReadOptions& options = {});
  ~CaseReader();
  CaseReader(CaseReader&&) noexcept;
  CaseReader& operator=(CaseReader&&) noexcept;

  // Each of these appends to a batch that is not finished. They throw Error(malformed) at the first
  // place where the text is no JSON or a name stands twice in an object, Error(limit) past the
  // limits, and Error(invalid_document) with all that does not fit the schema (place and pointer,
  // in the order of the text). The batch is then cleared. Members that are not in the text are
  // absent; null is welcome everywhere.
  void read(std::string_view text, Batch& batch);        // one object
  void read_lines(std::string_view text, Batch& batch);  // JSON Lines: an object a line
  void read_array(std::string_view text, Batch& batch);  // an array of objects

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A case by itself, finished. As CaseReader::read.
Batch read_case(std::shared_ptr<const Layout> layout, std::string_view text,
                const ReadOptions& options = {});

}  // namespace partnership::feel
