// SPDX-License-Identifier: Apache-2.0
//
// Tables: columns as NumPy views of the library's own memory, cells as Python objects, the Arrow
// stream in a capsule, and a form of plain tuples and bytes for pickling.
#include <pybind11/numpy.h>

#include <algorithm>
#include <cstring>

#include "common.hpp"
#include "partnership/table_builder.hpp"

namespace pship_python {

py::array read_only(const py::dtype& type, std::int64_t size, const void* data,
                    const py::object& owner) {
  py::array made(type, {size}, {type.itemsize()}, data, owner);
  py::detail::array_proxy(made.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return made;
}

namespace {

constexpr const char* stream_capsule = "arrow_array_stream";  // the PyCapsule interface of Arrow

py::object cell(const pship::Table& table, std::int32_t column, std::int64_t row) {
  const pship_table* raw = table.raw();
  if (pship_table_is_null(raw, column, row) != 0) return py::none();
  switch (static_cast<pship::ColumnType>(pship_table_type(raw, column))) {
    case pship::ColumnType::boolean:
      return py::bool_(pship_table_bool(raw, column)[row] != 0);
    case pship::ColumnType::int32:
      return py::int_(pship_table_i32(raw, column)[row]);
    case pship::ColumnType::int64:
      return py::int_(pship_table_i64(raw, column)[row]);
    case pship::ColumnType::real:
      return py::float_(pship_table_double(raw, column)[row]);
    case pship::ColumnType::date:
      return py::cast(pship::Date(pship_table_date(raw, column)[row]));
    case pship::ColumnType::text: {
      std::size_t size = 0;
      const char* text = pship_table_text(raw, column, row, &size);
      return to_str({text, size});
    }
  }
  throw pship::Error(PSHIP_INTERNAL, "a column of a type that this module does not know");
}

void require_range(const pship::Table& table, std::int64_t start, std::int64_t stop) {
  if (start >= 0 && start <= stop && stop <= table.rows()) return;
  throw py::index_error("rows " + std::to_string(start) + " to " + std::to_string(stop) +
                        " are outside the table's " + std::to_string(table.rows()));
}

py::list cells(const pship::Table& table, std::int32_t column, std::int64_t start,
               std::int64_t stop) {
  require_range(table, start, stop);
  table.type(column);  // throws when there is no such column
  py::list made;
  for (std::int64_t row = start; row < stop; ++row) made.append(cell(table, column, row));
  return made;
}

py::list rows(const pship::Table& table, std::int64_t start, std::int64_t stop) {
  require_range(table, start, stop);
  py::list made;
  for (std::int64_t row = start; row < stop; ++row) {
    py::tuple values(static_cast<std::size_t>(table.columns()));
    for (std::int32_t column = 0; column < table.columns(); ++column) {
      values[static_cast<std::size_t>(column)] = cell(table, column, row);
    }
    made.append(std::move(values));
  }
  return made;
}

// The values of a column that is no text: 0 where null, days since 1970-01-01 for dates.
py::array values(const py::object& self, std::int32_t column) {
  const auto& table = py::cast<const pship::Table&>(self);
  const std::int64_t size = table.rows();
  switch (table.type(column)) {
    case pship::ColumnType::boolean:
      return read_only(py::dtype::of<bool>(), size, table.booleans(column).values().data(), self);
    case pship::ColumnType::int32:
      return read_only(py::dtype::of<std::int32_t>(), size, table.i32(column).values().data(),
                       self);
    case pship::ColumnType::int64:
      return read_only(py::dtype::of<std::int64_t>(), size, table.i64(column).values().data(),
                       self);
    case pship::ColumnType::real:
      return read_only(py::dtype::of<double>(), size, table.reals(column).values().data(), self);
    case pship::ColumnType::date:
      return read_only(py::dtype::of<std::int32_t>(), size, table.dates(column).days().data(),
                       self);
    case pship::ColumnType::text:
      break;
  }
  throw pship::Error(PSHIP_INVALID_ARGUMENT,
                     "column `" + std::string(table.name(column)) + "` is text: it has no values");
}

py::array_t<bool> mask(const pship::Table& table, std::int32_t column) {
  table.type(column);
  py::array_t<bool> made(table.rows());
  bool* to = made.mutable_data();
  const std::uint8_t* validity = pship_table_validity(table.raw(), column);
  for (std::int64_t row = 0; row < table.rows(); ++row) {
    to[row] = validity != nullptr && ((validity[row / 8] >> (row % 8)) & 1) == 0;
  }
  return made;
}

// ---- Arrow

void free_stream(PyObject* capsule) {
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, stream_capsule));
  if (stream == nullptr) {
    PyErr_Clear();
    return;
  }
  if (stream->release != nullptr) stream->release(stream);
  delete stream;
}

py::object to_arrow(const pship::Table& table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  table.to_arrow(stream.get());
  PyObject* made = PyCapsule_New(stream.get(), stream_capsule, free_stream);
  if (made == nullptr) {
    stream->release(stream.get());
    throw py::error_already_set();
  }
  stream.release();
  return py::reinterpret_steal<py::object>(made);
}

pship::Table from_arrow(const py::object& capsule) {
  if (PyCapsule_IsValid(capsule.ptr(), stream_capsule) == 0) {
    throw py::type_error("expected a PyCapsule named \"arrow_array_stream\"");
  }
  auto* stream =
      static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), stream_capsule));
  return unlocked([&] { return pship::Table::from_arrow(stream); });
}

// ---- the form of plain tuples and bytes: (name, type, values, nulls) a column, where values are
// the column's memory (texts: bytes), nulls a byte a row or None; texts add their offsets.

template <class T>
py::bytes bytes_of(const T* data, std::int64_t count) {
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(count) * sizeof(T)};
}

py::tuple column_state(const pship::Table& table, std::int32_t column) {
  const std::int64_t size = table.rows();
  py::object nulls = py::none();
  if (pship_table_nulls(table.raw(), column) > 0) nulls = mask(table, column).attr("tobytes")();
  const py::str name = to_str(table.name(column));
  const auto type = static_cast<std::int32_t>(table.type(column));
  switch (table.type(column)) {
    case pship::ColumnType::boolean:
      return py::make_tuple(name, type, bytes_of(table.booleans(column).values().data(), size),
                            nulls);
    case pship::ColumnType::int32:
      return py::make_tuple(name, type, bytes_of(table.i32(column).values().data(), size), nulls);
    case pship::ColumnType::int64:
      return py::make_tuple(name, type, bytes_of(table.i64(column).values().data(), size), nulls);
    case pship::ColumnType::real:
      return py::make_tuple(name, type, bytes_of(table.reals(column).values().data(), size), nulls);
    case pship::ColumnType::date:
      return py::make_tuple(name, type, bytes_of(table.dates(column).days().data(), size), nulls);
    case pship::ColumnType::text:
      break;
  }
  const pship::TextColumn texts = table.texts(column);
  return py::make_tuple(name, type, py::bytes(texts.bytes().data(), texts.bytes().size()), nulls,
                        bytes_of(texts.offsets().data(), size + 1));
}

py::tuple state(const pship::Table& table) {
  py::tuple made(static_cast<std::size_t>(table.columns()));
  for (std::int32_t column = 0; column < table.columns(); ++column) {
    made[static_cast<std::size_t>(column)] = column_state(table, column);
  }
  return made;
}

[[noreturn]] void bad_state() {
  throw pship::Error(PSHIP_MALFORMED, "this is not a table's pickled form");
}

template <class T>
std::vector<T> vector_from(std::string_view bytes) {
  if (bytes.size() % sizeof(T) != 0) bad_state();
  std::vector<T> made(bytes.size() / sizeof(T));
  if (!made.empty()) std::memcpy(made.data(), bytes.data(), bytes.size());
  return made;
}

std::vector<std::string> texts_from(std::string_view bytes, std::string_view offset_bytes) {
  const auto offsets = vector_from<std::int64_t>(offset_bytes);
  const auto end = static_cast<std::int64_t>(bytes.size());
  if (offsets.empty() || offsets.front() != 0 || offsets.back() != end ||
      !std::is_sorted(offsets.begin(), offsets.end())) {
    bad_state();
  }
  std::vector<std::string> made;
  made.reserve(offsets.size() - 1);
  for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
    made.emplace_back(bytes.substr(static_cast<std::size_t>(offsets[i]),
                                   static_cast<std::size_t>(offsets[i + 1] - offsets[i])));
  }
  return made;
}

void add_column(pship::TableBuilder& builder, const py::tuple& column) {
  if (column.size() < 4) bad_state();
  const auto name = py::cast<std::string>(column[0]);
  const auto bytes = py::cast<std::string_view>(column[2]);
  std::vector<bool> present;
  if (!column[3].is_none()) {
    for (const char null : py::cast<std::string_view>(column[3])) present.push_back(null == 0);
  }
  switch (static_cast<pship::ColumnType>(py::cast<std::int32_t>(column[1]))) {
    case pship::ColumnType::boolean: {
      std::vector<bool> values;
      for (const char value : bytes) values.push_back(value != 0);
      builder.booleans(name, values, present);
      return;
    }
    case pship::ColumnType::int32:
      builder.i32(name, vector_from<std::int32_t>(bytes), present);
      return;
    case pship::ColumnType::int64:
      builder.i64(name, vector_from<std::int64_t>(bytes), present);
      return;
    case pship::ColumnType::real:
      builder.reals(name, vector_from<double>(bytes), present);
      return;
    case pship::ColumnType::date:
      builder.dates(name, vector_from<pship_date>(bytes), present);
      return;
    case pship::ColumnType::text:
      if (column.size() < 5) bad_state();
      builder.texts(name, texts_from(bytes, py::cast<std::string_view>(column[4])), present);
      return;
  }
  bad_state();
}

pship::Table from_state(const py::tuple& columns) {
  pship::TableBuilder builder;
  for (const py::handle column : columns) add_column(builder, py::cast<py::tuple>(column));
  return unlocked([&] { return builder.build(); });
}

py::tuple names(const pship::Table& table) {
  py::tuple made(static_cast<std::size_t>(table.columns()));
  for (std::int32_t i = 0; i < table.columns(); ++i) {
    made[static_cast<std::size_t>(i)] = to_str(table.name(i));
  }
  return made;
}

py::tuple types(const pship::Table& table) {
  py::tuple made(static_cast<std::size_t>(table.columns()));
  for (std::int32_t i = 0; i < table.columns(); ++i) {
    made[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(table.type(i));
  }
  return made;
}

}  // namespace

void bind_table(py::module_& module) {
  using pship::Table;
  py::class_<Table>(module, "Table")
      .def_static(
          "read_json",
          [](std::string_view json) { return unlocked([&] { return Table::read_json(json); }); },
          py::arg("json"))
      .def_static(
          "read_csv",
          [](std::string_view csv, const py::dict& values) {
            const pship::Options options = options_from(values);
            return unlocked([&] { return Table::read_csv(csv, options); });
          },
          py::arg("csv"), py::arg("options"))
      .def_static("from_arrow", from_arrow, py::arg("capsule"))
      .def_static("from_state", from_state, py::arg("columns"))
      .def("rows", &Table::rows)
      .def("names", names)
      .def("types", types)
      .def(
          "nulls",
          [](const Table& self, std::int32_t column) {
            return pship_table_nulls(self.raw(), column);
          },
          py::arg("column"))
      .def("values", values, py::arg("column"))
      .def("mask", mask, py::arg("column"))
      .def("cells", cells, py::arg("column"), py::arg("start"), py::arg("stop"))
      .def("slice", rows, py::arg("start"), py::arg("stop"))
      .def("to_arrow", to_arrow)
      .def("state", state)
      .def("write_json",
           [](const Table& self) { return to_str(unlocked([&] { return self.write_json(); })); })
      .def(
          "write_csv",
          [](const Table& self, const py::dict& values) {
            const pship::Options options = options_from(values);
            return to_str(unlocked([&] { return self.write_csv(options); }));
          },
          py::arg("options"))
      .def(
          "equals",
          [](const Table& self, const Table& other) {
            return unlocked([&] { return self == other; });
          },
          py::arg("other"));
}

}  // namespace pship_python
