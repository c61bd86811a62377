// SPDX-License-Identifier: Apache-2.0
#include "committee/draw.hpp"

#include <cassert>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

namespace partnership {

namespace {

constexpr std::string_view prefix = "libpartnership draw 1\n";

// Members are written in the order of their names, which is the canonical one.
void write_panel(json::Writer& out, const UniformPanel& panel) {
  out.begin_object();
  if (!panel.auxiliary.empty()) {
    out.key("auxiliary").begin_array();
    for (const auto& [column, value] : panel.auxiliary) {
      out.begin_array().value(std::int64_t{column}).value(value).end_array();
    }
    out.end_array();
  }
  out.key("members").begin_array();
  for (const std::uint32_t nominee : panel.members) out.value(std::int64_t{nominee});
  out.end_array().end_object();
}

// The members of panel `number`, as the document names them. Notes what is wrong.
std::vector<std::string_view> members_of(json::Value document, std::uint64_t number,
                                         json::Problems& problems) {
  std::vector<std::string_view> nominees, out;
  const json::Value ids = *document.find("nominees");
  for (const json::Value id : ids) {
    if (!id.is(json::Type::string)) problems.add(id, "an id is " + json::a_type(id.type()));
    nominees.push_back(id.is(json::Type::string) ? id.text() : std::string_view());
  }
  const json::Value panel = (*document.find("panels"))[static_cast<std::size_t>(number - 1)];
  json::ObjectReader object(panel, problems);
  object.any("auxiliary");
  const auto members = object.array("members", true);
  object.finish();
  if (!members) return out;
  for (const json::Value member : *members) {
    if (member.is(json::Type::integer) && member.integer() >= 0 &&
        static_cast<std::uint64_t>(member.integer()) < nominees.size()) {
      out.push_back(nominees[static_cast<std::size_t>(member.integer())]);
    } else {
      problems.add(member, "expected the index of a nominee");
    }
  }
  return out;
}

// How many panels there are.
std::uint64_t check_panels(json::Value document, json::Problems& problems) {
  json::ObjectReader object(document, problems);
  const auto kind = object.text("draw", true);
  const auto version = object.integer("version", true);
  const auto panels = object.array("panels", true);
  object.text("lottery", true);
  object.array("nominees", true);
  object.text("deviation", true);
  object.array("lost", true);
  object.finish();
  if (kind && *kind != "panels") problems.add(document, "`draw` is not `panels`");
  if (version && *version != 1) problems.add(document, "`version` is not 1");
  if (panels && panels->size() == 0) problems.add(*panels, "there are no panels");
  return panels ? panels->size() : 0;
}

}  // namespace

std::string panels_document(const UniformLottery& uniform, std::span<const std::string> nominees,
                            const Hash& lottery) {
  if (nominees.size() != uniform.seats.size()) {
    throw Error(Code::invalid_argument, "there is not one id for each nominee");
  }
  const std::string reason = "a probability so small that " +
                             std::to_string(uniform.panels.size()) +
                             " panels that keep it were not found";
  json::Writer out;
  out.begin_object().key("deviation").value(uniform.deviation.text());
  out.key("draw").value("panels").key("lost").begin_array();
  for (const auto& [nominee, probability] : uniform.lost) {
    out.begin_object().key("nominee").value(std::int64_t{nominee});
    out.key("probability").value(probability.text()).key("reason").value(reason).end_object();
  }
  out.end_array().key("lottery").value(hex(lottery)).key("nominees").begin_array();
  for (const std::string& id : nominees) out.value(id);
  out.end_array().key("panels").begin_array();
  for (const UniformPanel& panel : uniform.panels) write_panel(out, panel);
  out.end_array().key("version").value(std::int64_t{1}).end_object();
  return json::canonical(json::Document::parse(out.take())->root());
}

std::uint64_t draw_number(const Hash& panels_document, std::string_view seed,
                          std::uint64_t panels) {
  assert(panels > 0);
  std::string text(prefix);
  text += hex(panels_document);
  text += '\n';
  text += seed;
  return RandomStream(std::string_view(text)).below(panels) + 1;
}

std::string draw_document(std::string_view panels_document, std::string_view seed) {
  if (seed.empty() || utf8_invalid_at(seed) != std::string_view::npos) {
    throw Error(Code::invalid_argument, "the seed is empty or not UTF-8");
  }
  const auto document = json::Document::parse(panels_document);
  const json::Value root = document->root();
  json::Problems problems;
  const std::uint64_t panels = check_panels(root, problems);
  problems.raise(Code::invalid_document);
  std::string published = json::canonical(root);
  const std::uint64_t number = draw_number(sha256(published), seed, panels);
  const std::vector<std::string_view> members = members_of(root, number, problems);
  problems.raise(Code::invalid_document);
  json::Writer out;
  out.begin_object().key("draw").value("result").key("members").begin_array();
  for (const std::string_view id : members) out.value(id);
  out.end_array().key("number").value(static_cast<std::int64_t>(number));
  out.key("published").raw(published);
  out.key("seed").value(seed).key("version").value(std::int64_t{1}).end_object();
  return out.take();
}

}  // namespace partnership
