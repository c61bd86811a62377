/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the AFKAR example in C share: files, errors, cells of tables.
 */
#ifndef AFKAR_TOOLS_H
#define AFKAR_TOOLS_H

#include "partnership/partnership.h"

/* Ends the program with the message of a call that failed. Takes where the error is, not the error:
 * arguments are evaluated in any order. */
void must(pship_status status, pship_error** err);
/* Ends the program where there was no memory. */
void* allocated(void* memory);
/* The whole file; the caller frees it. */
char* read_file(const char* path, size_t* size);

/* A cell of a text column as a C string; the caller frees it. NULL stays NULL. */
char* cell(const pship_table* table, const char* column, int64_t row);
int cell_is(const pship_table* table, const char* column, int64_t row, const char* value);
/* The first row whose text in a column is `value`, -1 when there is none. */
int64_t find_row(const pship_table* table, const char* column, const char* value);
/* A cell of a column of whole numbers, or of doubles; 0 where the column is neither. */
int64_t number(const pship_table* table, const char* column, int64_t row);
double real(const pship_table* table, const char* column, int64_t row);

/* The ids of members, at most `room` of them. */
struct ids {
  char** texts;
  int64_t count;
};
struct ids new_ids(int64_t room);
void add_id(struct ids* list, char* id); /* takes the id; nothing where it is NULL */
void free_ids(struct ids* list);

/* "met", "not met", ... */
const char* outcome_text(int32_t outcome);

#endif
