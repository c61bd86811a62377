// SPDX-License-Identifier: Apache-2.0
//
// The journal, projected to tables. Each thing is a set of versions (rows) over two time axes:
// [from_day, to_day) is when it held, [recorded_from, recorded_to) which journal positions knew so.
// A change closes the versions it touches on the second axis and writes new ones; no row is ever
// deleted or otherwise altered, so that the register can be asked what it knew at any position.
//
// What it will not do: begin or end transactions, append to the journal, judge whether an event may
// be (invariants.hpp does, before apply).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/event.hpp"
#include "platform/schema.hpp"
#include "platform/sql.hpp"

namespace partnership::platform {

// One version of a thing, as it is known now.
struct Version {
  std::int64_t row = 0;
  Date from = 0;
  std::optional<std::int64_t> to;  // open when empty
  std::vector<Cell> own;           // its own columns, in TableSpec order

  bool holds_on(Date day) const noexcept { return from <= day && (!to || day < *to); }
};

class Projection {
 public:
  explicit Projection(Sql& sql);

  // Applies an event that may be, recorded at `position`.
  void apply(const Event& event, std::int64_t position);

  // All versions of a thing that are known now, by from_day; none: not recorded (or struck).
  std::vector<Version> versions(std::string_view table, const std::string& id);
  bool exists(std::string_view table, const std::string& id);
  std::optional<Version> on(std::string_view table, const std::string& id, Date day);
  bool holds(std::string_view table, const std::string& id, Date day);  // whether on() finds one
  // The value of a column of a version of a thing of this table.
  const Cell& cell(std::string_view table, const Version& version, std::string_view column) const;

  // The ids of things in `table` that hold on or after `day` and name `id` in `column` (at most
  // 20).
  std::vector<std::string> holding(std::string_view table, std::string_view column,
                                   const std::string& id, Date day);
  // As holding, but whatever their days; `column` may be a list of refs.
  std::vector<std::string> naming(std::string_view table, const Field& column,
                                  const std::string& id);

 private:
  struct Plan;  // the SQL of one table
  const Plan& plan(std::string_view table) const;

  void create(const Event& event, std::int64_t position);
  void change(const Event& event, std::int64_t position);
  void end(const Event& event, std::int64_t position);
  void strike(const Event& event, std::int64_t position);

  void set_fields(const Plan& plan, const Event& event, std::vector<Cell>& own) const;
  void insert(const Plan& plan, const std::string& id, Date from,
              const std::optional<std::int64_t>& to, std::int64_t position,
              const std::vector<Cell>& own);
  void close(const Plan& plan, std::int64_t row, std::int64_t position);

  Sql& sql_;
  std::vector<Plan> plans_;
};

struct Projection::Plan {
  const TableSpec* table;
  std::string insert, select, close, exists, on, holds;
  std::vector<Storage> storages;  // of its own columns
  int searched = -1;              // index among its own columns
};

}  // namespace partnership::platform
