// SPDX-License-Identifier: Apache-2.0
//
// The disk as SQLite sees it, with faults: a VFS over the system's own, SQLite's default from
// install() on, that counts operations and lets the n-th fail, or does something else at it. It
// never waits for the disk: what it is told to sync it leaves to the system.
#pragma once

#include <functional>

namespace fault::disk {

// Kinds of operations, to be combined.
enum Kind : unsigned {
  opening = 1,
  reading = 2,
  writing = 4,
  syncing = 8,
  truncating = 16,
  removing = 32,
  sharing = 64,  // mapping the write-ahead log's index, and locking in it
  locking = 128,
  looking = 256,  // sizes, and whether a file is there
  changing = writing | syncing | truncating | removing,
  any = 511,
};

enum class Last : bool { once, lasting };

// From now on the operations of these kinds are counted; after `n` of them one fails, or all do: a
// write with SQLITE_FULL when `full`, having written half, and everything else with its
// SQLITE_IOERR. Unlocking and closing never fail.
void fail_after(long n, unsigned kinds, Last last, bool full = false);
// As fail_after, but `act` is called at that one operation; a write has written half by then, where
// `half`. If `act` comes back, the operation goes on.
void act_after(long n, unsigned kinds, std::function<void()> act, bool half = false);
// No more faults; how many operations have failed or were acted at.
long heal();
long counted();  // operations since the count began

void install();

}  // namespace fault::disk
