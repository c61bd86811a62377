// SPDX-License-Identifier: Apache-2.0
// One case, one law, one finding: in C++.   c++ -std=c++17 assess.cpp $(pkg-config --cflags --libs
// partnership)
#include <iostream>
#include <partnership/partnership.hpp>

int main() {
  const pship::Text law = pship::Packs().text("charters/lebanon-28-2017.json");
  const auto charter = pship::Charter::load(law);
  const auto request = charter.facts("request").read_case(
      R"({"registered on": "2018-01-25", "answered on": null, "extended": false})");
  pship::Options options;
  options.set("on", pship::Date::parse("2018-02-10"));
  std::cout << charter.explain_text("request", request, "answer", pship::Language::ar, options);
}
