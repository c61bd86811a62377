/* SPDX-License-Identifier: Apache-2.0
 *
 * Immutable result tables: every answer of more than one value. Columns are named and typed; their
 * memory belongs to the table and is what the Arrow C stream hands out, too. Tables may be shared
 * between threads.
 */
#ifndef PARTNERSHIP_TABLE_H
#define PARTNERSHIP_TABLE_H

#include "partnership/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The Arrow C data and stream interfaces, as published
 * (arrow.apache.org/docs/format/CDataInterface.html, .../CStreamInterface.html). */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

#define PSHIP_COLUMN_BOOL 1   /* uint8_t, 0 or 1 */
#define PSHIP_COLUMN_INT32 2  /* int32_t */
#define PSHIP_COLUMN_INT64 3  /* int64_t */
#define PSHIP_COLUMN_DOUBLE 4 /* double */
#define PSHIP_COLUMN_DATE 5   /* pship_date */
#define PSHIP_COLUMN_TEXT 6   /* UTF-8: bytes, and rows + 1 offsets into them */

/* The accessors below cannot fail; out of range or for NULL they answer 0, -1 or NULL. */
PSHIP_API int64_t pship_table_rows(const pship_table* table);
PSHIP_API int32_t pship_table_columns(const pship_table* table);
PSHIP_API const char* pship_table_name(const pship_table* table, int32_t column);
PSHIP_API int32_t pship_table_type(const pship_table* table, int32_t column);   /* PSHIP_COLUMN_* */
PSHIP_API int32_t pship_table_find(const pship_table* table, const char* name); /* -1: absent */

/* Whole columns: `rows` values each, or NULL when the column has another type. A null's slot holds
 * 0 or an empty text. */
PSHIP_API const uint8_t* pship_table_bool(const pship_table* table, int32_t column);
PSHIP_API const int32_t* pship_table_i32(const pship_table* table, int32_t column);
PSHIP_API const int64_t* pship_table_i64(const pship_table* table, int32_t column);
PSHIP_API const double* pship_table_double(const pship_table* table, int32_t column);
PSHIP_API const pship_date* pship_table_date(const pship_table* table, int32_t column);
PSHIP_API const int64_t* pship_table_text_offsets(const pship_table* table, int32_t column);
PSHIP_API const char* pship_table_text_bytes(const pship_table* table, int32_t column);

/* One cell: its text (not NUL-terminated) with its size, or NULL when it is null or no text. */
PSHIP_API const char* pship_table_text(const pship_table* table, int32_t column, int64_t row,
                                       size_t* size);
PSHIP_API int32_t pship_table_is_null(const pship_table* table, int32_t column, int64_t row);
/* How many nulls a column has, and its validity bitmap (Arrow's: least bit first, 1 = there), which
 * is NULL when it has none. */
PSHIP_API int64_t pship_table_nulls(const pship_table* table, int32_t column);
PSHIP_API const uint8_t* pship_table_validity(const pship_table* table, int32_t column);

/* The table as an Arrow stream of one struct array. *out must be uninitialised or released; the
 * consumer calls its release. The memory is shared, not copied, except that Arrow packs booleans
 * into bits; it outlives the table when the consumer does. */
PSHIP_API pship_status pship_table_to_arrow(const pship_table* table, struct ArrowArrayStream* out,
                                            pship_error** err);
/* Reads a whole stream (formats n b c C s S i I l L f g u U tdD and dictionaries of texts) and
 * releases it, also on failure. PSHIP_INVALID_ARGUMENT names the column and format it cannot read.
 */
PSHIP_API pship_status pship_table_from_arrow(struct ArrowArrayStream* stream, pship_table** out,
                                              pship_error** err);

/* CSV (RFC 4180; the first record names the columns, all of them texts) and JSON (an array of
 * objects). PSHIP_MALFORMED with every wrong row, up to 100. Option for CSV: delimiter. */
PSHIP_API pship_status pship_table_read_csv(const char* text, size_t size,
                                            const pship_options* options, pship_table** out,
                                            pship_error** err);
PSHIP_API pship_status pship_table_write_csv(const pship_table* table, const pship_options* options,
                                             pship_text** out, pship_error** err);
PSHIP_API pship_status pship_table_read_json(const char* text, size_t size, pship_table** out,
                                             pship_error** err);
PSHIP_API pship_status pship_table_write_json(const pship_table* table, pship_text** out,
                                              pship_error** err);

/* 1 when both have the same names, types and cells. */
PSHIP_API int32_t pship_table_equal(const pship_table* left, const pship_table* right);
PSHIP_API void pship_table_free(pship_table* table);

#ifdef __cplusplus
}
#endif
#endif
