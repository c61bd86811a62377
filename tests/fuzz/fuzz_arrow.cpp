// SPDX-License-Identifier: Apache-2.0
//
// Bytes as the orders to a producer of Arrow streams that contradicts itself in every way the
// interface lets a consumer see: formats, counts, lengths, offsets, NULL pointers, bitmaps, text
// offsets, dictionaries. Its buffers are as large as it says, for a lie about that cannot be found
// out. The stream is read into a table or refused, and all of it is released.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/arrow.hpp"
#include "base/arrow_fake.hpp"
#include "base/error.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;

namespace {

constexpr std::int64_t most_rows = 24;

class Orders {
 public:
  Orders(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  fake::Stream stream() {
    fake::Stream plan;
    plan.schema.format = rarely() ? "i" : "+s";
    plan.schema.name = "";
    const std::int64_t columns = number(4);
    for (std::int64_t c = 0; c < columns; ++c) plan.schema.children.push_back(column(c));
    if (rarely()) plan.schema.claimed_children = -7;
    for (std::int64_t n = number(4); n > 0; --n) plan.batches.push_back(batch(plan.schema));
    if (rarely()) plan.schema_status = 5;
    if (rarely()) plan.next_status = 5;
    return plan;
  }

 private:
  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : 0; }
  std::int64_t number(std::int64_t below) { return byte() % below; }
  bool rarely() { return byte() % 32 == 31; }

  fake::Schema column(std::int64_t index) {
    static constexpr const char* formats[] = {"n", "b", "c", "C", "s",  "S", "i",   "I",
                                              "l", "L", "f", "g", "u",  "U", "tdD", "+s",
                                              "z", "",  "u", "U", "ts", "u"};
    fake::Schema schema;
    schema.format = formats[byte() % std::size(formats)];
    schema.name = rarely() ? std::string("\xff") : "c" + std::to_string(rarely() ? 0 : index);
    if (rarely()) schema.name = std::nullopt;
    if (byte() % 4 == 3) {
      schema.dictionary = std::make_shared<fake::Schema>();
      schema.dictionary->format = rarely() ? "l" : byte() % 2 == 0 ? "u" : "U";
    }
    schema.released = rarely();
    return schema;
  }

  fake::Array batch(const fake::Schema& schema) {
    fake::Array array;
    array.length = number(most_rows);
    array.offset = number(4);
    array.buffers = {bitmap()};
    array.nulls = number(3) - 1;
    for (const fake::Schema& child : schema.children) array.children.push_back(values(child));
    if (rarely()) array.children.emplace_back();
    if (rarely()) array.claimed_children = number(8) - 4;
    if (rarely()) array.length = -1;
    if (rarely()) array.offset = INT64_MAX - number(9);
    array.null_children = rarely();
    array.null_buffers = rarely();
    return array;
  }

  std::optional<fake::Bytes> bitmap() {
    if (byte() % 2 == 0) return std::nullopt;
    return filled(static_cast<std::size_t>(most_rows));
  }

  fake::Bytes filled(std::size_t size) {
    fake::Bytes bytes;
    while (bytes.size() < size) bytes.push_back(byte());
    return bytes;
  }

  fake::Array values(const fake::Schema& schema) {
    fake::Array array;
    array.length = rarely() ? -number(9) : number(2 * most_rows);
    array.offset = rarely() ? INT64_MAX - number(9) : number(8);
    array.nulls = number(3) - 1;
    const std::string format = schema.format.value_or("");
    if (format != "n") array.buffers.push_back(bitmap());
    if (format == "u" || format == "U") {
      text_buffers(array, format == "u");
    } else if (format != "n") {
      array.buffers.emplace_back(filled(8 * room));
    }
    if (rarely() && !array.buffers.empty()) array.buffers.back() = std::nullopt;
    if (rarely()) array.buffers.emplace_back();
    if (schema.dictionary)
      array.dictionary = std::make_shared<fake::Array>(values(*schema.dictionary));
    if (rarely()) array.dictionary = nullptr;
    array.released = rarely();
    array.null_buffers = rarely();
    return array;
  }

  // Offsets that stay within the bytes, but need not grow.
  void text_buffers(fake::Array& array, bool narrow) {
    const fake::Bytes bytes = filled(16);
    std::vector<std::int32_t> small;
    std::vector<std::int64_t> large;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < room; ++i) {
      offset = rarely() ? number(20) - 3 : offset + number(2);
      offset = std::min<std::int64_t>(offset, 16);
      small.push_back(static_cast<std::int32_t>(offset));
      large.push_back(offset);
    }
    array.buffers.emplace_back(narrow ? fake::bytes_of_values(small)
                                      : fake::bytes_of_values(large));
    array.buffers.emplace_back(bytes);
  }

  // Values that the greatest honest length, both offsets and the closing text offset can reach.
  static constexpr std::size_t room = 2 * static_cast<std::size_t>(most_rows) + 16;

  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fake::Count count;
  ArrowArrayStream stream;
  fake::fill(Orders(data, size).stream(), &count, &stream);
  try {
    const Table table = import_stream(&stream);
    ArrowArrayStream again;
    export_stream(table, &again);
    demand(import_stream(&again) == table, "Arrow gives the table back");
  } catch (const Error& error) {
    demand(error.code() == Code::invalid_argument || error.code() == Code::io,
           "why there is no table");
  }
  demand(count.live == 0, "all is released");
  demand(stream.release == nullptr, "the stream is released");
  return 0;
}
