// SPDX-License-Identifier: Apache-2.0
//
// Bytes as the orders to a producer of Arrow streams with lists and structs that contradicts itself
// wherever the interface lets a consumer see it. Its buffers are as large as it says, for a lie
// about that cannot be found out. The stream becomes cases or is refused, and all of it is
// released.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/arrow_fake.hpp"
#include "base/error.hpp"
#include "feel/compare.hpp"
#include "feel/expression_set.hpp"
#include "fuzz/demand.hpp"

using namespace partnership;

namespace {

constexpr std::int64_t most_length = 48, most_offset = 8;
constexpr std::size_t room = 64;  // values that these can reach, and one offset more

class Orders {
 public:
  Orders(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  fake::Stream stream() {
    fake::Stream plan;
    plan.schema.format = "+s";
    plan.schema.name = "";
    for (const char* name : {"n", "l", "c", "any"}) plan.schema.children.push_back(column(name, 3));
    for (std::int64_t n = number(3); n > 0; --n) plan.batches.push_back(array(plan.schema));
    return plan;
  }

 private:
  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : 0; }
  std::int64_t number(std::int64_t below) { return byte() % below; }
  bool rarely() { return byte() % 32 == 31; }

  fake::Schema column(const char* name, int depth) {
    static constexpr const char* scalars[] = {"n",   "b",   "c",      "L",      "g",       "u",
                                              "U",   "tdD", "tdm",    "tss:",   "tsn:UTC", "tts",
                                              "ttn", "tDu", "d:38,2", "d:5,-3", "vu"};
    static constexpr const char* nested[] = {"+s", "+l", "+L", "+w:2", "+w:0", "+m"};
    fake::Schema schema;
    schema.name = rarely() ? "n" : name;
    if (depth == 0 || byte() % 3 == 0) {
      schema.format = scalars[byte() % std::size(scalars)];
      if (rarely())
        schema.dictionary = std::make_shared<fake::Schema>(fake::Schema{"u", "", {}, {}});
      return schema;
    }
    schema.format = nested[byte() % std::size(nested)];
    const bool record = *schema.format == "+s";
    for (std::int64_t i = record ? number(3) : 1; i > 0; --i) {
      schema.children.push_back(column(i == 1 ? "a" : "b", depth - 1));
    }
    if (rarely()) schema.claimed_children = number(4) - 2;
    return schema;
  }

  fake::Array array(const fake::Schema& schema) {
    fake::Array out;
    const std::string format = schema.format.value_or("");
    out.length = rarely() ? -number(9) : number(most_length);
    out.offset = rarely() ? INT64_MAX - number(9) : number(most_offset);
    out.nulls = number(3) - 1;
    if (format != "n") out.buffers.push_back(bitmap());
    if (format == "+l" || format == "+L" || format == "u" || format == "U") {
      offsets(out, format == "+l" || format == "u");
    } else if (format[0] != '+' && format != "n") {
      out.buffers.emplace_back(filled(16 * room));
    }
    if (format == "u" || format == "U") out.buffers.emplace_back(filled(16));
    if (rarely() && !out.buffers.empty()) out.buffers.back() = std::nullopt;
    if (rarely()) out.buffers.emplace_back();
    for (const fake::Schema& child : schema.children) out.children.push_back(array(child));
    if (rarely()) out.claimed_children = number(4) - 2;
    if (schema.dictionary)
      out.dictionary = std::make_shared<fake::Array>(array(*schema.dictionary));
    if (rarely()) out.dictionary = nullptr;
    out.released = rarely();
    out.null_children = rarely();
    out.null_buffers = rarely();
    return out;
  }

  std::optional<fake::Bytes> bitmap() {
    if (byte() % 2 == 0) return std::nullopt;
    return filled(room);
  }
  fake::Bytes filled(std::size_t size) {
    fake::Bytes bytes;
    while (bytes.size() < size) bytes.push_back(byte());
    return bytes;
  }
  // Offsets that stay within 16, but need not grow.
  void offsets(fake::Array& out, bool narrow) {
    std::vector<std::int32_t> small;
    std::vector<std::int64_t> large;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < room; ++i) {
      at = std::min<std::int64_t>(rarely() ? number(20) - 3 : at + number(2), 16);
      small.push_back(static_cast<std::int32_t>(at));
      large.push_back(at);
    }
    out.buffers.emplace_back(narrow ? fake::bytes_of_values(small) : fake::bytes_of_values(large));
  }

  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto set = feel::ExpressionSet::compile(
      "{}", R"({"n": "number", "l": [{"a": "date", "b": "Any"}], "c": {"a": "list<string>"},
                "any": "Any"})",
      {});
  fake::Count count;
  ArrowArrayStream stream;
  fill(Orders(data, size).stream(), &count, &stream);
  try {
    const auto cases = set->read_arrow(&stream);
    feel::Arena arena;
    std::string text;
    for (std::uint32_t row = 0; row < cases->batch.rows(); ++row) {
      feel::append_expression(text, cases->batch.row(row, arena));
    }
    demand(!text.empty() || cases->batch.rows() == 0, "every case is a value");
  } catch (const Error& error) {
    demand(error.code() != Code::internal, "no fault of the library");
  }
  demand(count.live == 0, "everything is released");
  return 0;
}
