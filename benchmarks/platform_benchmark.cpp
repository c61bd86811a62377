// SPDX-License-Identifier: Apache-2.0
//
// The register against the bare minimum: SQLite inserting and committing the same bytes, and
// SHA-256 over them. Each pair runs in the same program, so that the figures are of one machine and
// moment.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "platform/register.hpp"

namespace {

using partnership::Options;
using partnership::platform::Register;

// Beside the build, on a real disk: /tmp may be memory.
class Folder {
 public:
  Folder() : path_(std::filesystem::current_path() / "pship-benchmark") {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directory(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string claim(std::int64_t number) {
  const std::string n = std::to_string(number);
  return R"({"kind":"claim.made","effective":"2019-12-04","recorded":"2026-11-23T10:00:00Z",)"
         R"("actor":"benchmark","public":{"id":"claim.)" +
         n + R"(","subject":"phase.3","property":{"en":"projects funded"},"value":)" + n +
         R"(,"standing":"read","sources":["http://example.org/page?article=)" + n + R"("]}})";
}

std::string body(std::int64_t number) {
  const std::string n = std::to_string(number);
  return R"({"kind":"body.registered","effective":"2010-01-01","recorded":"2026-11-23T10:00:00Z",)"
         R"("actor":"benchmark","public":{"id":"body.)" +
         n + R"(","name":{"en":"Association )" + n + R"(","ar":"جمعية )" + n +
         R"("},"side":"civil_society","form":"cso","sectors":["social"]}})";
}

// Both sides alternate event by event, so that a disk that is busy for a while is so for both. The
// counters give events a second of each, and their ratio.
void BM_DurableAppend(benchmark::State& state) {
  const Folder folder;
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

void import(benchmark::State& state, std::string (*make)(std::int64_t)) {
  constexpr std::int64_t in_batch = 2000;
  const Folder folder;
  Register reg(folder.file("register.db"), {});
  std::int64_t number = 0;
  for (auto _ : state) {
    state.PauseTiming();
    std::string batch = "[";
    for (std::int64_t i = 0; i < in_batch; ++i) {
      if (i != 0) batch += ',';
      batch += make(number++);
    }
    batch += ']';
    state.ResumeTiming();
    reg.record(batch);
  }
  state.SetItemsProcessed(number);
}
void BM_ImportClaims(benchmark::State& state) {
  import(state, claim);
}
void BM_ImportBodies(benchmark::State& state) {
  import(state, body);
}
BENCHMARK(BM_ImportClaims)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_ImportBodies)->Unit(benchmark::kMillisecond)->UseRealTime();

constexpr std::int64_t verified = 20000;

Register& filled() {
  static Register reg(":memory:", {});
  if (reg.size() == 0) {
    std::string batch = "[" + claim(0);
    for (std::int64_t i = 1; i < verified; ++i) batch += "," + claim(i);
    reg.record(batch + "]");
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
