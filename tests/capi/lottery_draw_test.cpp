// SPDX-License-Identifier: Apache-2.0
//
// The C functions of lottery.h that draw and verify.
#include "lottery_support.hpp"

namespace {

using namespace pship_testing;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

TEST(CApi, pship_draw_panels) {
  const std::string lottery = document_of(Inputs().compose().get());
  pship_text* out = nullptr;
  const auto draw = [&](std::string_view text, const pship_options* options, Pace* pace = nullptr) {
    return [&out, exact = Exact(text), options, pace](pship_error** err) {
      return pship_draw_panels(exact.data(), exact.size(), options,
                               pace == nullptr ? nullptr : &Pace::ask, pace, &out, err);
    };
  };
  Options six, none, foreign;
  EXPECT_TRUE(gives(draw(lottery, six.number("panels", 6).get())));
  EXPECT_THAT(said(Owned<pship_text>(out).get()), HasSubstr(R"("deviation":"0")"));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, draw("", nullptr), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, draw("{}", nullptr), out));
  std::string light = lottery;
  light.replace(light.find("\"weight\":\"") + 10, 1, "9");
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, draw(light, nullptr), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, draw(lottery, foreign.number("size", 2).get()), out));
  EXPECT_NE(pship_options_set_int(none.get(), "panels", 0, nullptr), PSHIP_OK);
  EXPECT_TRUE(refuses_misuse(pship_draw_panels, lottery.data(), lottery.size(), nullptr,
                             may(pship_pace{nullptr}), may(static_cast<void*>(nullptr)), &out));
}

TEST(CApi, pship_draw_result) {
  const std::string panels = panels_of(document_of(Inputs().compose().get()));
  pship_text* out = nullptr;
  const auto draw = [&](std::string_view text, std::string_view seed) {
    return [&out, exact = Exact(text), seeded = Exact(seed)](pship_error** err) {
      return pship_draw_result(exact.data(), exact.size(), seeded.data(), seeded.size(), &out, err);
    };
  };
  EXPECT_TRUE(gives(draw(panels, "seed")));
  EXPECT_THAT(said(Owned<pship_text>(out).get()), HasSubstr(R"("draw":"result")"));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, draw(panels, ""), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT, draw(panels, "\xff"), out));
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, draw("", "seed"), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_DOCUMENT, draw("{}", "seed"), out));
  EXPECT_TRUE(refuses_misuse(pship_draw_result, panels.data(), panels.size(), "seed",
                             std::size_t{4}, &out));
}

// ---- verdicts

TEST(CApi, pship_verify_certificate) {
  const Inputs inputs;
  const std::string certificate = certificate_of(inputs.compose().get());
  pship_verification* out = nullptr;
  const auto verify = [&](std::string_view text, const pship_options* options = nullptr) {
    return [&out, exact = Exact(text), options](pship_error** err) {
      return pship_verify_certificate(exact.data(), exact.size(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(verify(certificate)));
  EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 1);
  std::string changed = certificate;
  changed.replace(changed.find("\"bound\":\"") + 9, 1, "0");
  for (const std::string& text : {changed, std::string("{}"), std::string()}) {
    EXPECT_TRUE(gives(verify(text)));  // what does not hold is an answer
    EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 0)
        << text.substr(0, 20);
  }
  Digest pool{};
  ASSERT_EQ(pship_nominees_hash(inputs.nominees.get(), pool.data(), nullptr), PSHIP_OK);
  std::string hex;
  for (const std::uint8_t byte : pool) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += {digits[byte >> 4U], digits[byte & 15U]};
  }
  Options same, other, no_hash, no_delta, foreign;
  EXPECT_TRUE(gives(verify(certificate, same.text("pool", hex).get())));
  EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 1);
  EXPECT_TRUE(gives(verify(certificate, other.text("pool", std::string(64, '0')).get())));
  EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 0);
  EXPECT_TRUE(
      refuses(PSHIP_INVALID_ARGUMENT, verify(certificate, no_hash.text("pool", "12").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      verify(certificate, no_delta.text("delta", "-1").get()), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      verify(certificate, foreign.flag("create", true).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_verify_certificate, certificate.data(), certificate.size(),
                             nullptr, &out));
}

TEST(CApi, pship_certificate_compare) {
  const Inputs inputs, others(document, "id,side\na,public\nb,civil\nc,public\nd,civil\n");
  const std::string certificate = certificate_of(inputs.compose().get());
  pship_table* out = nullptr;
  const auto compare = [&](std::string_view text, const Inputs& with,
                           const pship_options* options = nullptr) {
    return [&out, exact = Exact(text), &with, options](pship_error** err) {
      return pship_certificate_compare(exact.data(), exact.size(), with.criteria.get(),
                                       with.nominees.get(), options, &out, err);
    };
  };
  EXPECT_TRUE(gives(compare(certificate, inputs)));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(gives(compare(certificate, others)));
  EXPECT_GT(pship_table_rows(Owned<pship_table>(out).get()), 0);
  Options size, foreign;
  EXPECT_TRUE(gives(compare(certificate, inputs, size.number("size", 3).get())));
  EXPECT_GT(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses(PSHIP_MALFORMED, compare("", inputs), out));
  EXPECT_TRUE(refuses(PSHIP_INVALID_ARGUMENT,
                      compare(certificate, inputs, foreign.number("seed", 1).get()), out));
  EXPECT_TRUE(refuses_misuse(pship_certificate_compare, certificate.data(), certificate.size(),
                             inputs.criteria.get(), inputs.nominees.get(), nullptr, &out));
}

TEST(CApi, pship_verify_draw) {
  const auto composition = Inputs().compose();
  const std::string certificate = certificate_of(composition.get());
  const std::string panels = panels_of(document_of(composition.get()));
  const std::string result = drawn_of(panels);
  pship_verification* out = nullptr;
  const auto verify = [&](std::string_view draw, std::string_view of) {
    return [&out, exact = Exact(draw), certified = Exact(of)](pship_error** err) {
      return pship_verify_draw(exact.data(), exact.size(), certified.data(), certified.size(), &out,
                               err);
    };
  };
  for (const std::string& text : {panels, result}) {
    for (const std::string& of : {std::string(), certificate}) {
      EXPECT_TRUE(gives(verify(text, of)));
      EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 1);
    }
  }
  std::string other = result;
  char& number = other.at(other.find("\"number\":") + 9);
  number = static_cast<char>('1' + (number - '0') % 6);
  for (const std::string& text : {other, std::string("{}")}) {
    EXPECT_TRUE(gives(verify(text, {})));
    EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 0)
        << text.substr(0, 20);
  }
  EXPECT_TRUE(gives(verify(result, "{}")));
  EXPECT_EQ(pship_verification_holds(Owned<pship_verification>(out).get()), 0);
  EXPECT_TRUE(refuses_misuse(pship_verify_draw, result.data(), result.size(), certificate.data(),
                             certificate.size(), &out));
}

struct Verdicts {
  Owned<pship_verification> proved, refused, drawn;
  Verdicts() {
    const auto composition = Inputs().compose();
    const std::string certificate = certificate_of(composition.get());
    const std::string result = drawn_of(panels_of(document_of(composition.get())));
    proved = of(certificate);
    refused = of("{}");
    drawn = made<pship_verification>([&](auto** out) {
      return pship_verify_draw(result.data(), result.size(), nullptr, 0, out, nullptr);
    });
  }
  static Owned<pship_verification> of(const std::string& text) {
    return made<pship_verification>([&](auto** out) {
      return pship_verify_certificate(text.data(), text.size(), nullptr, out, nullptr);
    });
  }
};

TEST(CApi, pship_verification_holds) {
  EXPECT_EQ(pship_verification_holds(nullptr), 0);
  const Verdicts verdicts;
  EXPECT_EQ(pship_verification_holds(verdicts.proved.get()), 1);
  EXPECT_EQ(pship_verification_holds(verdicts.refused.get()), 0);
  EXPECT_EQ(pship_verification_holds(verdicts.drawn.get()), 1);
}

TEST(CApi, pship_verification_about) {
  const Verdicts verdicts;
  pship_table* out = nullptr;
  const auto about = [&](const Owned<pship_verification>& verdict) {
    return [&out, &verdict](pship_error** err) {
      return pship_verification_about(verdict.get(), &out, err);
    };
  };
  EXPECT_TRUE(gives(about(verdicts.proved)));
  Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "verdict"), ElementsAre("proved"));
  EXPECT_THAT(column(table.get(), "objective"), ElementsAre("leximin"));
  EXPECT_THAT(column(table.get(), "deviation"), ElementsAre("0"));
  EXPECT_TRUE(gives(about(verdicts.refused)));
  table.reset(out);
  EXPECT_THAT(column(table.get(), "verdict"), ElementsAre("refused"));
  EXPECT_THAT(column(table.get(), "objective"), ElementsAre("null"));
  EXPECT_TRUE(gives(about(verdicts.drawn)));
  table.reset(out);
  EXPECT_THAT(column(table.get(), "verdict"), ElementsAre("sound"));
  EXPECT_THAT(column(table.get(), "seed"), ElementsAre("seed"));
  EXPECT_THAT(column(table.get(), "panels"), ElementsAre("6"));
  EXPECT_TRUE(refuses_misuse(pship_verification_about, verdicts.proved.get(), &out));
}

TEST(CApi, pship_verification_checked) {
  const Verdicts verdicts;
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_checked(verdicts.proved.get(), &out, err);
  }));
  EXPECT_THAT(column(Owned<pship_table>(out).get(), "checked"),
              Contains(HasSubstr("3 panels, each a committee of the model")));
  EXPECT_TRUE(refuses_misuse(pship_verification_checked, verdicts.proved.get(), &out));
}

TEST(CApi, pship_verification_faults) {
  const Verdicts verdicts;
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_faults(verdicts.proved.get(), &out, err);
  }));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_faults(verdicts.refused.get(), &out, err);
  }));
  EXPECT_GT(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses_misuse(pship_verification_faults, verdicts.refused.get(), &out));
}

TEST(CApi, pship_verification_members) {
  const Verdicts verdicts;
  pship_table* out = nullptr;
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_members(verdicts.drawn.get(), &out, err);
  }));
  const Owned<pship_table> table(out);
  EXPECT_THAT(column(table.get(), "member"), SizeIs(2));
  EXPECT_THAT(column(table.get(), "member"), Contains("b"));
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_verification_members(verdicts.proved.get(), &out, err);
  }));
  EXPECT_EQ(pship_table_rows(Owned<pship_table>(out).get()), 0);
  EXPECT_TRUE(refuses_misuse(pship_verification_members, verdicts.drawn.get(), &out));
}

TEST(CApi, pship_verification_free) {
  pship_verification_free(nullptr);
  pship_verification_free(Verdicts().proved.release());
}

}  // namespace
