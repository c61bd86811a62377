// SPDX-License-Identifier: Apache-2.0
//
// The error handle, and the one that exists before memory runs out.
#pragma once

#include "base/error.hpp"
#include "partnership/base.h"

struct pship_error {
  partnership::Error error;
};

namespace partnership::capi {

// A static error of code PSHIP_NO_MEMORY; its accessors work and freeing it does nothing. It holds
// no Error, whose strings would have to be allocated.
pship_error* out_of_memory_error() noexcept;
bool is_out_of_memory_error(const pship_error* error) noexcept;

}  // namespace partnership::capi
