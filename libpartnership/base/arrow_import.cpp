// SPDX-License-Identifier: Apache-2.0
//
// A table from an Arrow C stream. The interface carries no buffer sizes: lengths, counts, offsets
// and pointers are checked against one another as far as that goes, and text for being UTF-8, but a
// producer that lies about its memory cannot be found out.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <new>
#include <set>
#include <vector>

#include "base/arrow.hpp"
#include "base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership {

namespace {

constexpr std::int64_t most_rows = std::numeric_limits<std::int32_t>::max();

// Releases what a producer handed over.
template <class Struct>
struct Held : Struct {
  Held() : Struct{} {}
  ~Held() {
    if (this->release != nullptr) this->release(this);
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
};

class StreamHolder {
 public:
  explicit StreamHolder(ArrowArrayStream* stream) : stream_(stream) {}
  ~StreamHolder() {
    if (stream_->release != nullptr) stream_->release(stream_);
  }
  StreamHolder(const StreamHolder&) = delete;
  StreamHolder& operator=(const StreamHolder&) = delete;

 private:
  ArrowArrayStream* stream_;
};

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::invalid_argument, message);
}

// What a column of an Arrow format becomes.
struct Kind {
  std::string_view format;
  ColumnType type;
  std::int64_t buffers;
};
constexpr Kind kinds[] = {
    {"n", ColumnType::text, 0},  {"b", ColumnType::boolean, 2}, {"c", ColumnType::int32, 2},
    {"C", ColumnType::int32, 2}, {"s", ColumnType::int32, 2},   {"S", ColumnType::int32, 2},
    {"i", ColumnType::int32, 2}, {"I", ColumnType::int64, 2},   {"l", ColumnType::int64, 2},
    {"L", ColumnType::int64, 2}, {"f", ColumnType::real, 2},    {"g", ColumnType::real, 2},
    {"u", ColumnType::text, 3},  {"U", ColumnType::text, 3},    {"tdD", ColumnType::date, 2},
};

const Kind* kind_of(const char* format) noexcept {
  if (format == nullptr) return nullptr;
  const auto* found = std::find_if(std::begin(kinds), std::end(kinds),
                                   [&](const Kind& kind) { return kind.format == format; });
  return found == std::end(kinds) ? nullptr : found;
}

bool is_integer(const Kind& kind) noexcept {
  return kind.type == ColumnType::int32 || kind.type == ColumnType::int64;
}
bool is_text(const Kind& kind) noexcept {
  return kind.format == "u" || kind.format == "U";
}

struct Plan {
  std::string name;
  const Kind* kind;        // of the values, or of the indices into a dictionary
  const Kind* dictionary;  // of its texts, or nullptr

  ColumnType type() const noexcept { return dictionary != nullptr ? ColumnType::text : kind->type; }
};

// ---- Schemas

std::string shown_format(const char* format) {
  if (format == nullptr) return "no Arrow format";
  const std::string_view text(format);
  if (utf8_invalid_at(text) != std::string_view::npos) return "an Arrow format that is not UTF-8";
  return "the Arrow format " + quoted(text);
}

Plan plan_of(const ArrowSchema* schema, std::int64_t index, std::vector<Problem>& problems) {
  const auto note = [&](const std::string& what) {
    problems.push_back({what, {}, no_offset, 0, 0});
  };
  Plan plan{{}, nullptr, nullptr};
  if (schema == nullptr || schema->release == nullptr) {
    note("column " + std::to_string(index) + " has no schema");
    return plan;
  }
  plan.name = schema->name == nullptr ? "" : schema->name;
  if (utf8_invalid_at(plan.name) != std::string_view::npos) {
    note("column " + std::to_string(index) + " has a name that is not UTF-8");
    return plan;
  }
  plan.kind = kind_of(schema->format);
  if (plan.kind == nullptr) {
    note("column " + quoted(plan.name) + " has " + shown_format(schema->format) +
         ", expected one of n b c C s S i I l L f g u U tdD");
  } else if (schema->dictionary != nullptr) {
    const ArrowSchema& dictionary = *schema->dictionary;
    const char* format = dictionary.release == nullptr ? nullptr : dictionary.format;
    plan.dictionary = kind_of(format);
    if (plan.dictionary == nullptr || !is_text(*plan.dictionary) ||
        dictionary.dictionary != nullptr || !is_integer(*plan.kind)) {
      note("column " + quoted(plan.name) + " has a dictionary of " + shown_format(format) +
           ", expected one of texts (u or U)");
    }
  }
  return plan;
}

std::vector<Plan> plans_of(const ArrowSchema& schema) {
  if (schema.release == nullptr) refuse("the Arrow stream has no schema");
  if (schema.format == nullptr || std::string_view(schema.format) != "+s") {
    refuse("the Arrow stream has " + shown_format(schema.format) +
           ", expected a struct of columns (+s)");
  }
  if (schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr)) {
    refuse("the Arrow schema has no children");
  }
  std::vector<Problem> problems;
  std::vector<Plan> plans;
  std::set<std::string_view> names;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    plans.push_back(plan_of(schema.children[i], i, problems));
  }
  for (const Plan& plan : plans) {
    if (plan.kind == nullptr || names.insert(plan.name).second) continue;
    problems.push_back({"column " + quoted(plan.name) + " stands twice", {}, no_offset, 0, 0});
  }
  if (!problems.empty()) throw Error(Code::invalid_argument, std::move(problems));
  return plans;
}

// ---- Arrays

template <class T>
T load(const void* values, std::int64_t index) noexcept {
  T value;
  std::memcpy(&value,
              static_cast<const char*>(values) + index * static_cast<std::int64_t>(sizeof(T)),
              sizeof(T));
  return value;
}

bool bit(const void* bits, std::int64_t index) noexcept {
  return ((static_cast<const std::uint8_t*>(bits)[index / 8] >> (index % 8)) & 1U) != 0;
}

// The bitmap of an array, or nullptr when no value is null.
const void* bitmap_of(const ArrowArray& array) noexcept {
  return array.null_count == 0 || array.n_buffers < 1 ? nullptr : array.buffers[0];
}

// One column of one batch, checked.
class ArrayReader {
 public:
  // Reads the `length` values after the first `skip`.
  ArrayReader(const Plan& plan, const Kind& kind, const ArrowArray* array, std::int64_t skip,
              std::int64_t length)
      : plan_(plan), kind_(kind), array_(array) {
    demand(array != nullptr && array->release != nullptr, "no array");
    demand(array->length >= 0 && array->offset >= 0 &&
               array->offset <= std::numeric_limits<std::int64_t>::max() / 16 - array->length,
           "a negative or huge length or offset");
    demand(skip <= array->length && length <= array->length - skip, "too few values");
    demand(array->n_buffers == kind.buffers, "the wrong number of buffers");
    first_ = array->offset + skip;
    if (kind.buffers == 0) return;
    demand(array->buffers != nullptr, "no buffers");
    bitmap_ = bitmap_of(*array);
    demand(array->null_count <= 0 || bitmap_ != nullptr || length == 0, "nulls without a bitmap");
    values_ = array->buffers[1];
    demand(values_ != nullptr || length == 0, "no values");
  }

  bool is_null(std::int64_t row) const noexcept {
    return kind_.buffers == 0 || (bitmap_ != nullptr && !bit(bitmap_, first_ + row));
  }

  bool boolean(std::int64_t row) const noexcept { return bit(values_, first_ + row); }

  std::int64_t integer(std::int64_t row) const {
    const std::int64_t at = first_ + row;
    switch (kind_.format[0]) {
      case 'c':
        return load<std::int8_t>(values_, at);
      case 'C':
        return load<std::uint8_t>(values_, at);
      case 's':
        return load<std::int16_t>(values_, at);
      case 'S':
        return load<std::uint16_t>(values_, at);
      case 'i':
      case 't':  // tdD
        return load<std::int32_t>(values_, at);
      case 'I':
        return load<std::uint32_t>(values_, at);
      case 'L': {
        const auto value = load<std::uint64_t>(values_, at);
        demand(value <= std::uint64_t{std::numeric_limits<std::int64_t>::max()},
               "the value " + std::to_string(value) + ", which is beyond int64");
        return static_cast<std::int64_t>(value);
      }
      default:
        return load<std::int64_t>(values_, at);
    }
  }

  double real(std::int64_t row) const noexcept {
    const std::int64_t at = first_ + row;
    return kind_.format == "f" ? static_cast<double>(load<float>(values_, at))
                               : load<double>(values_, at);
  }

  std::string_view text(std::int64_t row) const {
    const std::int64_t at = first_ + row;
    const bool narrow = kind_.format == "u";
    const std::int64_t begin =
        narrow ? load<std::int32_t>(values_, at) : load<std::int64_t>(values_, at);
    const std::int64_t end =
        narrow ? load<std::int32_t>(values_, at + 1) : load<std::int64_t>(values_, at + 1);
    demand(begin >= 0 && begin <= end, "offsets that are negative or go down");
    if (begin == end) return {};
    const auto* bytes = static_cast<const char*>(array_->buffers[2]);
    demand(bytes != nullptr, "no bytes of texts");
    const std::string_view text(bytes + begin, static_cast<std::size_t>(end - begin));
    demand(utf8_invalid_at(text) == std::string_view::npos, "text that is not UTF-8");
    return text;
  }

 private:
  void demand(bool holds, const std::string& fault) const {
    if (!holds) refuse("the Arrow column " + quoted(plan_.name) + " has " + fault);
  }

  const Plan& plan_;
  const Kind& kind_;
  const ArrowArray* array_;
  std::int64_t first_ = 0;  // index of row 0 in the buffers
  const void* bitmap_ = nullptr;
  const void* values_ = nullptr;
};

class BatchReader {
 public:
  BatchReader(const std::vector<Plan>& plans, TableBuilder& builder)
      : plans_(plans), builder_(builder) {
    for (const Plan& plan : plans) builder.add(plan.name, plan.type());
  }

  void read(const ArrowArray& batch) {
    demand_batch(batch);
    batch_ = &batch;
    bitmap_ = bitmap_of(batch);
    for (std::size_t c = 0; c < plans_.size(); ++c) read_column(c);
    rows_ += batch.length;
  }

 private:
  void demand_batch(const ArrowArray& batch) const {
    if (batch.length < 0 || batch.offset < 0)
      refuse("the Arrow batch has a negative length or offset");
    if (batch.length > most_rows - rows_) {
      throw Error(Code::limit,
                  "the Arrow stream has more than " + std::to_string(most_rows) + " rows");
    }
    if (batch.n_children != static_cast<std::int64_t>(plans_.size())) {
      refuse("the Arrow batch has " + std::to_string(batch.n_children) + " columns, its schema " +
             std::to_string(plans_.size()));
    }
    if (batch.n_children > 0 && batch.children == nullptr) refuse("the Arrow batch has no columns");
    const bool buffers = batch.n_buffers <= 1 && (batch.n_buffers <= 0 || batch.buffers != nullptr);
    if (!buffers || (batch.null_count > 0 && bitmap_of(batch) == nullptr)) {
      refuse("the Arrow batch has the wrong buffers");
    }
  }

  // A row of the struct that is null makes a null in every column.
  bool row_is_null(std::int64_t row) const noexcept {
    return bitmap_ != nullptr && !bit(bitmap_, batch_->offset + row);
  }

  void read_column(std::size_t index) {
    const Plan& plan = plans_[index];
    const auto column = static_cast<std::int32_t>(index);
    const ArrowArray* child = batch_->children[index];
    const ArrayReader values(plan, *plan.kind, child, batch_->offset, batch_->length);
    if (plan.dictionary != nullptr) return read_dictionary(column, plan, values, child->dictionary);
    each(column, values, [&](std::int64_t row) {
      switch (plan.type()) {
        case ColumnType::boolean:
          return builder_.boolean(column, values.boolean(row));
        case ColumnType::int32:
          return builder_.int32(column, static_cast<std::int32_t>(values.integer(row)));
        case ColumnType::int64:
          return builder_.int64(column, values.integer(row));
        case ColumnType::real:
          return builder_.real(column, values.real(row));
        case ColumnType::date:
          return builder_.date(column, static_cast<std::int32_t>(values.integer(row)));
        case ColumnType::text:
          return builder_.text(column, values.text(row));
      }
    });
  }

  void read_dictionary(std::int32_t column, const Plan& plan, const ArrayReader& indices,
                       const ArrowArray* dictionary) {
    const std::int64_t size = dictionary == nullptr ? 0 : dictionary->length;
    const ArrayReader texts(plan, *plan.dictionary, dictionary, 0, size);
    each(column, indices, [&](std::int64_t row) {
      const std::int64_t at = indices.integer(row);
      if (at < 0 || at >= size) {
        refuse("the Arrow column " + quoted(plan.name) + " has the index " + std::to_string(at) +
               " into a dictionary of " + std::to_string(size));
      }
      if (texts.is_null(at)) {
        builder_.null(column);
      } else {
        builder_.text(column, texts.text(at));
      }
    });
  }

  template <class Append>
  void each(std::int32_t column, const ArrayReader& values, const Append& append) {
    for (std::int64_t row = 0; row < batch_->length; ++row) {
      if (row_is_null(row) || values.is_null(row)) {
        builder_.null(column);
      } else {
        append(row);
      }
    }
  }

  const std::vector<Plan>& plans_;
  TableBuilder& builder_;
  const ArrowArray* batch_ = nullptr;
  const void* bitmap_ = nullptr;
  std::int64_t rows_ = 0;
};

// ---- The stream

[[noreturn]] void producer_failed(ArrowArrayStream* stream, int status) {
  if (status == ENOMEM) throw std::bad_alloc();
  const char* said = stream->get_last_error == nullptr ? nullptr : stream->get_last_error(stream);
  std::string message =
      "the producer of the Arrow stream failed with errno " + std::to_string(status);
  if (said != nullptr && utf8_invalid_at(said) == std::string_view::npos) {
    message += ": " + quoted(said);
  }
  throw Error(Code::io, message);
}

}  // namespace

Table import_stream(ArrowArrayStream* stream) {
  const StreamHolder holder(stream);
  if (stream->release == nullptr) refuse("the Arrow stream is released already");
  if (stream->get_schema == nullptr || stream->get_next == nullptr) {
    refuse("the Arrow stream has no callbacks");
  }
  Held<ArrowSchema> schema;
  if (const int status = stream->get_schema(stream, &schema); status != 0) {
    schema.release = nullptr;  // a failed call fills nothing
    producer_failed(stream, status);
  }
  const std::vector<Plan> plans = plans_of(schema);
  TableBuilder builder;
  BatchReader reader(plans, builder);
  while (true) {
    Held<ArrowArray> batch;
    if (const int status = stream->get_next(stream, &batch); status != 0) {
      batch.release = nullptr;
      producer_failed(stream, status);
    }
    if (batch.release == nullptr) break;
    reader.read(batch);
  }
  return builder.finish();
}

}  // namespace partnership
