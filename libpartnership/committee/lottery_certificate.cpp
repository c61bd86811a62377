// SPDX-License-Identifier: Apache-2.0
#include "committee/lottery_certificate.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "committee/lottery_seating.hpp"

namespace partnership {
namespace {

constexpr std::int64_t most_plain = (std::int64_t{1} << 53) - 1;  // of a JSON integer

class Text {
 public:
  explicit Text(std::size_t bytes) : most_(bytes) {}
  void raw(std::string_view text) {
    out_ += text;
    if (out_.size() > most_) throw Error(Code::limit, "the certificate is too long");
  }
  void string(std::string_view text) {
    json::append_string(out_, text);
    raw("");
  }
  void number(std::int64_t value) {
    if (value > most_plain || value < -most_plain) {
      throw Error(Code::limit, "the certificate has no room for a number beyond 2^53");
    }
    raw(std::to_string(value));
  }
  void exact(const Rational& value) { string(value.text()); }
  // [a,b,...], each written by `write`.
  template <class Items, class Write>
  void list(const Items& items, const Write& write) {
    raw("[");
    bool first = true;
    for (const auto& item : items) {
      if (!first) raw(",");
      first = false;
      write(item);
    }
    raw("]");
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t most_;
};

void write_numbers(Text& out, const std::vector<std::uint32_t>& numbers) {
  out.list(numbers, [&](std::uint32_t number) { out.number(number); });
}

void write_terms(Text& out, const Terms& terms) {
  out.list(terms, [&](const std::pair<std::uint32_t, Rational>& term) {
    out.raw("[");
    out.number(term.first);
    out.raw(",");
    out.exact(term.second);
    out.raw("]");
  });
}

void write_end(Text& out, std::string_view name, std::int64_t end) {
  out.raw(name);
  if (end == no_end || end == -no_end) {
    out.raw("null");
  } else {
    out.number(end);
  }
}

void write_model(Text& out, const PanelModel& model) {
  out.raw("{\"types\":");
  out.list(model.types, [&](const auto& type) { write_numbers(out, type); });
  out.raw(",\"columns\":");
  out.list(model.columns, [&](const PanelModel::Column& column) {
    out.raw("[");
    out.number(column.lower);
    out.raw(",");
    out.number(column.upper);
    out.raw("]");
  });
  out.raw(",\"rows\":");
  out.list(model.rows, [&](const PanelModel::Row& row) {
    out.raw("{\"criterion\":");
    out.string(row.criterion);
    write_end(out, ",\"lower\":", row.lower);
    write_end(out, ",\"upper\":", row.upper);
    out.raw(",\"terms\":[");
    bool first = true;
    for (const PanelModel::Term& term : row.terms) {
      if (term.coefficient == 0) continue;
      out.raw(first ? "[" : ",[");
      first = false;
      out.number(term.column);
      out.raw(",");
      out.number(term.coefficient);
      out.raw("]");
    }
    out.raw("]}");
  });
  out.raw("}");
}

void write_proof(Text& out, const Proof& proof) {
  out.list(proof, [&](const ProofNode& node) {
    switch (node.kind) {
      case ProofNode::Kind::branch:
        out.raw("{\"column\":");
        out.number(node.column);
        out.raw(",\"at\":");
        out.number(node.at);
        break;
      case ProofNode::Kind::rows:
        out.raw("{\"rows\":");
        write_terms(out, node.rows);
        break;
      case ProofNode::Kind::infeasible:
        out.raw("{\"infeasible\":");
        write_terms(out, node.rows);
        break;
    }
    out.raw("}");
  });
}

void write_head(Text& out, std::string_view kind, const PanelModel& model,
                const CertificateOf& of) {
  if (of.ids.size() != model.nominees) {
    throw Error(Code::invalid_argument, "a certificate needs one id for each nominee");
  }
  out.raw("{\"certificate\":");
  out.string(kind);
  out.raw(",\"version\":1,\"criteria\":");
  out.string(hex(of.criteria));
  out.raw(",\"pool\":");
  out.string(hex(of.pool));
  out.raw(",\"nominees\":");
  out.list(of.ids, [&](const std::string& id) { out.string(id); });
  out.raw(",\"model\":");
  write_model(out, model);
}

void write_panels(Text& out, const PanelModel& model, const Lottery& lottery) {
  const Seating seating(model, lottery);
  out.raw(",\"denominator\":");
  out.exact(seating.denominator());
  out.raw(",\"panels\":[");
  bool first = true;
  seating.each([&](const SeatedPanel& panel) {
    out.raw(first ? "{\"members\":" : ",{\"members\":");
    first = false;
    write_numbers(out, panel.members);
    bool any = false;
    for (const Seat& seat : lottery.panels[panel.panel].seats) {
      if (seat.column < model.types.size()) continue;
      out.raw(any ? ",[" : ",\"auxiliary\":[[");
      any = true;
      out.number(seat.column);
      out.raw(",");
      out.number(seat.count);
      out.raw("]");
    }
    if (any) out.raw("]");
    out.raw(",\"weight\":");
    out.exact(panel.weight);
    out.raw("}");
  });
  out.raw("]");
}

void write_levels(Text& out, const Lottery& lottery) {
  out.raw(",\"levels\":");
  out.list(lottery.levels, [&](const LotteryLevel& level) {
    const bool product = lottery.kind == LotteryKind::nash && &level == &lottery.levels.back();
    out.raw(product ? "{\"gap\":" : "{\"value\":");
    out.exact(product ? lottery.gap : level.value);
    out.raw(",\"types\":");
    write_numbers(out, level.types);
    out.raw(",\"terms\":");
    write_terms(out, level.terms);
    out.raw(",\"bound\":");
    out.exact(level.bound);
    out.raw(",\"proof\":");
    write_proof(out, level.proof);
    out.raw("}");
  });
}

std::vector<std::uint32_t> rows_of(const Proof& proof) {
  std::vector<std::uint32_t> rows;
  for (const ProofNode& node : proof) {
    for (const auto& [row, multiplier] : node.rows) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

void write_witnesses(Text& out, std::span<const ConflictOf::Witness> witnesses) {
  out.raw(",\"witnesses\":");
  out.list(witnesses, [&](const ConflictOf::Witness& witness) {
    out.raw("{\"without\":");
    out.string(witness.without);
    out.raw(",\"values\":");
    out.list(witness.values, [&](const Seat& seat) {
      out.raw("[");
      out.number(seat.column);
      out.raw(",");
      out.number(seat.count);
      out.raw("]");
    });
    out.raw("}");
  });
}

}  // namespace

std::string lottery_certificate(const PanelModel& model, const Lottery& lottery,
                                const CertificateOf& of, std::size_t bytes) {
  Text out(bytes);
  if (lottery.status == LotteryStatus::infeasible) {
    return conflict_certificate(model, {rows_of(lottery.infeasible), lottery.infeasible, {}}, of,
                                bytes);
  }
  const bool bound = lottery.status == LotteryStatus::bound;
  if ((lottery.status != LotteryStatus::proved && !bound) || lottery.kind == LotteryKind::legacy) {
    throw Error(Code::state, "a lottery that proves nothing has no certificate");
  }
  write_head(out, "lottery", model, of);
  out.raw(",\"objective\":");
  out.string(lottery.kind == LotteryKind::leximin   ? "leximin"
             : lottery.kind == LotteryKind::maximin ? "maximin"
                                                    : "nash");
  out.raw(",\"delta\":");
  out.exact(lottery.delta);
  out.raw(",\"target\":");
  out.list(lottery.target, [&](const Rational& value) { out.exact(value); });
  write_panels(out, model, lottery);
  write_levels(out, lottery);
  out.raw(",\"status\":");
  if (bound && lottery.kind != LotteryKind::nash) {  // its gap says all
    out.raw("{\"bound\":");
    out.exact(lottery.bound);
    out.raw(",\"gap\":");
    out.exact(lottery.gap);
    out.raw("}");
  } else {
    out.raw("\"proved\"");
  }
  out.raw("}");
  return out.take();
}

std::string conflict_certificate(const PanelModel& model, const ConflictOf& conflict,
                                 const CertificateOf& of, std::size_t bytes) {
  Text out(bytes);
  write_head(out, "infeasible", model, of);
  out.raw(",\"rows\":");
  out.list(conflict.rows, [&](std::uint32_t row) { out.number(row); });
  out.raw(",\"proof\":");
  write_proof(out, conflict.proof);
  if (!conflict.witnesses.empty()) write_witnesses(out, conflict.witnesses);
  out.raw("}");
  return out.take();
}

}  // namespace partnership
