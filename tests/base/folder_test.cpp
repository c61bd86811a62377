// SPDX-License-Identifier: Apache-2.0
#include "base/folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

namespace partnership {
namespace {

using pship_testing::TempFolder;
using testing::ElementsAre;
namespace fs = std::filesystem;

constexpr std::size_t most = 100;

Code refused(auto&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return Code::ok;
}

std::size_t open_handles() {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    count += entry.path().empty() ? 0 : 1;
  }
  return count;
}

TEST(Folder, ReadsWhatIsInIt) {
  const TempFolder place;
  const std::string bytes("a\0b\xff", 4);
  place.write("some/a.json", bytes);
  place.write("some/empty", "");
  place.write("some/big", std::string(most + 1, 'x'));
  place.write("some/full", std::string(most, 'x'));
  const Folder folder(place.path());
  EXPECT_EQ(folder.path(), place.path());
  EXPECT_EQ(folder.read("some", "a.json", most), bytes);
  EXPECT_EQ(folder.read("some", "empty", most), "");
  EXPECT_EQ(folder.read("some", "full", most)->size(), most);
  EXPECT_EQ(folder.read("some", "b.json", most), std::nullopt);
  EXPECT_EQ(folder.read("other", "a.json", most), std::nullopt);
  EXPECT_EQ(refused([&] { folder.read("some", "big", most); }), Code::limit);
  EXPECT_THAT(folder.list("some", most), ElementsAre("a.json", "big", "empty", "full"));
  EXPECT_THAT(folder.list("other", most), ElementsAre());
  EXPECT_THAT(folder.list("some", 4), testing::SizeIs(4));
  EXPECT_EQ(refused([&] { folder.list("some", 3); }), Code::limit);
}

TEST(Folder, IsNeverLeft) {
  const TempFolder place;
  place.write("secret", "s");
  place.write("in/some/a", "a");
  place.write("in/secret", "s");
  fs::create_symlink("../../secret", place.file("in/some/link"));
  fs::create_symlink("a", place.file("in/some/near"));
  fs::create_directory_symlink("..", place.file("in/up"));
  fs::create_directory(place.file("in/some/folder"));
  ASSERT_EQ(::mkfifo(place.file("in/some/pipe").c_str(), 0600), 0);
  const Folder folder(place.file("in"));
  for (const std::string& name :
       std::vector<std::string>{"", ".", "..", "../secret", "/etc/passwd", ".hidden", "a/b", "a\\b",
                                "é", "a b", "a\n", std::string("a\0b", 3), std::string(256, 'x')}) {
    EXPECT_FALSE(Folder::is_plain(name)) << name;
    EXPECT_EQ(refused([&] { folder.read("some", name, most); }), Code::invalid_argument) << name;
    EXPECT_EQ(refused([&] { folder.read(name, "a", most); }), Code::invalid_argument) << name;
    EXPECT_EQ(refused([&] { folder.list(name, most); }), Code::invalid_argument) << name;
  }
  for (const std::string name : {"link", "near", "folder", "pipe"}) {
    EXPECT_EQ(refused([&] { folder.read("some", name, most); }), Code::io) << name;
  }
  EXPECT_EQ(refused([&] { folder.read("up", "secret", most); }), Code::io);
  EXPECT_EQ(refused([&] { folder.list("up", most); }), Code::io);
  EXPECT_EQ(refused([&] { folder.list("secret", most); }), Code::io);
  EXPECT_THAT(folder.list("some", most), ElementsAre("a"));
}

TEST(Folder, MustBeThere) {
  const TempFolder place;
  place.write("file", "");
  EXPECT_EQ(refused([&] { Folder folder(place.file("none")); }), Code::not_found);
  EXPECT_EQ(refused([&] { Folder folder(place.file("file")); }), Code::not_found);
  EXPECT_EQ(refused([&] { Folder folder(""); }), Code::not_found);
  EXPECT_EQ(refused([&] { Folder folder(std::string(5000, 'x')); }), Code::io);
  if (::geteuid() != 0) {
    fs::create_directory(place.file("shut"));
    fs::permissions(place.file("shut"), fs::perms::none);
    EXPECT_EQ(refused([&] { Folder folder(place.file("shut")); }), Code::io);
  }
}

// The folder that was opened is the one that is read, whatever its name now stands for.
TEST(Folder, StaysTheSame) {
  const TempFolder place;
  place.write("first/some/a", "1");
  place.write("second/some/a", "2");
  Folder folder(place.file("first"));
  fs::rename(place.file("first"), place.file("third"));
  fs::rename(place.file("second"), place.file("first"));
  EXPECT_EQ(folder.read("some", "a", most), "1");
  Folder moved(std::move(folder));
  EXPECT_EQ(moved.read("some", "a", most), "1");
  moved = Folder(place.file("first"));
  EXPECT_EQ(moved.read("some", "a", most), "2");
}

TEST(Folder, GivesItsHandlesBack) {
  const TempFolder place;
  place.write("some/a", "a");
  place.write("some/big", std::string(most + 1, 'x'));
  const std::size_t before = open_handles();
  for (int i = 0; i < 20; ++i) {
    Folder folder(place.path());
    Folder other(place.path());
    other = std::move(folder);
    EXPECT_EQ(other.read("some", "a", most), "a");
    EXPECT_EQ(other.list("some", most).size(), 2U);
    refused([&] { other.read("some", "big", most); });
    refused([&] { other.list("some", 0); });
    refused([&] { other.read("some", "none", most); });
  }
  EXPECT_EQ(open_handles(), before);
}

}  // namespace
}  // namespace partnership
