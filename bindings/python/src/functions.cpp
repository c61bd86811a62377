// SPDX-License-Identifier: Apache-2.0
//
// Texts, dates, hashes and the verifiers that need no register.
#include <pybind11/stl.h>

#include "common.hpp"

namespace pship_python {

namespace {

std::vector<pship::Hash> hashes_from(const std::vector<std::string>& texts) {
  std::vector<pship::Hash> hashes;
  hashes.reserve(texts.size());
  for (const std::string& text : texts) hashes.push_back(pship::hash_from_hex(text));
  return hashes;
}

py::tuple verify_journal(std::string_view lines, const std::optional<std::string>& root) {
  std::optional<pship::Hash> expected;
  if (root) expected = pship::hash_from_hex(*root);
  const auto verdict = unlocked([&] { return pship::verify_journal(lines, expected); });
  return py::make_tuple(verdict.sound, verdict.entries, hex(verdict.root));
}

bool verify_inclusion(const std::string& leaf, std::int64_t position, std::int64_t size,
                      const std::vector<std::string>& proof, const std::string& root) {
  return pship::verify_inclusion(pship::hash_from_hex(leaf), position, size, hashes_from(proof),
                                 pship::hash_from_hex(root));
}

bool verify_consistency(std::int64_t first, const std::string& first_root, std::int64_t second,
                        const std::string& second_root, const std::vector<std::string>& proof) {
  return pship::verify_consistency(first, pship::hash_from_hex(first_root), second,
                                   pship::hash_from_hex(second_root), hashes_from(proof));
}

}  // namespace

void bind_functions(py::module_& module) {
  module.def("parse_date", &pship::Date::parse, py::arg("iso"));
  module.def(
      "render_date",
      [](pship::Date date, std::int32_t language) {
        return to_str(date.render(static_cast<pship::Language>(language)));
      },
      py::arg("date"), py::arg("language"));
  module.def(
      "render_period",
      [](std::string_view period, std::int32_t language) {
        return to_str(pship::render_period(period, static_cast<pship::Language>(language)));
      },
      py::arg("period"), py::arg("language"));
  module.def(
      "search_key", [](std::string_view name) { return to_str(pship::search_key(name)); },
      py::arg("name"));
  module.def(
      "canonical_json",
      [](std::string_view json) {
        return to_str(unlocked([&] { return pship::canonical_json(json); }));
      },
      py::arg("json"));
  module.def(
      "sha256",
      [](std::string_view data) { return hex(unlocked([&] { return pship::sha256(data); })); },
      py::arg("data"));
  module.def(
      "leaf_hash", [](std::string_view entry) { return hex(pship::leaf_hash(entry)); },
      py::arg("entry"));
  module.def(
      "commitment",
      [](std::string_view json, const std::string& salt) {
        const pship::Hash bytes = pship::hash_from_hex(salt);
        return hex(unlocked([&] { return pship::commitment(json, bytes); }));
      },
      py::arg("json"), py::arg("salt"));

  module.def("describe_options", &pship::Options::describe);
  module.def("queries", &pship::Platform::queries);
  module.def("kinds", &pship::Platform::kinds);

  module.def("verify_journal", verify_journal, py::arg("lines"), py::arg("root"));
  module.def("verify_inclusion", verify_inclusion, py::arg("leaf"), py::arg("position"),
             py::arg("size"), py::arg("proof"), py::arg("root"));
  module.def("verify_consistency", verify_consistency, py::arg("first"), py::arg("first_root"),
             py::arg("second"), py::arg("second_root"), py::arg("proof"));
}

}  // namespace pship_python
