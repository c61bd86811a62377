// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <random>
#include <string>

#include "base/commitment.hpp"

namespace partnership {
namespace {

TEST(Hash, GivesThePublishedDigests) {
  // FIPS 180-2 appendix B and NIST's CAVP short messages.
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_EQ(hex(sha256("\xd3")),
            "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
}

// A second implementation; every length up to some blocks, then lengths at random.
TEST(Hash, AgreesWithAnotherLibrary) {
  std::mt19937 random(7);
  for (std::size_t i = 0; i < 3000; ++i) {
    std::string text(i < 600 ? i : random() % 20000, '\0');
    for (char& c : text) c = static_cast<char>(random());
    Hash expected;
    crypto_hash_sha256(expected.data(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size());
    ASSERT_EQ(hex(sha256(text)), hex(expected)) << text.size() << " bytes";
  }
}

TEST(Hash, IsTheSameInPiecesAsInOne) {
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i * 37);
    const std::string prefixed = '\x02' + text;
    for (std::size_t cut = 0; cut <= size; cut += 1 + size / 7) {
      const std::string_view view(text);
      EXPECT_EQ(sha256(std::uint8_t{2}, view.substr(0, cut), view.substr(cut)), sha256(prefixed));
    }
  }
}

TEST(Hash, TakesAnEmptyViewWithoutMemory) {
  EXPECT_EQ(sha256(std::string_view()), sha256(""));
  EXPECT_EQ(sha256(std::uint8_t{0}, std::string_view()), sha256(std::string_view("\0", 1)));
}

TEST(Hash, ReadsBackTheHexDigitsItWrites) {
  const Hash hash = sha256("partnership");
  const std::string text = hex(hash);
  EXPECT_EQ(text.size(), 64u);
  EXPECT_EQ(hash_of(text), hash);
  std::string upper = text;
  for (char& c : upper) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  }
  EXPECT_EQ(hash_of(upper), hash);
}

TEST(Hash, RefusesEverythingElse) {
  const std::string text = hex(sha256("partnership"));
  EXPECT_FALSE(hash_of(""));
  EXPECT_FALSE(hash_of(text + "00"));
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(hash_of(std::string_view(text).substr(0, size)));
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'g', 'G', '/', ':', '@', '`', ' ', '-', '\0', '\xe9'}) {
      std::string wrong = text;
      wrong[i] = c;
      EXPECT_FALSE(hash_of(wrong)) << wrong;
    }
  }
}

TEST(Hash, CommitsToSaltAndPayload) {
  const Hash salt = sha256("salt");
  const std::string payload = R"({"name":"Nada"})";
  EXPECT_EQ(commitment(salt, payload), sha256("\x02" + std::string(bytes_of(salt)) + payload));
  EXPECT_NE(commitment(salt, payload), commitment(sha256("other"), payload));
  EXPECT_NE(commitment(salt, payload), commitment(salt, R"({"name":"Nadia"})"));
}

}  // namespace
}  // namespace partnership
