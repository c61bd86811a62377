// SPDX-License-Identifier: Apache-2.0
//
// How long it takes to load the charters that ship, all of them or one.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "charter/charter.hpp"
#include "packs/packs.hpp"

namespace {

using namespace partnership;

std::vector<std::string> charters() {
  std::vector<std::string> out;
  for (const Packs::Entry& entry : Packs().list()) {
    if (entry.kind == "charters") out.push_back(entry.name);
  }
  return out;
}

void load_all_packs(benchmark::State& state) {
  const std::vector<std::string> names = charters();
  std::size_t norms = 0, bytes = 0;
  for (auto _ : state) {
    norms = bytes = 0;
    for (const std::string& name : names) {
      const auto charter = charter::Charter::load(pack(name));
      norms += charter->versions().size();
      bytes += pack(name).size();
    }
    benchmark::DoNotOptimize(norms);
  }
  state.counters["charters"] = static_cast<double>(names.size());
  state.counters["versions"] = static_cast<double>(norms);
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(load_all_packs)->Unit(benchmark::kMillisecond);

void load_one_pack(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(charter::Charter::load(pack("charters/afkar.json")));
  }
}
BENCHMARK(load_one_pack)->Unit(benchmark::kMillisecond);

}  // namespace
