// SPDX-License-Identifier: Apache-2.0
//
// The nominees: who may become a member, and what is known of each. Values are interned a column at
// a time. Immutable once made; may be shared between threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/table.hpp"

namespace partnership {

struct NomineeColumns {
  std::string id_column = "id";
  std::string separator = ";";  // between several values of one cell; empty: a cell is one value
};

// One nominee, as a C++ program gives it. An attribute that is absent or nullopt is not known; an
// empty list means that there is none.
struct Nominee {
  std::string id;
  std::map<std::string, std::optional<std::vector<std::string>>> attributes;
};

class Nominees {
 public:
  struct Facts {
    std::string name;
    std::vector<std::string> values;     // distinct, by first appearance
    std::vector<std::uint32_t> offsets;  // nominees + 1, into cells
    std::vector<std::uint32_t> cells;    // indices into values; ascending within a nominee
    std::vector<std::uint8_t> known;     // 0: the value is not known

    std::span<const std::uint32_t> of(std::uint32_t nominee) const noexcept {
      return std::span(cells).subspan(offsets[nominee], offsets[nominee + 1] - offsets[nominee]);
    }
  };

  // A row a nominee, its id in `id_column`, every other column an attribute. A null cell is not
  // known, an empty (or blank) text means none. Pieces between separators are trimmed; empty ones
  // and repetitions go. Cells of other types are one value each: true and false, a decimal number,
  // an ISO date. Throws Error(invalid_argument) when there is no such column (with the nearest),
  // and Error(invalid_document) with every row that is wrong (up to 1000): an id that is null,
  // blank or repeated, or a text that is not UTF-8. `lines`: of the text that the table was read
  // from, one a row; then errors tell these, without them the number of the row.
  static std::shared_ptr<const Nominees> of(const Table& table, const NomineeColumns& columns = {},
                                            const std::vector<std::int64_t>* lines = nullptr);
  // Throws Error(invalid_document) likewise.
  static std::shared_ptr<const Nominees> of(std::span<const Nominee> nominees);

  std::uint32_t count() const noexcept { return static_cast<std::uint32_t>(ids_.size()); }
  const std::string& id(std::uint32_t nominee) const noexcept { return ids_[nominee]; }
  const std::vector<std::string>& ids() const noexcept { return ids_; }
  std::optional<std::uint32_t> find(std::string_view id) const;
  const std::vector<Facts>& columns() const noexcept { return columns_; }
  const Facts* column(std::string_view name) const noexcept;  // nullptr if absent

  // Finds all; ascending. Throws Error(not_found) with every id that is no nominee (detail
  // `nearest` for the first), else Error(invalid_argument) with every member that is named twice.
  std::vector<std::uint32_t> members(std::span<const std::string_view> ids) const;

  Nominees(const Nominees&) = delete;
  Nominees& operator=(const Nominees&) = delete;

 private:
  friend class NomineesBuilder;
  Nominees() = default;
  [[noreturn]] void throw_missing(std::span<const std::string_view> missing) const;
  [[noreturn]] void throw_repeated(std::span<const std::uint32_t> ascending) const;
  std::vector<std::string> ids_;
  std::unordered_map<std::string_view, std::uint32_t> by_id_;  // views into ids_
  std::vector<Facts> columns_;
};

}  // namespace partnership
