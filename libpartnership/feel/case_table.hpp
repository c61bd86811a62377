// SPDX-License-Identifier: Apache-2.0
//
// Cases from tables of columns, such as Arrow streams become (base/arrow.hpp): a table of the
// cases, and one of items for each list, in which a column says to which case an item belongs.
//
// What it will not do: lists within lists, or columns that are lists themselves.
#pragma once

#include <span>
#include <string>

#include "base/table.hpp"
#include "feel/case_batch.hpp"
#include "feel/case_json.hpp"

namespace partnership::feel {

// The items of the list `list` of the cases ("participants", or "box.words" in a nested context).
// Column `row` (int32 or int64) has the number of the case, from 0 on, and never falls. The items
// of a list of scalars are in the column `item`.
struct ItemTable {
  std::string list;
  const Table* table;
  std::string row;
};

// Appends the cases to a batch that is not finished. A column has the name of a member ("box.n" for
// one of a nested context); members without a column are absent, nulls and NaN null. Numbers come
// from int32, int64 and real (as their shortest decimal), dates from date or text, and every other
// type from text, as JSON has it. A list without a table is absent; one with a table has the items
// that name the row, maybe none. Throws Error(invalid_argument) with all columns that are unknown
// or of a type that never fits (the options say what else may be done with them), and with the
// first cells whose text or row number does not; the batch is then cleared.
void read_tables(const Table& cases, std::span<const ItemTable> lists, const ReadOptions& options,
                 Batch& batch);

}  // namespace partnership::feel
