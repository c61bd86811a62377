// SPDX-License-Identifier: Apache-2.0
//
// The two C functions of Arrow streams (table.h): tables go there and back, structs may be moved
// out and outlive everything else, and a stream that cannot be read is released all the same.
#include <cerrno>
#include <cstring>

#include "harness.hpp"

namespace {

using namespace pship_testing;

Owned<pship_table> mixed() {
  const std::string json = R"([{"flag": true, "count": 7, "share": 0.5, "name": "أفكار"},
                               {"flag": null, "count": null, "share": null, "name": null}])";
  return made<pship_table>(
      [&](auto** out) { return pship_table_read_json(json.data(), json.size(), out, nullptr); });
}

ArrowArrayStream stream_of(const pship_table* table) {
  ArrowArrayStream stream;
  std::memset(&stream, 0x5a, sizeof(stream));  // *out need not be initialised
  EXPECT_EQ(pship_table_to_arrow(table, &stream, nullptr), PSHIP_OK);
  return stream;
}

TEST(CApi, pship_table_to_arrow) {
  auto table = mixed();
  ArrowArrayStream stream;
  EXPECT_TRUE(
      gives([&](pship_error** err) { return pship_table_to_arrow(table.get(), &stream, err); }));
  table.reset();  // the memory outlives the table
  ArrowSchema schema{};
  ASSERT_EQ(stream.get_schema(&stream, &schema), 0);
  EXPECT_STREQ(schema.format, "+s");
  ASSERT_EQ(schema.n_children, 4);
  EXPECT_STREQ(schema.children[1]->name, "count");
  EXPECT_STREQ(schema.children[1]->format, "l");
  ArrowArray batch{};
  ASSERT_EQ(stream.get_next(&stream, &batch), 0);
  ASSERT_EQ(batch.length, 2);
  // One column is moved out; everything else is released before it is read.
  ArrowArray moved = *batch.children[3];
  batch.children[3]->release = nullptr;
  ArrowArray end{};
  ASSERT_EQ(stream.get_next(&stream, &end), 0);
  EXPECT_EQ(end.release, nullptr);
  batch.release(&batch);
  schema.release(&schema);
  stream.release(&stream);
  EXPECT_EQ(stream.release, nullptr);
  ASSERT_EQ(moved.n_buffers, 3);
  EXPECT_EQ(moved.null_count, 1);
  EXPECT_EQ(std::string_view(static_cast<const char*>(moved.buffers[2]), 10), "أفكار");
  moved.release(&moved);

  EXPECT_TRUE(refuses_misuse(pship_table_to_arrow, mixed().get(), &stream));
  std::memset(&stream, 0x5a, sizeof(stream));
  EXPECT_EQ(pship_table_to_arrow(nullptr, &stream, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(stream.release, nullptr);
}

TEST(CApi, pship_table_from_arrow) {
  const auto table = mixed();
  ArrowArrayStream stream = stream_of(table.get());
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) { return pship_table_from_arrow(&stream, &out, err); }));
  EXPECT_EQ(stream.release, nullptr);
  EXPECT_EQ(pship_table_equal(table.get(), Owned<pship_table>(out).get()), 1);

  const auto from = [&](pship_error** err) { return pship_table_from_arrow(&stream, &out, err); };
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, from, out));  // released already
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_ARGUMENT,
      [&](pship_error** err) { return pship_table_from_arrow(nullptr, &out, err); }, out));
  stream = stream_of(table.get());
  EXPECT_EQ(pship_table_from_arrow(&stream, nullptr, nullptr), PSHIP_INVALID_ARGUMENT);
  EXPECT_EQ(stream.release, nullptr);  // also on failure
}

// A producer of one column of a format of its own choice, which counts its releases.
struct Producer {
  const char* format = "l";
  int status = 0;
  int released = 0;
};

ArrowArrayStream stream_of(Producer& producer) {
  ArrowArrayStream stream{};
  stream.get_schema = [](ArrowArrayStream* of, ArrowSchema* schema) {
    auto* self = static_cast<Producer*>(of->private_data);
    if (self->status != 0) return self->status;
    static ArrowSchema child, *children[] = {&child};
    child = {};
    child.format = self->format;
    child.name = "odd";
    child.release = [](ArrowSchema* one) { one->release = nullptr; };
    *schema = {};
    schema->format = "+s";
    schema->n_children = 1;
    schema->children = children;
    schema->release = [](ArrowSchema* one) { one->release = nullptr; };
    return 0;
  };
  stream.get_next = [](ArrowArrayStream* of, ArrowArray* array) {
    *array = {};
    return static_cast<Producer*>(of->private_data)->status;
  };
  stream.get_last_error = [](ArrowArrayStream*) { return "the cable\nwas cut"; };
  stream.release = [](ArrowArrayStream* of) {
    ++static_cast<Producer*>(of->private_data)->released;
    of->release = nullptr;
  };
  stream.private_data = &producer;
  return stream;
}

TEST(CApiArrow, AFormatItCannotReadIsNamedAndTheStreamReleased) {
  for (const char* format : {"z", "+l", "tsu:", "d:10,2", "", "e", "lu"}) {
    Producer producer{format, 0, 0};
    ArrowArrayStream stream = stream_of(producer);
    pship_table* out = nullptr;
    const auto error =
        error_of([&](pship_error** err) { return pship_table_from_arrow(&stream, &out, err); });
    EXPECT_EQ(pship_error_code(error.get()), PSHIP_INVALID_ARGUMENT) << format;
    EXPECT_THAT(pship_error_message(error.get()), testing::HasSubstr("`odd`")) << format;
    EXPECT_EQ(out, nullptr);
    EXPECT_EQ(producer.released, 1) << format;
  }
}

TEST(CApiArrow, AProducerThatFailsIsAnIoErrorOrOutOfMemory) {
  for (const auto& [status, expected] : {std::pair(EIO, PSHIP_IO), {ENOMEM, PSHIP_NO_MEMORY}}) {
    Producer producer{"l", status, 0};
    ArrowArrayStream stream = stream_of(producer);
    pship_table* out = nullptr;
    const auto error =
        error_of([&](pship_error** err) { return pship_table_from_arrow(&stream, &out, err); });
    EXPECT_EQ(pship_error_code(error.get()), expected);
    EXPECT_EQ(std::string(pship_error_message(error.get())).find('\n'), std::string::npos);
    EXPECT_EQ(producer.released, 1);
  }
}

}  // namespace
