// SPDX-License-Identifier: Apache-2.0
//
// From a lottery to a drawn committee, and what somebody does who checks it, on one thread. The
// lotteries are of the pools that lie beside the project, and made before the clock starts.
// Promised: 1,000 equal panels from a pool of 2,000 nominees in well below a second.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include "base/json.hpp"
#include "committee/draw.hpp"
#include "committee/lottery_certificate.hpp"
#include "committee/lottery_tools.hpp"
#include "committee/replace.hpp"
#include "committee/uniform.hpp"
#include "verify/certificate.hpp"
#include "verify/draw.hpp"

namespace {

using namespace partnership;

struct Made {
  test::Pool pool;
  Lottery lottery;
  std::string certificate;
};

// Null where the pool is not there or has no lottery.
const Made* made_of(const std::string& name) {
  static std::map<std::string, std::unique_ptr<Made>> all;
  const auto [at, fresh] = all.try_emplace(name);
  const auto folder = test::pools_folder() / name;
  if (!fresh || !std::filesystem::exists(folder)) return at->second.get();
  auto made = std::make_unique<Made>();
  made->pool = test::read_pool(folder);
  made->lottery = compose_lottery(made->pool.model, {});
  if (made->lottery.panels.empty()) return nullptr;
  const Hash hash = sha256(name);
  made->certificate =
      lottery_certificate(made->pool.model, made->lottery, {hash, hash, made->pool.ids});
  at->second = std::move(made);
  return at->second.get();
}

// Gives null, and says so, where there is nothing to measure.
const Made* begin(benchmark::State& state, const char* name) {
  const Made* const made = made_of(name);
  if (made == nullptr) state.SkipWithError("the pool is not there, or has no lottery");
  return made;
}

void equal_panels(benchmark::State& state, const char* name) {
  const Made* const made = begin(state, name);
  if (made == nullptr) return;
  UniformLottery uniform;
  for (auto _ : state) uniform = make_uniform(made->pool.model, made->lottery);
  state.counters["types"] = static_cast<double>(made->pool.model.types.size());
  state.counters["seats_off"] = uniform.deviation.approximate() * 1000;
  state.counters["lost"] = static_cast<double>(uniform.lost.size());
}

std::string panels_of(const Made& made) {
  const auto certificate = json::Document::parse(made.certificate);
  return panels_document(make_uniform(made.pool.model, made.lottery), made.pool.ids,
                         sha256(json::canonical(certificate->root())));
}

void draw(benchmark::State& state, const char* name) {
  const Made* const made = begin(state, name);
  if (made == nullptr) return;
  const std::string panels = panels_of(*made);
  for (auto _ : state) benchmark::DoNotOptimize(draw_document(panels, "a seed"));
}

void check_draw(benchmark::State& state, const char* name) {
  const Made* const made = begin(state, name);
  if (made == nullptr) return;
  const std::string result = draw_document(panels_of(*made), "a seed");
  verify::DrawWanted wanted;
  wanted.certificate = made->certificate;
  bool sound = true;
  for (auto _ : state) sound = verify::verify_draw(result, wanted).sound && sound;
  if (!sound) state.SkipWithError("not sound");
}

void check_certificate(benchmark::State& state, const char* name) {
  const Made* const made = begin(state, name);
  if (made == nullptr) return;
  auto verdict = verify::CertificateReport::Verdict::refused;
  for (auto _ : state) verdict = verify::verify_certificate(made->certificate).verdict;
  state.counters["bytes"] = static_cast<double>(made->certificate.size());
  if (verdict == verify::CertificateReport::Verdict::refused) state.SkipWithError("refused");
}

void number(benchmark::State& state) {
  const Hash hash = sha256("a document");
  for (auto _ : state) benchmark::DoNotOptimize(draw_number(hash, "a seed", 1000));
}

// Of the committee that is found first in a pool.
struct Seated {
  test::Pool pool;
  std::vector<std::uint32_t> members;
};

const Seated* seated_of(benchmark::State& state, const std::string& name) {
  static std::map<std::string, Seated> all;
  const auto [at, fresh] = all.try_emplace(name);
  const auto folder = test::pools_folder() / name;
  if (fresh && std::filesystem::exists(folder)) {
    at->second.pool = test::read_pool(folder);
    at->second.members = fewest_changes(at->second.pool.model, {}).members;
  }
  if (!at->second.members.empty()) return &at->second;
  state.SkipWithError("the pool is not there, or has no committee");
  return nullptr;
}

void replacements(benchmark::State& state, const char* name) {
  const Seated* const seated = seated_of(state, name);
  if (seated == nullptr) return;
  const Departure departure{seated->members, {seated->members.front()}, {}};
  Replacements found;
  for (auto _ : state) found = find_replacements(seated->pool.model, departure);
  state.counters["candidates"] = static_cast<double>(found.candidates.size());
}

void changes(benchmark::State& state, const char* name) {
  const Seated* const seated = seated_of(state, name);
  if (seated == nullptr) return;
  const Departure departure{seated->members, {seated->members.front()}, {}};
  Changes found;
  for (auto _ : state) found = fewest_changes(seated->pool.model, departure);
  state.counters["leave"] = static_cast<double>(found.leave.size());
  state.counters["nodes"] = static_cast<double>(found.nodes);
  if (found.status != LotteryStatus::proved) state.SkipWithError("not proved");
}

void alternates(benchmark::State& state, const char* name) {
  const Seated* const seated = seated_of(state, name);
  if (seated == nullptr) return;
  AlternatesRequest request;
  request.count = 10;
  Alternates chosen;
  for (auto _ : state) chosen = choose_alternates(seated->pool.model, seated->members, request);
  state.counters["members"] = static_cast<double>(seated->members.size());
  state.counters["covered"] = static_cast<double>(chosen.covered);
  state.counters["possible"] = static_cast<double>(chosen.possible);
  state.counters["proved"] = chosen.status == LotteryStatus::proved ? 1 : 0;
}

template <class Function>
void of_pool(const char* what, Function function, const char* name) {
  benchmark::RegisterBenchmark((std::string(what) + "/" + name).c_str(), function, name)
      ->Unit(benchmark::kMillisecond);
}

[[maybe_unused]] const bool registered = [] {
  for (const char* name : {"sf_fixture_22", "example_large_200", "synth_cca_75"}) {
    of_pool("equal_panels", equal_panels, name);
  }
  of_pool("equal_panels", equal_panels, "peerbench_750_112");
  of_pool("draw", draw, "peerbench_750_112");
  of_pool("check_draw", check_draw, "peerbench_750_112");
  of_pool("check_certificate", check_certificate, "peerbench_750_112");
  benchmark::RegisterBenchmark("number", number);
  of_pool("replacements", replacements, "synth_sf_e_110");
  of_pool("changes", changes, "synth_sf_e_110");
  of_pool("alternates", alternates, "synth_cca_75");
  of_pool("alternates", alternates, "synth_sf_e_110");
  if (std::getenv("PSHIP_LONG") == nullptr) return true;  // its lottery takes seconds
  of_pool("equal_panels", equal_panels, "synth_sf_e_110");
  of_pool("check_certificate", check_certificate, "synth_sf_e_110");
  return true;
}();

}  // namespace
