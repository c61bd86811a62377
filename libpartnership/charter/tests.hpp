// SPDX-License-Identifier: Apache-2.0
//
// The tests that stand beside the norms of a charter: each a case and a day, and what must come
// out.
//
// What it will not do: stop at a test that fails.
#pragma once

#include "base/table.hpp"
#include "charter/charter.hpp"

namespace partnership::charter {

// A row a test, in the document's order: norm, version_from (the day from which the version beside
// which the test stands is in force; null: no bound), test (its title, else its number from 1), on,
// expected, got, passed, reason (in English). `expected` is the outcome and what else the test asks
// for (state, due date, missing facts by their paths), `got` the same of the finding. A norm that
// is not enabled is tested as well. A test also fails where another version of the norm decided.
Table run_tests(const Charter& charter);

}  // namespace partnership::charter
