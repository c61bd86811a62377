// SPDX-License-Identifier: Apache-2.0
//
// A user's C++17 program over the owner types: the same as main.c.
#include <cstdio>
#include <partnership/partnership.hpp>

int main() {
  if (pship::version() != PSHIP_VERSION || pship::abi() != PSHIP_ABI) return 1;
  std::puts(pship::Date::from_ymd(2018, 8, 27).iso().c_str());
  try {
    pship::Date::from_ymd(2018, 2, 30);
  } catch (const pship::Error& error) {
    return error.code() == PSHIP_INVALID_ARGUMENT ? 0 : 2;
  }
  return 3;
}
