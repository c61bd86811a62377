// SPDX-License-Identifier: Apache-2.0
//
// From ICU's statuses to the library's exceptions; included by text.cpp and date.cpp only.
#pragma once

#include <unicode/utypes.h>

#include <new>
#include <string>

#include "base/error.hpp"

namespace partnership {

inline void raise_icu(UErrorCode status) {
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status)) {
    throw Error(Code::internal, std::string("icu failed with ") + u_errorName(status));
  }
}

}  // namespace partnership
