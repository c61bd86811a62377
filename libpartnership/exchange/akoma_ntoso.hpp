// SPDX-License-Identifier: Apache-2.0
//
// The text of a charter as Akoma Ntoso 3.0 (OASIS LegalDocML), so that archives and editors of law
// can take it: an act whose articles are the versions of its norms, each with the period in which
// it holds.
//
// What it will not do: carry the conditions. They stand in the charter's own document, which the
// export names by its hash; what a machine may want to know of a norm besides its text (modality,
// bearer, shape) is in `meta/proprietary`.
#pragma once

#include <string>

#include "base/date.hpp"
#include "base/langmap.hpp"
#include "charter/charter.hpp"

namespace partnership::exchange {

struct AkomaNtosoOptions {
  // One file is one language, as the standard has it. Where a text has none in it, the one that
  // there is stands there, marked with its own (xml:lang).
  Language language = Language::en;
  // ISO 3166-1 alpha-2, or 3166-2, in small letters; of the work's address. The default is one that
  // the standard leaves to its users.
  std::string country = "xx";
  std::string author;  // whose work it is, for people; empty: it is said to be unknown
  // The day from which the work is named; date_none: when the charter comes into force, else the
  // first of its norms.
  Date date = date_none;
};

// Throws Error(invalid_argument): a country that is none, no day known at all.
std::string akoma_ntoso(const charter::Charter& charter, const AkomaNtosoOptions& options = {});

}  // namespace partnership::exchange
