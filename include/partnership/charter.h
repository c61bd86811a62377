/* SPDX-License-Identifier: Apache-2.0
 *
 * Charters: norms that both sides signed, what they make of cases as of a day, and why. A charter
 * is a JSON document (pship_charter_schema); each of its norms speaks of a kind of case, and its
 * conditions are FEEL. Cases are read by the expression set of their kind (pship_charter_facts,
 * feel.h): from JSON, tables, Arrow, or built by calls.
 *
 * A norm whose facts are not all known is undetermined, never met and never not met: a fact that is
 * declared without `?` must be there. Null says of a date that it has not happened; of anything
 * else that it is not known. What lies after the day asked has not happened: where a norm asks for
 * a day (done, to, ...), a later one is none. Its other expressions are given all facts as they
 * are, and the day asked as today().
 *
 * Everything here is immutable once made and may be shared between threads.
 */
#ifndef PARTNERSHIP_CHARTER_H
#define PARTNERSHIP_CHARTER_H

#include "partnership/committee.h" /* PSHIP_MET, PSHIP_NOT_MET, ... */
#include "partnership/feel.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pship_charter pship_charter;
typedef struct pship_findings pship_findings;
typedef struct pship_history pship_history; /* events of cases */

/* ------------------------------------------------------------------------------------------------
 * The document.
 */

/* The JSON Schema (draft 2020-12) of the charter document, which also says what each member means.
 */
PSHIP_API pship_status pship_charter_schema(pship_text** out, pship_error** err);
/* Reads a charter. `calendars` (n of them; NULL with 0): what it may name besides the calendars
 * that ship. PSHIP_MALFORMED, PSHIP_LIMIT, PSHIP_INVALID_DOCUMENT: everything that is wrong, each
 * with pointer, line and column, also inside its expressions; two versions of a norm in force on
 * one day, norms that clash, cycles of exceptions or reparations. A pack is read by its text:
 * pship_packs_text (base.h). */
PSHIP_API pship_status pship_charter_load(const char* json, size_t size,
                                          const pship_calendar* const* calendars, size_t n,
                                          pship_charter** out, pship_error** err);
/* One row: charter, version, title, status, in_force_from, in_force_to, source, address, calendar,
 * norms (their number), hash (SHA-256 of the document's canonical form, in hex). */
PSHIP_API pship_status pship_charter_about(const pship_charter* charter, int32_t language,
                                           pship_table** out, pship_error** err);
/* A row a version of a norm, in the document's order: norm, kind, article, citation, label, text,
 * note, modality, bearer_id, bearer, counterparty_id, counterparty (labels), shape, applies,
 * condition (what it demands, as the document has it, with what proves it and what excuses from
 * it), in_force_from, in_force_to, principle,
 * source, address (of the first source), exception_of (joined by ";"), reparation, covers (joined
 * by ";"), standing, enabled, tests (their number). */
PSHIP_API pship_status pship_charter_norms(const pship_charter* charter, int32_t language,
                                           pship_table** out, pship_error** err);
/* A row a fact of each kind of case: kind, kind_label, fact, type, label, optional. */
PSHIP_API pship_status pship_charter_kinds(const pship_charter* charter, int32_t language,
                                           pship_table** out, pship_error** err);
/* Into out[0..31]. */
PSHIP_API pship_status pship_charter_hash(const pship_charter* charter, uint8_t* out,
                                          pship_error** err);
/* The expression set of a kind of case, which reads its cases (and may be freed before the
 * charter). PSHIP_NOT_FOUND: no such kind (detail "nearest"). */
PSHIP_API pship_status pship_charter_facts(const pship_charter* charter, const char* kind,
                                           pship_feel** out, pship_error** err);
/* Runs the tests that stand beside the norms: norm, version_from, test, on, expected, got, passed,
 * reason (in English). */
PSHIP_API pship_status pship_charter_test(const pship_charter* charter, pship_table** out,
                                          pship_error** err);
PSHIP_API void pship_charter_free(pship_charter* charter);

/* ------------------------------------------------------------------------------------------------
 * Assessment. Options (scope charter.assess): on (the day, must be given), disabled (also norms
 * that are not enabled), threads, and the budgets of feel.evaluate.
 */

/* Outcomes: PSHIP_MET, PSHIP_NOT_MET, PSHIP_UNDETERMINED, PSHIP_NOT_APPLICABLE (committee.h), and
 */
#define PSHIP_PENDING 5          /* the day has not come */
#define PSHIP_MET_BY_EXCEPTION 6 /* not met, for a reason that the charter allows */

/* Where an obligation over time stands. */
#define PSHIP_STATE_NONE 0
#define PSHIP_STATE_PENDING 1
#define PSHIP_STATE_FULFILLED 2
#define PSHIP_STATE_FULFILLED_LATE 3
#define PSHIP_STATE_OVERDUE 4     /* not done, and still to be done */
#define PSHIP_STATE_VIOLATED 5    /* can no longer be done as asked */
#define PSHIP_STATE_EXCUSED 6     /* by an exception */
#define PSHIP_STATE_COMPENSATED 7 /* broken, and the norm that repairs it is fulfilled */
#define PSHIP_STATE_DEEMED 8      /* decided by silence */
#define PSHIP_STATE_LAPSED 9      /* ended by silence */

/* The findings of one case: one a norm of its kind. PSHIP_INVALID_ARGUMENT: no day, a case that
 * another charter or kind has read. */
PSHIP_API pship_status pship_charter_assess(const pship_charter* charter, const char* kind,
                                            const pship_feel_case* feel_case,
                                            const pship_options* options, pship_findings** out,
                                            pship_error** err);
/* The same for many cases. */
PSHIP_API pship_status pship_charter_assess_all(const pship_charter* charter, const char* kind,
                                                const pship_feel_cases* cases,
                                                const pship_options* options, pship_findings** out,
                                                pship_error** err);
PSHIP_API int64_t pship_findings_cases(const pship_findings* findings); /* 0 for NULL */
PSHIP_API int32_t pship_findings_norms(const pship_findings* findings); /* 0 for NULL */
/* The id of a norm by its number, or NULL; the number of a norm, or -1. */
PSHIP_API const char* pship_findings_norm(const pship_findings* findings, int32_t norm);
PSHIP_API int32_t pship_findings_find(const pship_findings* findings, const char* norm);
/* Columns, one value a case, that belong to the findings; NULL for no such norm: outcomes
 * (PSHIP_MET, ...), states (PSHIP_STATE_*), due dates (PSHIP_DATE_NONE: none). */
PSHIP_API const uint8_t* pship_findings_outcomes(const pship_findings* findings, int32_t norm);
PSHIP_API const uint8_t* pship_findings_states(const pship_findings* findings, int32_t norm);
PSHIP_API const pship_date* pship_findings_dues(const pship_findings* findings, int32_t norm);
/* A row a case and norm: case (from 0), norm, article, citation, label, outcome, state, due,
 * bearer_id, bearer, counterparty_id, counterparty, version_from, reason (a sentence),
 * charter_hash. Options (scope charter.table): norm (one norm only; PSHIP_NOT_FOUND: there is no
 * such finding), outcome (one outcome only, by its name). */
PSHIP_API pship_status pship_findings_table(const pship_findings* findings, int32_t language,
                                            const pship_options* options, pship_table** out,
                                            pship_error** err);
PSHIP_API void pship_findings_free(pship_findings* findings);

/* "met", "not met", ...; "pending", "fulfilled late", ...; "" for none. */
PSHIP_API const char* pship_outcome_name(int32_t outcome);
PSHIP_API const char* pship_state_name(int32_t state);

/* ------------------------------------------------------------------------------------------------
 * Why. The options of pship_charter_assess.
 */

/* Why the finding of one norm came out: norm and version, citation, the dates that count, facts
 * that are missing, what decided, what would have made it met, and every part of its conditions
 * with its value. As text for people, and as JSON: {"charter": {"id", "version", "title", "hash"},
 * "norm": {"id", "citation", "label", "bearer", "sources", ...}, "kind", "on", "outcome", "state",
 * "why", "due", "dates": {...}, "reason": sentences by language, "missing": [{"path", "fact"}],
 * "needed": what would have made it met, or null, "needed in words"?, "consulted": [{"part",
 * "expression", "known", "value", "trace"?}]}. PSHIP_NOT_FOUND: no such norm of this kind. */
PSHIP_API pship_status pship_charter_explain_text(const pship_charter* charter, const char* kind,
                                                  const pship_feel_case* feel_case,
                                                  const char* norm, int32_t language,
                                                  const pship_options* options, pship_text** out,
                                                  pship_error** err);
PSHIP_API pship_status pship_charter_explain_json(const pship_charter* charter, const char* kind,
                                                  const pship_feel_case* feel_case,
                                                  const char* norm, const pship_options* options,
                                                  pship_text** out, pship_error** err);
/* What if: the findings of a case with changed facts against those without. `facts` is the case as
 * JSON, `changes` an object of facts that replace those of the case, or of "facts", "append" and
 * "withdraw" as events have them (pship_history_load). Rows only where something differs: norm,
 * article, citation, label, outcome_before, outcome_after, state_before, state_after, due_before,
 * due_after, reason_before, reason_after. */
PSHIP_API pship_status pship_charter_what_if(const pship_charter* charter, const char* kind,
                                             const char* facts, size_t facts_size,
                                             const char* changes, size_t changes_size,
                                             int32_t language, const pship_options* options,
                                             pship_table** out, pship_error** err);

/* ------------------------------------------------------------------------------------------------
 * Histories: events of cases over time, folded to cases as of any day.
 */

/* An object {"complete": bool, "events": [{"on": date, "case": id, "kind": kind of case, "facts":
 * {...}, "append": {...}, "withdraw": [...]}, ...]}, or an event a line. "kind" stands in the first
 * event of a case; "facts" replace what was known, "append" adds items to lists, "withdraw" names
 * facts that are not known any more; "complete": what is not recorded has not happened.
 * PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT: everything that is wrong, with its place. The history
 * keeps the charter. */
PSHIP_API pship_status pship_history_load(const pship_charter* charter, const char* json,
                                          size_t size, pship_history** out, pship_error** err);
/* The findings of all cases that have begun by the day of option `on`: the columns of
 * pship_findings_table with the case's id and its kind. */
PSHIP_API pship_status pship_history_assess(const pship_history* history, int32_t language,
                                            const pship_options* options, pship_table** out,
                                            pship_error** err);
/* The obligation calendar: what is due, by due date and bearer: case, kind, norm, article,
 * citation, label, bearer_id, bearer, counterparty_id, counterparty, due, state, days_left
 * (negative: overdue), next_step. Options (scope charter.obligations): those of charter.assess, and
 * bearer (an id), due_from, due_to (half-open). */
PSHIP_API pship_status pship_history_obligations(const pship_history* history, int32_t language,
                                                 const pship_options* options, pship_table** out,
                                                 pship_error** err);
/* The same as iCalendar (RFC 5545): a VTODO and an all-day VEVENT an obligation. Options (scope
 * charter.icalendar) also: stamp (an instant as RFC 3339 has it, must be given: there is no clock
 * here), link (an address for the descriptions). */
PSHIP_API pship_status pship_history_icalendar(const pship_history* history, int32_t language,
                                               const pship_options* options, pship_text** out,
                                               pship_error** err);
PSHIP_API void pship_history_free(pship_history* history);

/* ------------------------------------------------------------------------------------------------
 * Two charters, or two versions of one; the text for other systems.
 */

/* What changed, and for whom: norm (null: of the charter as a whole), version_from, change (added,
 * removed, changed), what (the member of the document), before, after, bearer, counterparty. */
PSHIP_API pship_status pship_charter_compare(const pship_charter* before,
                                             const pship_charter* after, int32_t language,
                                             pship_table** out, pship_error** err);
/* Which cases come out differently. `cases`: an array of cases of the kind, or one a line, which
 * both charters read (a fact that only one of them declares is left out for the other). Columns
 * case, norm, outcome_before, outcome_after, state_before, state_after,
 * due_before, due_after. */
PSHIP_API pship_status pship_charter_compare_cases(const pship_charter* before,
                                                   const pship_charter* after, const char* kind,
                                                   const char* cases, size_t size,
                                                   const pship_options* options, pship_table** out,
                                                   pship_error** err);
/* The charter's text as Akoma Ntoso 3.0 (OASIS LegalDocML), in one language. Options (scope
 * charter.akoma_ntoso): date (from which the work is named; must be given where neither the charter
 * nor any of its norms says from which day it is in force), country, author. */
PSHIP_API pship_status pship_charter_akoma_ntoso(const pship_charter* charter, int32_t language,
                                                 const pship_options* options, pship_text** out,
                                                 pship_error** err);

#ifdef __cplusplus
}
#endif
#endif
