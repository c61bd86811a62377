// SPDX-License-Identifier: Apache-2.0
//
// Charters, findings, histories.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "common.hpp"

namespace pship_python {

namespace {

using pship::Charter;
using pship::FeelCase;
using pship::FeelCases;
using pship::Findings;
using pship::History;
using pship::Language;

Language language_of(std::int32_t number) {
  return static_cast<Language>(number);
}

// A column of findings, which `self` keeps alive.
template <class T>
py::array column(const py::object& self, pship::Span<const T> values) {
  return read_only(py::dtype::of<T>(), static_cast<std::int64_t>(values.size()), values.data(),
                   self);
}

void bind_findings(py::module_& module) {
  py::class_<Findings>(module, "Findings")
      .def("cases", &Findings::cases)
      .def("norms",
           [](const Findings& self) {
             py::list made;
             for (std::int32_t i = 0; i < self.norms(); ++i) made.append(to_str(self.norm(i)));
             return made;
           })
      .def(
          "outcomes",
          [](const py::object& self, std::int32_t norm) {
            return column(self, py::cast<const Findings&>(self).outcomes(norm));
          },
          py::arg("norm"))
      .def(
          "states",
          [](const py::object& self, std::int32_t norm) {
            return column(self, py::cast<const Findings&>(self).states(norm));
          },
          py::arg("norm"))
      .def(
          "dues",
          [](const py::object& self, std::int32_t norm) {
            return column(self, py::cast<const Findings&>(self).dues(norm));
          },
          py::arg("norm"))
      .def(
          "table",
          [](const Findings& self, std::int32_t language, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked([&] { return self.table(language_of(language), options); });
          },
          py::arg("language"), py::arg("options"));
}

void bind_history(py::module_& module) {
  py::class_<History>(module, "History")
      .def(
          "assess",
          [](const History& self, std::int32_t language, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked([&] { return self.assess(language_of(language), options); });
          },
          py::arg("language"), py::arg("options"))
      .def(
          "obligations",
          [](const History& self, std::int32_t language, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked([&] { return self.obligations(language_of(language), options); });
          },
          py::arg("language"), py::arg("options"))
      .def(
          "icalendar",
          [](const History& self, std::int32_t language, const py::dict& values) {
            const pship::Options options = options_from(values);
            return to_str(unlocked([&] { return self.icalendar(language_of(language), options); }));
          },
          py::arg("language"), py::arg("options"));
}

template <class Cases>
Findings assess(const Charter& charter, std::string_view kind, const Cases& cases,
                const py::dict& values) {
  const pship::Options options = options_from(values);
  return unlocked([&] { return charter.assess(kind, cases, options); });
}

}  // namespace

void bind_charter(py::module_& module) {
  bind_findings(module);
  bind_history(module);
  py::class_<Charter>(module, "Charter")
      .def(py::init([](std::string_view json, const std::vector<pship::Calendar>& calendars) {
             return unlocked([&] { return Charter::load(json, calendars); });
           }),
           py::arg("json"), py::arg("calendars"))
      .def_static("schema", [] { return to_str(Charter::schema()); })
      .def(
          "about",
          [](const Charter& self, std::int32_t language) {
            return self.about(language_of(language));
          },
          py::arg("language"))
      .def(
          "norms",
          [](const Charter& self, std::int32_t language) {
            return self.norms(language_of(language));
          },
          py::arg("language"))
      .def(
          "kinds",
          [](const Charter& self, std::int32_t language) {
            return self.kinds(language_of(language));
          },
          py::arg("language"))
      .def("hash", [](const Charter& self) { return hex(self.hash()); })
      .def("facts", &Charter::facts, py::arg("kind"))
      .def("test", [](const Charter& self) { return unlocked([&] { return self.test(); }); })
      .def("assess", &assess<FeelCase>, py::arg("kind"), py::arg("case"), py::arg("options"))
      .def("assess_all", &assess<FeelCases>, py::arg("kind"), py::arg("cases"), py::arg("options"))
      .def(
          "explain_text",
          [](const Charter& self, std::string_view kind, const FeelCase& of, std::string_view norm,
             std::int32_t language, const py::dict& values) {
            const pship::Options options = options_from(values);
            return to_str(unlocked(
                [&] { return self.explain_text(kind, of, norm, language_of(language), options); }));
          },
          py::arg("kind"), py::arg("case"), py::arg("norm"), py::arg("language"),
          py::arg("options"))
      .def(
          "explain_json",
          [](const Charter& self, std::string_view kind, const FeelCase& of, std::string_view norm,
             const py::dict& values) {
            const pship::Options options = options_from(values);
            return to_str(unlocked([&] { return self.explain_json(kind, of, norm, options); }));
          },
          py::arg("kind"), py::arg("case"), py::arg("norm"), py::arg("options"))
      .def(
          "what_if",
          [](const Charter& self, std::string_view kind, std::string_view facts,
             std::string_view changes, std::int32_t language, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked(
                [&] { return self.what_if(kind, facts, changes, language_of(language), options); });
          },
          py::arg("kind"), py::arg("facts"), py::arg("changes"), py::arg("language"),
          py::arg("options"))
      .def(
          "history",
          [](const Charter& self, std::string_view json) {
            return unlocked([&] { return self.history(json); });
          },
          py::arg("json"))
      .def(
          "compare",
          [](const Charter& self, const Charter& after, std::int32_t language) {
            return self.compare(after, language_of(language));
          },
          py::arg("after"), py::arg("language"))
      .def(
          "compare_cases",
          [](const Charter& self, const Charter& after, std::string_view kind,
             std::string_view cases, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked([&] { return self.compare_cases(after, kind, cases, options); });
          },
          py::arg("after"), py::arg("kind"), py::arg("cases"), py::arg("options"))
      .def(
          "akoma_ntoso",
          [](const Charter& self, std::int32_t language, const py::dict& values) {
            return to_str(self.akoma_ntoso(language_of(language), options_from(values)));
          },
          py::arg("language"), py::arg("options"));
}

}  // namespace pship_python
