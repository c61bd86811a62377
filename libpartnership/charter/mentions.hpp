// SPDX-License-Identifier: Apache-2.0
//
// Which facts an expression speaks of, by the names and paths in its tree: what must be known lest
// the norm it belongs to be undetermined.
//
// What it will not do: follow values through functions that the expression defines itself. There a
// member of this name is taken for every member of this name below the facts that are mentioned.
#pragma once

#include <vector>

#include "feel/ast.hpp"
#include "feel/case_layout.hpp"

namespace partnership::charter {

// The slots of the facts that an expression mentions, in rising order: a fact by its name, its
// members by their paths (also those of the items of lists), the items of a list with the list. A
// context or list that is used as a whole (compared, given to a function that looks into it) is
// mentioned with all that it holds.
std::vector<feel::SlotId> mentioned_facts(const feel::Ast& ast, const feel::Layout& layout);

// The slots of the contexts that the expression gives, as far as they are items of facts.
std::vector<feel::SlotId> contexts_of(const feel::Ast& ast, const feel::Layout& layout);

// The slot where the whole expression is the name of a fact, or a path of names to a member of a
// context; no_slot for any other.
feel::SlotId fact_of(const feel::Ast& ast, const feel::Layout& layout);
// Whether it is (also before there is a layout).
bool is_fact(const feel::Ast& ast);

}  // namespace partnership::charter
