// SPDX-License-Identifier: Apache-2.0
//
// What every file of the module `partnership._core` shares. The module is a thin layer over
// partnership.hpp: it converts arguments and results and lets other Python threads run meanwhile.
// What users see (documentation, checks of types, defaults) is in the Python files around it.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

// After pybind11, which includes Python.h, which wants to be first.
#include <datetime.h>

#include <string>
#include <string_view>

#include "partnership/partnership.hpp"

namespace py = pybind11;

namespace pship_python {

// datetime.h keeps its table of functions in a static variable, one for each source file.
inline void need_datetime() {
  if (PyDateTimeAPI != nullptr) return;
  PyDateTime_IMPORT;
  if (PyDateTimeAPI == nullptr) throw py::error_already_set();
}

// A datetime is a date, too, but its day depends on a zone: it is none here.
inline bool is_date(py::handle value) {
  need_datetime();
  return PyDate_Check(value.ptr()) != 0 && PyDateTime_Check(value.ptr()) == 0;
}

}  // namespace pship_python

namespace pybind11::detail {

// pship::Date <-> datetime.date, none <-> None.
template <>
struct type_caster<pship::Date> {
  PYBIND11_TYPE_CASTER(pship::Date, const_name("datetime.date | None"));

  bool load(handle source, bool) {
    if (source.is_none()) {
      value = pship::Date();
      return true;
    }
    if (!pship_python::is_date(source)) return false;
    value =
        pship::Date::from_ymd(PyDateTime_GET_YEAR(source.ptr()), PyDateTime_GET_MONTH(source.ptr()),
                              PyDateTime_GET_DAY(source.ptr()));
    return true;
  }

  static handle cast(pship::Date date, return_value_policy, handle) {
    if (!date) return none().release();
    pship_python::need_datetime();
    const pship::Date::YearMonthDay parts = date.ymd();
    return PyDate_FromDate(parts.year, parts.month, parts.day);
  }
};

}  // namespace pybind11::detail

namespace pship_python {

// Runs a call into the library while other Python threads may run.
template <class Call>
auto unlocked(Call&& call) {
  const py::gil_scoped_release release;
  return call();
}

inline py::str to_str(std::string_view text) {
  PyObject* made =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (made == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(made);
}

inline py::str hex(const pship::Hash& hash) {
  return to_str(pship::to_hex(hash));
}

// From a dictionary of bool, int, float, str and datetime.date; None means not set.
pship::Options options_from(const py::dict& values);

// A read-only array over memory that `owner` keeps alive. NumPy refuses to make it writeable.
py::array read_only(const py::dtype& type, std::int64_t size, const void* data,
                    const py::object& owner);

void bind_errors(py::module_& module);
void bind_functions(py::module_& module);
void bind_table(py::module_& module);
void bind_documents(py::module_& module);
void bind_feel(py::module_& module);
void bind_charter(py::module_& module);
void bind_lottery(py::module_& module);
void bind_register(py::module_& module);

}  // namespace pship_python
