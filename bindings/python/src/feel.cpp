// SPDX-License-Identifier: Apache-2.0
//
// FEEL: sets of expressions, cases, and their values as Python objects and back. What the standard
// types of Python cannot hold exactly is made and read by partnership/feel/_values.py.
#include <pybind11/stl.h>

#include "common.hpp"

namespace pship_python {

namespace {

using pship::Feel;
using pship::FeelBuilder;
using pship::FeelCase;
using pship::FeelCases;
using pship::Value;
using Name = FeelBuilder::Name;

py::object helper(const char* name) {
  return py::module_::import("partnership.feel._values").attr(name);
}

// ---- values to Python

py::object number_object(const Value& value) {
  if (const auto whole = value.integer()) return py::int_(*whole);
  const pship::Text text = value.text();
  const std::string_view digits = text;
  if (digits.find_first_of(".E") == std::string_view::npos) {
    PyObject* made = PyLong_FromString(text.c_str(), nullptr, 10);
    if (made == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(made);
  }
  return helper("Decimal")(to_str(digits));
}

py::object object_of(const Value& value);

py::object list_object(const Value& value) {
  py::list made(static_cast<std::size_t>(value.size()));
  for (std::int64_t i = 0; i < value.size(); ++i) {
    made[static_cast<std::size_t>(i)] = object_of(value[i]);
  }
  return std::move(made);
}

py::object context_object(const Value& value) {
  py::dict made;
  for (std::int64_t i = 0; i < value.size(); ++i) made[to_str(value.key(i))] = object_of(value[i]);
  return std::move(made);
}

py::object range_object(const Value& value) {
  const std::int32_t form = value.range();
  const char* test = (form & PSHIP_RANGE_DIFFERS) != 0 ? "differs"
                     : (form & PSHIP_RANGE_TEST) != 0  ? "test"
                                                       : "";
  return helper("Range")(object_of(value[0]), object_of(value[1]),
                         (form & PSHIP_RANGE_LOW_CLOSED) != 0,
                         (form & PSHIP_RANGE_HIGH_CLOSED) != 0, test);
}

py::object object_of(const Value& value) {
  switch (value.kind()) {
    case pship::ValueKind::null:
      return py::none();
    case pship::ValueKind::boolean:
      return py::bool_(value.boolean());
    case pship::ValueKind::number:
      return number_object(value);
    case pship::ValueKind::string:
      return to_str(value.string());
    case pship::ValueKind::date:
      if (const pship::Date date = value.date()) return py::cast(date);
      break;
    case pship::ValueKind::list:
      return list_object(value);
    case pship::ValueKind::context:
      return context_object(value);
    case pship::ValueKind::range:
      return range_object(value);
    case pship::ValueKind::function:
      return helper("Function")(py::cast(value));
    default:
      break;
  }
  return helper("read")(static_cast<std::int32_t>(value.kind()), to_str(value.text()));
}

// ---- Python to values

// The UTF-8 of a str, which Python keeps with it; a lone surrogate is a UnicodeEncodeError.
std::string_view utf8(py::handle text) {
  Py_ssize_t size = 0;
  const char* const bytes = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
  if (bytes == nullptr) throw py::error_already_set();
  return {bytes, static_cast<std::size_t>(size)};
}

void put(FeelBuilder& builder, Name name, py::handle object);

void put_int(FeelBuilder& builder, Name name, py::handle object) {
  int overflow = 0;
  const long long whole = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
  if (overflow == 0) {
    if (whole == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
    builder.add(name, static_cast<std::int64_t>(whole));
    return;
  }
  builder.add_number(name, py::cast<std::string>(py::str(object)));
}

void put_members(FeelBuilder& builder, py::handle mapping) {
  for (const py::handle item : mapping.attr("items")()) {
    const auto pair = py::reinterpret_borrow<py::tuple>(item);
    if (!py::isinstance<py::str>(pair[0])) {
      throw py::type_error("a member's name is of type " +
                           py::cast<std::string>(py::type::of(pair[0]).attr("__name__")) +
                           ", expected str");
    }
    put(builder, utf8(pair[0]), pair[1]);
  }
}

void put_items(FeelBuilder& builder, py::handle items) {
  for (const py::handle item : items) put(builder, std::nullopt, item);
  builder.end();
}

// What the helper makes of an object of another type: ("temporal" or "number", text), ("range",
// form, low, high), ("value", object) or ("mapping", object).
void put_other(FeelBuilder& builder, Name name, py::handle object) {
  const auto made = py::cast<py::tuple>(helper("write")(object));
  const std::string_view what = utf8(made[0]);
  if (what == "temporal") {
    builder.add_temporal(name, utf8(made[1]));
  } else if (what == "number") {
    builder.add_number(name, utf8(made[1]));
  } else if (what == "range") {
    builder.begin_range(name, py::cast<std::int32_t>(made[1]));
    put(builder, std::nullopt, made[2]);
    put(builder, std::nullopt, made[3]);
    builder.end();
  } else if (what == "mapping") {
    builder.begin_context(name);
    put_members(builder, made[1]);
    builder.end();
  } else {
    put(builder, name, made[1]);
  }
}

void put(FeelBuilder& builder, Name name, py::handle object) {
  if (object.is_none()) {
    builder.add_null(name);
  } else if (PyBool_Check(object.ptr())) {
    builder.add(name, object.ptr() == Py_True);
  } else if (PyLong_Check(object.ptr())) {
    put_int(builder, name, object);
  } else if (PyUnicode_CheckExact(object.ptr())) {
    builder.add(name, utf8(object));
  } else if (PyDict_CheckExact(object.ptr())) {
    builder.begin_context(name);
    put_members(builder, object);
    builder.end();
  } else if (PyList_Check(object.ptr()) || PyTuple_CheckExact(object.ptr())) {
    builder.begin_list(name);
    put_items(builder, object);
  } else if (py::isinstance<Value>(object)) {
    builder.add(name, py::cast<const Value&>(object));
  } else if (is_date(object) && PyDate_CheckExact(object.ptr())) {
    builder.add(name, py::cast<pship::Date>(object));
  } else {
    put_other(builder, name, object);
  }
}

FeelCase case_of(const Feel& feel, const py::object& mapping) {
  FeelBuilder builder(feel);
  put_members(builder, mapping);
  return unlocked([&] { return builder.finish(); });
}

FeelCases cases_of(const Feel& feel, const py::iterable& rows) {
  FeelBuilder builder(feel);
  for (const py::handle row : rows) {
    put_members(builder, row);
    builder.next();
  }
  return unlocked([&] { return builder.cases(); });
}

FeelCases cases_from_arrow(const Feel& feel, const py::object& capsule) {
  constexpr const char* name = "arrow_array_stream";
  if (PyCapsule_IsValid(capsule.ptr(), name) == 0) {
    throw py::type_error("expected a PyCapsule named \"arrow_array_stream\"");
  }
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), name));
  return unlocked([&] { return feel.cases_from_arrow(stream); });
}

// ---- calls

// A calendar (or none) and options, for as long as a call runs.
struct Under {
  pship::Options options;
  pship::Circumstances circumstances;

  Under(const pship::Calendar* calendar, const py::dict& values) : options(options_from(values)) {
    circumstances.calendar = calendar;
    circumstances.options = &options;
  }
};

py::list decide(const Feel& feel, const FeelCase& of, const pship::Calendar* calendar,
                const py::dict& values) {
  const Under under(calendar, values);
  const auto verdicts = unlocked([&] { return feel.decide(of, under.circumstances); });
  py::list made;
  for (const pship::Verdict verdict : verdicts) {
    if (verdict == pship::Verdict::undetermined) {
      made.append(py::none());
    } else {
      made.append(py::bool_(verdict == pship::Verdict::yes));
    }
  }
  return made;
}

py::tuple evaluate(const Feel& feel, std::int32_t expression, const FeelCase& of,
                   const pship::Calendar* calendar, const py::dict& values) {
  const Under under(calendar, values);
  auto answer = unlocked([&] { return feel.evaluate(expression, of, under.circumstances); });
  return py::make_tuple(std::move(answer.value), std::move(answer.warnings));
}

}  // namespace

void bind_feel(py::module_& module) {
  py::class_<Value>(module, "Value")
      .def("kind", [](const Value& self) { return static_cast<std::int32_t>(self.kind()); })
      .def("to_object", object_of)
      .def("text", [](const Value& self) { return to_str(self.text()); })
      .def("expression", [](const Value& self) { return to_str(self.expression()); })
      .def("json", [](const Value& self) { return to_str(self.json()); })
      .def(
          "find", [](const Value& self, std::string_view name) { return self.find(name); },
          py::arg("name"))
      .def("equals", &Value::equals, py::arg("other"));

  py::class_<FeelCase>(module, "FeelCase").def(py::init<>()).def("value", &FeelCase::value);
  py::class_<FeelCases>(module, "FeelCases").def("count", &FeelCases::count);

  py::class_<Feel>(module, "Feel")
      .def_static(
          "compile",
          [](std::string_view expressions, std::string_view schema, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked([&] { return Feel::compile(expressions, schema, options); });
          },
          py::arg("expressions"), py::arg("schema"), py::arg("options"))
      .def_static(
          "diagnose",
          [](std::string_view expressions, std::string_view schema, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked([&] { return Feel::diagnose(expressions, schema, options); });
          },
          py::arg("expressions"), py::arg("schema"), py::arg("options"))
      .def_static("functions", &Feel::functions)
      .def("size", &Feel::size)
      .def("find", &Feel::find, py::arg("expression"))
      .def("table", &Feel::table)
      .def("case_of", case_of, py::arg("mapping"))
      .def(
          "read_case",
          [](const Feel& self, std::string_view json) {
            return unlocked([&] { return self.read_case(json); });
          },
          py::arg("json"))
      .def("cases_of", cases_of, py::arg("rows"))
      .def(
          "read_cases",
          [](const Feel& self, std::string_view json) {
            return unlocked([&] { return self.read_cases(json); });
          },
          py::arg("json"))
      .def(
          "cases_from_table",
          [](const Feel& self, const pship::Table& table) {
            return unlocked([&] { return self.cases(table); });
          },
          py::arg("table"))
      .def("cases_from_arrow", cases_from_arrow, py::arg("capsule"))
      .def("decide", decide, py::arg("case"), py::arg("calendar").none(true), py::arg("options"))
      .def(
          "decide_all",
          [](const Feel& self, const FeelCases& cases, const pship::Calendar* calendar,
             const py::dict& values) {
            const Under under(calendar, values);
            return unlocked([&] { return self.decide_all(cases, under.circumstances); });
          },
          py::arg("cases"), py::arg("calendar").none(true), py::arg("options"))
      .def("evaluate", evaluate, py::arg("expression"), py::arg("case"),
           py::arg("calendar").none(true), py::arg("options"))
      .def(
          "evaluate_all",
          [](const Feel& self, std::int32_t expression, const FeelCases& cases,
             const pship::Calendar* calendar, const py::dict& values) {
            const Under under(calendar, values);
            return unlocked(
                [&] { return self.evaluate_all(expression, cases, under.circumstances); });
          },
          py::arg("expression"), py::arg("cases"), py::arg("calendar").none(true),
          py::arg("options"))
      .def(
          "explain",
          [](const Feel& self, std::int32_t expression, const FeelCase& of,
             const pship::Calendar* calendar, const py::dict& values) {
            const Under under(calendar, values);
            return unlocked([&] { return self.explain(expression, of, under.circumstances); });
          },
          py::arg("expression"), py::arg("case"), py::arg("calendar").none(true),
          py::arg("options"))
      .def(
          "explain_text",
          [](const Feel& self, std::int32_t expression, const FeelCase& of,
             const pship::Calendar* calendar, const py::dict& values) {
            const Under under(calendar, values);
            return to_str(
                unlocked([&] { return self.explain_text(expression, of, under.circumstances); }));
          },
          py::arg("expression"), py::arg("case"), py::arg("calendar").none(true),
          py::arg("options"))
      .def(
          "explain_json",
          [](const Feel& self, std::int32_t expression, const FeelCase& of,
             const pship::Calendar* calendar, const py::dict& values) {
            const Under under(calendar, values);
            return to_str(
                unlocked([&] { return self.explain_json(expression, of, under.circumstances); }));
          },
          py::arg("expression"), py::arg("case"), py::arg("calendar").none(true),
          py::arg("options"));
}

}  // namespace pship_python
