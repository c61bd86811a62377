// SPDX-License-Identifier: Apache-2.0
//
// Writes XML 1.0 in UTF-8, in the order of the calls: well-formed whatever the texts are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace partnership::exchange {

// Names of elements and attributes are the program's own and are written as they are. Elements on
// lines of their own are indented; one that was begun with `inline_begin` holds text and keeps its
// spaces. Texts and values are made plain first (characters.hpp); Error(malformed) for what is not
// UTF-8.
class XmlWriter {
 public:
  XmlWriter();
  XmlWriter& begin(std::string_view element);
  XmlWriter& inline_begin(std::string_view element);
  // Of the element that was begun last, before anything is in it. The second leaves out what is
  // empty.
  XmlWriter& attribute(std::string_view name, std::string_view value);
  XmlWriter& attribute_unless_empty(std::string_view name, std::string_view value);
  XmlWriter& text(std::string_view text);
  XmlWriter& end();
  std::string take();  // every element must have ended

 private:
  struct Element {
    std::string name;
    bool holds_text, empty;
  };
  void begin(std::string_view element, bool holds_text);
  void newline(std::size_t depth);
  void close_tag();

  std::string out_;
  std::vector<Element> open_;
  bool tag_open_ = false;
};

// Any text as a part of a URI's path (RFC 3986, 2.3 and 2.1): what is not unreserved becomes %XX.
std::string uri_part(std::string_view text);
// An address as people write it, made a URI: what a URI cannot hold becomes %XX.
std::string uri_of(std::string_view address);

}  // namespace partnership::exchange
