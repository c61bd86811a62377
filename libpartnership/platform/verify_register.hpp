// SPDX-License-Identifier: Apache-2.0
//
// Verification of a whole register: the file's structure, the journal's entries, hashes and tree,
// the commitments that can be opened, and every table row against a replay.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/hash.hpp"
#include "platform/register.hpp"
#include "platform/sql.hpp"

namespace partnership::platform {

// `root`, if given, must be the root of some first entries. `each` is called now and then and may
// throw. The findings stop at 1,000.
std::vector<Register::Finding> verify_register(Sql& sql, const std::optional<Hash>& root,
                                               bool with_tables, const std::function<void()>& each);

}  // namespace partnership::platform
