// SPDX-License-Identifier: Apache-2.0
//
// Runs a fuzz harness over its corpus as an ordinary test, with any compiler: every file as it is,
// cut short at many lengths, and with bytes changed by a generator that always starts alike. It
// looks for no new paths; libFuzzer does that.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t cuts = 64;     // lengths a file is cut to
constexpr std::size_t changes = 64;  // copies of a file with up to four bytes changed

// The harness gets a block of exactly `size` bytes, so that a sanitizer sees one read too many.
void run(const Bytes& bytes, std::size_t size) {
  const Bytes exact(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

// SplitMix64 (Steele, Lea, Flood 2014), for its shortness.
std::uint64_t next(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

std::size_t replay(const Bytes& bytes) {
  std::size_t runs = 1;
  run(bytes, bytes.size());
  const std::size_t step = std::max<std::size_t>(1, bytes.size() / cuts);
  for (std::size_t size = 0; size < bytes.size(); size += step, ++runs) run(bytes, size);
  if (bytes.empty()) return runs;
  std::uint64_t state = bytes.size();
  for (std::size_t i = 0; i < changes; ++i, ++runs) {
    Bytes changed = bytes;
    for (std::uint64_t left = 1 + next(state) % 4; left > 0; --left) {
      changed[next(state) % changed.size()] = static_cast<std::uint8_t>(next(state));
    }
    run(changed, changed.size());
  }
  return runs;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::size_t runs = 0;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    runs += replay(Bytes(std::istreambuf_iterator<char>(stream), {}));
  }
  std::printf("%zu files, %zu runs\n", files.size(), runs);
  return files.empty() ? 1 : 0;  // an empty corpus tests nothing
}
