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
// Schema formats: b, i, l, g, tdD, U. Throws Error(invalid_argument) for a name with a NUL.
void export_stream(const Table& table, ArrowArrayStream* out);

// Reads a whole stream into a table and releases it, also on failure. Understands n (a column of
// null texts) b c C s S i I l L f g u U tdD, dictionaries of texts, offsets, several batches;
// unsigned 64-bit values must fit int64. Throws Error(invalid_argument) naming the column and its
// format otherwise, Error(io) with the producer's words when it fails (std::bad_alloc for ENOMEM),
// Error(limit) past 2^31 - 1 rows. Buffers carry no sizes: a producer that lies about its memory
// cannot be found out.
Table import_stream(ArrowArrayStream* stream);
namespace arrow {
class StreamReader;  // arrow_array.hpp
}
Table import_stream(arrow::StreamReader& stream);

}  // namespace partnership
