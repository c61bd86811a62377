// SPDX-License-Identifier: Apache-2.0
//
// A JSON tree that tests change and write again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace partnership {

struct MutableJson {
  json::Type type = json::Type::null;
  std::string name;                   // of a member
  std::string text;                   // of a string; the source of a number or boolean
  std::vector<MutableJson> children;  // of an array or object

  static MutableJson read(std::string_view text) { return of(json::Document::parse(text)->root()); }
  static MutableJson of(json::Value value) {
    MutableJson out;
    out.type = value.type();
    out.name = value.key();
    out.text = value.is(json::Type::string) ? value.text() : value.source();
    for (const json::Value child : value) out.children.push_back(of(child));
    if (out.is_container()) out.text.clear();
    return out;
  }

  bool is_container() const { return type == json::Type::array || type == json::Type::object; }
  std::string write() const {
    json::Writer out;
    write(out);
    return out.take();
  }
  // Every value, itself first.
  void collect(std::vector<MutableJson*>& all) {
    all.push_back(this);
    for (MutableJson& child : children) child.collect(all);
  }
  MutableJson& operator[](std::string_view key) {
    for (MutableJson& child : children) {
      if (child.name == key) return child;
    }
    return children.at(children.size());  // throws
  }

 private:
  void write(json::Writer& out) const {
    const bool object = type == json::Type::object;
    if (!is_container()) {
      type == json::Type::string ? out.value(text) : out.raw(text);
      return;
    }
    object ? out.begin_object() : out.begin_array();
    for (const MutableJson& child : children) {
      if (object) out.key(child.name);
      child.write(out);
    }
    object ? out.end_object() : out.end_array();
  }
};

}  // namespace partnership
