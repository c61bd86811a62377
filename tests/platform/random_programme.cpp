// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "support.hpp"
#include "verify/draw.hpp"

namespace partnership::platform::testing {

namespace {

class Programme {
 public:
  explicit Programme(std::uint32_t seed) : random_(seed) {}

  std::vector<std::string> run(int steps) {
    for (int i = 0; i < 6; ++i) new_body();
    while (static_cast<int>(events_.size()) < steps) step();
    return std::move(events_);
  }

 private:
  struct Thing {
    std::string id;
    int from;
  };

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  const Thing& any(const std::vector<Thing>& things) {
    return things[static_cast<std::size_t>(below(static_cast<int>(things.size())))];
  }
  std::string name(const std::string& prefix) { return prefix + std::to_string(next_++); }
  void add(const std::string& kind, int day, const std::string& payload,
           const std::string& private_part = "") {
    events_.push_back(event(kind, iso(day), payload, private_part));
  }
  static std::string q(const std::string& text) { return "\"" + text + "\""; }

  void new_body() {
    const std::string id = name("body");
    const int day = 12000 + below(500);
    constexpr std::array sides = {"public", "civil_society", "other"};
    // Draws stand in statements of their own: operands are evaluated in no fixed order.
    const std::string sector = "s" + std::to_string(below(4));
    const std::string side = sides[static_cast<std::size_t>(below(3))];
    add("body.registered", day,
        R"({"id":)" + q(id) + R"(,"name":{"en":)" + q("Body " + id) + R"(,"ar":"هيئة"},"side":)" +
            q(side) + R"(,"sectors":[)" + q(sector) +
            R"(],"sources":["http://example.org/?a=1&b=2"]})");
    bodies_.push_back({id, day});
  }

  void step() {
    // The first events are those of tests/data/journal-1.jsonl, which never changes.
    if (events_.size() > 64 && below(12) == 0) return new_draw();
    switch (below(13)) {
      case 0:
        return new_body();
      case 1: {
        const Thing& body = any(bodies_);
        const std::string region = below(5) == 0 ? "null" : q("r" + std::to_string(below(3)));
        return add("body.changed", body.from + below(4000),
                   R"({"id":)" + q(body.id) + R"(,"region":)" + region + "}");
      }
      case 2: {
        const std::string id = name("person");
        people_.push_back({id, 12500});
        personal_at_.push_back(static_cast<int>(events_.size()));
        return add("person.registered", 12500, R"({"id":)" + q(id) + "}",
                   personal(R"({"name":{"en":"N)" + id + R"("},"email":)" + q(id + "@x") + "}",
                            "0123456789abcdef"[below(16)]));
      }
      case 3:
        return new_mandate();
      case 4: {
        const std::string id = name("committee");
        const int day = 13000 + below(100);
        committees_.push_back({id, day});
        return add("committee.formed", day,
                   R"({"id":)" + q(id) + R"(,"name":{"fr":"Comité"},"form":"coordination"})");
      }
      case 5:
        return new_seat();
      case 6:
        return fill_seat();
      case 7: {
        const std::string id = name("issue");
        issues_.push_back({id, 13000 + below(50)});
        return add("issue.proposed", issues_.back().from,
                   R"({"id":)" + q(id) + R"(,"title":{"en":"T"},"anonymous":true})");
      }
      case 8: {
        const std::string id = name("claim");
        claims_.push_back({id, 14000});
        return add("claim.made", 14000,
                   R"({"id":)" + q(id) + R"(,"subject":"x","property":{"en":"count"},"value":)" +
                       std::to_string(below(100)) +
                       (claims_.size() > 1
                            ? R"(,"conflicts_with":[)" + q(claims_[claims_.size() - 2].id) + "]}"
                            : "}"));
      }
      case 9: {
        const std::string id = name("dialogue");
        return add(below(2) == 0 ? "dialogue.held" : "dialogue.announced", 14500,
                   R"({"id":)" + q(id) + R"(,"name":{"en":"D"},"form":"round_table"})");
      }
      case 10:
        return end_mandate();
      case 11: {
        if (claims_.empty()) return;
        // The last claim is the only one that no other names.
        const std::string id = claims_.back().id;
        claims_.clear();
        return add("record.struck", 14000, R"({"table":"claim","id":)" + q(id) + "}");
      }
      default:
        if (personal_at_.empty() || below(4) != 0) return;
        add("personal.erased", 15000,
            R"({"position":)" + std::to_string(personal_at_.back()) + "}");
        personal_at_.pop_back();
    }
  }

  void new_mandate() {
    const Thing& body = any(bodies_);
    const std::string id = name("mandate");
    const int day = body.from + 100 + below(1000);
    mandates_.push_back({id, day});
    add("mandate.began", day,
        R"({"id":)" + q(id) + R"(,"body":)" + q(body.id) + R"(,"tenure":"acting")" +
            (people_.empty() ? "}" : R"(,"person":)" + q(any(people_).id) + "}"));
  }

  void end_mandate() {
    if (mandates_.empty()) return;
    const Thing mandate = mandates_.back();
    mandates_.pop_back();
    add("mandate.ended", mandate.from + 1 + below(3000),
        R"({"id":)" + q(mandate.id) + R"(,"reason":"term"})");
  }

  void new_draw() {
    if (committees_.empty()) return;
    const Thing& committee = any(committees_);
    const std::string id = name("draw");
    const std::string panels(64, "0123456789abcdef"[below(16)]);
    const auto count = static_cast<std::uint64_t>(1 + below(1000));
    const int day = committee.from + below(1000);
    add("draw.announced", day,
        R"({"id":)" + q(id) + R"(,"committee":)" + q(committee.id) + R"(,"lottery":)" + q(panels) +
            R"(,"panels":)" + q(panels) + R"(,"panel_count":)" + std::to_string(count) + "}");
    if (below(3) == 0) return;
    const std::uint64_t number = verify::repeat_draw(*hash_of(panels), id, count);
    add("draw.held", day + below(30),
        R"({"id":)" + q(id) + R"(,"seed":)" + q(id) + R"(,"number":)" + std::to_string(number) +
            "}");
  }

  void new_seat() {
    if (committees_.empty()) return;
    const Thing& committee = any(committees_);
    const std::string id = name("seat");
    seats_.push_back({id, committee.from});
    add("seat.created", committee.from,
        R"({"id":)" + q(id) + R"(,"committee":)" + q(committee.id) + R"(,"role":"member"})");
  }

  void fill_seat() {
    if (seats_.empty()) return;
    const Thing& seat = any(seats_);
    const int day = seat.from + below(2000);
    if (below(3) == 0) return add("seat.vacated", day, R"({"id":)" + q(seat.id) + "}");
    add("seat.filled", day, R"({"id":)" + q(seat.id) + R"(,"body":)" + q(any(bodies_).id) + "}");
  }

  std::mt19937 random_;
  int next_ = 0;
  std::vector<std::string> events_;
  std::vector<Thing> bodies_, people_, mandates_, committees_, seats_, issues_, claims_;
  std::vector<int> personal_at_;
};

}  // namespace

std::vector<std::string> random_programme(std::uint32_t seed, int steps) {
  return Programme(seed).run(steps);
}

}  // namespace partnership::platform::testing
