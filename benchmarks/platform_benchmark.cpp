// SPDX-License-Identifier: Apache-2.0
//
// The register against the bare minimum: SQLite inserting and committing the same bytes, and
// SHA-256 over them. Each pair runs in the same program, so that the figures are of one machine and
// moment.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "platform/register.hpp"
#include "programme.hpp"

namespace {

using partnership::Options;
using partnership::benchmarks::batch;
using partnership::benchmarks::claim;
using partnership::benchmarks::Folder;
using partnership::platform::Register;

// Both sides alternate event by event, so that a disk that is busy for a while is so for both. The
// counters give events a second of each, and their ratio.
void BM_DurableAppend(benchmark::State& state) {
  const Folder folder("pship-benchmark");
  Register reg(folder.file("register.db"), {});
  SQLite::Database bare(folder.file("bare.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  bare.exec("PRAGMA journal_mode = WAL");
  bare.exec("PRAGMA synchronous = FULL");
  bare.exec("CREATE TABLE entry (position INTEGER PRIMARY KEY, bytes TEXT) STRICT");
  SQLite::Statement insert(bare, "INSERT INTO entry (bytes) VALUES (?)");
  using Clock = std::chrono::steady_clock;
  std::chrono::duration<double> ours{}, theirs{};
  std::int64_t number = 0;
  for (auto _ : state) {
    const std::string event = claim(number);
    const auto start = Clock::now();
    reg.record(event);
    const auto middle = Clock::now();
    const std::string bytes = reg.entry(number);
    const auto again = Clock::now();
    bare.exec("BEGIN IMMEDIATE");
    insert.reset();
    insert.bindNoCopy(1, bytes);
    insert.exec();
    bare.exec("COMMIT");
    theirs += Clock::now() - again;
    ours += middle - start;
    ++number;
  }
  state.counters["register_per_s"] = static_cast<double>(number) / ours.count();
  state.counters["bare_per_s"] = static_cast<double>(number) / theirs.count();
  state.counters["ratio"] = theirs.count() / ours.count();
}
BENCHMARK(BM_DurableAppend)->Unit(benchmark::kMicrosecond)->UseRealTime();

constexpr std::int64_t verified = 20000;

Register& filled() {
  static Register reg(":memory:", {});
  if (reg.size() == 0) {
    reg.record(batch(claim, 0, verified));
  }
  return reg;
}

void verify(benchmark::State& state, bool tables) {
  Register& reg = filled();
  const auto bytes = static_cast<std::int64_t>(reg.export_lines().size()) - verified;
  Options options;
  options.set("tables", tables);
  for (auto _ : state) benchmark::DoNotOptimize(reg.verify(options).size());
  state.SetBytesProcessed(state.iterations() * bytes);
}
void BM_VerifyJournal(benchmark::State& state) {
  verify(state, false);
}
void BM_VerifyWithTables(benchmark::State& state) {
  verify(state, true);
}
BENCHMARK(BM_VerifyJournal)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_VerifyWithTables)->Unit(benchmark::kMillisecond);

// The floor of the two above: hashing the same entries one by one.
void BM_BareSha256(benchmark::State& state) {
  Register& reg = filled();
  std::vector<std::string> entries;
  std::int64_t bytes = 0;
  for (std::int64_t i = 0; i < verified; ++i) {
    entries.push_back(reg.entry(i));
    bytes += static_cast<std::int64_t>(entries.back().size());
  }
  for (auto _ : state) {
    for (const std::string& entry : entries) {
      benchmark::DoNotOptimize(partnership::sha256(entry));
    }
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}
BENCHMARK(BM_BareSha256)->Unit(benchmark::kMillisecond);

void BM_Rebuild(benchmark::State& state) {
  Register& reg = filled();
  for (auto _ : state) reg.rebuild();
  state.SetItemsProcessed(state.iterations() * verified);
}
BENCHMARK(BM_Rebuild)->Unit(benchmark::kMillisecond);

}  // namespace
