// SPDX-License-Identifier: Apache-2.0
//
// Replay: reading the journal's entries in order and applying each to tables.
#pragma once

#include <functional>

#include "platform/projection.hpp"
#include "platform/sql.hpp"

namespace partnership::platform {

// Applies every entry of the journal in `journal` to `target`, which may be in another database.
// Calls `each` before every entry; it may throw. Throws Error(corrupt) for an entry that is none.
void replay(Sql& journal, Projection& target, const std::function<void()>& each);

}  // namespace partnership::platform
