/* SPDX-License-Identifier: Apache-2.0
 *
 * Committees: the criteria that both sides agreed, the nominees, and the check of a committee
 * against the criteria. Everything here is immutable once made and may be shared between threads.
 */
#ifndef PARTNERSHIP_COMMITTEE_H
#define PARTNERSHIP_COMMITTEE_H

#include "partnership/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pship_criteria pship_criteria;
typedef struct pship_nominees pship_nominees;
typedef struct pship_check pship_check;

/* The JSON Schema (draft 2020-12) of the criteria document. */
PSHIP_API pship_status pship_criteria_schema(pship_text** out, pship_error** err);
/* Reads a criteria document. PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT: every problem with its JSON
 * pointer and line: unknown members, wrong types, a least above a most, two criteria of one id,
 * an inclusion that another line excludes, ... */
PSHIP_API pship_status pship_criteria_load(const char* json, size_t size, pship_criteria** out,
                                           pship_error** err);
/* A criteria document made of a category file as organisers of lotteries have it: CSV with the
 * columns category, feature, min, max (or feature, value, ..., or attribute, value, ...), and
 * min_flex, max_flex where quotas are flexible. Options (scope committee.categories): name (of the
 * criteria), size (of the committee), one_per (columns of the pool, separated by ";", of which no
 * two members may share a value). pship_criteria_load reads what this gives. PSHIP_MALFORMED where
 * it is no CSV, else PSHIP_INVALID_DOCUMENT: everything that is wrong at once, each with its line
 * in the CSV, e.g. a min above its max or above the size, a row that repeats another, more than
 * 1,000 rows. PSHIP_INVALID_ARGUMENT: an option. Whether the quotas hold together pship_compose
 * answers. */
PSHIP_API pship_status pship_criteria_of_categories(const char* csv, size_t size,
                                                    const pship_options* options, pship_text** out,
                                                    pship_error** err);
/* One row a criterion: criterion, kind, attribute, value, label_ar, label_en, label_fr, least,
 * most, share_least, share_most (fractions as text), counting, from, to, flexible_least,
 * flexible_most. */
PSHIP_API pship_status pship_criteria_table(const pship_criteria* criteria, pship_table** out,
                                            pship_error** err);
/* SHA-256 of the document's canonical form into out[0..31]. */
PSHIP_API pship_status pship_criteria_hash(const pship_criteria* criteria, uint8_t* out,
                                           pship_error** err);
PSHIP_API void pship_criteria_free(pship_criteria* criteria);

/* Nominees from a table: one row each, its id in `id_column` (a text, neither empty nor repeated),
 * every other column an attribute. A text cell may hold several values joined by `separator`; a
 * null cell means that the value is not known, an empty text that there is none. Options:
 * id_column, separator. PSHIP_INVALID_DOCUMENT: every row that is wrong. */
PSHIP_API pship_status pship_nominees_new(const pship_table* table, const pship_options* options,
                                          pship_nominees** out, pship_error** err);
/* The same from the CSV that goes with a category file: a blank cell means that there is no value,
 * not that it is unknown. The delimiter is a comma, a semicolon or a tab, whichever the first line
 * has most often. Options (scope nominees.respondents): id_column, separator, blank ("unknown":
 * what a blank cell would say is not known, "" has no value). PSHIP_MALFORMED where it is no CSV,
 * else PSHIP_INVALID_DOCUMENT: every row that is wrong at once, each with its line.
 * PSHIP_INVALID_ARGUMENT: an option, or no column of that name (detail "nearest"). */
PSHIP_API pship_status pship_nominees_of_respondents(const char* csv, size_t size,
                                                     const pship_options* options,
                                                     pship_nominees** out, pship_error** err);
PSHIP_API int64_t pship_nominees_count(const pship_nominees* nominees); /* 0 for NULL */
/* SHA-256 of the nominees' canonical table into out[0..31]: of the canonical JSON of [{"id": text,
 * "attributes": {name: [value...] or null}}...] in their order; the values of one nominee ascend by
 * their bytes, null is not known. */
PSHIP_API pship_status pship_nominees_hash(const pship_nominees* nominees, uint8_t* out,
                                           pship_error** err);
PSHIP_API void pship_nominees_free(pship_nominees* nominees);

/* The outcomes of a criterion, and of a whole check. */
#define PSHIP_MET 1
#define PSHIP_NOT_MET 2
#define PSHIP_UNDETERMINED 3   /* facts that are not known decide it */
#define PSHIP_NOT_APPLICABLE 4 /* not in force on that day */

/* Checks the committee of the members with these ids (NUL-terminated; NULL with n = -1: all
 * nominees) against the criteria as they stand on a date (PSHIP_DATE_NONE: all of them, whatever
 * their dates). PSHIP_NOT_FOUND: an id that is no nominee, with the nearest.
 * PSHIP_INVALID_ARGUMENT: a member named twice. */
PSHIP_API pship_status pship_criteria_check(const pship_criteria* criteria,
                                            const pship_nominees* nominees,
                                            const char* const* members, int64_t n, pship_date on,
                                            pship_check** out, pship_error** err);
/* PSHIP_NOT_MET when any criterion is not met, else PSHIP_UNDETERMINED when any is, else PSHIP_MET.
 */
PSHIP_API int32_t pship_check_outcome(const pship_check* check);
/* One row a criterion, in the document's order: criterion, kind, label, outcome (met, not met,
 * undetermined, not applicable), count (who certainly count), unknown (who may count), least, most
 * (null: no bound; shares turned into counts exactly), reason. Label and reason are sentences in
 * `language`. */
PSHIP_API pship_status pship_check_criteria(const pship_check* check, int32_t language,
                                            pship_table** out, pship_error** err);
/* Who counts where: criterion, member, value (for which the member counts), certain. */
PSHIP_API pship_status pship_check_counts(const pship_check* check, pship_table** out,
                                          pship_error** err);
/* Minimal unmet sets: set (from 1), criterion. No proper subset of a set is unmet. Empty when
 * nothing is not met. */
PSHIP_API pship_status pship_check_unmet(const pship_check* check, pship_table** out,
                                         pship_error** err);
PSHIP_API void pship_check_free(pship_check* check);

#ifdef __cplusplus
}
#endif
#endif
