/* SPDX-License-Identifier: Apache-2.0
 *
 * The part of the C API that every other part stands on: statuses, errors, options, texts, dates,
 * working-day calendars, canonical JSON and hashes. See partnership.h for the promises.
 */
#ifndef PARTNERSHIP_BASE_H
#define PARTNERSHIP_BASE_H

#include <stddef.h>
#include <stdint.h>

#include "partnership/version.h"

#if defined(PSHIP_BUILDING)
#define PSHIP_API __attribute__((visibility("default")))
#else
#define PSHIP_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------------------------------
 * Statuses. Infeasible, undetermined and not met are answers, not statuses.
 */

typedef int32_t pship_status;

#define PSHIP_OK 0
#define PSHIP_INVALID_ARGUMENT 1 /* the caller passed what the function's comment forbids */
#define PSHIP_MALFORMED 2        /* not what its format demands (JSON, UTF-8, CSV, a date) */
#define PSHIP_INVALID_DOCUMENT 3 /* well-formed, but it breaks its schema or contradicts itself */
#define PSHIP_REFUSED 4          /* an event that breaks an invariant; nothing was recorded */
#define PSHIP_NOT_FOUND 5
#define PSHIP_STATE 6   /* the handle is not in a state that allows the call */
#define PSHIP_CORRUPT 7 /* stored data is not what was written */
#define PSHIP_BUSY 8    /* another process holds the register */
#define PSHIP_IO 9      /* the disk or the file system failed */
#define PSHIP_NO_MEMORY 10
#define PSHIP_CANCELLED 11
#define PSHIP_LIMIT 12    /* a size, depth or budget that the library bounds */
#define PSHIP_INTERNAL 13 /* a fault of the library itself: please report it */

/* The name of a status, e.g. "invalid_document"; "unknown" for a number that is none. Static text.
 */
PSHIP_API const char* pship_status_name(pship_status status);

/* The product's version, e.g. "0.1.0", and the ABI number of the loaded library (PSHIP_ABI). */
PSHIP_API const char* pship_version(void);
PSHIP_API int32_t pship_abi(void);

/* ------------------------------------------------------------------------------------------------
 * Errors. A call that fails gives one error that lists every problem it found; problem 0 is the
 * first in the source text. All accessors accept NULL and then answer "", 0 or -1. The texts belong
 * to the error and live until it is freed.
 */

typedef struct pship_error pship_error;

PSHIP_API pship_status pship_error_code(const pship_error* error);
/* One line: the place of the first problem, its message, and how many more there are. */
PSHIP_API const char* pship_error_message(const pship_error* error);

PSHIP_API int32_t pship_error_problems(const pship_error* error); /* at least 1 for an error */
PSHIP_API const char* pship_error_problem(const pship_error* error, int32_t problem); /* message */
/* RFC 6901 JSON pointer; "" when the problem has none. */
PSHIP_API const char* pship_error_pointer(const pship_error* error, int32_t problem);
/* Bytes from the start of the document; -1 when there is no place. */
PSHIP_API int64_t pship_error_offset(const pship_error* error, int32_t problem);
/* Both from 1, the column in code points; 0 when there is no place. A line without a column is that
 * of a whole row. */
PSHIP_API int64_t pship_error_line(const pship_error* error, int32_t problem);
PSHIP_API int64_t pship_error_column(const pship_error* error, int32_t problem);

/* Key and value details that a program may act on, e.g. "nearest". NULL past the last. */
PSHIP_API int32_t pship_error_details(const pship_error* error);
PSHIP_API const char* pship_error_detail_key(const pship_error* error, int32_t detail);
PSHIP_API const char* pship_error_detail_value(const pship_error* error, int32_t detail);

PSHIP_API void pship_error_free(pship_error* error);

/* ------------------------------------------------------------------------------------------------
 * Texts: a finished piece of UTF-8, always followed by a NUL that size does not count.
 */

typedef struct pship_text pship_text;

PSHIP_API const char* pship_text_data(const pship_text* text); /* "" for NULL */
PSHIP_API size_t pship_text_size(const pship_text* text);      /* 0 for NULL */
PSHIP_API void pship_text_free(pship_text* text);

/* ------------------------------------------------------------------------------------------------
 * Options: named values for calls that take them. Passing NULL options means all defaults. One
 * object may be used for many calls, but an option that a call does not know is refused.
 */

typedef struct pship_options pship_options;
typedef struct pship_table pship_table;

typedef int32_t pship_date;       /* days since 1970-01-01, proleptic Gregorian */
#define PSHIP_DATE_NONE INT32_MIN /* an open end; never 9999-12-31 */

PSHIP_API pship_status pship_options_new(pship_options** out, pship_error** err);
/* PSHIP_INVALID_ARGUMENT: no such option (detail "nearest"), another type, out of range. */
PSHIP_API pship_status pship_options_set_bool(pship_options* options, const char* name,
                                              int32_t value, pship_error** err);
PSHIP_API pship_status pship_options_set_int(pship_options* options, const char* name,
                                             int64_t value, pship_error** err);
PSHIP_API pship_status pship_options_set_double(pship_options* options, const char* name,
                                                double value, pship_error** err);
PSHIP_API pship_status pship_options_set_text(pship_options* options, const char* name,
                                              const char* value, size_t size, pship_error** err);
PSHIP_API pship_status pship_options_set_date(pship_options* options, const char* name,
                                              pship_date value, pship_error** err);
/* Every option of the library: scope, name, type, default, least, most, choices, sentence. */
PSHIP_API pship_status pship_options_describe(pship_table** out, pship_error** err);
PSHIP_API void pship_options_free(pship_options* options);

/* ------------------------------------------------------------------------------------------------
 * Languages and dates.
 */

#define PSHIP_LANG_AR 0
#define PSHIP_LANG_EN 1
#define PSHIP_LANG_FR 2

/* "YYYY-MM-DD" to days. PSHIP_MALFORMED: another form, or no such day; years are 1 to 9999. */
PSHIP_API pship_status pship_date_parse(const char* iso, size_t size, pship_date* out,
                                        pship_error** err);
PSHIP_API pship_status pship_date_from_ymd(int32_t year, int32_t month, int32_t day,
                                           pship_date* out, pship_error** err);
/* PSHIP_INVALID_ARGUMENT: PSHIP_DATE_NONE, or a year outside 1 to 9999. */
PSHIP_API pship_status pship_date_to_ymd(pship_date date, int32_t* year, int32_t* month,
                                         int32_t* day, pship_error** err);
PSHIP_API pship_status pship_date_iso(pship_date date, pship_text** out, pship_error** err);
/* As people read it (Unicode CLDR; Arabic is ar_LB with Latin digits): "27 آب 2018", "27 August
 * 2018", "27 août 2018". `language` is a PSHIP_LANG_*. */
PSHIP_API pship_status pship_date_render(pship_date date, int32_t language, pship_text** out,
                                         pship_error** err);
/* Renders a date or period of reduced precision: "2004", "2004-01", "2018-09-25/2018-09-26". */
PSHIP_API pship_status pship_period_render(const char* period, size_t size, int32_t language,
                                           pship_text** out, pship_error** err);

/* ------------------------------------------------------------------------------------------------
 * Working-day calendars. Immutable; may be shared between threads. Every question is O(1).
 */

typedef struct pship_calendar pship_calendar;

/* From a JSON document: {"calendar": id, "title": {...}, "valid": {"from": date, "to": date},
 * "weekend": ["saturday", "sunday"], "holidays": [{"date": date, "name": {...}, "source": text,
 * "verified": bool}], "rules": [{"name": {...}, "on": DAY, "moves": "next working day", ...}],
 * "working": [{"date": date}]}. `valid` is half-open and spans at most 400 years. DAY is a day of
 * every year: "05-01", {"easter": "western" or "orthodox", "offset": -2} or {"weekday": "monday",
 * "nth": -1, "month": 5}. The JSON Schema (pship_calendar_schema) tells all of it.
 * PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT: with every problem. */
PSHIP_API pship_status pship_calendar_load(const char* json, size_t size, pship_calendar** out,
                                           pship_error** err);
/* The questions fail with PSHIP_INVALID_ARGUMENT when they need a day outside `valid`. */
PSHIP_API pship_status pship_calendar_is_working_day(const pship_calendar* calendar, pship_date day,
                                                     int32_t* out, pship_error** err);
/* Working days in [from, to); negative when to < from. */
PSHIP_API pship_status pship_calendar_working_days_between(const pship_calendar* calendar,
                                                           pship_date from, pship_date to,
                                                           int32_t* out, pship_error** err);
/* The n-th working day after `day` (before it when n < 0), not counting `day`; n = 0 gives `day`.
 */
PSHIP_API pship_status pship_calendar_add_working_days(const pship_calendar* calendar,
                                                       pship_date day, int32_t n, pship_date* out,
                                                       pship_error** err);
/* All within `valid`, dated ones and those that rules make: columns date, name_ar, name_en,
 * name_fr, source, verified (its source was seen), moved_from (the day that it would have been on;
 * null where it was not moved). */
PSHIP_API pship_status pship_calendar_holidays(const pship_calendar* calendar, pship_table** out,
                                               pship_error** err);
PSHIP_API void pship_calendar_free(pship_calendar* calendar);
/* The JSON Schema of calendar documents. */
PSHIP_API pship_status pship_calendar_schema(pship_text** out, pship_error** err);

/* ------------------------------------------------------------------------------------------------
 * Packs: documents that ship with the library, compiled in. A name is a kind and a file, such as
 * "calendars/lebanon.json"; the kinds are calendars, charters, criteria and schemas.
 *
 * `folder` (UTF-8; NULL or "" for none) is one of the caller's with a folder a kind, any of which
 * may be missing. A file there comes before what is compiled in. Nothing outside it is read: names
 * are plain, and links in it are not followed. PSHIP_NOT_FOUND: there is no such folder; PSHIP_IO:
 * it cannot be read, or a file of it is no plain file; PSHIP_LIMIT: a file of more than 64 MiB,
 * more than 10,000 files of a kind.
 */

/* Columns name, kind, origin ("folder" or "library"), by name. */
PSHIP_API pship_status pship_packs_list(const char* folder, pship_table** out, pship_error** err);
/* The text of one. PSHIP_NOT_FOUND: there is none (detail "nearest"); PSHIP_INVALID_ARGUMENT: no
 * name of a pack; PSHIP_MALFORMED: a file that is not UTF-8. */
PSHIP_API pship_status pship_packs_text(const char* folder, const char* name, pship_text** out,
                                        pship_error** err);

/* ------------------------------------------------------------------------------------------------
 * Texts and hashes that an outside checker needs.
 */

/* The key under which spellings of one name find each other (أفكار, افكار, افكـــار); for finding
 * and for warnings of duplicates, never for merging. PSHIP_MALFORMED: not UTF-8. */
PSHIP_API pship_status pship_search_key(const char* text, size_t size, pship_text** out,
                                        pship_error** err);
/* A JSON text in its RFC 8785 canonical form. PSHIP_MALFORMED with the place. */
PSHIP_API pship_status pship_json_canonical(const char* json, size_t size, pship_text** out,
                                            pship_error** err);

#define PSHIP_HASH_SIZE 32

/* SHA-256 of `size` bytes into out[0..31]. */
PSHIP_API pship_status pship_sha256(const void* bytes, size_t size, uint8_t* out,
                                    pship_error** err);
/* The commitment to a personal payload: SHA-256 of 0x02, the salt (32 bytes) and the payload's
 * canonical JSON, which this call makes. */
PSHIP_API pship_status pship_commitment(const char* json, size_t size, const uint8_t* salt,
                                        uint8_t* out, pship_error** err);

#ifdef __cplusplus
}
#endif
#endif
