// SPDX-License-Identifier: Apache-2.0
//
// The member `model` of a certificate: which committees there may be. See certificate.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "verify/certificate_reader.hpp"

namespace partnership::verify {

// The numbers of `model`. Sizes are bounded so that a sum of products stays within 128 bits.
struct Model {
  static constexpr std::size_t most_columns = std::size_t{1} << 20;
  static constexpr std::size_t most_rows = std::size_t{1} << 20;

  struct Row {
    std::optional<std::int64_t> lower, upper;
    std::uint32_t begin, end;  // of `terms`
    std::string_view criterion;
  };
  struct Term {
    std::uint32_t index;  // of a column in `terms`, of a row in `entries`
    std::int64_t coefficient;
  };
  std::size_t nominees = 0;
  std::vector<std::uint32_t> type_of;      // a nominee
  std::vector<std::int64_t> members;       // a type: n_t
  std::vector<std::int64_t> lower, upper;  // a column
  std::vector<Row> rows;
  std::vector<Term> terms;                   // by row
  std::vector<std::uint32_t> entries_begin;  // a column, and the end
  std::vector<Term> entries;                 // by column

  std::size_t types() const noexcept { return members.size(); }
  std::size_t columns() const noexcept { return lower.size(); }
  std::span<const Term> row(std::size_t index) const noexcept {
    return std::span(terms).subspan(rows[index].begin, rows[index].end - rows[index].begin);
  }
  std::span<const Term> column(std::size_t index) const noexcept {
    return std::span(entries).subspan(entries_begin[index],
                                      entries_begin[index + 1] - entries_begin[index]);
  }
};

// Whether they are texts, none empty and no two alike.
bool read_ids(const Reader& reader, json::Value nominees);

// Of the members `nominees` and `model`. nullopt when anything is wrong with them.
std::optional<Model> read_model(const Reader& reader, json::Value nominees, json::Value model);

// Whether whole values meet the columns' bounds and the rows. One of it serves for many points.
class Point {
 public:
  explicit Point(const Model& model)
      : model_(model), values_(model.columns()), sums_(model.rows.size()) {}
  void clear();
  void add(std::uint32_t column, std::int64_t value) { values_[column] += value; }
  std::int64_t value(std::uint32_t column) const noexcept { return values_[column]; }
  // Notes each bound that is not kept; `counts(row)` says whether a row matters.
  template <class Counts>
  bool check(const Reader& reader, json::Value where, Counts counts) {
    add_up(reader.meter);
    bool good = check_columns(reader, where);
    for (std::uint32_t row = 0; row < sums_.size(); ++row) {
      if (counts(row)) good = check_row(reader, where, row) && good;
    }
    return good;
  }

 private:
  __extension__ using Wide = __int128;
  void add_up(Meter& meter);
  bool check_columns(const Reader& reader, json::Value where) const;
  bool check_row(const Reader& reader, json::Value where, std::uint32_t row) const;

  const Model& model_;
  std::vector<std::int64_t> values_;
  std::vector<Wide> sums_;
};

}  // namespace partnership::verify
