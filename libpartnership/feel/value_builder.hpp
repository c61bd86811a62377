// SPDX-License-Identifier: Apache-2.0
//
// A value made by calls, without any text: members of contexts, items of lists, ends of ranges, in
// turn. Where the type of a place is known, a text of a date becomes a date there, and so on, and a
// member that a context cannot have is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "feel/arena.hpp"
#include "feel/type.hpp"
#include "feel/value.hpp"

namespace partnership::feel {

// Used by one thread at a time. A call that does not fit throws and changes nothing.
class ValueBuilder {
 public:
  static constexpr std::size_t deepest = 900;  // values within each other
  using Name = std::optional<std::string_view>;

  // A context; `type` (nullptr: nothing is known) must outlive the builder.
  explicit ValueBuilder(const Type* type) : frames_(1) { frames_.front().type = type; }

  // `name`: of a member of a context; none: an item of a list or an end of a range. Values are
  // copied. Error(state): a member without a name, an item with one, a range with two ends already,
  // a member that is there already. Error(invalid_argument): a member that the type does not know
  // (detail "nearest"). Error(malformed): a text that is not UTF-8. Error(limit): too deep.
  void add(Name name, Value value);
  void add_text(Name name, std::string_view text);
  void begin_list(Name name) { begin(name, Open::list); }
  void begin_context(Name name) { begin(name, Open::context); }
  // A range of this form; its two ends follow. Null: none; end() refuses two of these.
  void begin_range(Name name, const Range& form);
  void end();
  bool empty() const noexcept { return values_.empty(); }
  // The declared type of what is added under this name; nullptr: not known.
  const Type* type_of(Name name) const;

  // The whole, in arena(). Error(state) where a list, context or range is open.
  Value finish();
  Arena& arena() noexcept { return arena_; }
  void clear();

 private:
  enum class Open : std::uint8_t { context, list, range };
  struct Frame {
    Open open = Open::context;
    const Type* type = nullptr;  // nullptr: not known
    std::size_t values = 0;      // where its own begin
    std::size_t names = 0;
    Range range{};
    std::unordered_set<std::string_view> known{};  // names, where there are many
  };
  // Checks the place; gives the name as it lies in the arena.
  std::string_view place(Name name);
  bool has(const Frame& frame, std::string_view name) const;
  void refuse_unknown(const Type& type, std::string_view name) const;
  void begin(Name name, Open open);
  void push(Name name, Value value);
  Value close(const Frame& frame);

  Arena arena_;
  std::vector<Frame> frames_;
  std::vector<Value> values_;
  std::vector<std::string_view> names_;
};

}  // namespace partnership::feel
