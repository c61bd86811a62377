// SPDX-License-Identifier: Apache-2.0
#include "common.hpp"

namespace pship_python {

pship::Options options_from(const py::dict& values) {
  pship::Options options;
  for (const auto& [key, value] : values) {
    const std::string name = py::cast<std::string>(key);
    if (value.is_none()) continue;
    if (py::isinstance<py::bool_>(value)) {
      options.set(name, py::cast<bool>(value));
    } else if (py::isinstance<py::int_>(value)) {
      int overflow = 0;
      const long long number = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
      if (overflow != 0) {
        throw pship::Error(PSHIP_INVALID_ARGUMENT,
                           "option `" + name + "` is an integer beyond 64 bits");
      }
      options.set(name, number);
    } else if (py::isinstance<py::float_>(value)) {
      options.set(name, py::cast<double>(value));
    } else if (py::isinstance<py::str>(value)) {
      options.set(name, py::cast<std::string_view>(value));
    } else if (is_date(value)) {
      options.set(name, py::cast<pship::Date>(value));
    } else {
      throw py::type_error("option `" + name + "` is of type " +
                           py::cast<std::string>(py::type::of(value).attr("__name__")) +
                           ", expected bool, int, float, str or datetime.date");
    }
  }
  return options;
}

}  // namespace pship_python

PYBIND11_MODULE(_core, module) {
  // Functions are only added within an ABI number, so that equal numbers are enough.
  if (pship::abi() != PSHIP_ABI) {
    throw py::import_error("the library libpartnership that was found has ABI " +
                           std::to_string(pship::abi()) + ", this module was built for ABI " +
                           std::to_string(PSHIP_ABI));
  }
  module.doc() = "The compiled part of the package `partnership`. Private.";
  module.attr("__version__") = std::string(pship::version());
  pship_python::bind_errors(module);
  pship_python::bind_table(module);
  pship_python::bind_functions(module);
  pship_python::bind_documents(module);
  pship_python::bind_register(module);
  pship_python::bind_feel(module);
  pship_python::bind_charter(module);
  pship_python::bind_lottery(module);
}
