// SPDX-License-Identifier: Apache-2.0
//
// C++ exceptions to the Python classes of partnership/errors.py, which makes them.
#include "common.hpp"

namespace pship_python {

namespace {

void raise(const pship::Error& error) {
  py::list problems;
  for (const pship::Problem& problem : error.problems()) {
    problems.append(py::make_tuple(to_str(problem.message), to_str(problem.pointer), problem.offset,
                                   problem.line, problem.column));
  }
  py::dict details;
  for (const auto& [key, value] : error.details()) details[to_str(key)] = to_str(value);
  const py::object made = py::module_::import("partnership.errors")
                              .attr("_make")(error.code(), to_str(error.what()), problems, details);
  PyErr_SetObject(py::type::of(made).ptr(), made.ptr());
}

void translate(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const pship::Error& error) {
    raise(error);
  } catch (const std::bad_alloc&) {
    raise(pship::Error(PSHIP_NO_MEMORY, "there is not enough memory"));
  }
}

}  // namespace

void bind_errors(py::module_& module) {
  py::register_local_exception_translator(translate);
  module.def(
      "status_name", [](pship_status status) { return pship_status_name(status); },
      py::arg("status"));
}

}  // namespace pship_python
