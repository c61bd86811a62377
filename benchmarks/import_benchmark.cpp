// SPDX-License-Identifier: Apache-2.0
//
// Import: events recorded in batches of 1 to 20,000, each batch a durable transaction; and growth:
// what opening a register and appending to it cost when it holds many events already. The counters
// give events a second by the clock on the wall, which includes waiting for the disk, and by the
// processor's.
#include <benchmark/benchmark.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>

#include "base/hash.hpp"
#include "platform/register.hpp"
#include "programme.hpp"

namespace {

using partnership::benchmarks::batch;
using partnership::benchmarks::Folder;
using partnership::benchmarks::Programme;
using partnership::platform::Register;

// Seconds of the processor that this process has used, the kernel's work for it included.
double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Sums up what `work` takes on both clocks.
class Clocks {
 public:
  template <class Work>
  double measure(Work&& work) {
    const double processor = processor_seconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    processor_ += processor_seconds() - processor;
    wall_ += took.count();
    return took.count();
  }

  void report(benchmark::State& state, std::int64_t events) const {
    state.counters["events_per_s"] = static_cast<double>(events) / wall_;
    state.counters["events_per_cpu_s"] = static_cast<double>(events) / processor_;
  }

 private:
  double wall_ = 0;
  double processor_ = 0;
};

void import_in_batches(benchmark::State& state, Programme programme) {
  const std::int64_t in_batch = state.range(0);
  const Folder folder("pship-import");
  Register reg(folder.file("register.db"), {});
  Clocks clocks;
  std::int64_t number = 0;
  for (auto _ : state) {
    const std::string events = batch(programme, number, in_batch);
    state.SetIterationTime(clocks.measure([&] { reg.record(events); }));
    number += in_batch;
  }
  clocks.report(state, number);
}

void BM_ImportClaims(benchmark::State& state) {
  import_in_batches(state, partnership::benchmarks::claim);
}
void BM_ImportBodies(benchmark::State& state) {
  import_in_batches(state, partnership::benchmarks::body);
}
void BM_ImportMixed(benchmark::State& state) {
  import_in_batches(state, partnership::benchmarks::mixed);
}

void sizes(benchmark::internal::Benchmark* of) {
  of->Arg(1)->Arg(100)->Arg(2000)->Arg(20000)->Unit(benchmark::kMillisecond)->UseManualTime();
}
BENCHMARK(BM_ImportClaims)->Apply(sizes);
BENCHMARK(BM_ImportBodies)->Apply(sizes);
BENCHMARK(BM_ImportMixed)->Apply(sizes);

// ---- growth

// A register of `events` mixed events, made once a program.
const std::string& grown(std::int64_t events) {
  struct Grown {
    std::unique_ptr<Folder> folder;
    std::string path;
  };
  static std::map<std::int64_t, Grown> all;
  Grown& one = all[events];
  if (one.folder == nullptr) {
    one.folder = std::make_unique<Folder>(("pship-grown-" + std::to_string(events)).c_str());
    one.path = one.folder->file("register.db");
    Register reg(one.path, {});
    constexpr std::int64_t in_batch = 20000;
    for (std::int64_t at = 0; at < events; at += in_batch) {
      reg.record(batch(partnership::benchmarks::mixed, at, std::min(in_batch, events - at)));
    }
  }
  return one.path;
}

// Opening, and the root of the whole journal, which needs the tree.
void BM_Open(benchmark::State& state) {
  const std::string& path = grown(state.range(0));
  Clocks clocks;
  for (auto _ : state) {
    std::unique_ptr<Register> reg;
    state.SetIterationTime(clocks.measure([&] {
      reg = std::make_unique<Register>(path, partnership::Options());
      benchmark::DoNotOptimize(reg->root(-1));
    }));
    if (reg->size() < state.range(0)) state.SkipWithError("the register is not whole");
  }
}

// A durable event after so many, and a batch of 2,000.
void append(benchmark::State& state, std::int64_t in_batch) {
  Register reg(grown(state.range(0)), {});
  // The last block begins anew, so that ids do not repeat.
  static std::int64_t next = std::int64_t{1} << 40U;
  Clocks clocks;
  std::int64_t number = 0;
  for (auto _ : state) {
    const std::string events = batch(partnership::benchmarks::claim, next, in_batch);
    next += in_batch;
    state.SetIterationTime(clocks.measure([&] { reg.record(events); }));
    number += in_batch;
  }
  clocks.report(state, number);
}
void BM_AppendToGrown(benchmark::State& state) {
  append(state, 1);
}
void BM_ImportToGrown(benchmark::State& state) {
  append(state, 2000);
}

// A million events take a gigabyte and some ten seconds to make.
void growth(benchmark::internal::Benchmark* of) {
  of->Arg(1000)->Arg(20000)->UseManualTime();
  const char* take_time = std::getenv("PSHIP_LONG");
  if (take_time != nullptr && *take_time != '\0') of->Arg(1000000);
}
BENCHMARK(BM_Open)->Apply(growth)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_AppendToGrown)->Apply(growth)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ImportToGrown)->Apply(growth)->Unit(benchmark::kMillisecond);

}  // namespace
