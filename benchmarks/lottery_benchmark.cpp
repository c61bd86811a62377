// SPDX-License-Identifier: Apache-2.0
//
// Lotteries over committees, on one thread: the pools that lie beside the project, and pools made
// here, as nominees grow (with categories as they are) and as types grow (with more of them).
// Promised: synth_sf_e_110 at most 10 s, synth_cca_75 at most 1 s, example_large_200 at most 20 ms,
// sf_fixture_22 at most 100 ms, peerbench_750_112 at most 500 ms.
//
// `peak_mb` is how much the process's largest memory grew over what it had before the first call.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <fstream>
#include <random>
#include <string>

#include "committee/lottery_certificate.hpp"
#include "committee/lottery_seating.hpp"
#include "committee/lottery_tools.hpp"
#include "verify/certificate.hpp"

namespace {

using namespace partnership;

// Of this process, in kB, as the kernel has it; 0 where it does not say.
double status_of(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind(name, 0) == 0) return std::stod(line.substr(name.size() + 1));
  }
  return 0;
}

class Peak {
 public:
  Peak() {
    malloc_trim(0);                               // what was freed before goes back first
    std::ofstream("/proc/self/clear_refs") << 5;  // the largest memory begins anew
    before_ = status_of("VmRSS");
  }
  double megabytes() const { return (status_of("VmHWM") - before_) / 1024; }

 private:
  double before_;
};

void compose(benchmark::State& state, const PanelModel& model, LotteryKind kind) {
  LotteryRequest request;
  request.kind = kind;
  const Peak peak;
  Lottery lottery;
  for (auto _ : state) lottery = compose_lottery(model, request);
  if (lottery.status != LotteryStatus::proved && lottery.status != LotteryStatus::infeasible) {
    state.SkipWithError("not proved");
    return;
  }
  state.counters["peak_mb"] = peak.megabytes();
  state.counters["types"] = static_cast<double>(model.types.size());
  state.counters["panels"] = static_cast<double>(lottery.panels.size());
  state.counters["levels"] = static_cast<double>(lottery.levels.size());
}

// Nominees who have one of some values in each category, by chance and not equally often. Quotas
// are what a hidden panel has, give or take one: so there is a committee.
PanelModel made_pool(std::uint32_t nominees, std::int64_t size, std::uint32_t categories,
                     std::uint32_t values) {
  std::mt19937_64 random(nominees + 1000 * categories);
  PanelModel model;
  model.nominees = nominees;
  model.rows.push_back({size, size, {}, "size"});
  for (std::uint32_t i = 0; i < categories * values; ++i) {
    model.rows.push_back({0, 0, {}, "value " + std::to_string(i)});
  }
  std::map<std::vector<std::uint32_t>, std::size_t> types;
  std::vector<std::vector<std::uint32_t>> rows_of;
  for (std::uint32_t i = 0; i < nominees; ++i) {
    std::vector<std::uint32_t> rows{0};
    for (std::uint32_t c = 0; c < categories; ++c) {
      const auto value = static_cast<std::uint32_t>(std::min(random() % values, random() % values));
      rows.push_back(1 + c * values + value);
      if (i < size) ++model.rows[rows.back()].lower;
    }
    const auto [at, fresh] = types.emplace(rows, model.types.size());
    if (fresh) {
      model.types.emplace_back();
      rows_of.push_back(rows);
    }
    model.types[at->second].push_back(i);
  }
  for (std::size_t i = 1; i < model.rows.size(); ++i) {
    model.rows[i].upper = model.rows[i].lower + 1;
    model.rows[i].lower = std::max<std::int64_t>(0, model.rows[i].lower - 1);
  }
  for (std::uint32_t t = 0; t < model.types.size(); ++t) {
    model.columns.push_back({0, static_cast<std::int64_t>(model.types[t].size())});
    for (const std::uint32_t row : rows_of[t]) model.rows[row].terms.push_back({t, 1});
  }
  return model;
}

void nominees_grow(benchmark::State& state) {
  const auto nominees = static_cast<std::uint32_t>(state.range(0));
  compose(state, made_pool(nominees, 40, 4, 4), LotteryKind::leximin);
}
BENCHMARK(nominees_grow)
    ->ArgName("nominees")
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Unit(benchmark::kMillisecond);

void types_grow(benchmark::State& state) {
  const auto nominees = static_cast<std::uint32_t>(state.range(0));
  compose(state, made_pool(nominees, 60, 7, 4), LotteryKind::leximin);
}
BENCHMARK(types_grow)
    ->ArgName("nominees")
    ->RangeMultiplier(2)
    ->Range(125, 2000)
    ->Unit(benchmark::kMillisecond);

void seat_nominees(benchmark::State& state) {
  const auto nominees = static_cast<std::uint32_t>(state.range(0));
  const PanelModel model = made_pool(nominees, 40, 4, 4);
  const Lottery lottery = compose_lottery(model, {});
  std::size_t panels = 0;
  for (auto _ : state) {
    const Seating seating(model, lottery);
    panels = 0;
    seating.each([&](const SeatedPanel&) { ++panels; });
  }
  state.counters["panels"] = static_cast<double>(panels);
}
BENCHMARK(seat_nominees)->ArgName("nominees")->Arg(10'000)->Unit(benchmark::kMillisecond);

// A benchmark for each pool that is there; of the largest one also what follows.
[[maybe_unused]] const bool registered = [] {
  if (!std::filesystem::is_directory(test::pools_folder())) return false;
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(test::pools_folder())) {
    if (std::filesystem::exists(entry.path() / "criteria.csv")) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  for (const auto& folder : folders) {
    const std::string name = folder.filename().string();
    const auto add = [&](const std::string& objective, LotteryKind kind) {
      benchmark::RegisterBenchmark(("pool_" + objective + "/" + name).c_str(),
                                   [folder, kind](benchmark::State& state) {
                                     compose(state, test::read_pool(folder).model, kind);
                                   })
          ->Unit(benchmark::kMillisecond);
    };
    add("leximin", LotteryKind::leximin);
    add("nash", LotteryKind::nash);
    if (name != "synth_sf_e_110") continue;
    benchmark::RegisterBenchmark(("certificate/" + name).c_str(), [folder](
                                                                      benchmark::State& state) {
      const test::Pool pool = test::read_pool(folder);
      const Lottery lottery = compose_lottery(pool.model, {});
      std::string text;
      for (auto _ : state) text = lottery_certificate(pool.model, lottery, {{}, {}, pool.ids});
      state.counters["bytes"] = static_cast<double>(text.size());
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("verify/" + name).c_str(), [folder](benchmark::State& state) {
      const test::Pool pool = test::read_pool(folder);
      const std::string text =
          lottery_certificate(pool.model, compose_lottery(pool.model, {}), {{}, {}, pool.ids});
      for (auto _ : state) benchmark::DoNotOptimize(verify::verify_certificate(text));
    })->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
