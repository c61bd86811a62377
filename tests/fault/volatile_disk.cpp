// SPDX-License-Identifier: Apache-2.0
#include "fault/volatile_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fault::volatile_disk {

namespace {

// A write, or a truncation to `at` when there are no bytes.
struct Change {
  std::size_t at;
  std::optional<std::string> bytes;

  void apply(std::string& to) const {
    if (!bytes) return to.resize(at);
    if (to.size() < at + bytes->size()) to.resize(at + bytes->size());
    to.replace(at, bytes->size(), *bytes);
  }
};

struct Inode {
  std::string now, synced;
  bool sure = false;  // whether its name is on the disk for certain
  std::vector<Change> pending;
  std::vector<std::unique_ptr<char[]>> shared;  // of the write-ahead log's index

  void change(Change what) {
    what.apply(now);
    pending.push_back(std::move(what));
  }
  void sync() {
    synced = now;
    sure = true;
    pending.clear();
  }
};

struct World {
  std::map<std::string, std::shared_ptr<Inode>> files;
  std::map<std::string, std::string>
      removed;  // names whose removal is not certain: what was synced
  long left = std::numeric_limits<long>::max();
  long count = 0;
  bool dark = false;
};
World world;

// Whether a change may be made; the last one may still be under way.
enum class Power { on, failing, off };
Power draw() {
  if (world.dark) return Power::off;
  ++world.count;
  if (world.left-- > 0) return Power::on;
  world.dark = true;
  return Power::failing;
}

struct File {
  sqlite3_file base;
  std::shared_ptr<Inode>* inode;
  bool syncs_folder;  // at its first sync, as SQLite does for a log or journal that it made
};

// All names are then what they are now.
void sync_folder() {
  world.removed.clear();
  for (const auto& [name, file] : world.files) file->sure = true;
}

Inode& inode(sqlite3_file* file) {
  return **reinterpret_cast<File*>(file)->inode;
}

int close(sqlite3_file* file) {
  delete reinterpret_cast<File*>(file)->inode;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  if (world.dark) return SQLITE_IOERR_READ;
  const std::string& from = inode(file).now;
  const auto start = std::min(static_cast<std::size_t>(at), from.size());
  const auto there = std::min(static_cast<std::size_t>(size), from.size() - start);
  std::memset(to, 0, static_cast<std::size_t>(size));
  std::memcpy(to, from.data() + start, there);
  return there == static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const Power power = draw();
  if (power == Power::off) return SQLITE_IOERR_WRITE;
  inode(file).change({static_cast<std::size_t>(at),
                      std::string(static_cast<const char*>(from), static_cast<std::size_t>(size))});
  return power == Power::on ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const Power power = draw();
  if (power == Power::off) return SQLITE_IOERR_TRUNCATE;
  inode(file).change({static_cast<std::size_t>(size), std::nullopt});
  return power == Power::on ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync(sqlite3_file* file, int) {
  if (draw() != Power::on) return SQLITE_IOERR_FSYNC;
  Inode& what = inode(file);
  what.sync();
  for (const auto& [name, other] : world.files) {
    if (other.get() == &what) world.removed.erase(name);
  }
  if (std::exchange(reinterpret_cast<File*>(file)->syncs_folder, false)) sync_folder();
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (world.dark) return SQLITE_IOERR_FSTAT;
  *size = static_cast<sqlite3_int64>(inode(file).now.size());
  return SQLITE_OK;
}

int lock(sqlite3_file*, int) {
  return SQLITE_OK;
}

int reserved(sqlite3_file*, int* out) {
  *out = 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
  return 4096;
}

int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  auto& regions = inode(file).shared;
  const auto index = static_cast<std::size_t>(region);
  *out = nullptr;
  if (index >= regions.size() && extend == 0) return SQLITE_OK;
  while (regions.size() <= index) {
    regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  }
  *out = regions[index].get();
  return SQLITE_OK;
}

int shm_lock(sqlite3_file*, int, int, int) {
  return SQLITE_OK;
}

void shm_barrier(sqlite3_file*) {}

int shm_unmap(sqlite3_file* file, int) {
  inode(file).shared.clear();  // there is no other connection
  return SQLITE_OK;
}

const sqlite3_io_methods methods = {
    2,         close,    read,    write,       truncate,        sync,    file_size, lock,
    lock,      reserved, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,  nullptr,
};

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  if (world.dark) return SQLITE_CANTOPEN;
  auto* const ours = reinterpret_cast<File*>(file);
  ours->syncs_folder = false;
  std::shared_ptr<Inode> found;
  if (path != nullptr && world.files.contains(path)) found = world.files[path];
  if (found == nullptr) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    found = std::make_shared<Inode>();
    if (path != nullptr) world.files[path] = found;
    ours->syncs_folder = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
  }
  ours->inode = new std::shared_ptr<Inode>(std::move(found));
  file->pMethods = &methods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int surely) {
  if (draw() != Power::on) return SQLITE_IOERR_DELETE;
  const auto at = world.files.find(path);
  if (at == world.files.end()) return SQLITE_IOERR_DELETE_NOENT;
  if (at->second->sure) world.removed[path] = at->second->synced;
  world.files.erase(at);
  if (surely != 0) sync_folder();
  return SQLITE_OK;
}

int access(sqlite3_vfs*, const char* path, int, int* out) {
  if (world.dark) return SQLITE_IOERR_ACCESS;
  *out = world.files.contains(path) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", path);
  return SQLITE_OK;
}

// SplitMix64 (Steele, Lea, Flood 2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::size_t>((z ^ (z >> 31U)) % n);
  }

 private:
  std::uint64_t state_;
};

// What is left of a file: each change since the last sync is made, not made, or made in its first
// or its last bytes only.
std::string remains(const Inode& file, Left left, Dice& dice) {
  std::string out = file.synced;
  for (const Change& change : file.pending) {
    const std::size_t fate = left == Left::some ? dice.below(4) : left == Left::everything ? 0 : 1;
    if (fate == 0) change.apply(out);
    if (fate < 2 || !change.bytes) continue;
    const std::size_t cut = dice.below(change.bytes->size() + 1);
    if (fate == 2) Change{change.at, change.bytes->substr(0, cut)}.apply(out);
    if (fate == 3) Change{change.at + cut, change.bytes->substr(cut)}.apply(out);
  }
  return out;
}

}  // namespace

void clear() {
  world = World{};
}

void lose_power_after(long n) {
  world.left = n;
  world.count = 0;
}

bool lost() {
  return world.dark;
}

long changes() {
  return world.count;
}

void restore_power(Left left, std::uint64_t seed) {
  Dice dice(seed);
  const auto stays = [&] {
    return left == Left::everything || (left == Left::some && dice.below(2) == 0);
  };
  World after;
  for (const auto& [name, bytes] : world.removed) {
    if (stays()) continue;  // the removal is what happened last
    after.files[name] = std::make_shared<Inode>();
    after.files[name]->now = bytes;
  }
  for (const auto& [name, file] : world.files) {
    if (!file->sure && !stays()) continue;
    after.files[name] = std::make_shared<Inode>();
    after.files[name]->now = remains(*file, left, dice);
  }
  for (const auto& [name, file] : after.files) file->sync();
  world = std::move(after);
}

void install() {
  static sqlite3_vfs vfs;
  if (vfs.xOpen != nullptr) return;
  const sqlite3_vfs* below = sqlite3_vfs_find(nullptr);
  if (below == nullptr) std::abort();
  vfs = *below;  // for time, sleep and randomness
  vfs.zName = "volatile";
  vfs.szOsFile = sizeof(File);
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) std::abort();
}

}  // namespace fault::volatile_disk
