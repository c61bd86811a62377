// SPDX-License-Identifier: Apache-2.0
#include "feel/case_arrow.hpp"

#include <charconv>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "feel/case_arrow_time.hpp"
#include "feel/number.hpp"
#include "feel/number_parts.hpp"

namespace partnership::feel {

namespace {

using arrow::ArrayReader;
using arrow::Kind;

constexpr std::size_t deepest = 64;  // columns within each other
constexpr std::int64_t most_rows = std::numeric_limits<std::int32_t>::max();

enum class Form : std::uint8_t { scalar, clock, decimal, record, list, wide_list, fixed_list };

constexpr Kind wide{"l", ColumnType::int64, 2};    // of clocks: eight bytes
constexpr Kind narrow{"i", ColumnType::int32, 2};  // four bytes
constexpr Kind decimal{"d", ColumnType::int64, 2};

// A column of the schema.
struct Field {
  std::string name;
  Form form = Form::scalar;
  const Kind* kind = nullptr;        // scalar, clock, decimal; of the indices into a dictionary
  const Kind* dictionary = nullptr;  // of its texts
  Clock clock;
  std::int64_t number = 0;  // items of a fixed list; digits of a decimal behind the point
  std::vector<Field> children;
};

class SchemaReader {
 public:
  std::vector<Field> columns(const ArrowSchema& schema) {
    std::vector<Field> fields;
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      fields.push_back(read(schema.children[i], "", deepest));
    }
    refuse_repeated(fields, "");
    if (!problems_.empty()) throw Error(Code::invalid_argument, std::move(problems_));
    return fields;
  }

 private:
  void note(const std::string& path, const std::string& what) {
    problems_.push_back({"column " + quoted(path) + " has " + what, {}, no_offset, 0, 0});
  }

  void refuse_repeated(const std::vector<Field>& fields, const std::string& path) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (fields[i].name == fields[k].name)
          note(path + fields[i].name, "a name that stands twice");
      }
    }
  }

  Field read(const ArrowSchema* schema, const std::string& around, std::size_t depth) {
    Field field;
    if (schema == nullptr || schema->release == nullptr || schema->format == nullptr) {
      note(around, "no schema");
      return field;
    }
    field.name = schema->name == nullptr ? "" : schema->name;
    if (utf8_invalid_at(field.name) != std::string_view::npos) {
      note(around, "a name that is not UTF-8");
      return field;
    }
    const std::string path = around + field.name;
    if (depth == 0) {
      note(path, "too many columns within each other");
    } else if (!is_known(schema->format, field)) {
      note(path, arrow::shown_format(schema->format));
    } else if (schema->dictionary != nullptr) {
      read_dictionary(*schema->dictionary, path, field);
    } else if (field.form >= Form::record) {
      read_children(*schema, path, depth, field);
    }
    return field;
  }

  static bool is_known(std::string_view format, Field& field) {
    field.kind = arrow::kind_of(std::string(format).c_str());
    if (field.kind != nullptr && format != "tdD") return true;
    if (format == "+s") return set(field, Form::record);
    if (format == "+l") return set(field, Form::list);
    if (format == "+L") return set(field, Form::wide_list);
    if (format.starts_with("+w:")) {
      return set(field, Form::fixed_list) && whole(format.substr(3), field.number) &&
             field.number >= 0;
    }
    if (format.starts_with("d:")) {
      field.kind = &decimal;
      const std::size_t comma = format.find(',');
      return set(field, Form::decimal) && comma != std::string_view::npos &&
             whole(format.substr(comma + 1), field.number);
    }
    const std::optional<Clock> clock = Clock::read(format);
    if (!clock) return false;
    field.clock = *clock;
    field.kind = clock->bytes == 4 ? &narrow : &wide;
    return set(field, Form::clock);
  }

  static bool set(Field& field, Form form) {
    field.form = form;
    return true;
  }
  static bool whole(std::string_view text, std::int64_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
  }

  void read_dictionary(const ArrowSchema& schema, const std::string& path, Field& field) {
    const char* format = schema.release == nullptr ? nullptr : schema.format;
    field.dictionary = arrow::kind_of(format);
    if (field.dictionary == nullptr || !field.dictionary->is_text() ||
        schema.dictionary != nullptr || field.form != Form::scalar || !field.kind->is_integer()) {
      note(path, "a dictionary of " + arrow::shown_format(format));
    }
  }

  void read_children(const ArrowSchema& schema, const std::string& path, std::size_t depth,
                     Field& field) {
    const bool record = field.form == Form::record;
    if (schema.n_children < 0 || (!record && schema.n_children != 1) ||
        (schema.n_children > 0 && schema.children == nullptr)) {
      return note(path, "the wrong number of children");
    }
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      field.children.push_back(read(schema.children[i], path + ".", depth - 1));
    }
    if (record) refuse_repeated(field.children, path + ".");
  }

  std::vector<Problem> problems_;
};

// A column of a batch: rows from 0 on.
class View {
 public:
  View(const Field& field, const ArrowArray* array, std::int64_t skip, std::int64_t length)
      : field_(field) {
    if (field.kind != nullptr) {
      cells_.emplace(field.name, *field.kind, array, skip, length);
      if (field.dictionary != nullptr) bind_dictionary(array->dictionary);
      return;
    }
    demand(array != nullptr && array->release != nullptr, "no array");
    demand(array->length >= 0 && array->offset >= 0 && array->offset <= most_rows &&
               array->length <= most_rows && skip <= array->length &&
               length <= array->length - skip,
           "too few values, or too many");
    const bool offsets = field.form == Form::list || field.form == Form::wide_list;
    demand(array->n_buffers == (offsets ? 2 : 1) && array->buffers != nullptr, "no buffers");
    demand(array->n_children == static_cast<std::int64_t>(field.children.size()) &&
               (array->n_children == 0 || array->children != nullptr),
           "the wrong number of children");
    bitmap_ = arrow::bitmap_of(*array);
    demand(array->null_count <= 0 || bitmap_ != nullptr || length == 0, "nulls without a bitmap");
    first_ = array->offset + skip;
    if (offsets) offsets_ = array->buffers[1];
    demand(!offsets || offsets_ != nullptr || length == 0, "no offsets");
    bind_children(*array, length);
  }

  // Every row is a case.
  void each(std::int64_t rows, CaseMaker& maker) const {
    for (std::int64_t row = 0; row < rows; ++row) {
      const bool null = is_null(row);
      for (const View& child : children_) {
        if (null) {
          maker.values().add(child.field_.name, Value());
        } else {
          child.put(row, child.field_.name, maker.values());
        }
      }
      maker.append();
    }
  }

  void put(std::int64_t row, ValueBuilder::Name name, ValueBuilder& builder) const {
    if (is_null(row)) return builder.add(name, Value());
    switch (field_.form) {
      case Form::record:
        builder.begin_context(name);
        for (const View& child : children_) child.put(row, child.field_.name, builder);
        return builder.end();
      case Form::list:
      case Form::wide_list:
      case Form::fixed_list: {
        const auto [begin, end] = items(row);
        builder.begin_list(name);
        for (std::int64_t i = begin; i < end; ++i) children_[0].put(i, std::nullopt, builder);
        return builder.end();
      }
      default:
        return put_scalar(row, name, builder);
    }
  }

 private:
  void demand(bool holds, const char* fault) const {
    if (!holds) arrow::refuse("the Arrow column " + quoted(field_.name) + " has " + fault);
  }

  bool is_null(std::int64_t row) const {
    if (cells_) return cells_->is_null(row);
    return bitmap_ != nullptr && !arrow::bit(bitmap_, first_ + row);
  }

  void bind_dictionary(const ArrowArray* array) {
    size_ = array == nullptr ? 0 : array->length;
    texts_.emplace(field_.name, *field_.dictionary, array, 0, size_);
  }

  void bind_children(const ArrowArray& array, std::int64_t length) {
    if (field_.form == Form::record) {
      for (std::size_t i = 0; i < field_.children.size(); ++i) {
        children_.emplace_back(field_.children[i], array.children[i], first_, length);
      }
      return;
    }
    const ArrowArray* const child = array.children[0];
    size_ = child == nullptr ? 0 : child->length;
    children_.emplace_back(field_.children[0], child, 0, size_);
    demand(field_.form != Form::fixed_list || field_.number == 0 ||
               size_ / field_.number >= first_ + length,
           "too few items");
  }

  std::pair<std::int64_t, std::int64_t> items(std::int64_t row) const {
    std::int64_t begin = 0, end = 0;
    const std::int64_t at = first_ + row;
    if (field_.form == Form::fixed_list) {
      begin = at * field_.number;
      end = begin + field_.number;
    } else if (field_.form == Form::list) {
      begin = offset<std::int32_t>(at);
      end = offset<std::int32_t>(at + 1);
    } else {
      begin = offset<std::int64_t>(at);
      end = offset<std::int64_t>(at + 1);
    }
    demand(begin >= 0 && begin <= end && end <= size_, "offsets that leave its items");
    return {begin, end};
  }
  template <class T>
  std::int64_t offset(std::int64_t at) const noexcept {
    T value;
    std::memcpy(&value,
                static_cast<const char*>(offsets_) + at * static_cast<std::int64_t>(sizeof(T)),
                sizeof(T));
    return value;
  }

  void put_scalar(std::int64_t row, ValueBuilder::Name name, ValueBuilder& builder) const {
    Arena arena;
    if (field_.dictionary != nullptr) {
      const std::int64_t at = cells_->integer(row);
      demand(at >= 0 && at < size_, "an index that leaves its dictionary");
      return texts_->is_null(at) ? builder.add(name, Value())
                                 : builder.add_text(name, texts_->text(at));
    }
    if (field_.form == Form::decimal) {
      return builder.add(name, number_of(arena, cells_->raw<I128>(row)));
    }
    if (field_.form == Form::clock) {
      const std::int64_t ticks =
          field_.clock.bytes == 4 ? cells_->raw<std::int32_t>(row) : cells_->raw<std::int64_t>(row);
      const std::optional<Value> value = field_.clock.value(arena, ticks, builder.type_of(name));
      demand(value.has_value(), "a moment that no value can be");
      return builder.add(name, *value);
    }
    switch (field_.kind->type) {
      case ColumnType::text:
        return builder.add_text(name, cells_->text(row));
      case ColumnType::boolean:
        return builder.add(name, Value::boolean(cells_->boolean(row)));
      case ColumnType::real:
        return builder.add(name, number(arena, cells_->real(row)).value_or(Value()));
      default:
        if (field_.kind->format == "L") {
          const auto text = std::to_string(cells_->raw<std::uint64_t>(row));
          return builder.add(name, parse_number(arena, text).value_or(Value()));
        }
        return builder.add(name, number(arena, cells_->integer(row)));
    }
  }

  Value number_of(Arena& arena, I128 coefficient) const {
    const bool negative = coefficient < 0;
    U128 rest =
        negative ? U128{0} - static_cast<U128>(coefficient) : static_cast<U128>(coefficient);
    std::string text;
    do {
      text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
      rest /= 10;
    } while (rest != 0);
    if (negative) text.insert(text.begin(), '-');
    text += "e" + std::to_string(-field_.number);
    const std::optional<Value> value = parse_number(arena, text);
    demand(value.has_value(), "a decimal that no number can be");
    return *value;
  }

  const Field& field_;
  std::optional<ArrayReader> cells_;  // of what has values itself
  std::optional<ArrayReader> texts_;  // of a dictionary
  const void* bitmap_ = nullptr;
  const void* offsets_ = nullptr;
  std::int64_t first_ = 0;
  std::int64_t size_ = 0;  // of the dictionary, or of the items
  std::vector<View> children_;
};

}  // namespace

bool is_nested(const ArrowSchema& schema) noexcept {
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema* child = schema.children[i];
    if (child == nullptr || child->release == nullptr) return false;  // refused by either way
    if (arrow::kind_of(child->format) == nullptr) return true;
  }
  return false;
}

void read_arrow(arrow::StreamReader& stream, CaseMaker& maker) {
  Field whole;
  whole.name = "(the batch)";
  whole.form = Form::record;
  whole.children = SchemaReader().columns(stream.schema());
  while (true) {
    arrow::Held<ArrowArray> batch;
    if (!stream.next(batch)) return;
    if (batch.length < 0) arrow::refuse("the Arrow batch has a negative length");
    const View view(whole, &batch, 0, batch.length);
    view.each(batch.length, maker);
  }
}

}  // namespace partnership::feel
