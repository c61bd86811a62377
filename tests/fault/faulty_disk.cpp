// SPDX-License-Identifier: Apache-2.0
#include "fault/faulty_disk.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <limits>
#include <utility>

namespace fault::disk {

namespace {

constexpr long never = std::numeric_limits<long>::max();

struct Plan {
  unsigned kinds = 0;
  long left = never;
  bool lasting = false;
  bool full = false;
  bool half = false;
  std::function<void()> act = {};
  long count = 0;
  long met = 0;
};
Plan plan;
sqlite3_vfs* below = nullptr;

// Whether this operation is to fail.
bool hit(Kind kind) {
  if ((plan.kinds & kind) == 0) return false;
  ++plan.count;
  if (plan.left > 0) {
    --plan.left;
    return false;
  }
  ++plan.met;
  if (!plan.lasting) plan.left = never;
  return true;
}

// As hit, where an action takes the place of the failure.
bool fails(Kind kind) {
  if (!hit(kind)) return false;
  if (!plan.act) return true;
  plan.act();
  return false;
}

struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
  return of(file)->real();
}

const sqlite3_io_methods& methods(sqlite3_file* file) {
  return *real(file)->pMethods;
}

int close(sqlite3_file* file) {
  return methods(file).xClose(real(file));
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  if (fails(reading)) return SQLITE_IOERR_READ;
  return methods(file).xRead(real(file), to, size, at);
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const auto put = [&](int some) { return methods(file).xWrite(real(file), from, some, at); };
  if (!hit(writing)) return put(size);
  if ((plan.full || plan.half) && size > 1) put(size / 2);
  if (!plan.act) return plan.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  plan.act();
  return put(size);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (fails(truncating)) return SQLITE_IOERR_TRUNCATE;
  return methods(file).xTruncate(real(file), size);
}

int sync(sqlite3_file*, int) {
  return fails(syncing) ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (fails(looking)) return SQLITE_IOERR_FSTAT;
  return methods(file).xFileSize(real(file), size);
}

int lock(sqlite3_file* file, int how) {
  if (fails(locking)) return SQLITE_IOERR_LOCK;
  return methods(file).xLock(real(file), how);
}

int unlock(sqlite3_file* file, int how) {
  return methods(file).xUnlock(real(file), how);
}

int reserved(sqlite3_file* file, int* out) {
  if (fails(locking)) return SQLITE_IOERR_CHECKRESERVEDLOCK;
  return methods(file).xCheckReservedLock(real(file), out);
}

int control(sqlite3_file* file, int op, void* argument) {
  return methods(file).xFileControl(real(file), op, argument);
}

int sector_size(sqlite3_file* file) {
  return methods(file).xSectorSize(real(file));
}

int characteristics(sqlite3_file* file) {
  return methods(file).xDeviceCharacteristics(real(file));
}

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  if (fails(sharing)) return SQLITE_IOERR_SHMMAP;
  return methods(file).xShmMap(real(file), region, size, extend, out);
}

int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  if ((flags & SQLITE_SHM_LOCK) != 0 && fails(sharing)) return SQLITE_IOERR_SHMLOCK;
  return methods(file).xShmLock(real(file), offset, n, flags);
}

void shm_barrier(sqlite3_file* file) {
  methods(file).xShmBarrier(real(file));
}

int shm_unmap(sqlite3_file* file, int remove) {
  return methods(file).xShmUnmap(real(file), remove);
}

const sqlite3_io_methods ours = {
    2,         close,    read,    write,       truncate,        sync,    file_size, lock,
    unlock,    reserved, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,  nullptr,
};

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  if (fails(opening)) return SQLITE_CANTOPEN;
  const int status = below->xOpen(below, path, real(file), flags, out_flags);
  if (status == SQLITE_OK) file->pMethods = &ours;
  return status;
}

int remove(sqlite3_vfs*, const char* path, int) {
  if (fails(removing)) return SQLITE_IOERR_DELETE;
  return below->xDelete(below, path, 0);
}

int access(sqlite3_vfs*, const char* path, int flags, int* out) {
  if (fails(looking)) return SQLITE_IOERR_ACCESS;
  return below->xAccess(below, path, flags, out);
}

}  // namespace

void fail_after(long n, unsigned kinds, Last last, bool full) {
  plan = Plan{.kinds = kinds, .left = n, .lasting = last == Last::lasting, .full = full};
}

void act_after(long n, unsigned kinds, std::function<void()> act, bool half) {
  plan = Plan{.kinds = kinds, .left = n, .half = half, .act = std::move(act)};
}

long heal() {
  plan.kinds = 0;
  return plan.met;
}

long counted() {
  return plan.count;
}

void install() {
  static sqlite3_vfs vfs;
  if (below != nullptr) return;
  below = sqlite3_vfs_find(nullptr);
  if (below == nullptr) std::abort();
  vfs = *below;  // what is not replaced works on a copy as on the system's own
  vfs.zName = "faulty";
  vfs.szOsFile = static_cast<int>(sizeof(File)) + below->szOsFile;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) std::abort();
}

}  // namespace fault::disk
