// SPDX-License-Identifier: Apache-2.0
//
// The independent verifier of certificates: that a lottery over committees is leximin, maximin or
// Nash (largest product), or that there is no committee at all. It knows JSON, whole numbers and
// fractions. It has no solver, trusts none, and uses no floating-point number.
//
// What it will not do: read criteria or nominees. That `model` says what the criteria say is for
// the room committee to know (committee/certificate_match.hpp); here the hashes of both are only
// compared with those the caller has. As a command: partnership-verify certificate (main.cpp).
//
// # The document
//
// Strict JSON. INT is a JSON integer of at most 2^53 - 1 in size. Q is a text: "n" or "n/d" in
// lowest terms, d > 1, without needless zeros, "-" in front where negative. Z is a Q without d. A
// list of pairs [[index, value]...] ascends by index, strictly, and leaves zero values out. Lists
// of indices ascend strictly. All indices count from 0. No member is unknown, none is missing
// unless marked with "?".
//
//   {"certificate": "lottery", "version": 1,
//    "objective": "leximin" | "maximin" | "nash",
//    "criteria": 64 hex digits, "pool": 64 hex digits,
//    "delta": Q,
//    "nominees": [id...],                    texts, no two alike
//    "model": MODEL,
//    "target": [Q...],                       a type: the probability of each of its nominees
//    "denominator": Z,
//    "panels": [{"members": [nominee...], "auxiliary"?: [[column, INT]...], "weight": Z}...],
//    "levels": [LEVEL...],
//    "status": "proved" | {"bound": Q, "gap": Q}}
//
//   MODEL = {"types": [[nominee...]...],     every nominee in exactly one; none empty
//            "columns": [[lower, upper]...], INTs: the types first, then auxiliary columns
//            "rows": [{"criterion": text, "lower": INT | null, "upper": INT | null,
//                      "terms": [[column, INT]...]}...]}
//
// A *committee* is a set of nominees for which there are whole numbers x, one a column, such that
// x_t is how many of type t sit, every x_j is within its column's bounds, and every row's sum is
// within the row's (null: no bound). A type's bounds lie within 0 and n_t, the number of its
// nominees. A panel is a committee with its auxiliary values; those left out are 0.
//
//   LEVEL = {"value": Q, "types": [type...], "terms": [[type, Q]...], "bound": Q, "proof": PROOF}
//
// Each level states sum c_t x_t <= b for every committee (c: terms, b: bound), and fixes its
// `types`: exactly those with c_t > 0 that no level before has fixed. c_t is never negative but for
// types fixed before. With v the level's value, p the target and n_t the number of nominees,
//     sum over its types of c_t n_t v  +  sum over types fixed before of c_s n_s p_s  =  b,
// and p_t = v for its types. Values do not fall from level to level.
//
// - leximin, proved: every type is fixed by a level.
// - maximin, proved: there is one level. Its value is the least of the target.
// - bound instead of proved (the two above): the last level is open. It fixes nothing ("types" is
//   []), its equation runs over all types with c_t > 0 not fixed before (at least one), its value
//   is status.bound, and status.gap = bound - the least target of a type not fixed >= 0.
// - nash, always "proved": levels of value "0" (none, if everybody can be selected), then one that
//   has "gap": Q instead of "value". Its terms are 1 / p_t for exactly the types not fixed before,
//   which it fixes; its bound is N (1 + gap), N the number of their nominees, gap >= 0. (Where
//   nobody can be selected it has no terms, and claims nothing.)
//
//   PROOF = [NODE...]                        of sum c_j x_j <= b over all whole x of the model
//   NODE = {"column": j, "at": v}            lower_j <= v < upper_j, of the bounds at this node
//        | {"rows": [[row, Q]...]}
//        | {"infeasible": [[row, Q]...]}
//
// A tree in preorder. {"column", "at"} is followed by its two subtrees: the one where x_j <= v,
// then the one where x_j >= v + 1. The others are leaves, so that most proofs are one node.
// Multipliers y of rows count with the row's upper bound where y > 0 and its lower bound where
// y < 0, which must not be null. Let d_j = c_j - sum_r y_r a_rj ({"infeasible"}: with c = 0). Then
//     sum_r y_r (bound of r) + sum_j d_j (upper_j where d_j > 0, lower_j where d_j < 0),
// with the column's bounds at the node, must be <= b at a {"rows"} leaf and < 0 at an
// {"infeasible"} one. One thing more is allowed at {"rows"}: where g > 0 is the greatest fraction
// of which all c_j are whole multiples, sum c_j x_j is a whole multiple of g, so that a total below
// g (floor(b / g) + 1) does as well.
//
//   {"certificate": "infeasible", "version": 1,
//    "criteria": hex, "pool": hex, "nominees": [id...], "model": MODEL,
//    "rows": [row...],                       the rows in conflict
//    "proof": PROOF,                         all leaves {"infeasible"}, with multipliers of `rows`
//    "witnesses"?: [{"without": text, "values": [[column, INT]...]}...]}
//
// The criteria in conflict are those that the rows in conflict name. With witnesses, one for each
// of these criteria and in the order of their first rows, the conflict is minimal: the witness is a
// whole x within the columns' bounds (0 where left out) that meets every row of the other criteria.
// `rows` then has every row that the model has of these criteria.
//
// # Why this proves it
//
// Leaves. For every whole x that meets the rows and the column bounds at the node,
// sum c_j x_j = sum_r y_r (sum_j a_rj x_j) + sum_j d_j x_j, and each summand is at most the one in
// the total. So the total bounds sum c_j x_j; with c = 0 a total below 0 says that there is no such
// x. Branches. A whole x_j is at most v or at least v + 1, so what holds in both subtrees holds.
//
// Lotteries. Let q be any lottery over committees, q_i the probability of nominee i, and y_t the
// sum of q_i over type t, which is the mean of x_t. An inequality that holds for every committee
// holds for the means. Suppose q is at least as good as p for leximin: sorted upwards, q is not
// lexicographically below p. Claim: q_i = p_i for each nominee of a type that a level fixes. By
// induction, let it hold for the types F fixed before. Leximin compares q and p by what is outside
// F, and there every p_i >= v (values do not fall; what is never fixed is checked to be at least
// the last proved value), so every q_i >= v. Hence, with T the level's types,
//     sum over T of c_t y_t <= b - sum over F of c_s n_s p_s = sum over T of c_t n_t v
// while y_t >= n_t v and c_t > 0 on T: equality throughout, so y_t = n_t v, and q_i = v = p_i. That
// values may repeat, and that v may be 0 or 1, changes nothing. When all types are fixed, q = p: no
// lottery is better than p, and p is the only candidate as good. The open level of a bound says in
// the same way: a lottery at least as good as p that agrees with it on F gives the least of the
// others at most the bound. For maximin the single level (F empty) says that with z = min q_i,
// z sum c_t n_t <= sum c_t y_t <= b = v sum c_t n_t, so z <= v. For Nash, sum over selectable i of
// q_i / p_i <= N (1 + gap), so by the inequality of the means the geometric mean of q is at most
// (1 + gap) times that of p; nominees outside have probability 0 in every lottery.
//
// Delta. p bounds every lottery; it need not be one. The published lottery r is one, since its
// panels are committees and its weights are positive and sum to the denominator, and |r_i - p_i| <=
// delta for every nominee, exactly. So where the largest deviation is 0 (it is reported) r is the
// leximin lottery itself. Otherwise, sorted upwards, r and p are nowhere further apart than delta,
// and the sorted optimum lies lexicographically between them. For maximin, the least of r is at
// least v - delta, and no lottery's is above v.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/rational.hpp"

namespace partnership::verify {

struct CertificateWanted {
  std::optional<Hash> criteria, pool;        // what the certificate must be of; none: not compared
  std::optional<Hash> document;              // of the certificate itself, as it was announced
  Rational delta{Integer(1), 1000000000};    // the largest delta that is accepted
  std::size_t bytes = std::size_t{1} << 28;  // of the document, at most
  std::size_t digits = 20000;                // of one number, at most
  // Steps of arithmetic (a product of two 64-bit words is one), so that no document takes long: the
  // default is some minutes' worth. What its numbers become on the way is bounded, too: no list of
  // them takes more than 512 MiB.
  std::uint64_t steps = 100'000'000'000;
};

struct CertificateReport {
  enum class Verdict : std::uint8_t {
    refused,     // see `faults`
    proved,      // leximin or maximin: no lottery is better; Nash: none by more than `gap`
    bound,       // the open level's value is a bound, and `gap` is what is missing
    infeasible,  // there is no committee
  };
  Verdict verdict = Verdict::refused;
  std::string objective;  // "leximin", "maximin", "nash"; empty: infeasible, or not understood
  Hash document{};        // SHA-256 of the document in canonical form (RFC 8785)

  std::int64_t nominees = 0, types = 0, columns = 0, rows = 0, panels = 0, levels = 0;
  std::int64_t nodes = 0, leaves = 0;  // of all proofs
  Rational delta;                      // the certificate's
  Rational deviation;                  // the largest of a nominee's probability from the target
  Rational least;                      // the least probability of a nominee under the lottery
  Rational bound;                      // Verdict::bound: of the least of those not fixed
  Rational
      gap;  // Verdict::bound: bound - target; nash: of the published lottery, deviation included
  bool minimal = false;  // infeasible: witnesses show that no criterion in conflict may be left out

  std::vector<std::string> checked;  // a sentence for each thing that was found to hold
  std::vector<Problem> faults;       // what does not, with its place; at most 1,000
};

// Checks all that can be checked, also after a fault. Throws Error(limit) when the document needs
// more than `wanted` allows; what is no certificate at all is a fault.
CertificateReport verify_certificate(std::string_view text, const CertificateWanted& wanted = {});

// "refused", "proved", "bound", "infeasible".
std::string_view verdict_name(CertificateReport::Verdict verdict) noexcept;

}  // namespace partnership::verify
