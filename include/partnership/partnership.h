/* SPDX-License-Identifier: Apache-2.0
 *
 * libpartnership: partnership programmes between public bodies and civil society. The C API, whole.
 *
 * What it promises:
 *
 * 1. Only opaque handles cross (pship_calendar *), each freed by the one _free of its type; NULL is
 *    allowed there.
 * 2. A call that can fail returns pship_status (0 = PSHIP_OK) and takes pship_error **err last; it
 *    may be NULL. On failure every output is NULL or 0, and *err is an error to be freed; on
 *    success *err is NULL.
 * 3. Infeasible, undetermined and not met are answers, not errors. All problems of an input are
 *    returned, not the first one.
 * 4. Text is UTF-8. Documents (criteria, events, calendars) are JSON, pointer + length; a NULL
 *    pointer is allowed with length 0. Names, ids and paths end with NUL. Results are immutable
 *    tables: typed column pointers, and the same memory as an Arrow C stream. What an accessor
 *    returns belongs to its handle. No malloc'ed block ever crosses.
 * 5. Dates are int32 days since 1970-01-01, PSHIP_DATE_NONE for an open end (never 9999-12-31).
 *    Intervals are half-open. Shares are exact fractions.
 * 6. Finished things (tables, texts, errors, calendars, criteria, nominees, checks, compositions,
 *    verifications, compiled expressions, cases, values, charters, findings, histories) never
 * change and may be shared between threads. A register is used by one thread at a time; _cancel may
 * be called from any. No globals, no init, no shutdown.
 * 7. Nothing prints, aborts, sets a locale or throws through C. No wall clock and no randomness but
 *    what the caller passes: every run repeats exactly.
 * 8. Options go by name, from one registry (pship_options_describe): it validates, documents, and
 *    names the nearest spelling for an unknown one. Within an ABI number (PSHIP_ABI) functions are
 *    only added.
 */
#ifndef PARTNERSHIP_PARTNERSHIP_H
#define PARTNERSHIP_PARTNERSHIP_H

#include "partnership/base.h"
#include "partnership/charter.h"
#include "partnership/committee.h"
#include "partnership/feel.h"
#include "partnership/lottery.h"
#include "partnership/platform.h"
#include "partnership/table.h"

#endif
