// SPDX-License-Identifier: Apache-2.0
//
// Events to measure with, each made from its number alone, and a place on disk for registers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace partnership::benchmarks {

// The event of this number, as a caller writes it. Events of one programme may be recorded in the
// order of their numbers, from 0.
using Programme = std::string (*)(std::int64_t number);

std::string claim(std::int64_t number);
std::string body(std::int64_t number);
// Twenty kinds of event in turn: bodies, people with personal payloads, posts, mandates, a
// committee with seats, issues, requests, dialogues, claims, changes and ends. What an event names
// was recorded among the 19 before it.
std::string mixed(std::int64_t number);

// An array of `count` events from `first` on.
std::string batch(Programme programme, std::int64_t first, std::int64_t count);

// A folder of its own beside the build, on a real disk: the system's temporary folder may be
// memory. Removed at the end.
class Folder {
 public:
  explicit Folder(const char* name) : path_(std::filesystem::current_path() / name) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directory(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace partnership::benchmarks
