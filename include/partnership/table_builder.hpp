// SPDX-License-Identifier: Apache-2.0
//
// Makes a pship::Table from typed columns, by way of the Arrow C stream that the library reads: the
// C API has no other door for dates, 32-bit integers and empty columns of a given type.
//
// It will not convert values; what a caller appends is what the table holds.
#ifndef PARTNERSHIP_TABLE_BUILDER_HPP
#define PARTNERSHIP_TABLE_BUILDER_HPP

#include <cerrno>
#include <cstring>

#include "partnership/table.hpp"

namespace pship {

namespace detail {

// The buffers of one column in Arrow's layout.
struct ArrowColumn {
  std::string name;
  const char* format = "n";
  std::int64_t rows = 0;
  std::int64_t nulls = 0;
  std::vector<std::uint8_t> validity;  // empty: no nulls
  std::vector<std::uint8_t> values;    // texts: the bytes
  std::vector<std::int64_t> offsets;   // texts only
};

// A whole table as a stream of one struct array. Every exported array holds a share of it.
struct ArrowBatch {
  std::vector<ArrowColumn> columns;
  std::int64_t rows = 0;
};

struct ArrowSchemaOwner {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

struct ArrowArrayOwner {
  std::shared_ptr<const ArrowBatch> batch;
  const void* buffers[3] = {nullptr, nullptr, nullptr};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

struct ArrowStreamOwner {
  std::shared_ptr<const ArrowBatch> batch;
  bool done = false;
};

inline void release_schema(ArrowSchema* schema) noexcept {
  for (std::int64_t i = 0; i < schema->n_children; ++i) {
    if (schema->children[i]->release != nullptr) schema->children[i]->release(schema->children[i]);
  }
  delete static_cast<ArrowSchemaOwner*>(schema->private_data);
  schema->release = nullptr;
}

inline void release_array(ArrowArray* array) noexcept {
  for (std::int64_t i = 0; i < array->n_children; ++i) {
    if (array->children[i]->release != nullptr) array->children[i]->release(array->children[i]);
  }
  delete static_cast<ArrowArrayOwner*>(array->private_data);
  array->release = nullptr;
}

inline void fill_schema(ArrowSchema* out, const char* format,
                        std::unique_ptr<ArrowSchemaOwner> own) {
  *out = ArrowSchema{};
  out->format = format;
  out->name = own->name.c_str();
  out->flags = ARROW_FLAG_NULLABLE;
  out->n_children = static_cast<std::int64_t>(own->children.size());
  out->children = own->pointers.empty() ? nullptr : own->pointers.data();
  out->release = release_schema;
  out->private_data = own.release();
}

inline void fill_array(ArrowArray* out, std::int64_t rows, std::int64_t nulls, std::int64_t buffers,
                       std::unique_ptr<ArrowArrayOwner> own) {
  *out = ArrowArray{};
  out->length = rows;
  out->null_count = nulls;
  out->n_buffers = buffers;
  out->buffers = own->buffers;
  out->n_children = static_cast<std::int64_t>(own->children.size());
  out->children = own->pointers.empty() ? nullptr : own->pointers.data();
  out->release = release_array;
  out->private_data = own.release();
}

inline int batch_schema(ArrowArrayStream* stream, ArrowSchema* out) noexcept {
  const ArrowBatch& batch = *static_cast<ArrowStreamOwner*>(stream->private_data)->batch;
  try {
    auto own = std::make_unique<ArrowSchemaOwner>();
    own->children.resize(batch.columns.size());
    for (ArrowSchema& child : own->children) own->pointers.push_back(&child);
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
      auto child = std::make_unique<ArrowSchemaOwner>();
      child->name = batch.columns[i].name;
      fill_schema(&own->children[i], batch.columns[i].format, std::move(child));
    }
    fill_schema(out, "+s", std::move(own));
    return 0;
  } catch (...) {
    return ENOMEM;
  }
}

inline int batch_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
  auto* owner = static_cast<ArrowStreamOwner*>(stream->private_data);
  *out = ArrowArray{};
  if (owner->done) return 0;
  try {
    auto own = std::make_unique<ArrowArrayOwner>();
    own->batch = owner->batch;
    own->children.resize(owner->batch->columns.size());
    for (ArrowArray& child : own->children) own->pointers.push_back(&child);
    for (std::size_t i = 0; i < owner->batch->columns.size(); ++i) {
      const ArrowColumn& column = owner->batch->columns[i];
      const bool text = !column.offsets.empty();
      auto child = std::make_unique<ArrowArrayOwner>();
      child->batch = owner->batch;
      child->buffers[0] = column.validity.empty() ? nullptr : column.validity.data();
      child->buffers[1] = text ? static_cast<const void*>(column.offsets.data())
                               : static_cast<const void*>(column.values.data());
      child->buffers[2] = text ? column.values.data() : nullptr;
      fill_array(&own->children[i], column.rows, column.nulls, text ? 3 : 2, std::move(child));
    }
    fill_array(out, owner->batch->rows, 0, 1, std::move(own));
    owner->done = true;
    return 0;
  } catch (...) {
    return ENOMEM;
  }
}

inline const char* batch_error(ArrowArrayStream*) noexcept {
  return nullptr;
}

inline void release_stream(ArrowArrayStream* stream) noexcept {
  delete static_cast<ArrowStreamOwner*>(stream->private_data);
  stream->release = nullptr;
}

inline std::vector<std::uint8_t> pack_bits(const std::vector<bool>& bits) {
  std::vector<std::uint8_t> packed((bits.size() + 7) / 8);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (bits[i]) packed[i / 8] = static_cast<std::uint8_t>(packed[i / 8] | (1U << (i % 8)));
  }
  return packed;
}

}  // namespace detail

// Collects columns of equal length. `present` says which rows hold a value (empty: all of them);
// the value of a row that does not is ignored. Throws PSHIP_INVALID_ARGUMENT for unequal lengths,
// and what pship_table_from_arrow finds wrong (repeated names, texts that are not UTF-8).
class TableBuilder {
 public:
  using Present = std::vector<bool>;

  TableBuilder& booleans(std::string_view name, const std::vector<bool>& values,
                         const Present& present = {}) {
    std::vector<std::uint8_t> bits = detail::pack_bits(values);
    return add(name, "b", static_cast<std::int64_t>(values.size()), std::move(bits), {}, present);
  }
  TableBuilder& i32(std::string_view name, const std::vector<std::int32_t>& values,
                    const Present& present = {}) {
    return plain(name, "i", values, present);
  }
  TableBuilder& i64(std::string_view name, const std::vector<std::int64_t>& values,
                    const Present& present = {}) {
    return plain(name, "l", values, present);
  }
  TableBuilder& reals(std::string_view name, const std::vector<double>& values,
                      const Present& present = {}) {
    return plain(name, "g", values, present);
  }
  // Days since 1970-01-01. An absent day is a null, never PSHIP_DATE_NONE as a value.
  TableBuilder& dates(std::string_view name, const std::vector<pship_date>& days,
                      const Present& present = {}) {
    return plain(name, "tdD", days, present);
  }
  TableBuilder& texts(std::string_view name, const std::vector<std::string>& values,
                      const Present& present = {}) {
    std::vector<std::uint8_t> bytes;
    std::vector<std::int64_t> offsets(1, 0);
    for (const std::string& value : values) {
      bytes.insert(bytes.end(), value.begin(), value.end());
      offsets.push_back(static_cast<std::int64_t>(bytes.size()));
    }
    return add(name, "U", static_cast<std::int64_t>(values.size()), std::move(bytes),
               std::move(offsets), present);
  }

  // The table; the builder is empty afterwards.
  Table build() {
    auto batch = std::make_shared<const detail::ArrowBatch>(std::move(batch_));
    batch_ = detail::ArrowBatch{};
    auto owner = std::make_unique<detail::ArrowStreamOwner>();
    owner->batch = std::move(batch);
    ArrowArrayStream stream{};
    stream.get_schema = detail::batch_schema;
    stream.get_next = detail::batch_next;
    stream.get_last_error = detail::batch_error;
    stream.release = detail::release_stream;
    stream.private_data = owner.release();
    return Table::from_arrow(&stream);
  }

 private:
  template <class T>
  TableBuilder& plain(std::string_view name, const char* format, const std::vector<T>& values,
                      const Present& present) {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
    if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
    return add(name, format, static_cast<std::int64_t>(values.size()), std::move(bytes), {},
               present);
  }

  TableBuilder& add(std::string_view name, const char* format, std::int64_t rows,
                    std::vector<std::uint8_t> values, std::vector<std::int64_t> offsets,
                    const Present& present) {
    const bool first = batch_.columns.empty();
    if ((!first && rows != batch_.rows) ||
        (!present.empty() && static_cast<std::int64_t>(present.size()) != rows)) {
      throw Error(PSHIP_INVALID_ARGUMENT,
                  "column `" + std::string(name) + "` is not as long as the others");
    }
    detail::ArrowColumn column;
    column.name = detail::name(name, "name");
    column.format = format;
    column.rows = rows;
    for (const bool there : present) column.nulls += there ? 0 : 1;
    if (column.nulls > 0) column.validity = detail::pack_bits(present);
    column.values = std::move(values);
    column.values.reserve(1);  // Arrow wants a buffer where there are no values, too
    column.offsets = std::move(offsets);
    batch_.rows = rows;
    batch_.columns.push_back(std::move(column));
    return *this;
  }

  detail::ArrowBatch batch_;
};

}  // namespace pship

#endif
