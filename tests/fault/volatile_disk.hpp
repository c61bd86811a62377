// SPDX-License-Identifier: Apache-2.0
//
// A disk in memory that loses power: SQLite's default VFS from install() on. What was written since
// a file's last sync is lost, kept, or torn, and a file that was removed may be back, as the worst
// of real disks do it (except that a write touches no byte beside it, as SQLite presumes of them).
// One connection at a time; locks are not kept.
#pragma once

#include <cstdint>

namespace fault::volatile_disk {

void install();
void clear();  // no files, power on

// The n-th change (write, truncation, sync, removal) from now on is the last: it and all after it
// fail. A write among them is under way by then, a sync has made nothing sure.
void lose_power_after(long n);
bool lost();     // whether it came so far
long changes();  // since lose_power_after

enum class Left { nothing, everything, some };  // of what was not synced
// Power comes back: the files are what the loss left of them. `seed` picks, where it is `some`.
void restore_power(Left left, std::uint64_t seed);

}  // namespace fault::volatile_disk
