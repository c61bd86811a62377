// SPDX-License-Identifier: Apache-2.0
//
// Scopes and names. A name goes as far as one that is declared goes; the innermost of two as long
// counts. A longer name of a built-in function wins where it is called.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "feel/builtins.hpp"
#include "feel/parser_impl.hpp"

namespace partnership::feel {

namespace {

// Words of the longest name of a built-in function, and then some.
constexpr std::size_t most_builtin_pieces = 6;
constexpr std::size_t most_candidates = 2000;
// Names in filters over items of unknown type may mean a member of each: so many times the nodes.
constexpr std::size_t maybe_members_a_node = 4;

}  // namespace

std::uint32_t Parser::open_scope(ScopeKind kind) {
  ast_.scopes.push_back({kind, no_node, scope_});
  tested_uses_.push_back(0);
  scope_ = static_cast<std::uint32_t>(ast_.scopes.size() - 1);
  return scope_;
}

void Parser::close_scope() {
  while (!entries_.empty() && entries_.back().scope == scope_) {
    if (entries_.back().node != NameTrie::none) {
      names_.set(entries_.back().node, entries_.back().shadows);
    }
    entries_.pop_back();
  }
  if (!filters_.empty() && filters_.back().scope == scope_) filters_.pop_back();
  scope_ = ast_.scopes[scope_].parent;
}

void Parser::declare(std::string_view name, NameUse::Binding binding, std::uint32_t index,
                     const Type* type, bool optional) {
  const std::uint32_t node = names_.add(name);
  const std::uint32_t shadows = node == NameTrie::none ? NameTrie::none : names_.value(node);
  if (node != NameTrie::none) names_.set(node, static_cast<std::uint32_t>(entries_.size()));
  entries_.push_back({binding, scope_, index, type, optional, name, node, shadows});
}

void Parser::open_filter(std::uint32_t scope, const Type* item) {
  const bool context = item->is(TypeKind::context);
  const bool unknown = item->is(TypeKind::any) || item->is(TypeKind::null);
  filters_.push_back(
      {scope, item, context ? members_of(item) : nullptr, unknown || (context && item->open)});
  declare("item", NameUse::Binding::item, 0, item);
}

// nullptr: none.
const NameTrie* Parser::members_of(const Type* context) {
  if (context->members.empty()) return nullptr;
  std::unique_ptr<NameTrie>& names = member_names_[context];
  if (names == nullptr) {
    names = std::make_unique<NameTrie>();
    for (std::uint32_t i = 0; i < context->members.size(); ++i) {
      const std::uint32_t node = names->add(context->members[i].name);
      if (node != NameTrie::none) names->set(node, i);
    }
  }
  return names.get();
}

Parser::Found Parser::find(std::size_t at) {
  Found found;
  const std::string_view text = lexer_.text();
  if (const NameTrie::Match match = names_.longest(text, at); match.value != NameTrie::none) {
    const Entry& entry = entries_[match.value];
    found = {match.to, &entry, nullptr, entry.scope};
  }
  for (auto frame = filters_.rbegin(); frame != filters_.rend(); ++frame) {
    if (frame->members == nullptr) continue;
    // Of filters over items of one type the innermost counts.
    if (frame != filters_.rbegin() && frame->members == std::prev(frame)->members) continue;
    const NameTrie::Match match = frame->members->longest(text, at);
    if (match.value == NameTrie::none || match.to < found.to) continue;
    if (match.to == found.to && frame->scope < found.scope) continue;
    found = {match.to, nullptr, &frame->item->members[match.value], frame->scope};
  }
  return found;
}

const Builtin* Parser::find_builtin_at(std::size_t at, std::size_t& to) const {
  const Builtin* found = nullptr;
  std::string name;
  for (std::size_t i = 0; i < most_builtin_pieces; ++i) {
    const auto piece = piece_at(lexer_.text(), at);
    if (!piece || !piece->word) break;
    if (i > 0) name += ' ';
    name += piece->text;
    at = piece->to;
    if (const Builtin* builtin = find_builtin(name)) {
      found = builtin;
      to = at;
    }
  }
  return found;
}

// Whether a word stands at `at` that belongs to a name if anything.
bool Parser::word_follows(std::size_t at) const {
  const auto piece = piece_at(lexer_.text(), at);
  return piece && piece->word && piece->spaced && !is_keyword(piece->text);
}

// Words up to a keyword. A strict parser, to which all names are known, also stops at a word that
// must be meant for the keyword that is awaited.
std::size_t Parser::end_of_unknown(std::size_t at) const {
  std::size_t to = piece_at(lexer_.text(), at)->to;
  for (std::size_t i = 1; i < NameTrie::most_pieces && word_follows(to); ++i) {
    const auto piece = piece_at(lexer_.text(), to);
    if (options_.strict && !awaited_.empty() &&
        !nearest_spelling(piece->text, std::span(&awaited_, 1)).empty()) {
      break;
    }
    to = piece->to;
  }
  return to;
}

NodeId Parser::name() {
  const std::size_t from = here();
  const Found found = find(from);
  std::size_t builtin_to = 0;
  const Builtin* builtin = find_builtin_at(from, builtin_to);
  const auto called = [&](std::size_t to) {
    Lexer behind(lexer_.text());
    behind.seek(to);
    return behind.peek().token == Token::left_round;
  };
  if (builtin != nullptr && builtin_to > found.to) {
    const bool call = called(builtin_to);
    if (call || (!found && !word_follows(builtin_to)))
      return use_builtin(*builtin, builtin_to, call);
  }
  if (!found) return unknown_name(from, end_of_unknown(from));
  // A member of an item of unknown type may have a longer name.
  const bool maybe_longer = std::ranges::any_of(
      filters_, [&](const FilterFrame& frame) { return frame.open && frame.scope > found.scope; });
  if (maybe_longer && word_follows(found.to)) return unknown_name(from, end_of_unknown(from));
  return use_name(found);
}

NodeId Parser::use_builtin(const Builtin& builtin, std::size_t to, bool called) {
  const std::size_t from = here();
  NameUse use;
  use.name = builtin.name;
  use.binding = NameUse::Binding::builtin;
  use.builtin = &builtin;
  if (!called) add_maybe_members(use, 0);
  return push_name(std::move(use), from, to, types_.simple(TypeKind::function));
}

NodeId Parser::use_name(const Found& found) {
  const std::size_t from = here();
  NameUse use;
  use.scope = found.scope;
  if (found.member != nullptr) {
    use.name = ast_.arena.copy(found.member->name);
    use.binding = NameUse::Binding::member;
    use.optional = found.member->optional;
    add_maybe_members(use, found.scope + 1);
    return push_name(std::move(use), from, found.to, found.member->type);
  }
  use.binding = found.entry->binding;
  use.name = use.binding == NameUse::Binding::input ? ast_.arena.copy(found.entry->name)
                                                    : found.entry->name;
  use.index = found.entry->index;
  use.optional = found.entry->optional;
  if (use.binding == NameUse::Binding::tested) ++tested_uses_[found.scope];
  // An item may itself have a member of the name `item`.
  add_maybe_members(use, use.binding == NameUse::Binding::item ? found.scope : found.scope + 1);
  return push_name(std::move(use), from, found.to, found.entry->type);
}

NodeId Parser::unknown_name(std::size_t from, std::size_t to) {
  NameUse use;
  use.name = keep_name(lexer_.text().substr(from, to - from));
  add_maybe_members(use, 0);
  if (options_.strict && use.maybe_members_of.empty()) {
    report_.error(from, to, "unknown name " + backticked(use.name), nearest_name(use.name));
    if (report_.full()) throw Stop{};
  }
  return push_name(std::move(use), from, to, types_.any());
}

NodeId Parser::push_name(NameUse use, std::size_t from, std::size_t to, const Type* type) {
  lexer_.take_to(to);
  ast_.names.push_back(std::move(use));
  const NodeId node =
      make(NodeKind::name, from, {}, static_cast<std::uint32_t>(ast_.names.size() - 1));
  // What may be a member of an item of unknown type has no known type either.
  ast_.nodes[node].type = ast_.names.back().maybe_members_of.empty() ? type : types_.any();
  return node;
}

// The open filters from scope `least` inward whose items may have members that are not known.
void Parser::add_maybe_members(NameUse& use, std::uint32_t least) {
  for (auto frame = filters_.rbegin(); frame != filters_.rend() && frame->scope >= least; ++frame) {
    if (!frame->open) continue;
    if (++maybe_members_ > options_.limits.nodes * maybe_members_a_node) {
      report_.error(here(), here(), "too many names in filters within each other");
      throw Stop{};
    }
    use.maybe_members_of.push_back(frame->scope);
  }
}

std::string Parser::nearest_name(std::string_view name) const {
  std::vector<std::string_view> candidates;
  for (auto frame = filters_.rbegin(); frame != filters_.rend(); ++frame) {
    for (const Type::Member& member : frame->item->members) {
      if (candidates.size() < most_candidates) candidates.push_back(member.name);
    }
  }
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (candidates.size() < most_candidates) candidates.push_back(entry->name);
  }
  for (const Builtin& builtin : builtins()) candidates.push_back(builtin.name);
  const std::string_view nearest = nearest_spelling(name, candidates);
  return nearest.empty() ? std::string() : "did you mean `" + std::string(nearest) + "`?";
}

// The name behind a point: of a known type's members the longest, else words.
NodeId Parser::path(NodeId left, std::size_t from) {
  lexer_.take();
  const auto first = piece_at(lexer_.text(), here());
  if (!first || !first->word || peek() != Token::word) {
    fault("the name of a member");
    return left;
  }
  const std::size_t at = here();
  const Type* type = type_of(left);
  while (type->is(TypeKind::list)) type = type->element;
  std::size_t to = 0;
  std::string_view name;
  if (type->is(TypeKind::context)) {
    const NameTrie* members = members_of(type);
    const NameTrie::Match match = members ? members->longest(lexer_.text(), at) : NameTrie::Match{};
    if (match.value != NameTrie::none && !(type->open && word_follows(match.to))) {
      to = match.to;
      name = ast_.arena.copy(type->members[match.value].name);
    }
  }
  if (to == 0) {
    to = end_of_unknown(at);
    name = keep_name(lexer_.text().substr(at, to - at));
  }
  lexer_.take_to(to);
  checker_.set_member({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(to - at)});
  const std::uint32_t text = keep_text(name);
  return make(NodeKind::path, from, {left}, text);
}

// A name that is being made: pieces up to what no name can have, or up to `in`.
std::optional<std::string_view> Parser::new_name(std::string_view what, bool stop_at_in) {
  if (silent_) return std::nullopt;
  if (peek() != Token::word) {
    fault(what);
    return std::nullopt;
  }
  const std::size_t from = here();
  const std::size_t first = lexer_.peek().to;
  std::size_t to = first;
  bool stopped = !stop_at_in;
  while (const auto piece = piece_at(lexer_.text(), to)) {
    if (stop_at_in && piece->text == "in") {
      stopped = true;
      break;
    }
    to = piece->to;
  }
  lexer_.take_to(stopped ? to : first);
  return keep_name(lexer_.text().substr(from, (stopped ? to : first) - from));
}

}  // namespace partnership::feel
