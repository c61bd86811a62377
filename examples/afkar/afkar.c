/* SPDX-License-Identifier: Apache-2.0
 *
 * The AFKAR example as a C program: records the facts, checks two compositions against example
 * criteria, verifies the record, composes and draws the example committee by lottery, and prints
 * the summaries that run.py prints of these, line for line. It leaves charter and report to Python.
 *
 * usage: afkar EVENTS.json CRITERIA.json NOMINEES.csv [REGISTER.db]   (default: one in memory)
 * Exit status: 0; 1 when a call fails, after its message, or when something does not verify; 2 for
 * a wrong use.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lottery.h"
#include "partnership/partnership.h"
#include "tools.h"

static const char committee_id[] = "follow-up-2019";
static const char committee_day[] = "2019-12-04";
static const char round_table[] = "dialogue.2018-07-12";
static const char collected[] = "2026-11-23";

static void print_hash(const char* name, const uint8_t* hash) {
  int i;
  printf("%s: ", name);
  for (i = 0; i < PSHIP_HASH_SIZE; ++i) printf("%02x", hash[i]);
  putchar('\n');
}

/* Asks `name` with the text option `key` = `value` (none where key is NULL) on a day (none: NULL).
 */
static pship_table* ask(pship_platform* platform, const char* name, const char* key,
                        const char* value, const char* on) {
  pship_error* err = NULL;
  pship_options* options = NULL;
  pship_table* answer = NULL;
  must(pship_options_new(&options, &err), &err);
  if (key != NULL) {
    must(pship_options_set_text(options, key, value, strlen(value), &err), &err);
  }
  if (on != NULL) {
    pship_date day;
    must(pship_date_parse(on, strlen(on), &day, &err), &err);
    must(pship_options_set_date(options, "on", day, &err), &err);
  }
  must(pship_platform_query(platform, name, options, &answer, &err), &err);
  pship_options_free(options);
  return answer;
}

static void print_rows(pship_platform* platform, const char* name, const char* on) {
  pship_table* answer = ask(platform, name, NULL, NULL, on);
  printf("%s: %" PRId64 "\n", name, pship_table_rows(answer));
  pship_table_free(answer);
}

static void print_claims(pship_platform* platform) {
  static const char* const standings[] = {"read", "reconstruction", "not_known"};
  pship_table* claims = ask(platform, "claim", NULL, NULL, collected);
  size_t i;
  for (i = 0; i < sizeof standings / sizeof *standings; ++i) {
    int64_t row, count = 0;
    for (row = 0; row < pship_table_rows(claims); ++row) {
      count += cell_is(claims, "standing", row, standings[i]);
    }
    printf("claims %s: %" PRId64 "\n", standings[i], count);
  }
  pship_table_free(claims);
}

/* ---- checks */

static void print_criteria(const pship_table* criteria) {
  int64_t row;
  for (row = 0; row < pship_table_rows(criteria); ++row) {
    char* name = cell(criteria, "criterion", row);
    char* outcome = cell(criteria, "outcome", row);
    printf("  %s: %s, %" PRId64 " counted, %" PRId64 " may count\n", name, outcome,
           number(criteria, "count", row), number(criteria, "unknown", row));
    free(name);
    free(outcome);
  }
}

static void print_unmet(const pship_table* unmet) {
  int64_t row;
  for (row = 0; row < pship_table_rows(unmet); ++row) {
    char* name = cell(unmet, "criterion", row);
    printf("  unmet set %" PRId64 ": %s\n", number(unmet, "set", row), name);
    free(name);
  }
}

/* Checks the members among the bodies of `table` and prints the answer. */
static void check(const char* name, const pship_criteria* criteria, const pship_table* table,
                  const struct ids* members) {
  pship_error* err = NULL;
  pship_nominees* nominees = NULL;
  pship_check* answer = NULL;
  pship_table* rows = NULL;
  pship_date day;
  must(pship_date_parse(committee_day, strlen(committee_day), &day, &err), &err);
  must(pship_nominees_new(table, NULL, &nominees, &err), &err);
  must(pship_criteria_check(criteria, nominees, (const char* const*)members->texts, members->count,
                            day, &answer, &err),
       &err);
  printf("%s: %s, members %" PRId64 "\n", name, outcome_text(pship_check_outcome(answer)),
         members->count);
  must(pship_check_criteria(answer, PSHIP_LANG_EN, &rows, &err), &err);
  print_criteria(rows);
  pship_table_free(rows);
  must(pship_check_unmet(answer, &rows, &err), &err);
  print_unmet(rows);
  pship_table_free(rows);
  pship_check_free(answer);
  pship_nominees_free(nominees);
}

static void check_committee(pship_platform* platform, const pship_criteria* criteria) {
  pship_table* seated = ask(platform, "members", "committee", committee_id, committee_day);
  struct ids members = new_ids(pship_table_rows(seated));
  int64_t row;
  for (row = 0; row < pship_table_rows(seated); ++row) add_id(&members, cell(seated, "id", row));
  check(committee_id, criteria, seated, &members);
  free_ids(&members);
  pship_table_free(seated);
}

/* The platform as far as the sources show it: the public bodies present at the round table, and
 * the civil society organisations that they name. */
static void check_platform(pship_platform* platform, const pship_criteria* criteria) {
  pship_table* bodies = ask(platform, "nominees", NULL, NULL, committee_day);
  pship_table* present = ask(platform, "attendance", "dialogue", round_table, NULL);
  struct ids members = new_ids(pship_table_rows(bodies) + pship_table_rows(present));
  int64_t row;
  for (row = 0; row < pship_table_rows(present); ++row) {
    char* id = cell(present, "body", row);
    const int64_t at = id == NULL ? -1 : find_row(bodies, "id", id);
    if (at >= 0 && cell_is(bodies, "side", at, "public")) {
      add_id(&members, id);
    } else {
      free(id);
    }
  }
  for (row = 0; row < pship_table_rows(bodies); ++row) {
    if (cell_is(bodies, "side", row, "civil_society")) add_id(&members, cell(bodies, "id", row));
  }
  check("platform", criteria, bodies, &members);
  free_ids(&members);
  pship_table_free(present);
  pship_table_free(bodies);
}

/* ---- the record */

/* 1 when the register and its published journal both verify against the root. */
static int verify(pship_platform* platform, const uint8_t* root) {
  pship_error* err = NULL;
  pship_table* findings = NULL;
  pship_text* lines = NULL;
  int32_t sound = 0;
  int64_t entries = 0, faults;
  uint8_t computed[PSHIP_HASH_SIZE];
  must(pship_platform_verify(platform, NULL, &findings, &err), &err);
  faults = pship_table_rows(findings);
  pship_table_free(findings);
  printf("register: %s\n", faults == 0 ? "sound" : "not sound");
  must(pship_platform_export(platform, &lines, &err), &err);
  must(pship_journal_verify(pship_text_data(lines), pship_text_size(lines), root, &sound, &entries,
                            computed, &err),
       &err);
  pship_text_free(lines);
  printf("journal: %s, %" PRId64 " entries\n", sound ? "sound" : "not sound", entries);
  return faults == 0 && sound;
}

int main(int argc, char** argv) {
  pship_error* err = NULL;
  pship_platform* platform = NULL;
  pship_criteria* criteria = NULL;
  pship_table* members = NULL;
  uint8_t root[PSHIP_HASH_SIZE];
  int64_t entries = 0;
  size_t size = 0;
  char* text;
  int sound;
  if (argc < 4 || argc > 5) {
    fputs("usage: afkar EVENTS.json CRITERIA.json NOMINEES.csv [REGISTER.db]\n", stderr);
    return 2;
  }
  must(pship_platform_open(argc == 5 ? argv[4] : ":memory:", NULL, &platform, &err), &err);
  text = read_file(argv[1], &size);
  must(pship_platform_record(platform, text, size, NULL, &err), &err);
  free(text);
  text = read_file(argv[2], &size);
  must(pship_criteria_load(text, size, &criteria, &err), &err);
  free(text);

  must(pship_platform_size(platform, &entries, &err), &err);
  must(pship_platform_root(platform, -1, root, &err), &err);
  printf("entries: %" PRId64 "\n", entries);
  print_hash("root", root);
  print_claims(platform);
  print_rows(platform, "conflicts", NULL);
  print_rows(platform, "body", collected);
  print_rows(platform, "dialogue", collected);
  print_rows(platform, "step", collected);
  members = ask(platform, "members", "committee", committee_id, committee_day);
  printf("members: %" PRId64 "\n", pship_table_rows(members));
  pship_table_free(members);
  check_committee(platform, criteria);
  check_platform(platform, criteria);
  sound = verify(platform, root);

  putchar('\n');
  text = read_file(argv[3], &size);
  sound = run_lottery(criteria, text, size) && sound;
  free(text);

  pship_criteria_free(criteria);
  pship_platform_free(platform);
  return sound ? 0 : 1;
}
