// SPDX-License-Identifier: Apache-2.0
#include "base/arrow_array.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>

#include "base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership::arrow {

namespace {

constexpr Kind kinds[] = {
    {"n", ColumnType::text, 0},  {"b", ColumnType::boolean, 2}, {"c", ColumnType::int32, 2},
    {"C", ColumnType::int32, 2}, {"s", ColumnType::int32, 2},   {"S", ColumnType::int32, 2},
    {"i", ColumnType::int32, 2}, {"I", ColumnType::int64, 2},   {"l", ColumnType::int64, 2},
    {"L", ColumnType::int64, 2}, {"f", ColumnType::real, 2},    {"g", ColumnType::real, 2},
    {"u", ColumnType::text, 3},  {"U", ColumnType::text, 3},    {"tdD", ColumnType::date, 2},
};

template <class T>
T load(const void* values, std::int64_t index) noexcept {
  T value;
  std::memcpy(&value,
              static_cast<const char*>(values) + index * static_cast<std::int64_t>(sizeof(T)),
              sizeof(T));
  return value;
}

}  // namespace

void refuse(const std::string& message) {
  throw Error(Code::invalid_argument, message);
}

std::string shown_format(const char* format) {
  if (format == nullptr) return "no Arrow format";
  const std::string_view text(format);
  if (utf8_invalid_at(text) != std::string_view::npos) return "an Arrow format that is not UTF-8";
  return "the Arrow format " + quoted(text);
}

const Kind* kind_of(const char* format) noexcept {
  if (format == nullptr) return nullptr;
  const auto* found = std::find_if(std::begin(kinds), std::end(kinds),
                                   [&](const Kind& kind) { return kind.format == format; });
  return found == std::end(kinds) ? nullptr : found;
}

// ---- The stream

StreamReader::StreamReader(ArrowArrayStream* stream) : stream_(stream) {
  if (stream->release == nullptr) refuse("the Arrow stream is released already");
  try {
    if (stream->get_schema == nullptr || stream->get_next == nullptr) {
      refuse("the Arrow stream has no callbacks");
    }
    if (const int status = stream->get_schema(stream, &schema_); status != 0) {
      schema_.release = nullptr;  // a failed call fills nothing
      failed(status);
    }
    if (schema_.release == nullptr) refuse("the Arrow stream has no schema");
    if (schema_.format == nullptr || std::string_view(schema_.format) != "+s") {
      refuse("the Arrow stream has " + shown_format(schema_.format) +
             ", expected a struct of columns (+s)");
    }
    if (schema_.n_children < 0 || (schema_.n_children > 0 && schema_.children == nullptr)) {
      refuse("the Arrow schema has no children");
    }
  } catch (...) {
    stream_->release(stream_);
    throw;
  }
}

StreamReader::~StreamReader() {
  if (stream_->release != nullptr) stream_->release(stream_);
}

bool StreamReader::next(Held<ArrowArray>& batch) {
  if (const int status = stream_->get_next(stream_, &batch); status != 0) {
    batch.release = nullptr;
    failed(status);
  }
  return batch.release != nullptr;
}

void StreamReader::failed(int status) {
  if (status == ENOMEM) throw std::bad_alloc();
  const char* said =
      stream_->get_last_error == nullptr ? nullptr : stream_->get_last_error(stream_);
  std::string message =
      "the producer of the Arrow stream failed with errno " + std::to_string(status);
  if (said != nullptr && utf8_invalid_at(said) == std::string_view::npos) {
    message += ": " + quoted(said);
  }
  throw Error(Code::io, message);
}

// ---- Arrays

ArrayReader::ArrayReader(std::string_view name, const Kind& kind, const ArrowArray* array,
                         std::int64_t skip, std::int64_t length)
    : name_(name), kind_(&kind), array_(array) {
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

std::int64_t ArrayReader::integer(std::int64_t row) const {
  const std::int64_t at = first_ + row;
  switch (kind_->format[0]) {
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

double ArrayReader::real(std::int64_t row) const noexcept {
  const std::int64_t at = first_ + row;
  return kind_->format == "f" ? static_cast<double>(load<float>(values_, at))
                              : load<double>(values_, at);
}

std::string_view ArrayReader::text(std::int64_t row) const {
  const std::int64_t at = first_ + row;
  const bool narrow = kind_->format == "u";
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

void ArrayReader::refuse_column(const std::string& fault) const {
  refuse("the Arrow column " + quoted(name_) + " has " + fault);
}

}  // namespace partnership::arrow
