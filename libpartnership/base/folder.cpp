// SPDX-License-Identifier: Apache-2.0
#include "base/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <new>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace partnership {
namespace {

// The system's own sentences change with the locale.
std::string reason(int code) {
  switch (code) {
    case ENOENT:
      return "there is none";
    case ENOTDIR:
      return "it is no folder";
    case EACCES:
    case EPERM:
      return "not permitted";
    case EMFILE:
    case ENFILE:
      return "too many files are open";
    default:
      return "the system says error " + std::to_string(code);
  }
}

[[noreturn]] void fail(int code, const std::string& what) {
  if (code == ENOMEM) throw std::bad_alloc();
  throw Error(code == ENOENT || code == ENOTDIR ? Code::not_found : Code::io,
              backticked(what) + " cannot be read: " + reason(code));
}

// A handle that is closed again.
class Handle {
 public:
  explicit Handle(int handle) noexcept : handle_(handle) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (handle_ >= 0) ::close(handle_);
  }
  int get() const noexcept { return handle_; }
  int release() noexcept { return std::exchange(handle_, -1); }

 private:
  int handle_;
};

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};

void demand_plain(std::string_view name) {
  if (Folder::is_plain(name)) return;
  throw Error(Code::invalid_argument,
              backticked(name) + " is no plain name: expected letters, digits, `.`, `_` and `-`");
}

// -1 when there is no such folder.
int open_below(int folder, const std::string& below) {
  const int handle =
      ::openat(folder, below.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (handle < 0 && errno != ENOENT) {
    if (errno == ENOTDIR || errno == ELOOP) {
      throw Error(Code::io, backticked(below) + " is no folder; links are not followed");
    }
    fail(errno, below);
  }
  return handle;
}

std::string read_all(int handle, const std::string& name, std::size_t most) {
  std::string bytes;
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t got = ::read(handle, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(errno, name);
    if (got == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
    if (bytes.size() > most) {
      throw Error(Code::limit,
                  backticked(name) + " holds more than " + std::to_string(most) + " bytes");
    }
  }
}

}  // namespace

Folder::Folder(const std::string& path) : path_(path) {
  handle_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle_ < 0) fail(errno, path_);
}

Folder::Folder(Folder&& other) noexcept
    : path_(std::move(other.path_)), handle_(std::exchange(other.handle_, -1)) {}

Folder& Folder::operator=(Folder&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(handle_, other.handle_);
  return *this;
}

Folder::~Folder() {
  if (handle_ >= 0) ::close(handle_);
}

bool Folder::is_plain(std::string_view name) noexcept {
  if (name.empty() || name.size() > 255 || name.front() == '.') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

std::optional<std::string> Folder::read(std::string_view below, std::string_view file,
                                        std::size_t most) const {
  demand_plain(below);
  demand_plain(file);
  const std::string name = std::string(below) + "/" + std::string(file);
  const Handle folder(open_below(handle_, std::string(below)));
  if (folder.get() < 0) return std::nullopt;
  // O_NONBLOCK: opening a pipe that nobody writes must not wait for ever.
  const Handle handle(::openat(folder.get(), std::string(file).c_str(),
                               O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (handle.get() < 0 && errno == ENOENT) return std::nullopt;
  struct stat status {};
  const bool link = handle.get() < 0 && errno == ELOOP;
  if (handle.get() < 0 && !link) fail(errno, name);
  if (!link && ::fstat(handle.get(), &status) != 0) fail(errno, name);
  if (link || !S_ISREG(status.st_mode)) {
    throw Error(Code::io, backticked(name) + " is no plain file; links are not followed");
  }
  return read_all(handle.get(), name, most);
}

std::vector<std::string> Folder::list(std::string_view below, std::size_t most) const {
  demand_plain(below);
  const std::string name(below);
  Handle folder(open_below(handle_, name));
  std::vector<std::string> files;
  if (folder.get() < 0) return files;
  const std::unique_ptr<DIR, CloseDirectory> directory(::fdopendir(folder.get()));
  if (!directory) fail(errno, name);
  const int handle = folder.release();  // the directory's now
  for (std::size_t seen = 0;; ++seen) {
    errno = 0;
    const dirent* entry = ::readdir(directory.get());
    if (entry == nullptr && errno != 0) fail(errno, name);
    if (entry == nullptr) break;
    if (seen >= most + 2) {  // `.` and `..`
      throw Error(Code::limit,
                  backticked(name) + " holds more than " + std::to_string(most) + " entries");
    }
    struct stat status {};
    if (!is_plain(entry->d_name)) continue;
    if (::fstatat(handle, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (S_ISREG(status.st_mode)) files.emplace_back(entry->d_name);
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace partnership
