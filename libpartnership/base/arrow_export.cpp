// SPDX-License-Identifier: Apache-2.0
//
// A table as an Arrow C stream. The rules of ownership are those of the C data interface: whoever
// holds a struct whose `release` is not NULL calls it once; a consumer may move a child out by
// copying its struct and setting its `release` to NULL. Every struct therefore owns, through its
// private_data, all that it points to, and a parent only the structs of its children.
#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/arrow.hpp"
#include "base/error.hpp"
#include "base/quote.hpp"

namespace partnership {

namespace {

const char* format_of(ColumnType type) noexcept {
  switch (type) {
    case ColumnType::boolean:
      return "b";
    case ColumnType::int32:
      return "i";
    case ColumnType::int64:
      return "l";
    case ColumnType::real:
      return "g";
    case ColumnType::date:
      return "tdD";
    case ColumnType::text:
      return "U";
  }
  return "";
}

// Storage for the structs of children, which are released with their parent unless moved.
template <class Struct>
class Children {
 public:
  explicit Children(std::size_t count) : structs_(count) {
    for (Struct& child : structs_) pointers_.push_back(&child);
  }
  ~Children() {
    for (Struct& child : structs_) {
      if (child.release != nullptr) child.release(&child);
    }
  }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  Struct& operator[](std::size_t index) noexcept { return structs_[index]; }
  Struct** pointers() noexcept { return pointers_.data(); }

 private:
  std::vector<Struct> structs_;  // zeroed, so that one not yet filled counts as released
  std::vector<Struct*> pointers_;
};

// ---- Schemas

struct SchemaOwner {
  SchemaOwner(std::string its_name, std::size_t count)
      : name(std::move(its_name)), children(count) {}
  std::string name;
  Children<ArrowSchema> children;
};

void release_schema(ArrowSchema* schema) noexcept {
  delete static_cast<SchemaOwner*>(schema->private_data);
  schema->release = nullptr;
}

void fill_schema(ArrowSchema& out, std::unique_ptr<SchemaOwner> owner, const char* format,
                 std::int64_t flags, std::int64_t children) noexcept {
  out = {};
  out.format = format;
  out.name = owner->name.c_str();
  out.flags = flags;
  out.n_children = children;
  out.children = owner->children.pointers();
  out.private_data = owner.release();
  out.release = release_schema;
}

void export_schema(const Table& table, ArrowSchema* out) {
  auto owner = std::make_unique<SchemaOwner>("", static_cast<std::size_t>(table.columns()));
  for (std::int32_t c = 0; c < table.columns(); ++c) {
    const Column& column = table.column(c);
    fill_schema(owner->children[static_cast<std::size_t>(c)],
                std::make_unique<SchemaOwner>(column.name, 0), format_of(column.type),
                ARROW_FLAG_NULLABLE, 0);
  }
  fill_schema(*out, std::move(owner), "+s", 0, table.columns());
}

// ---- Arrays

// Stands for every buffer without bytes: some consumers refuse NULL.
constexpr std::int64_t no_bytes = 0;

struct ArrayOwner {
  explicit ArrayOwner(std::size_t count) : children(count) {}
  std::shared_ptr<const Column> column;
  std::vector<std::uint8_t> bits;  // packed booleans
  std::vector<const void*> buffers;
  Children<ArrowArray> children;
};

void release_array(ArrowArray* array) noexcept {
  delete static_cast<ArrayOwner*>(array->private_data);
  array->release = nullptr;
}

void fill_array(ArrowArray& out, std::unique_ptr<ArrayOwner> owner, std::int64_t length,
                std::int64_t nulls, std::int64_t children) noexcept {
  out = {};
  out.length = length;
  out.null_count = nulls;
  out.n_buffers = static_cast<std::int64_t>(owner->buffers.size());
  out.buffers = owner->buffers.data();
  out.n_children = children;
  out.children = owner->children.pointers();
  out.private_data = owner.release();
  out.release = release_array;
}

template <class Vector>
const void* buffer(const Vector& values) noexcept {
  return values.empty() ? static_cast<const void*>(&no_bytes) : values.data();
}

std::vector<std::uint8_t> packed(const std::vector<std::uint8_t>& booleans) {
  std::vector<std::uint8_t> bits((booleans.size() + 7) / 8);
  for (std::size_t i = 0; i < booleans.size(); ++i) {
    if (booleans[i] != 0) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | (1U << (i % 8)));
  }
  return bits;
}

void export_column(std::shared_ptr<const Column> shared, ArrowArray& out) {
  auto owner = std::make_unique<ArrayOwner>(0);
  owner->column = std::move(shared);
  const Column& column = *owner->column;
  auto& buffers = owner->buffers;
  buffers.push_back(column.validity.empty() ? nullptr : column.validity.data());
  switch (column.type) {
    case ColumnType::boolean:
      owner->bits = packed(column.booleans);
      buffers.push_back(buffer(owner->bits));
      break;
    case ColumnType::int32:
    case ColumnType::date:
      buffers.push_back(buffer(column.int32s));
      break;
    case ColumnType::int64:
      buffers.push_back(buffer(column.int64s));
      break;
    case ColumnType::real:
      buffers.push_back(buffer(column.reals));
      break;
    case ColumnType::text:
      buffers.push_back(buffer(column.offsets));
      buffers.push_back(buffer(column.bytes));
      break;
  }
  fill_array(out, std::move(owner), column.size, column.nulls, 0);
}

void export_array(const Table& table, ArrowArray* out) {
  auto owner = std::make_unique<ArrayOwner>(static_cast<std::size_t>(table.columns()));
  owner->buffers.push_back(nullptr);  // no row is null as a whole
  for (std::int32_t c = 0; c < table.columns(); ++c) {
    export_column(table.share(c), owner->children[static_cast<std::size_t>(c)]);
  }
  fill_array(*out, std::move(owner), table.rows(), 0, table.columns());
}

// ---- The stream

struct StreamOwner {
  Table table;
  bool given = false;           // the one array was handed out
  const char* error = nullptr;  // of the last call
};

// Runs what may run out of memory and says so as Arrow wants it.
template <class Work>
int answer(ArrowArrayStream* stream, const Work& work) noexcept {
  auto& owner = *static_cast<StreamOwner*>(stream->private_data);
  owner.error = nullptr;
  try {
    work(owner);
    return 0;
  } catch (...) {
    owner.error = "out of memory";
    return ENOMEM;
  }
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) noexcept {
  return answer(stream, [out](StreamOwner& owner) { export_schema(owner.table, out); });
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) noexcept {
  return answer(stream, [out](StreamOwner& owner) {
    if (owner.given) {
      *out = {};  // a released array ends the stream
    } else {
      export_array(owner.table, out);
      owner.given = true;
    }
  });
}

const char* get_last_error(ArrowArrayStream* stream) noexcept {
  return static_cast<StreamOwner*>(stream->private_data)->error;
}

void release_stream(ArrowArrayStream* stream) noexcept {
  delete static_cast<StreamOwner*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

void export_stream(const Table& table, ArrowArrayStream* out) {
  for (std::int32_t c = 0; c < table.columns(); ++c) {
    const std::string& name = table.column(c).name;
    if (name.find('\0') == std::string::npos) continue;
    throw Error(Code::invalid_argument,
                "column " + quoted(name) + " has a NUL in its name, which Arrow cannot hold");
  }
  out->private_data = new StreamOwner{table};
  out->get_schema = get_schema;
  out->get_next = get_next;
  out->get_last_error = get_last_error;
  out->release = release_stream;
}

}  // namespace partnership
