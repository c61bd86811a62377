/* SPDX-License-Identifier: Apache-2.0 */
#include "lottery.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools.h"

#define COMMITTEE_SIZE 12
#define PANELS 1000
/* What would be the numbers of a public lottery, drawn after the panels were published. */
static const char seed[] = "example seed 04 11 23 35 36 41";

static pship_composition* compose(const pship_criteria* criteria, const pship_nominees* nominees) {
  pship_error* err = NULL;
  pship_options* options = NULL;
  pship_composition* made = NULL;
  must(pship_options_new(&options, &err), &err);
  must(pship_options_set_text(options, "lottery", "leximin", strlen("leximin"), &err), &err);
  must(pship_options_set_int(options, "size", COMMITTEE_SIZE, &err), &err);
  must(pship_compose(criteria, nominees, options, NULL, NULL, &made, &err), &err);
  pship_options_free(options);
  return made;
}

static void set_hash(pship_options* options, const char* name, const uint8_t* hash) {
  pship_error* err = NULL;
  char digits[2 * PSHIP_HASH_SIZE + 1];
  int i;
  for (i = 0; i < PSHIP_HASH_SIZE; ++i) snprintf(digits + 2 * i, 3, "%02x", hash[i]);
  must(pship_options_set_text(options, name, digits, sizeof digits - 1, &err), &err);
}

/* The verifier knows nothing of what composed: it is told whose certificate this must be. */
static pship_verification* verify_certificate(const pship_text* certificate,
                                              const pship_criteria* criteria,
                                              const pship_nominees* nominees) {
  pship_error* err = NULL;
  pship_options* options = NULL;
  pship_verification* verdict = NULL;
  uint8_t hash[PSHIP_HASH_SIZE];
  must(pship_options_new(&options, &err), &err);
  must(pship_criteria_hash(criteria, hash, &err), &err);
  set_hash(options, "criteria", hash);
  must(pship_nominees_hash(nominees, hash, &err), &err);
  set_hash(options, "pool", hash);
  must(pship_verify_certificate(pship_text_data(certificate), pship_text_size(certificate), options,
                                &verdict, &err),
       &err);
  pship_options_free(options);
  return verdict;
}

/* Numbers the panels, which are published, and draws one of them when the seed has become known. */
static pship_verification* draw(const pship_composition* made, const pship_text* certificate) {
  pship_error* err = NULL;
  pship_options* options = NULL;
  pship_text *lottery = NULL, *panels = NULL, *drawn = NULL;
  pship_verification* verdict = NULL;
  must(pship_composition_document(made, &lottery, &err), &err);
  must(pship_options_new(&options, &err), &err);
  must(pship_options_set_int(options, "panels", PANELS, &err), &err);
  must(pship_draw_panels(pship_text_data(lottery), pship_text_size(lottery), options, NULL, NULL,
                         &panels, &err),
       &err);
  must(pship_draw_result(pship_text_data(panels), pship_text_size(panels), seed, strlen(seed),
                         &drawn, &err),
       &err);
  must(
      pship_verify_draw(pship_text_data(drawn), pship_text_size(drawn),
                        pship_text_data(certificate), pship_text_size(certificate), &verdict, &err),
      &err);
  pship_options_free(options);
  pship_text_free(lottery);
  pship_text_free(panels);
  pship_text_free(drawn);
  return verdict;
}

static void print_lottery(const pship_composition* made, const pship_verification* verdict) {
  pship_error* err = NULL;
  pship_table *about = NULL, *verified = NULL;
  char *kind, *status, *word;
  must(pship_composition_about(made, &about, &err), &err);
  must(pship_verification_about(verdict, &verified, &err), &err);
  kind = cell(about, "lottery", 0);
  status = cell(about, "status", 0);
  word = cell(verified, "verdict", 0);
  printf("lottery (example): %s, %s, certificate %s\n", kind, status, word);
  printf("  nominees: %" PRId64 ", least probability %.4f, largest %.4f\n",
         number(about, "nominees", 0), real(about, "least", 0), real(about, "largest", 0));
  free(kind);
  free(status);
  free(word);
  pship_table_free(about);
  pship_table_free(verified);
}

/* Those whom the seed draws, in the order of the nominees. */
static struct ids drawn_members(const pship_verification* drawn, const pship_table* people) {
  pship_error* err = NULL;
  pship_table* rows = NULL;
  struct ids members;
  int64_t row;
  must(pship_verification_members(drawn, &rows, &err), &err);
  members = new_ids(pship_table_rows(people));
  for (row = 0; row < pship_table_rows(people); ++row) {
    char* id = cell(people, "id", row);
    if (id != NULL && find_row(rows, "member", id) >= 0) {
      add_id(&members, id);
    } else {
      free(id);
    }
  }
  pship_table_free(rows);
  return members;
}

/* Whether the committee meets the criteria. */
static int meets(const pship_criteria* criteria, const pship_nominees* nominees,
                 const struct ids* members) {
  pship_error* err = NULL;
  pship_check* check = NULL;
  int met;
  must(pship_criteria_check(criteria, nominees, (const char* const*)members->texts, members->count,
                            PSHIP_DATE_NONE, &check, &err),
       &err);
  met = pship_check_outcome(check) == PSHIP_MET;
  pship_check_free(check);
  return met;
}

static void print_draw(const pship_verification* drawn, const struct ids* members, int sound) {
  pship_error* err = NULL;
  pship_table* about = NULL;
  int64_t i;
  must(pship_verification_about(drawn, &about, &err), &err);
  printf("  drawn: number %" PRId64 " of %d, %" PRId64 " members, %s\n", number(about, "number", 0),
         PANELS, members->count, sound ? "sound" : "not sound");
  for (i = 0; i < members->count; ++i) printf("  member: %s\n", members->texts[i]);
  pship_table_free(about);
}

int run_lottery(const pship_criteria* criteria, const char* csv, size_t size) {
  pship_error* err = NULL;
  pship_table* people = NULL;
  pship_nominees* nominees = NULL;
  pship_composition* made;
  pship_text* certificate = NULL;
  pship_verification *verdict, *drawn;
  struct ids members;
  int sound;
  must(pship_table_read_csv(csv, size, NULL, &people, &err), &err);
  must(pship_nominees_new(people, NULL, &nominees, &err), &err);
  made = compose(criteria, nominees);
  must(pship_composition_certificate(made, &certificate, &err), &err);
  verdict = verify_certificate(certificate, criteria, nominees);
  drawn = draw(made, certificate);
  members = drawn_members(drawn, people);
  sound = pship_verification_holds(verdict) && pship_verification_holds(drawn) &&
          meets(criteria, nominees, &members);
  print_lottery(made, verdict);
  print_draw(drawn, &members, sound);

  free_ids(&members);
  pship_verification_free(drawn);
  pship_verification_free(verdict);
  pship_text_free(certificate);
  pship_composition_free(made);
  pship_nominees_free(nominees);
  pship_table_free(people);
  return sound;
}
