// SPDX-License-Identifier: Apache-2.0
//
// partnership-verify: checks published files, and nothing else.
//
//   partnership-verify journal FILE [ROOT]
//
// Prints the number of entries and the root (64 hex digits). Exit status: 0 when all holds (and
// ROOT, if given, is the root), 1 when it does not, 2 when the command is not understood or the
// file cannot be read. FILE "-" is standard input.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "verify/journal.hpp"

namespace {

constexpr int holds = 0;
constexpr int fails = 1;
constexpr int misused = 2;

std::optional<std::string> read_file(const std::string& path) {
  if (path == "-") {
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
  }
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!file.good() && !file.eof()) return std::nullopt;
  return text;
}

int verify_journal(const std::string& path, const std::optional<partnership::Hash>& root) {
  const auto lines = read_file(path);
  if (!lines) {
    std::cerr << "partnership-verify: cannot read `" << path << "`\n";
    return misused;
  }
  try {
    const auto report = partnership::verify::verify_journal(*lines);
    std::cout << report.entries << " entries\nroot " << partnership::hex(report.root) << '\n';
    if (root && *root != report.root) {
      std::cout << "the root is not " << partnership::hex(*root) << '\n';
      return fails;
    }
    std::cout << (root ? "sound: the journal is the one with this root\n"
                       : "well-formed; compare the root with one kept elsewhere\n");
    return holds;
  } catch (const partnership::Error& error) {
    for (const auto& problem : error.problems()) {
      std::cout << "line " << problem.line << ": " << problem.message << '\n';
    }
    return fails;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const bool understood = (argc == 3 || argc == 4) && std::string_view(argv[1]) == "journal";
  std::optional<partnership::Hash> root;
  if (understood && argc == 4) root = partnership::hash_of(argv[3]);
  if (!understood || (argc == 4 && !root)) {
    std::cerr << "usage: partnership-verify journal FILE [ROOT]\n"
                 "  FILE  the published journal, a line an entry; - for standard input\n"
                 "  ROOT  the expected root, 64 hex digits\n";
    return misused;
  }
  try {
    return verify_journal(argv[2], root);
  } catch (const std::exception& exception) {
    std::cerr << "partnership-verify: " << exception.what() << '\n';
    return misused;
  }
}
