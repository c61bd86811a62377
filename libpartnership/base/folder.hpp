// SPDX-License-Identifier: Apache-2.0
//
// A folder of files that somebody else filled, read without ever leaving it: names are plain, links
// are not followed, and nothing but plain files is opened.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace partnership {

// Holds the folder open: renaming it, or another one of its name, changes nothing for this object.
// Movable; may be shared between threads.
class Folder {
 public:
  // Throws Error(not_found) when there is no such folder, Error(io) when it cannot be opened. The
  // path itself may lead through links.
  explicit Folder(const std::string& path);
  Folder(Folder&& other) noexcept;
  Folder& operator=(Folder&& other) noexcept;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();

  const std::string& path() const noexcept { return path_; }

  // One part of a name: letters, digits, `.`, `_` and `-` of ASCII, at most 255 of them, the first
  // no `.`.
  static bool is_plain(std::string_view name) noexcept;

  // The bytes of `file` in the folder `below` it, both plain; nullopt when there is none. Throws
  // Error(invalid_argument) for a name that is not plain, Error(io) for what is no plain file or
  // cannot be read, Error(limit) for more than `most` bytes.
  std::optional<std::string> read(std::string_view below, std::string_view file,
                                  std::size_t most) const;

  // The plain files of plain names in the folder `below` this one, sorted by their bytes; none when
  // there is no such folder. Throws as read does, Error(limit) for more than `most` entries.
  std::vector<std::string> list(std::string_view below, std::size_t most) const;

 private:
  std::string path_;
  int handle_ = -1;
};

}  // namespace partnership
