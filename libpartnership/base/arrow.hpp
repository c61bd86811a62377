// SPDX-License-Identifier: Apache-2.0
//
// The Arrow C data and stream interfaces (arrow.apache.org/docs/format/CDataInterface.html) over
// Table. The structs are those of include/partnership/table.h.
#pragma once

#include "base/table.hpp"
#include "partnership/table.h"

namespace partnership {

// Fills *out (uninitialised or released) with a stream of one struct array of the table's columns;
// no copy but for booleans, which Arrow packs into bits. Each child holds its own share of the
// memory, so that a consumer may move one column out and release the rest.
// Schema formats: b, i, l, g, tdD, U.
void export_stream(const Table& table, ArrowArrayStream* out);

// Reads a whole stream into a table and releases it, also on failure. Understands n b c C s S i I l
// f g u U tdD, dictionaries of texts, offsets, several batches; unsigned 64-bit values must fit
// int64. Throws Error(invalid_argument) naming the column and its format otherwise.
Table import_stream(ArrowArrayStream* stream);

}  // namespace partnership
