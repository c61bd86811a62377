/* SPDX-License-Identifier: Apache-2.0
 *
 * FEEL, the expression language of the OMG's standard Decision Model and Notation (DMN 1.5, section
 * 10.3): compiled sets of expressions, cases to evaluate them over, verdicts, values, explanations.
 *
 * A set of expressions is compiled once, against the schema of its cases where there is one. A case
 * is read once and then asked often; many cases are read into columns and asked together. The three
 * ways (one expression, all expressions over one case, all over many cases) give the same answers.
 *
 * An evaluation gives a value and its warnings. A warning says why a null came about: an unknown
 * name, an operand that is missing or of the wrong type, a division by zero, a budget that was used
 * up. Neither is an error of the call.
 *
 * Everything here is immutable once made and may be shared between threads, but a builder, which
 * one thread uses at a time.
 */
#ifndef PARTNERSHIP_FEEL_H
#define PARTNERSHIP_FEEL_H

#include "partnership/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pship_feel pship_feel;                 /* a compiled set of expressions */
typedef struct pship_feel_case pship_feel_case;       /* one case */
typedef struct pship_feel_cases pship_feel_cases;     /* many cases, in columns */
typedef struct pship_feel_builder pship_feel_builder; /* a case in the making, without JSON */
typedef struct pship_value pship_value;               /* a FEEL value */

/* ------------------------------------------------------------------------------------------------
 * Compiling.
 */

/* Compiles a set of expressions.
 *
 * `expressions` is a JSON object, an expression a member: {"notice": "meetingDate - invitationDate
 * >= duration(\"P10D\")", ...}, or, where more is to be said, {"feel": text, "type": the declared
 * type of the result (a value that does not conform to it becomes null), "unary tests": true (the
 * text is unary tests of the value `?`)}. An expression that is a function may call itself by its
 * name.
 *
 * `schema` (may be NULL with size 0) is a JSON object of the case's fields: the text of a type
 * ("number", "date", "list<string>", "string?" for one that may be missing), an array of one for a
 * list, an object for a context. With it the names of the case are known, cases are read by it, and
 * expressions are compiled to columns where that can be done.
 *
 * Options (scope feel.compile): strict: what can only give null, or may do so unseen, is an error:
 * an unknown name, a wrong type, a filter by a boolean that may be missing; needs a schema.
 * unknown_types: names of types that nobody defined are taken for Any, not refused.
 *
 * PSHIP_INVALID_DOCUMENT: everything that is wrong with any expression, each with the pointer of
 * the expression, and offset, line and column inside its text (detail "nearest"); or all that is
 * wrong with the schema (detail "document": "schema"). PSHIP_MALFORMED: no JSON. PSHIP_LIMIT: past
 * the bounds of JSON texts. */
PSHIP_API pship_status pship_feel_compile(const char* expressions, size_t size, const char* schema,
                                          size_t schema_size, const pship_options* options,
                                          pship_feel** out, pship_error** err);
/* As pship_feel_compile, but makes only the list of what is wrong or doubtful with the expressions:
 * expression, severity (error, warning), offset, length (bytes), line, column, message, hint (null
 * where there is none). No rows: all is well. */
PSHIP_API pship_status pship_feel_diagnose(const char* expressions, size_t size, const char* schema,
                                           size_t schema_size, const pship_options* options,
                                           pship_table** out, pship_error** err);
/* A row an expression, in the order of the document: expression, feel, type (the static type of the
 * result), columns (whether it is evaluated over columns), memory (bytes of its compiled form).
 * What is not evaluated over columns gives the same answers, but a case at a time: expressions that
 * order texts or call functions of texts, divide by what is not a literal, ask for parts of dates,
 * calculate with durations of years and months, with dates and times or in working days, take items
 * of a list by position, write lists but behind `in`, loop by `for`, or define functions. */
PSHIP_API pship_status pship_feel_table(const pship_feel* feel, pship_table** out,
                                        pship_error** err);
PSHIP_API int32_t pship_feel_size(const pship_feel* feel); /* expressions; 0 for NULL */
/* The number of an expression, or -1. */
PSHIP_API int32_t pship_feel_find(const pship_feel* feel, const char* expression);
PSHIP_API void pship_feel_free(pship_feel* feel);

/* The built-in functions: function, signature (as it is called, optional parameters in brackets),
 * result, sentence. */
PSHIP_API pship_status pship_feel_functions(pship_table** out, pship_error** err);

/* ------------------------------------------------------------------------------------------------
 * Cases. A case belongs to the set that it was read for.
 */

/* Reads one case: a JSON object. By a schema texts become dates, times and durations; a member that
 * the schema does not know is refused, one that is missing or null is null, one of another type is
 * kept as it is and judged by the expressions. Numbers are exact (34 digits). PSHIP_MALFORMED,
 * PSHIP_INVALID_DOCUMENT, PSHIP_LIMIT, with every place. */
PSHIP_API pship_status pship_feel_case_read(const pship_feel* feel, const char* json, size_t size,
                                            pship_feel_case** out, pship_error** err);
/* The whole case as a value (a context). */
PSHIP_API pship_status pship_feel_case_value(const pship_feel_case* feel_case, pship_value** out,
                                             pship_error** err);
PSHIP_API void pship_feel_case_free(pship_feel_case* feel_case);

/* Builds a case without JSON: members of the case, of contexts and items of lists in turn. `name`
 * is the member's name inside the case or a context, and NULL for an item of a list. By a schema
 * texts become dates, times and durations as in pship_feel_case_read. A call that does not fit (a
 * member twice, an end without a beginning) fails with PSHIP_STATE, a member that the schema does
 * not know with PSHIP_INVALID_ARGUMENT (detail "nearest"), and changes nothing. Contexts and lists
 * may lie 900 deep in each other (PSHIP_LIMIT). */
PSHIP_API pship_status pship_feel_builder_new(const pship_feel* feel, pship_feel_builder** out,
                                              pship_error** err);
PSHIP_API pship_status pship_feel_builder_null(pship_feel_builder* builder, const char* name,
                                               pship_error** err);
PSHIP_API pship_status pship_feel_builder_bool(pship_feel_builder* builder, const char* name,
                                               int32_t value, pship_error** err);
PSHIP_API pship_status pship_feel_builder_int(pship_feel_builder* builder, const char* name,
                                              int64_t value, pship_error** err);
/* A number as decimal text ("12.50"): exact. PSHIP_MALFORMED: no number. */
PSHIP_API pship_status pship_feel_builder_number(pship_feel_builder* builder, const char* name,
                                                 const char* decimal, size_t size,
                                                 pship_error** err);
PSHIP_API pship_status pship_feel_builder_text(pship_feel_builder* builder, const char* name,
                                               const char* text, size_t size, pship_error** err);
PSHIP_API pship_status pship_feel_builder_date(pship_feel_builder* builder, const char* name,
                                               pship_date date, pship_error** err);
/* A date, time, date and time or duration as FEEL's literal behind `@` has it: "PT1H30M",
 * "2026-01-05T10:00:00@Asia/Beirut". PSHIP_MALFORMED: no such text. */
PSHIP_API pship_status pship_feel_builder_temporal(pship_feel_builder* builder, const char* name,
                                                   const char* text, size_t size,
                                                   pship_error** err);
/* A copy of any value. A function goes on to use what it was made of, which is kept. */
PSHIP_API pship_status pship_feel_builder_value(pship_feel_builder* builder, const char* name,
                                                const pship_value* value, pship_error** err);
/* These open a list, a context or a range; _end closes the last that is open. The low and the high
 * end of a range follow like items of a list; null: none. `form` is PSHIP_RANGE_* joined by `|`. */
PSHIP_API pship_status pship_feel_builder_list(pship_feel_builder* builder, const char* name,
                                               pship_error** err);
PSHIP_API pship_status pship_feel_builder_context(pship_feel_builder* builder, const char* name,
                                                  pship_error** err);
PSHIP_API pship_status pship_feel_builder_range(pship_feel_builder* builder, const char* name,
                                                int32_t form, pship_error** err);
PSHIP_API pship_status pship_feel_builder_end(pship_feel_builder* builder, pship_error** err);
/* Makes the case; the builder may then build the next. */
PSHIP_API pship_status pship_feel_builder_finish(pship_feel_builder* builder, pship_feel_case** out,
                                                 pship_error** err);
/* Adds the case to the many that _cases makes; the builder may then build the next. Needs a schema
 * (PSHIP_STATE). PSHIP_LIMIT: more than columns can hold; then those added before are lost. */
PSHIP_API pship_status pship_feel_builder_add(pship_feel_builder* builder, pship_error** err);
/* The cases that were added; the builder may then build others. PSHIP_STATE: a case is begun. */
PSHIP_API pship_status pship_feel_builder_cases(pship_feel_builder* builder, pship_feel_cases** out,
                                                pship_error** err);
PSHIP_API void pship_feel_builder_free(pship_feel_builder* builder);

/* Many cases; needs a set with a schema (PSHIP_STATE). From JSON: an array of objects, or an object
 * a line; as pship_feel_case_read. */
PSHIP_API pship_status pship_feel_cases_read(const pship_feel* feel, const char* json, size_t size,
                                             pship_feel_cases** out, pship_error** err);
/* From tables: one of the cases, a column a member ("box.n" for one of a nested context), and one
 * of the items of each list: lists[i] is its name ("participants"), the first column of items[i]
 * (int32 or int64, never falling) the number of the case from 0 on, the others the members of an
 * item, or `item` where it is no context. `n` lists; 0: none, and both may be NULL. Members without
 * a column are absent; nulls, and doubles that are no number, are null. Dates come from dates or
 * texts, other types but numbers and bools from texts as in JSON. PSHIP_INVALID_ARGUMENT: a column
 * that the schema does not know, or of a type that never fits. */
PSHIP_API pship_status pship_feel_cases_from_tables(const pship_feel* feel,
                                                    const pship_table* cases,
                                                    const char* const* lists,
                                                    const pship_table* const* items, size_t n,
                                                    pship_feel_cases** out, pship_error** err);
/* From an Arrow stream, which is released also on failure: a column a member; structs are contexts,
 * lists (+l +L +w) lists, timestamps (ts) dates and times, tt times, tD durations, d exact numbers.
 * PSHIP_INVALID_ARGUMENT as for tables. */
PSHIP_API pship_status pship_feel_cases_from_arrow(const pship_feel* feel,
                                                   struct ArrowArrayStream* stream,
                                                   pship_feel_cases** out, pship_error** err);
PSHIP_API int64_t pship_feel_cases_count(const pship_feel_cases* cases); /* 0 for NULL */
PSHIP_API void pship_feel_cases_free(pship_feel_cases* cases);

/* ------------------------------------------------------------------------------------------------
 * Evaluating. `calendar` (may be NULL) is what the working-day functions go by. Options (scope
 * feel.evaluate): today (a date), now (an instant as RFC 3339 has it; its day in UTC is today where
 * that is not given), without which today() and now() give null and a warning; max_steps,
 * max_depth, max_list_items, max_memory: the budgets of one evaluation, which give null and a
 * warning when they are used up; threads, for pship_feel_decide_all.
 *
 * PSHIP_INVALID_ARGUMENT: a case of another set, an expression that there is not. PSHIP_LIMIT: a
 * value that has no end for all practical purposes (more bytes than the budget of memory when it is
 * written out, or more than 1,000 values within each other).
 */

#define PSHIP_FEEL_FALSE 0
#define PSHIP_FEEL_TRUE 1
#define PSHIP_FEEL_UNDETERMINED 2 /* null, no boolean, or a warning was raised */

/* The verdicts of all expressions over one case: verdicts[i] is PSHIP_FEEL_* of expression i; `n`
 * must be pship_feel_size. On failure all `n` are PSHIP_FEEL_UNDETERMINED. */
PSHIP_API pship_status pship_feel_decide(const pship_feel* feel, const pship_feel_case* feel_case,
                                         const pship_calendar* calendar,
                                         const pship_options* options, uint8_t* verdicts, size_t n,
                                         pship_error** err);
/* The verdicts of all expressions over all cases: a bool column an expression, a row a case, null
 * where undetermined. Option threads (1 by default). */
PSHIP_API pship_status pship_feel_decide_all(const pship_feel* feel, const pship_feel_cases* cases,
                                             const pship_calendar* calendar,
                                             const pship_options* options, pship_table** out,
                                             pship_error** err);
/* The value of one expression over one case (NULL: a case without members). *warnings (may be
 * NULL): a row a warning: kind, message, offset, length (bytes in the expression), line, column. */
PSHIP_API pship_status pship_feel_evaluate(const pship_feel* feel, int32_t expression,
                                           const pship_feel_case* feel_case,
                                           const pship_calendar* calendar,
                                           const pship_options* options, pship_value** value,
                                           pship_table** warnings, pship_error** err);
/* The values of one expression over all cases, a row a case: value (as pship_value_text gives it,
 * null where null), kind ("number", "date and time", ...), warnings (their number). */
PSHIP_API pship_status pship_feel_evaluate_all(const pship_feel* feel, int32_t expression,
                                               const pship_feel_cases* cases,
                                               const pship_calendar* calendar,
                                               const pship_options* options, pship_table** out,
                                               pship_error** err);
/* Why the value came out: the expression as a tree with the value of every part that ran, a row a
 * part, parents before children, in the order of the source: part (from 0), parent (null for the
 * whole), round (of an iteration, from 0), decisive (a comparison that decided a false or null
 * result), value (of large ones the beginning), kind, offset, length, source. At most 10,000
 * parts. */
PSHIP_API pship_status pship_feel_explain(const pship_feel* feel, int32_t expression,
                                          const pship_feel_case* feel_case,
                                          const pship_calendar* calendar,
                                          const pship_options* options, pship_table** out,
                                          pship_error** err);
/* The same tree for people, a line a part, and for programs, as JSON. */
PSHIP_API pship_status pship_feel_explain_text(const pship_feel* feel, int32_t expression,
                                               const pship_feel_case* feel_case,
                                               const pship_calendar* calendar,
                                               const pship_options* options, pship_text** out,
                                               pship_error** err);
PSHIP_API pship_status pship_feel_explain_json(const pship_feel* feel, int32_t expression,
                                               const pship_feel_case* feel_case,
                                               const pship_calendar* calendar,
                                               const pship_options* options, pship_text** out,
                                               pship_error** err);

/* ------------------------------------------------------------------------------------------------
 * Values. The accessors that give no status cannot fail: for NULL, another kind or past the end
 * they answer null's kind, 0, or NULL. Items and members belong to the value that holds them, and
 * only that one is freed.
 */

#define PSHIP_VALUE_NULL 0
#define PSHIP_VALUE_BOOL 1
#define PSHIP_VALUE_NUMBER 2
#define PSHIP_VALUE_STRING 3
#define PSHIP_VALUE_DATE 4
#define PSHIP_VALUE_TIME 5
#define PSHIP_VALUE_DATE_TIME 6
#define PSHIP_VALUE_DAYS_TIME_DURATION 7
#define PSHIP_VALUE_YEARS_MONTHS_DURATION 8
#define PSHIP_VALUE_LIST 9
#define PSHIP_VALUE_CONTEXT 10
#define PSHIP_VALUE_RANGE 11
#define PSHIP_VALUE_FUNCTION 12

/* The ends of a range, and how it was written: [1..2], or as a test: (< 10), (!= 10). */
#define PSHIP_RANGE_LOW_CLOSED 1
#define PSHIP_RANGE_HIGH_CLOSED 2
#define PSHIP_RANGE_TEST 4
#define PSHIP_RANGE_DIFFERS 8

PSHIP_API int32_t pship_value_kind(const pship_value* value); /* PSHIP_VALUE_* */
PSHIP_API int32_t pship_value_bool(const pship_value* value);
PSHIP_API double pship_value_double(const pship_value* value); /* of a number; the nearest double */
/* Of an integer within int64 (*fits 1), else 0 (*fits 0; may be NULL). */
PSHIP_API int64_t pship_value_int(const pship_value* value, int32_t* fits);
/* Days since 1970-01-01 of a date within years 1 to 9999, else PSHIP_DATE_NONE. */
PSHIP_API pship_date pship_value_date(const pship_value* value);
/* Nanoseconds since midnight (time), the whole seconds (rounded down) of a days and time duration,
 * or the months of a years and months duration. */
PSHIP_API int64_t pship_value_amount(const pship_value* value);
/* The characters of a string, not NUL-terminated, with their number in bytes. */
PSHIP_API const char* pship_value_string(const pship_value* value, size_t* size);
/* Items of a list, members of a context, 2 of a range (whose ends are its items); else 0. */
PSHIP_API int64_t pship_value_size(const pship_value* value);
PSHIP_API const pship_value* pship_value_item(const pship_value* value, int64_t index);
/* The name of a context's member (not NUL-terminated), in its order; its value is the item. */
PSHIP_API const char* pship_value_key(const pship_value* value, int64_t index, size_t* size);
PSHIP_API const pship_value* pship_value_find(const pship_value* value, const char* key);
PSHIP_API int32_t pship_value_range(const pship_value* value); /* PSHIP_RANGE_* joined by `|` */

/* What FEEL's string() gives: a string's characters, a number's digits, "2026-01-05", "P1DT2H",
 * "[1, 2]", and "null". */
PSHIP_API pship_status pship_value_text(const pship_value* value, pship_text** out,
                                        pship_error** err);
/* An expression that gives the value again: texts in quotes, dates as @"2026-01-05". (A function
 * has none: it is described.) */
PSHIP_API pship_status pship_value_expression(const pship_value* value, pship_text** out,
                                              pship_error** err);
/* As JSON: numbers of more than 15 digits, dates, times and durations as texts, ranges and
 * functions as their expression. */
PSHIP_API pship_status pship_value_json(const pship_value* value, pship_text** out,
                                        pship_error** err);
/* *out: whether the values are equal as FEEL's `=` has it: 1, 0, or -1 where that is null. */
PSHIP_API pship_status pship_value_equal(const pship_value* left, const pship_value* right,
                                         int32_t* out, pship_error** err);
PSHIP_API void pship_value_free(pship_value* value);

#ifdef __cplusplus
}
#endif
#endif
