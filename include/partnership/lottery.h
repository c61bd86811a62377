/* SPDX-License-Identifier: Apache-2.0
 *
 * Committees by lottery: which committees the criteria allow, with which probability, so that
 * chances to sit are shared as fairly as can be, with a certificate that proves it; the public draw
 * of one of them; and the check of both documents, which trusts nothing that made them.
 *
 * The kinds of lottery:
 *   leximin  the least probability of a nominee is as large as it can be, then the second least,
 *            and so on; there is one such vector of probabilities
 *   maximin  the least probability is as large as it can be
 *   nash     the product of the probabilities of those who can sit at all is the largest, up to a
 *            gap that is proved
 *   legacy   panels drawn one by one as practitioners have done; for comparison, nothing is proved
 *
 * Probabilities are exact fractions, as texts "n" or "n/d"; beside them stand doubles. Compositions
 * and verifications are immutable once made and may be shared between threads.
 */
#ifndef PARTNERSHIP_LOTTERY_H
#define PARTNERSHIP_LOTTERY_H

#include "partnership/committee.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pship_composition pship_composition;
typedef struct pship_selection pship_selection;
typedef struct pship_replacement pship_replacement;
typedef struct pship_alternates pship_alternates;
typedef struct pship_verification pship_verification;

/* ------------------------------------------------------------------------------------------------
 * Composing.
 */

/* What a caller says while a long call runs. Time limits are the caller's: there is no clock here.
 */
#define PSHIP_PACE_GO_ON 0
#define PSHIP_PACE_FINISH 1 /* come to an end with what there is: bound, or limit */
#define PSHIP_PACE_CANCEL 2 /* the call fails with PSHIP_CANCELLED */

#define PSHIP_PHASE_LEVELS 0   /* of the fairest probabilities */
#define PSHIP_PHASE_PANELS 1   /* panels that make them up */
#define PSHIP_PHASE_COLUMNS 2  /* panels sought one by one */
#define PSHIP_PHASE_PROOFS 3   /* what is proved by branching */
#define PSHIP_PHASE_SAMPLING 4 /* legacy */

/* Called often, on the thread of the call: `context` is the caller's; the phase, its steps done and
 * their number (0: not known) are those told last. Gives a PSHIP_PACE_*; anything else is taken for
 * PSHIP_PACE_CANCEL. It must not call the composition's own inputs' _free. */
typedef int32_t (*pship_pace)(void* context, int32_t phase, int64_t done, int64_t of);

/* How a composition ended. All of them are answers. */
#define PSHIP_LOTTERY_PROVED 1     /* no lottery is better (nash: by more than the gap) */
#define PSHIP_LOTTERY_BOUND 2      /* a lottery; how much better one could be is bounded */
#define PSHIP_LOTTERY_INFEASIBLE 3 /* there is no committee */
#define PSHIP_LOTTERY_LIMIT 4      /* ended before there was a lottery */
#define PSHIP_LOTTERY_TROUBLE 5    /* the solver's numbers could not be trusted and not be mended */
#define PSHIP_LOTTERY_DRAWN 6      /* legacy: the panels were drawn */

/* Composes. Options (scope committee.compose): lottery (leximin), on (a day; default: all criteria,
 * whatever their dates), size, size_min, size_max (beside what the criteria say of it), delta (a
 * fraction: how far a probability may be from the exact one), seed, samples (legacy), nodes and
 * proof_numbers (limits of the search and its proofs). `pace` may be NULL; `context` is passed to
 * it.
 * PSHIP_INVALID_DOCUMENT: everything that keeps criteria and nominees apart.
 * PSHIP_INVALID_ARGUMENT: an option out of its range, size beside size_min or size_max.
 * PSHIP_LIMIT: numbers beyond 2^31 - 1. PSHIP_CANCELLED: `pace` said so. */
PSHIP_API pship_status pship_compose(const pship_criteria* criteria, const pship_nominees* nominees,
                                     const pship_options* options, pship_pace pace, void* context,
                                     pship_composition** out, pship_error** err);
/* The composition of which a lottery's document (pship_composition_document) and its certificate
 * (NULL, 0 where there is none: legacy) were published, with the criteria and the nominees that
 * they are of. Nothing is composed again, nothing is drawn, and nothing is taken on trust; all
 * tables and both documents are those that the composition had. PSHIP_MALFORMED;
 * PSHIP_INVALID_DOCUMENT: everything for which this is not so: other criteria or nominees, a
 * certificate that is missing, of another lottery or refused by the verifier, panels or any other
 * member that were changed. PSHIP_LIMIT: as pship_verify_certificate. */
PSHIP_API pship_status pship_composition_read(const pship_criteria* criteria,
                                              const pship_nominees* nominees, const char* lottery,
                                              size_t size, const char* certificate,
                                              size_t certificate_size, pship_composition** out,
                                              pship_error** err);
/* A PSHIP_LOTTERY_*; 0 for NULL. */
PSHIP_API int32_t pship_composition_status(const pship_composition* composition);
/* "proved", "bound", ... */
PSHIP_API const char* pship_lottery_status_name(int32_t status);
/* One row: lottery, status, nominees, selectable (how many can sit), types (of equal nominees),
 * panels, levels, size (the mean of the committee's), least and largest probability, gini (of all
 * nominees' probabilities), geometric_mean (of those who can sit), deviation (largest from the
 * target, a fraction), delta, bound, gap (fractions), on, criteria, pool (SHA-256 in hex: of the
 * criteria, and of the nominees' canonical table). Null: it does not apply. */
PSHIP_API pship_status pship_composition_about(const pship_composition* composition,
                                               pship_table** out, pship_error** err);
/* The same for n of them, a row each: the comparison of lotteries. */
PSHIP_API pship_status pship_compositions_compare(const pship_composition* const* compositions,
                                                  int64_t n, pship_table** out, pship_error** err);
/* A row a nominee: id, probability, exact (a fraction), target (likewise), type (from 1), level
 * (from 1; null where no level fixes it). */
PSHIP_API pship_status pship_composition_probabilities(const pship_composition* composition,
                                                       pship_table** out, pship_error** err);
/* A row a value of each attribute that the criteria name: attribute, attribute_label, value (null:
 * not known), label, nominees, pool_share, expected (seats), exact, seat_share, least, most
 * (probability of those who have it), lowest, highest (seats in a panel), quota_least, quota_most
 * (of quotas of this value alone). Empty where there is no lottery, as are the two below. */
PSHIP_API pship_status pship_composition_values(const pship_composition* composition,
                                                int32_t language, pship_table** out,
                                                pship_error** err);
/* How the panels use each criterion, counted by the check: criterion, kind, label, least, most
 * (null: none, or not the same in all panels), expected (the mean of what counts), lowest, highest,
 * at_least, at_most (the probability that the bound is reached exactly), met (the probability that
 * the criterion is met). */
PSHIP_API pship_status pship_composition_quotas(const pship_composition* composition,
                                                int32_t language, pship_table** out,
                                                pship_error** err);
/* A row a panel and member: panel (from 1), probability, exact (of the panel), member. */
PSHIP_API pship_status pship_composition_panels(const pship_composition* composition,
                                                pship_table** out, pship_error** err);
/* A row a level of the proof: level (from 1), value (a fraction), probability, types, nominees
 * (that it fixes), proof ("rows" or "branching"), nodes. */
PSHIP_API pship_status pship_composition_levels(const pship_composition* composition,
                                                pship_table** out, pship_error** err);
/* Where there is no committee, a minimal conflict: no committee meets these criteria together, and
 * without any one of them there is one. A row a criterion: criterion, label, needs (of its ends:
 * "min", "max", "min and max"), asked_least, asked_most, nominees (who count for it), reach_least,
 * reach_most (what the others leave of it), reason (a sentence). Else without rows. */
PSHIP_API pship_status pship_composition_conflict(const pship_composition* composition,
                                                  int32_t language, pship_table** out,
                                                  pship_error** err);
/* Changes of the criteria that make a committee possible, the cheapest first, each tried. A row a
 * change: relaxation (from 1), reach, cost (in members), cheapest (no other of this reach costs
 * less), criterion, label, what ("min", "max", "share min", ...), from, to, by, flexible. */
PSHIP_API pship_status pship_composition_relaxations(const pship_composition* composition,
                                                     int32_t language, pship_table** out,
                                                     pship_error** err);
/* For each relaxation a committee that shows that it works. A row a relaxation and member:
 * relaxation (from 1), member. */
PSHIP_API pship_status pship_composition_relaxed_committees(const pship_composition* composition,
                                                            pship_table** out, pship_error** err);
/* The criteria document that a relaxation (from 1) makes: everything else stays as it was written.
 * Composed with the same options (size, on, ...) there is a committee of it. PSHIP_NOT_FOUND: there
 * is no such relaxation. */
PSHIP_API pship_status pship_composition_relaxed(const pship_composition* composition,
                                                 int64_t relaxation, pship_text** out,
                                                 pship_error** err);
/* The lottery as one JSON document, from which panels are drawn (pship_draw_panels): {"lottery",
 * "version", "status", "criteria", "on", "size", "hashes", "nominees", "model", "target",
 * "denominator", "panels": [{"members", "weight"}]}. PSHIP_STATE: there is no lottery. */
PSHIP_API pship_status pship_composition_document(const pship_composition* composition,
                                                  pship_text** out, pship_error** err);
/* The certificate, as JSON, for pship_verify_certificate and the command partnership-verify.
 * PSHIP_STATE: there is nothing to certify. */
PSHIP_API pship_status pship_composition_certificate(const pship_composition* composition,
                                                     pship_text** out, pship_error** err);
PSHIP_API void pship_composition_free(pship_composition* composition);

/* ------------------------------------------------------------------------------------------------
 * One committee, and members who leave. Options on, size, size_min, size_max, nodes as above.
 */

/* A committee, or the best one for whole weights of the nominees (endorsements, scores): n of them,
 * one a nominee in their order; NULL with 0: any committee. So this also says whether there is a
 * committee at all. Options (scope committee.select): the above, and worst (the least sum, not the
 * largest). Fails as pship_compose does; PSHIP_INVALID_ARGUMENT: not one weight a nominee;
 * PSHIP_LIMIT: weights beyond 2^31 - 1. */
PSHIP_API pship_status pship_select(const pship_criteria* criteria, const pship_nominees* nominees,
                                    const int64_t* weights, int64_t n, const pship_options* options,
                                    pship_pace pace, void* context, pship_selection** out,
                                    pship_error** err);
/* One row: status ("optimal", "infeasible", "limit", "trouble"), found, members (their number), sum
 * (of the weights, a whole number as text), nodes, bound (status limit: no committee's sum is
 * better, as far as floating-point numbers tell; null where that is not known). */
PSHIP_API pship_status pship_selection_about(const pship_selection* selection, pship_table** out,
                                             pship_error** err);
/* member, weight (null without weights). */
PSHIP_API pship_status pship_selection_members(const pship_selection* selection, pship_table** out,
                                               pship_error** err);
PSHIP_API void pship_selection_free(pship_selection* selection);

/* Members leave: who may join so that those who stay and the others are a committee again, and with
 * which chances. `members` before the departure, `leaving` of them, `unavailable` others who cannot
 * join: lists of ids. Options (scope committee.replace): the above, rule ("even": as fair as can
 * be among those who may join; "alike": like for like, a nominee of the type of who left), places
 * (how many come; default: as many as leave). PSHIP_NOT_FOUND: an id that is no nominee's.
 * PSHIP_INVALID_ARGUMENT: an id twice, or where it does not belong. */
PSHIP_API pship_status pship_replace(const pship_criteria* criteria, const pship_nominees* nominees,
                                     const char* const* members, int64_t n_members,
                                     const char* const* leaving, int64_t n_leaving,
                                     const char* const* unavailable, int64_t n_unavailable,
                                     const pship_options* options, pship_pace pace, void* context,
                                     pship_replacement** out, pship_error** err);
/* One row: status ("proved", "infeasible", ...), rule (that the chances follow), complete (those
 * who stay are a committee already), candidates (their number), changes (how sure the fewest
 * changes are, where nobody can join; else null). */
PSHIP_API pship_status pship_replacement_about(const pship_replacement* replacement,
                                               pship_table** out, pship_error** err);
/* id, probability (to join), exact, alike (of the type of a member who leaves). */
PSHIP_API pship_status pship_replacement_candidates(const pship_replacement* replacement,
                                                    pship_table** out, pship_error** err);
/* Where nobody can join: the fewest changes that make a committee again: member, change ("leaves",
 * "joins"). */
PSHIP_API pship_status pship_replacement_changes(const pship_replacement* replacement,
                                                 pship_table** out, pship_error** err);
/* The lottery over who joins, for pship_draw_panels. PSHIP_STATE: there is none. */
PSHIP_API pship_status pship_replacement_document(const pship_replacement* replacement,
                                                  pship_text** out, pship_error** err);
PSHIP_API void pship_replacement_free(pship_replacement* replacement);

/* Alternates, chosen before anybody leaves: so that of as many members as possible each one could
 * be replaced by one of them, should only that one leave; and then so that as many as possible have
 * two. `members` of a committee, `unavailable` others who cannot be alternates: lists of ids.
 * `weights`: how much the departure of each member counts, n_weights of them, one a member in their
 * order, from 1 to 1,000,000; NULL with 0: all the same. Options (scope committee.alternates): the
 * above without rule and places, count (at most so many alternates; 1), public_seed (of who is
 * chosen among those who cover the same). Fails as pship_replace does; PSHIP_INVALID_ARGUMENT also:
 * not one weight a member, or one out of its range. */
PSHIP_API pship_status pship_alternates_choose(
    const pship_criteria* criteria, const pship_nominees* nominees, const char* const* members,
    int64_t n_members, const char* const* unavailable, int64_t n_unavailable,
    const int64_t* weights, int64_t n_weights, const pship_options* options, pship_pace pace,
    void* context, pship_alternates** out, pship_error** err);
/* One row: status ("proved": no choice of as many covers more; "bound": none covers more than
 * `most`; "limit", "trouble": who covers whom was not found out), members, alternates (their
 * numbers), weight (of all members), covered (weight of the members with an alternate), twice (with
 * two or more), most, possible (with as many alternates as one likes). The last four are null where
 * it is not known who covers whom. */
PSHIP_API pship_status pship_alternates_about(const pship_alternates* alternates, pship_table** out,
                                              pship_error** err);
/* A row an alternate: id, covers (how many members), weight (theirs). */
PSHIP_API pship_status pship_alternates_list(const pship_alternates* alternates, pship_table** out,
                                             pship_error** err);
/* A row a member and alternate who can take the member's place: member, weight, possible (somebody
 * among the nominees could), alternate. A member without an alternate has one row with a null. */
PSHIP_API pship_status pship_alternates_covers(const pship_alternates* alternates,
                                               pship_table** out, pship_error** err);
PSHIP_API void pship_alternates_free(pship_alternates* alternates);

/* ------------------------------------------------------------------------------------------------
 * The public draw, in two published documents.
 */

/* 1. Before anybody can know the seed: equally likely, numbered panels of a lottery's document.
 * Options (scope committee.draw): panels (their number), work (steps that may be spent on bringing
 * them near to the lottery). The document says how far they are, and who is lost.
 * PSHIP_MALFORMED, PSHIP_INVALID_DOCUMENT: everything that is wrong with the lottery's document.
 * PSHIP_CANCELLED: `pace` (may be NULL) said anything but PSHIP_PACE_GO_ON. */
PSHIP_API pship_status pship_draw_panels(const char* lottery, size_t size,
                                         const pship_options* options, pship_pace pace,
                                         void* context, pship_text** out, pship_error** err);
/* 2. When the seed has become known: which panel it draws. The procedure, byte by byte, stands in
 * the documentation. PSHIP_INVALID_ARGUMENT: an empty seed, or one that is not UTF-8. */
PSHIP_API pship_status pship_draw_result(const char* panels, size_t size, const char* seed,
                                         size_t seed_size, pship_text** out, pship_error** err);

/* ------------------------------------------------------------------------------------------------
 * Verifying, with nothing that composed or drew: exact numbers, no solver.
 */

/* A certificate. Options (scope committee.verify): criteria, pool (64 hex digits that it must be
 * of), delta (the largest that is accepted). What does not hold is an answer. PSHIP_LIMIT: larger
 * than the verifier takes. */
PSHIP_API pship_status pship_verify_certificate(const char* certificate, size_t size,
                                                const pship_options* options,
                                                pship_verification** out, pship_error** err);
/* Whether a certificate is of these criteria and nominees: the model is made anew from them and
 * compared, which the verifier, who knows neither, cannot do. Options (scope committee.model): on,
 * size, size_min, size_max as they were when it was composed. Where it differs: message, pointer,
 * line, column; no rows where it is the same. Fails as pship_compose does; PSHIP_MALFORMED: a
 * certificate that is no JSON. */
PSHIP_API pship_status pship_certificate_compare(const char* certificate, size_t size,
                                                 const pship_criteria* criteria,
                                                 const pship_nominees* nominees,
                                                 const pship_options* options, pship_table** out,
                                                 pship_error** err);
/* Either document of a draw, with the lottery's certificate where it is there (NULL, 0: not). */
PSHIP_API pship_status pship_verify_draw(const char* draw, size_t size, const char* certificate,
                                         size_t certificate_size, pship_verification** out,
                                         pship_error** err);
/* 1 where all holds that the document states, else 0; 0 for NULL. */
PSHIP_API int32_t pship_verification_holds(const pship_verification* verification);
/* One row. Of a certificate: verdict ("proved", "bound", "infeasible", "refused"), objective, hash
 * (of the document in canonical form), nominees, types, panels, levels, nodes, delta, deviation,
 * least, bound, gap (fractions), minimal (infeasible: shown to be). Of a draw: verdict ("sound",
 * "refused"), drawn, hash (of the numbered panels), lottery (hash that they state), panels,
 * deviation (a fraction), lost, seed, number. */
PSHIP_API pship_status pship_verification_about(const pship_verification* verification,
                                                pship_table** out, pship_error** err);
/* What was found to hold, a sentence a row: checked. */
PSHIP_API pship_status pship_verification_checked(const pship_verification* verification,
                                                  pship_table** out, pship_error** err);
/* What does not: message, pointer, line, column. */
PSHIP_API pship_status pship_verification_faults(const pship_verification* verification,
                                                 pship_table** out, pship_error** err);
/* Of a draw: the members that the seed draws: member. */
PSHIP_API pship_status pship_verification_members(const pship_verification* verification,
                                                  pship_table** out, pship_error** err);
PSHIP_API void pship_verification_free(pship_verification* verification);

#ifdef __cplusplus
}
#endif
#endif
