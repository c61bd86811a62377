// SPDX-License-Identifier: Apache-2.0
//
// A register's working day, step by step, for tests that end it at any moment: events one by one
// and in batches, an erasure, the tables made anew, and the register closed and opened again.
#pragma once

#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fault/calls.hpp"

namespace fault {

class Work {
 public:
  using Platform = Owned<pship_platform>;
  // A step answers a status; a new handle may take the place of the one it is given.
  using Step = std::function<pship_status(Platform&)>;

  // Opens the register at `path` at its first step, and again.
  explicit Work(const std::string& path, const pship_options* options = nullptr) {
    using namespace pship_testing;
    const Step open = [path, options](Platform& platform) {
      platform.reset();
      pship_platform* out = nullptr;
      const pship_status status = pship_platform_open(path.c_str(), options, &out, nullptr);
      platform.reset(out);
      return status;
    };
    const std::vector<std::string> first = small_programme();
    std::vector<std::string> rest(first.begin() + 4, first.end());
    std::vector<std::string> many;
    for (int i = 0; i < 40; ++i) many.push_back(body("many-" + std::to_string(i)));
    steps_.push_back(open);
    for (std::size_t i = 0; i < 4; ++i) recording(first[i]);
    recording(batch(rest));
    recording(erasure(personal_position));
    recording(person("q", "Samir"));
    steps_.push_back(open);
    recording(batch(many));
    steps_.push_back(
        [](Platform& platform) { return pship_platform_rebuild(platform.get(), nullptr); });
    recording(body("last"));
    steps_.push_back([](Platform& platform) {
      platform.reset();
      return PSHIP_OK;
    });
  }

  // Does step by step from `from` on and says how many are done, until one fails.
  template <class Say>
  pship_status run(const Say& say, std::size_t from = 0) const {
    Platform platform;
    if (from > 0) steps_[0](platform);
    for (std::size_t i = from; i < steps_.size(); ++i) {
      const pship_status status = steps_[i](platform);
      if (status != PSHIP_OK) return status;
      say(static_cast<std::int64_t>(i) + 1);
    }
    return PSHIP_OK;
  }

  std::size_t size() const { return steps_.size(); }

  // What the register holds before the first step and after each; does them all.
  std::vector<std::string> states() const {
    std::vector<std::string> out = {state_of(pship_testing::open_register(":memory:").get())};
    Platform platform;
    for (const Step& step : steps_) {
      if (step(platform) != PSHIP_OK) std::abort();
      out.push_back(platform == nullptr ? out.back() : state_of(platform.get()));
    }
    return out;
  }

 private:
  void recording(const std::string& json) {
    steps_.push_back(
        [json](Platform& platform) { return pship_testing::record(platform.get(), json); });
  }
  std::vector<Step> steps_;
};

}  // namespace fault
