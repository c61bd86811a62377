// SPDX-License-Identifier: Apache-2.0
//
// Cases from an Arrow stream with columns of any depth: structs are contexts, lists lists. (Streams
// of plain columns are read by case_table.hpp, which is quicker.)
//
// What it will not do: maps, unions, views, decimals of 256 bits.
#pragma once

#include "base/arrow_array.hpp"
#include "feel/case_maker.hpp"

namespace partnership::feel {

// Appends the rows of all batches to `maker`. Understands n b c C s S i I l L f g u U tdD tdm, ts
// (with or without a zone), tt, tD, d (128 bits), dictionaries of texts, +s +l +L +w. Texts and
// timestamps become what the schema says, where they can; doubles that are no number are null.
// Throws Error(invalid_argument) with all columns that cannot be read, and for arrays that
// contradict themselves; and what ValueBuilder throws.
void read_arrow(arrow::StreamReader& stream, CaseMaker& maker);

// Whether there is a column that a table cannot have (base/arrow.hpp).
bool is_nested(const ArrowSchema& schema) noexcept;

}  // namespace partnership::feel
