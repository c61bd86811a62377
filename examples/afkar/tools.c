/* SPDX-License-Identifier: Apache-2.0 */
#include "tools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void must(pship_status status, pship_error** err) {
  if (status == PSHIP_OK) return;
  fprintf(stderr, "afkar: %s: %s\n", pship_status_name(status), pship_error_message(*err));
  pship_error_free(*err);
  exit(1);
}

void* allocated(void* memory) {
  if (memory != NULL) return memory;
  fputs("afkar: out of memory\n", stderr);
  exit(1);
}

char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* text = NULL;
  size_t room = 0;
  *size = 0;
  if (file == NULL) {
    fprintf(stderr, "afkar: cannot read `%s`\n", path);
    exit(1);
  }
  do {
    room = room == 0 ? (size_t)1 << 16 : 2 * room;
    text = allocated(realloc(text, room));
    *size += fread(text + *size, 1, room - *size, file);
  } while (*size == room);
  if (ferror(file)) {
    fprintf(stderr, "afkar: cannot read `%s`\n", path);
    exit(1);
  }
  fclose(file);
  return text;
}

char* cell(const pship_table* table, const char* column, int64_t row) {
  size_t size = 0;
  const char* text = pship_table_text(table, pship_table_find(table, column), row, &size);
  char* copy;
  if (text == NULL) return NULL;
  copy = allocated(malloc(size + 1));
  memcpy(copy, text, size);
  copy[size] = '\0';
  return copy;
}

int cell_is(const pship_table* table, const char* column, int64_t row, const char* value) {
  size_t size = 0;
  const char* text = pship_table_text(table, pship_table_find(table, column), row, &size);
  return text != NULL && size == strlen(value) && memcmp(text, value, size) == 0;
}

int64_t find_row(const pship_table* table, const char* column, const char* value) {
  int64_t row;
  for (row = 0; row < pship_table_rows(table); ++row) {
    if (cell_is(table, column, row, value)) return row;
  }
  return -1;
}

int64_t number(const pship_table* table, const char* column, int64_t row) {
  const int32_t at = pship_table_find(table, column);
  const int64_t* wide = pship_table_i64(table, at);
  const int32_t* narrow = pship_table_i32(table, at);
  if (wide != NULL) return wide[row];
  return narrow != NULL ? narrow[row] : 0;
}

double real(const pship_table* table, const char* column, int64_t row) {
  const double* reals = pship_table_double(table, pship_table_find(table, column));
  return reals != NULL ? reals[row] : 0;
}

struct ids new_ids(int64_t room) {
  struct ids made;
  made.texts = allocated(calloc(room > 0 ? (size_t)room : 1, sizeof *made.texts));
  made.count = 0;
  return made;
}

void add_id(struct ids* list, char* id) {
  if (id != NULL) list->texts[list->count++] = id;
}

void free_ids(struct ids* list) {
  int64_t i;
  for (i = 0; i < list->count; ++i) free(list->texts[i]);
  free(list->texts);
}

const char* outcome_text(int32_t outcome) {
  switch (outcome) {
    case PSHIP_MET:
      return "met";
    case PSHIP_NOT_MET:
      return "not met";
    case PSHIP_UNDETERMINED:
      return "undetermined";
    default:
      return "not applicable";
  }
}
