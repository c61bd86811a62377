// SPDX-License-Identifier: Apache-2.0
//
// Types as text, and schemas.
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "feel/lexer.hpp"
#include "feel/type.hpp"

namespace partnership::feel {

namespace {

constexpr std::size_t longest_text = 400;

// Types may share parts, so that the whole text could be longer than memory.
void append(std::string& out, const Type& type) {
  if (out.size() > longest_text) return;
  switch (type.kind) {
    case TypeKind::list:
    case TypeKind::range:
      out += type_kind_name(type.kind);
      out += '<';
      append(out, *type.element);
      out += '>';
      break;
    case TypeKind::context: {
      out += "context";
      std::string_view before = "<";
      for (const Type::Member& member : type.members) {
        if (out.size() > longest_text) return;
        out += before;
        out += member.name;
        out += ": ";
        append(out, *member.type);
        if (member.optional) out += '?';
        before = ", ";
      }
      if (!type.members.empty()) out += '>';
      break;
    }
    case TypeKind::function: {
      out += "function";
      if (type.result == nullptr) break;
      out += '<';
      std::string_view before;
      for (const Type* parameter : type.parameters) {
        out += before;
        append(out, *parameter);
        before = ", ";
      }
      out += "> -> ";
      append(out, *type.result);
      break;
    }
    default:
      out += type_kind_name(type.kind);
  }
}

class SchemaReader {
 public:
  SchemaReader(Types& types, json::Problems& problems, Types::Unknown unknown)
      : types_(types), problems_(problems), unknown_(unknown) {}

  const Type* read(json::Value value, bool* optional, std::size_t depth) {
    if (depth > Types::deepest) {
      return wrong(value,
                   "types within each other more than " + std::to_string(Types::deepest) + " deep");
    }
    switch (value.type()) {
      case json::Type::string:
        return read_text(value, optional);
      case json::Type::array:
        if (value.size() != 1) {
          return wrong(value, "expected one type between the brackets, found " +
                                  std::to_string(value.size()));
        }
        return types_.list(read(value[0], nullptr, depth + 1));
      case json::Type::object:
        return read_object(value, optional, depth);
      default:
        return wrong(value, "expected a type (a text, [type] or an object), found " +
                                std::string(json::type_name(value.type())));
    }
  }

 private:
  const Type* wrong(json::Value value, std::string message) {
    problems_.add(value, std::move(message));
    return types_.any();
  }

  const Type* read_text(json::Value value, bool* optional) {
    try {
      return types_.parse_member(value.text(), optional, unknown_);
    } catch (const Error& error) {
      if (error.code() != Code::malformed) throw;
      return wrong(value, error.problems().front().message);
    }
  }

  const Type* read_object(json::Value value, bool* optional, std::size_t depth) {
    const auto says = value.find("optional");
    if (says && says->is(json::Type::boolean)) return read_described(value, *says, optional, depth);
    std::vector<Type::Member> members;
    for (const json::Value field : value) {
      Type::Member member{normal_name(field.key()), nullptr};
      if (member.name.empty()) {
        problems_.add(field, "a field has no name");
        continue;
      }
      member.type = read(field, &member.optional, depth + 1);
      members.push_back(std::move(member));
    }
    return types_.context(std::move(members), false);
  }

  // {"type": T, "optional": true}
  const Type* read_described(json::Value value, json::Value says, bool* optional,
                             std::size_t depth) {
    json::ObjectReader reader(value, problems_);
    reader.any("optional");
    const auto type = reader.any("type", true);
    reader.finish();
    if (optional == nullptr) {
      return wrong(value, "only a field can be optional, not an item of a list");
    }
    if (!type) return types_.any();
    bool inner = false;
    const Type* read_type = read(*type, &inner, depth + 1);
    *optional = inner || says.boolean();
    return read_type;
  }

  Types& types_;
  json::Problems& problems_;
  Types::Unknown unknown_;
};

}  // namespace

std::string type_text(const Type& type) {
  std::string out;
  append(out, type);
  if (out.size() > longest_text) {
    std::size_t end = longest_text;
    while ((static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
    out.resize(end);
    out += "...";
  }
  return out;
}

const Type* Types::read_schema(json::Value value, json::Problems& problems, Unknown unknown) {
  if (!value.is(json::Type::object)) {
    problems.add(value, "expected an object of field names and types, found " +
                            std::string(json::type_name(value.type())));
    return any();
  }
  return SchemaReader(*this, problems, unknown).read(value, nullptr, 1);
}

const Type* Types::read_field(json::Value value, bool& optional, json::Problems& problems,
                              Unknown unknown) {
  optional = false;
  return SchemaReader(*this, problems, unknown).read(value, &optional, 2);
}

}  // namespace partnership::feel
