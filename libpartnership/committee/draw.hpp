// SPDX-License-Identifier: Apache-2.0
//
// The public draw of one committee, in two published documents that anybody can check with
// verify/draw.hpp, or with a few lines of their own:
//
// 1. Before anybody can know the seed: the numbered panels, each as likely as any other.
//
//   {"draw": "panels", "version": 1,
//    "lottery": 64 hex digits,    SHA-256 of the lottery's certificate in canonical form
//    "nominees": [id...],         as in the certificate
//    "panels": [{"members": [nominee...], "auxiliary"?: [[column, value]...]}...],
//    "deviation": "n/d",          the largest difference of a nominee's probability: in these
//    panels
//                                 (seats over panels) and in the lottery
//    "lost": [{"nominee": i, "probability": "n/d", "reason": text}...]}
//
//   The first panel has number 1. No two ids are alike. Nominees count from 0 and ascend;
//   `auxiliary` is as in the certificate. `lost` has everybody whom the lottery can select and no
//   panel has.
//
// 2. When the seed has become known: what it decided.
//
//   {"draw": "result", "version": 1, "published": the first document, "seed": text,
//    "number": 1 to the number of panels, "members": [id...]}
//
// Both are written in canonical form (RFC 8785), so that the SHA-256 of the file is that of the
// document.
//
// # The draw, byte by byte
//
//   a. P = SHA-256 of the first document in canonical form: 32 bytes.
//   b. T = these bytes, one after the other:
//        the 22 bytes "libpartnership draw 1" and LF (hex 0A),
//        P as 64 digits 0-9 a-f in ASCII, and LF: 65 bytes,
//        the seed in UTF-8, as it is: no byte is added, removed or changed.
//   c. K = SHA-256 of T: 32 bytes.
//   d. S = the key stream of ChaCha20 (RFC 8439) with the key K, the nonce "LibsodiumDRG" (12
//   bytes,
//      ASCII) and the block counter from 0. This is what libsodium's
//      randombytes_buf_deterministic(buffer, size, K) writes.
//   e. With m panels: R = 2^64 mod m. Take the next 8 bytes of S as a number r, the lowest byte
//      first. If r >= 2^64 - R, go on with the next 8 bytes. (So every number is equally likely.)
//   f. The number drawn is (r mod m) + 1.
//
// Worked examples lie in tests/data/draw-1.json. A seed should be something that nobody can choose
// or foresee when the first document is published, and that everybody can look up later: the
// numbers of a national lottery of a later day, say.
//
// What it will not do: find a seed, or keep anybody from publishing several first documents.
// Whoever watches a draw keeps the hash of the one that was announced.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "committee/uniform.hpp"

namespace partnership {

// The first document. `lottery`: SHA-256 of the certificate in canonical form. `nominees`: the ids
// in the order of the model's indices; throws Error(invalid_argument) when their number is not that
// of `uniform.seats`.
std::string panels_document(const UniformLottery& uniform, std::span<const std::string> nominees,
                            const Hash& lottery);

// 1 to `panels`, which is above 0 (asserted).
std::uint64_t draw_number(const Hash& panels_document, std::string_view seed, std::uint64_t panels);

// The second document. Throws Error(invalid_argument) for a seed that is empty or not UTF-8, and
// Error(malformed) or Error(invalid_document) with every problem when `panels_document` is not one
// (as verify/draw.hpp sees it, so that no result is made that would be refused), or Error(limit).
std::string draw_document(std::string_view panels_document, std::string_view seed);

}  // namespace partnership
