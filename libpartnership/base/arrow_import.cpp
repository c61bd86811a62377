// SPDX-License-Identifier: Apache-2.0
//
// A table from an Arrow C stream.
#include <limits>
#include <set>
#include <vector>

#include "base/arrow.hpp"
#include "base/arrow_array.hpp"
#include "base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace partnership {

namespace {

using arrow::ArrayReader;
using arrow::bit;
using arrow::bitmap_of;
using arrow::Held;
using arrow::Kind;
using arrow::kind_of;
using arrow::refuse;
using arrow::shown_format;
using arrow::StreamReader;

constexpr std::int64_t most_rows = std::numeric_limits<std::int32_t>::max();

struct Plan {
  std::string name;
  const Kind* kind;        // of the values, or of the indices into a dictionary
  const Kind* dictionary;  // of its texts, or nullptr

  ColumnType type() const noexcept { return dictionary != nullptr ? ColumnType::text : kind->type; }
};

// ---- Schemas

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
    if (plan.dictionary == nullptr || !plan.dictionary->is_text() ||
        dictionary.dictionary != nullptr || !plan.kind->is_integer()) {
      note("column " + quoted(plan.name) + " has a dictionary of " + shown_format(format) +
           ", expected one of texts (u or U)");
    }
  }
  return plan;
}

std::vector<Plan> plans_of(const ArrowSchema& schema) {
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
    const ArrayReader values(plan.name, *plan.kind, child, batch_->offset, batch_->length);
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
    const ArrayReader texts(plan.name, *plan.dictionary, dictionary, 0, size);
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

}  // namespace

Table import_stream(ArrowArrayStream* stream) {
  StreamReader reader(stream);
  return import_stream(reader);
}

Table import_stream(StreamReader& reader) {
  const std::vector<Plan> plans = plans_of(reader.schema());
  TableBuilder builder;
  BatchReader batches(plans, builder);
  while (true) {
    Held<ArrowArray> batch;
    if (!reader.next(batch)) break;
    batches.read(batch);
  }
  return builder.finish();
}

}  // namespace partnership
