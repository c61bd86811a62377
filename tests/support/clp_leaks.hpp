// SPDX-License-Identifier: Apache-2.0
//
// Tells the leak sanitizer what Clp itself loses where memory runs out: its constructors and its
// scaling do not free what they had when a later allocation of theirs throws. Nothing of ours is
// allocated under a call of Clp. Include it in one file of a test program.
#pragma once

// The sanitizer's library looks for it by name.
extern "C" __attribute__((visibility("default"))) const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libClp.so\nleak:libCoinUtils.so\n";
}
