// SPDX-License-Identifier: Apache-2.0
//
// Calendars, criteria, nominees and checks: immutable, so that any thread may use them.
#include <pybind11/stl.h>

#include "common.hpp"

namespace pship_python {

namespace {

pship::Language language_of(std::int32_t language) {
  return static_cast<pship::Language>(language);  // the library refuses what is none
}

pship::Check check(const pship::Criteria& criteria, const pship::Nominees& nominees,
                   const std::optional<std::vector<std::string>>& members, pship::Date on) {
  return unlocked([&] {
    return members ? criteria.check(nominees, *members, on) : criteria.check(nominees, on);
  });
}

}  // namespace

void bind_documents(py::module_& module) {
  py::class_<pship::Calendar>(module, "Calendar")
      .def(py::init([](std::string_view json) {
             return unlocked([&] { return pship::Calendar::load(json); });
           }),
           py::arg("json"))
      .def_static("schema", [] { return to_str(pship::Calendar::schema()); })
      .def("is_working_day", &pship::Calendar::is_working_day, py::arg("day"))
      .def("working_days_between", &pship::Calendar::working_days_between, py::arg("start"),
           py::arg("end"))
      .def("add_working_days", &pship::Calendar::add_working_days, py::arg("day"), py::arg("n"))
      .def("holidays", &pship::Calendar::holidays);

  module.def(
      "packs_list",
      [](std::string_view folder) { return unlocked([&] { return pship::Packs(folder).list(); }); },
      py::arg("folder"));
  module.def(
      "packs_text",
      [](std::string_view folder, std::string_view name) {
        return to_str(unlocked([&] { return pship::Packs(folder).text(name); }));
      },
      py::arg("folder"), py::arg("name"));

  py::class_<pship::Nominees>(module, "Nominees")
      .def(py::init([](const pship::Table& table, const py::dict& values) {
             const pship::Options options = options_from(values);
             return unlocked([&] { return pship::Nominees(table, options); });
           }),
           py::arg("table"), py::arg("options"))
      .def_static(
          "of_respondents",
          [](std::string_view csv, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked([&] { return pship::Nominees::of_respondents(csv, options); });
          },
          py::arg("csv"), py::arg("options"))
      .def("count", &pship::Nominees::count)
      .def("hash", [](const pship::Nominees& self) { return hex(self.hash()); });

  py::class_<pship::Check>(module, "Check")
      .def("outcome",
           [](const pship::Check& self) { return static_cast<std::int32_t>(self.outcome()); })
      .def(
          "criteria",
          [](const pship::Check& self, std::int32_t language) {
            return unlocked([&] { return self.criteria(language_of(language)); });
          },
          py::arg("language"))
      .def("counts",
           [](const pship::Check& self) { return unlocked([&] { return self.counts(); }); })
      .def("unmet",
           [](const pship::Check& self) { return unlocked([&] { return self.unmet(); }); });

  py::class_<pship::Criteria>(module, "Criteria")
      .def(py::init([](std::string_view json) {
             return unlocked([&] { return pship::Criteria::load(json); });
           }),
           py::arg("json"))
      .def_static("schema", [] { return to_str(pship::Criteria::schema()); })
      .def_static(
          "of_categories",
          [](std::string_view csv, const py::dict& values) {
            const pship::Options options = options_from(values);
            return to_str(unlocked([&] { return pship::Criteria::of_categories(csv, options); }));
          },
          py::arg("csv"), py::arg("options"))
      .def("table", &pship::Criteria::table)
      .def("hash", [](const pship::Criteria& self) { return hex(self.hash()); })
      .def("check", check, py::arg("nominees"), py::arg("members"), py::arg("on"));
}

}  // namespace pship_python
