// SPDX-License-Identifier: Apache-2.0
//
// C++17 owner types over the C API of libpartnership. Header only: everything in the headers below
// is a few lines around a function of partnership.h, whose comments are the contract. Link the
// shared library.
//
// What it adds: handles free themselves, failures are exceptions (pship::Error, and std::bad_alloc
// for PSHIP_NO_MEMORY), texts are std::string_view, dates are a type of their own, and columns of a
// table are typed views that keep the table's memory alive.
//
// What it will not do: hide the C API. Every owner has raw(), and may be mixed with C calls.
//
// Tables, texts, calendars, criteria, nominees, checks, compositions, verifications, expressions,
// cases, values, charters, findings and histories are immutable, cheap to copy (copies share one
// handle) and may be used from any number of threads. A Platform is moved, not copied, and used by
// one thread at a time; only its cancel() may be called from any thread. So is a FeelBuilder. A
// moved-from or default-made owner holds no handle: its calls fail with PSHIP_INVALID_ARGUMENT, as
// NULL does in C.
//
// The namespace is `pship`, apart from `partnership`, which is the library's inside.
#ifndef PARTNERSHIP_PARTNERSHIP_HPP
#define PARTNERSHIP_PARTNERSHIP_HPP

#include "partnership/base.hpp"
#include "partnership/charter.hpp"
#include "partnership/committee.hpp"
#include "partnership/feel.hpp"
#include "partnership/lottery.hpp"
#include "partnership/partnership.h"
#include "partnership/platform.hpp"
#include "partnership/table.hpp"

#endif
