/* SPDX-License-Identifier: Apache-2.0
 *
 * The platform's register: one door in (record), one door out (query), and proofs that nothing was
 * changed behind its back (verify, root, proofs).
 *
 * Every change is a dated event. An event is appended to a journal and applied to the tables in one
 * transaction; an event that breaks an invariant is refused with every reason, and nothing changes.
 * Entries are canonical JSON (RFC 8785), hashed into a Merkle tree (RFC 9162).
 *
 * A register is used by one thread at a time; pship_platform_cancel may be called from any. Several
 * processes may hold the same file open.
 */
#ifndef PARTNERSHIP_PLATFORM_H
#define PARTNERSHIP_PLATFORM_H

#include "partnership/table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pship_platform pship_platform;

/* Opens the register in the file at `path` (UTF-8), or a private one in memory for ":memory:".
 * Options: create, read_only, durability, busy_timeout_ms. PSHIP_IO, PSHIP_BUSY;
 * PSHIP_CORRUPT: the file is no register; PSHIP_STATE: it is of a newer schema, or of an older one
 * and opened to be read only (opened to be written, its tables are made anew). */
PSHIP_API pship_status pship_platform_open(const char* path, const pship_options* options,
                                           pship_platform** out, pship_error** err);
PSHIP_API void pship_platform_free(pship_platform* platform);

/* Records one event (a JSON object) or several (an array of them: all or none, in order).
 *
 *   {"kind": "body.registered", "version": 1, "effective": "2004-01-15",
 *    "recorded": "2026-11-23T10:00:00Z", "actor": "secretariat",
 *    "public": {"id": "omsar", "name": {"en": "..."}, "side": "public"},
 *    "personal": {"salt": "64 hex digits", "payload": {...}}}
 *
 * `version` may be left out (the newest of the kind), `personal` too. `effective` is the day on
 * which the change holds; `recorded` is the caller's clock, kept as given. Numbers are integers
 * within 2^53 - 1; larger ones and decimals are texts. The personal payload is stored apart; the
 * journal holds only a commitment to it (pship_commitment).
 *
 * *receipts (may be NULL): a row an event: position (from 0), leaf (its hash, 64 hex digits).
 * PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT: what is wrong with the form of any event, all of it;
 * PSHIP_REFUSED: the reasons for which the first refused event cannot be, all of them. */
PSHIP_API pship_status pship_platform_record(pship_platform* platform, const char* json,
                                             size_t size, pship_table** receipts,
                                             pship_error** err);

/* Answers a named question; pship_platform_queries lists them with their options and columns. The
 * option `on` is the effective day asked about (none: every day), `known_at` the number of entries
 * that were known (none: all). PSHIP_NOT_FOUND: no such query, with the nearest. */
PSHIP_API pship_status pship_platform_query(pship_platform* platform, const char* name,
                                            const pship_options* options, pship_table** out,
                                            pship_error** err);
/* Columns query, options (joined by ';'), columns (joined by ';'), sentence. */
PSHIP_API pship_status pship_platform_queries(pship_table** out, pship_error** err);
/* The registry of event kinds, a row a field: kind, version, table, effect, field, type, required,
 * personal, choices, sentence. A kind's own sentence is in the row whose field is null. */
PSHIP_API pship_status pship_platform_kinds(pship_table** out, pship_error** err);

/* The number of entries, and the Merkle root (32 bytes) over the first `size` of them (-1: all). */
PSHIP_API pship_status pship_platform_size(pship_platform* platform, int64_t* out,
                                           pship_error** err);
PSHIP_API pship_status pship_platform_root(pship_platform* platform, int64_t size, uint8_t* out,
                                           pship_error** err);
/* The entry at a position, as the canonical JSON that its leaf hashes. */
PSHIP_API pship_status pship_platform_entry(pship_platform* platform, int64_t position,
                                            pship_text** out, pship_error** err);
/* RFC 9162 proofs, as tables with one column `hash` (64 hex digits): that the entry at `position`
 * is in the tree of the first `size` entries, and that the tree of `first` entries is the beginning
 * of the tree of `second`. PSHIP_INVALID_ARGUMENT: position >= size, first > second, or beyond the
 * journal. */
PSHIP_API pship_status pship_platform_prove_inclusion(pship_platform* platform, int64_t position,
                                                      int64_t size, pship_table** out,
                                                      pship_error** err);
PSHIP_API pship_status pship_platform_prove_consistency(pship_platform* platform, int64_t first,
                                                        int64_t second, pship_table** out,
                                                        pship_error** err);

/* Reads the whole register: the file's structure, every entry's form and hash, the tree, every
 * commitment that can be opened, and (option `tables`) every table row against a replay of the
 * journal. Option `root`: a root that was kept outside; it must be the root of some first entries.
 * *findings: a row a fault (place, message), in order of place; no rows when all is well. */
PSHIP_API pship_status pship_platform_verify(pship_platform* platform, const pship_options* options,
                                             pship_table** findings, pship_error** err);
/* Drops the tables and makes them anew from the journal, in one transaction. */
PSHIP_API pship_status pship_platform_rebuild(pship_platform* platform, pship_error** err);
/* All tables as text, row by row in canonical form: equal registers give equal bytes. It holds what
 * personal payloads hold: it is not for publication. */
PSHIP_API pship_status pship_platform_dump(pship_platform* platform, pship_text** out,
                                           pship_error** err);
/* The journal as it may be published: a line an entry (canonical JSON), no personal payloads. Check
 * it with pship_journal_verify or the command partnership-verify, which need no register. */
PSHIP_API pship_status pship_platform_export(pship_platform* platform, pship_text** out,
                                             pship_error** err);

/* Makes the call that runs on this register in another thread, if any, end with PSHIP_CANCELLED;
 * what it had begun is undone. The one function that any thread may call. */
PSHIP_API void pship_platform_cancel(pship_platform* platform);

/* The independent verifier of a published journal: reads the lines, checks each entry's form and
 * canonical spelling, and computes the root (32 bytes) and the number of entries. `root` (may be
 * NULL) is the expected root; *sound is 0 when it differs. PSHIP_CORRUPT: an entry that is none. */
PSHIP_API pship_status pship_journal_verify(const char* lines, size_t size, const uint8_t* root,
                                            int32_t* sound, int64_t* entries, uint8_t* computed,
                                            pship_error** err);
/* Verify RFC 9162 proofs: `proof` is `n` hashes of 32 bytes each. *sound is 1 or 0. */
PSHIP_API pship_status pship_inclusion_verify(const uint8_t* leaf, int64_t position, int64_t size,
                                              const uint8_t* proof, size_t n, const uint8_t* root,
                                              int32_t* sound, pship_error** err);
PSHIP_API pship_status pship_consistency_verify(int64_t first, const uint8_t* first_root,
                                                int64_t second, const uint8_t* second_root,
                                                const uint8_t* proof, size_t n, int32_t* sound,
                                                pship_error** err);

#ifdef __cplusplus
}
#endif
#endif
