// SPDX-License-Identifier: Apache-2.0
//
// Reading Arrow streams, for those that make something of them: the stream, its schema and batches,
// and one column of one batch. The interface carries no buffer sizes: lengths, counts, offsets and
// pointers are checked against one another as far as that goes, and text for being UTF-8, but a
// producer that lies about its memory cannot be found out.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/arrow.hpp"

namespace partnership::arrow {

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

// A stream that is read once and released at the end. Throws Error(invalid_argument) for one that
// is none, Error(io) with the producer's words when it fails (std::bad_alloc for ENOMEM).
class StreamReader {
 public:
  explicit StreamReader(ArrowArrayStream* stream);
  ~StreamReader();
  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;

  // A struct of columns (checked).
  const ArrowSchema& schema() const noexcept { return schema_; }
  // The next batch; false: there is none.
  bool next(Held<ArrowArray>& batch);

 private:
  [[noreturn]] void failed(int status);
  ArrowArrayStream* stream_;
  Held<ArrowSchema> schema_;
};

[[noreturn]] void refuse(const std::string& message);  // Error(invalid_argument)
std::string shown_format(const char* format);          // "the Arrow format `+l`"

// What a column of an Arrow format becomes in a table.
struct Kind {
  std::string_view format;
  ColumnType type;
  std::int64_t buffers;

  bool is_integer() const noexcept {
    return type == ColumnType::int32 || type == ColumnType::int64;
  }
  bool is_text() const noexcept { return format == "u" || format == "U"; }
};
const Kind* kind_of(const char* format) noexcept;  // nullptr: a table has none such

inline bool bit(const void* bits, std::int64_t index) noexcept {
  return ((static_cast<const std::uint8_t*>(bits)[index / 8] >> (index % 8)) & 1U) != 0;
}
// The bitmap of an array, or nullptr when no value is null.
inline const void* bitmap_of(const ArrowArray& array) noexcept {
  return array.null_count == 0 || array.n_buffers < 1 ? nullptr : array.buffers[0];
}

// One column of one batch, checked.
class ArrayReader {
 public:
  // Reads the `length` values after the first `skip`. `name` is that of the column, for messages,
  // and must live as long.
  ArrayReader(std::string_view name, const Kind& kind, const ArrowArray* array, std::int64_t skip,
              std::int64_t length);

  bool is_null(std::int64_t row) const noexcept {
    return kind_->buffers == 0 || (bitmap_ != nullptr && !bit(bitmap_, first_ + row));
  }
  bool boolean(std::int64_t row) const noexcept { return bit(values_, first_ + row); }
  std::int64_t integer(std::int64_t row) const;
  double real(std::int64_t row) const noexcept;
  std::string_view text(std::int64_t row) const;
  // The value as it lies there.
  template <class T>
  T raw(std::int64_t row) const noexcept {
    T value;
    const std::int64_t at = (first_ + row) * static_cast<std::int64_t>(sizeof(T));
    std::memcpy(&value, static_cast<const char*>(values_) + at, sizeof(T));
    return value;
  }
  void demand(bool holds, const std::string& fault) const {
    if (!holds) refuse_column(fault);
  }

 private:
  [[noreturn]] void refuse_column(const std::string& fault) const;

  std::string_view name_;
  const Kind* kind_;
  const ArrowArray* array_;
  std::int64_t first_ = 0;  // index of row 0 in the buffers
  const void* bitmap_ = nullptr;
  const void* values_ = nullptr;
};

}  // namespace partnership::arrow
