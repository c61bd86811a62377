// SPDX-License-Identifier: Apache-2.0
//
// The one exception type of the library, and the codes that cross the C API as pship_status.
//
// An Error is thrown when a call cannot do its work. Expected outcomes (not met, infeasible,
// undetermined) are return values and never errors. An Error carries every problem that was found,
// not only the first one.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace partnership {

// The values are those of PSHIP_* in include/partnership/base.h and are frozen.
enum class Code : std::int32_t {
  ok = 0,
  invalid_argument = 1,  // the caller passed something that the function's comment forbids
  malformed = 2,         // text that is not what its format demands (JSON, UTF-8, CSV, a date)
  invalid_document = 3,  // well-formed, but it breaks its schema or contradicts itself
  refused = 4,           // an event that breaks an invariant of the register; nothing was recorded
  not_found = 5,
  state = 6,    // the handle is not in a state that allows the call
  corrupt = 7,  // stored data is not what was written
  busy = 8,     // another process holds the register
  io = 9,       // the disk or the file system failed
  no_memory = 10,
  cancelled = 11,
  limit = 12,     // a size, depth or budget that the library bounds
  internal = 13,  // a fault of the library itself
};

// The lower-case name of a code, e.g. "invalid_document". Never fails.
std::string_view code_name(Code code) noexcept;

inline constexpr std::int64_t no_offset = -1;

// One thing that is wrong, and where. Messages are one line, lower case, without a full stop, with
// the user's own text in backticks.
struct Problem {
  std::string message;
  std::string pointer;  // RFC 6901 JSON pointer; empty: the whole document or no document
  std::int64_t offset = no_offset;  // in bytes from the start of the source text
  std::int64_t line = 0;            // from 1; 0: unknown
  std::int64_t column = 0;          // from 1, in code points; 0: unknown
};

class Error : public std::exception {
 public:
  using Details = std::vector<std::pair<std::string, std::string>>;

  Error(Code code, std::string message);
  Error(Code code, Problem problem);
  // `problems` must not be empty. what() is the first message, followed by how many more there are.
  Error(Code code, std::vector<Problem> problems);

  // Adds a key and a value that a program may read, e.g. ("nearest", "size").
  Error& with(std::string key, std::string value);

  Code code() const noexcept { return code_; }
  const std::vector<Problem>& problems() const noexcept { return problems_; }
  const Details& details() const noexcept { return details_; }
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  Code code_;
  std::vector<Problem> problems_;
  Details details_;
  std::string what_;
};

}  // namespace partnership
