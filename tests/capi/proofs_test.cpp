// SPDX-License-Identifier: Apache-2.0
//
// The C functions that need no register (platform.h): the verifiers of published journals and of
// proofs. Every sound proof of a small tree is accepted and every change to one is found.
#include "harness.hpp"
#include "support/small_register.hpp"

namespace {

using namespace pship_testing;

Digest digest_of(const std::string& hex) {
  Digest out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<std::uint8_t>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  }
  return out;
}

std::vector<std::uint8_t> bytes_of(const pship_table* proof) {
  std::vector<std::uint8_t> out;
  for (const std::string& hex : column(proof, "hash")) {
    const Digest digest = digest_of(hex);
    out.insert(out.end(), digest.begin(), digest.end());
  }
  return out;
}

Digest root_of(pship_platform* platform, std::int64_t size) {
  Digest out{};
  EXPECT_EQ(pship_platform_root(platform, size, out.data(), nullptr), PSHIP_OK);
  return out;
}

std::string exported(pship_platform* platform) {
  return said(made<pship_text>([&](auto** out) {
                return pship_platform_export(platform, out, nullptr);
              }).get());
}

TEST(CApi, pship_journal_verify) {
  const auto platform = small_register();
  const std::string lines = exported(platform.get());
  const Digest root = root_of(platform.get(), -1);
  std::int32_t sound = 0;
  std::int64_t entries = 0;
  Digest computed{};
  const auto verify = [&](std::string_view text, const Digest* expected) {
    return [&, exact = Exact(text), expected](pship_error** err) {
      return pship_journal_verify(exact.data(), exact.size(),
                                  expected == nullptr ? nullptr : expected->data(), &sound,
                                  &entries, computed.data(), err);
    };
  };
  EXPECT_TRUE(gives(verify(lines, &root)));
  EXPECT_EQ(sound, 1);
  EXPECT_EQ(entries, small_size);
  EXPECT_EQ(computed, root);
  EXPECT_TRUE(gives(verify(lines, nullptr)));  // no root to compare with
  EXPECT_EQ(sound, 1);
  // A journal that was cut is well-formed, but not the one of this root.
  EXPECT_TRUE(gives(verify(lines.substr(0, lines.rfind('\n', lines.size() - 2) + 1), &root)));
  EXPECT_EQ(sound, 0);
  EXPECT_EQ(entries, small_size - 1);
  EXPECT_TRUE(gives(verify("", &root)));
  EXPECT_EQ(sound, 0);
  EXPECT_EQ(entries, 0);
  std::string changed = lines;
  changed[changed.find("omsar")] = 'O';
  EXPECT_TRUE(gives(verify(changed, &root)));
  EXPECT_EQ(sound, 0);
  for (const std::string& no_entry : {lines.substr(0, lines.size() - 2), " " + lines, "\n" + lines,
                                      std::string("{}\n"), std::string("\xff\n")}) {
    EXPECT_TRUE(refuses(PSHIP_CORRUPT, verify(no_entry, &root), sound, entries, computed));
  }
  EXPECT_TRUE(refuses_misuse(pship_journal_verify, lines.data(), lines.size(), may(root.data()),
                             &sound, may(&entries), may(computed.data())));
  EXPECT_TRUE(gives([&](pship_error** err) {
    return pship_journal_verify(lines.data(), lines.size(), nullptr, &sound, nullptr, nullptr, err);
  }));
}

TEST(CApi, pship_inclusion_verify) {
  const auto platform = small_register();
  std::int32_t sound = 0;
  const auto entries = query(platform.get(), "entries");
  for (std::int64_t size = 1; size <= small_size; ++size) {
    const Digest root = root_of(platform.get(), size);
    for (std::int64_t position = 0; position < size; ++position) {
      const Digest leaf = digest_of(cell(entries.get(), "leaf", position));
      const auto table = made<pship_table>([&](auto** out) {
        return pship_platform_prove_inclusion(platform.get(), position, size, out, nullptr);
      });
      std::vector<std::uint8_t> proof = bytes_of(table.get());
      const auto verify = [&](std::int64_t at, std::int64_t of, std::size_t n) {
        return [&, at, of, n](pship_error** err) {
          return pship_inclusion_verify(leaf.data(), at, of, proof.data(), n, root.data(), &sound,
                                        err);
        };
      };
      const std::size_t n = proof.size() / PSHIP_HASH_SIZE;
      EXPECT_TRUE(gives(verify(position, size, n)));
      EXPECT_EQ(sound, 1) << position << " of " << size;
      EXPECT_TRUE(gives(verify(position == 0 ? size : position - 1, size, n)));
      EXPECT_EQ(sound, 0) << position << " of " << size;
      if (n == 0) continue;
      EXPECT_TRUE(gives(verify(position, size, n - 1)));
      EXPECT_EQ(sound, 0) << position << " of " << size;
      for (std::size_t i = 0; i < proof.size(); ++i) {
        proof[i] ^= 1;
        EXPECT_TRUE(gives(verify(position, size, n)));
        EXPECT_EQ(sound, 0) << position << " of " << size << ", byte " << i;
        proof[i] ^= 1;
      }
    }
  }
  const Digest hash{};
  const std::vector<std::uint8_t> long_proof(std::size_t{65} * PSHIP_HASH_SIZE);
  for (const auto& [position, size] : {std::pair<std::int64_t, std::int64_t>(-1, 1),
                                       {0, 0},
                                       {0, -1},
                                       {1, 1},
                                       {INT64_MIN, INT64_MIN},
                                       {INT64_MAX, INT64_MAX}}) {
    EXPECT_TRUE(gives([&, position = position, size = size](pship_error** err) {
      return pship_inclusion_verify(hash.data(), position, size, nullptr, 0, hash.data(), &sound,
                                    err);
    }));
    EXPECT_EQ(sound, 0) << position << " of " << size;
  }
  EXPECT_TRUE(refuses(
      PSHIP_INVALID_ARGUMENT,
      [&](pship_error** err) {
        return pship_inclusion_verify(hash.data(), 0, 1, long_proof.data(), 65, hash.data(), &sound,
                                      err);
      },
      sound));
  EXPECT_TRUE(refuses_misuse(pship_inclusion_verify, hash.data(), 0, 2, hash.data(), 1, hash.data(),
                             &sound));
}

TEST(CApi, pship_consistency_verify) {
  const auto platform = small_register();
  std::int32_t sound = 0;
  for (std::int64_t second = 0; second <= small_size; ++second) {
    const Digest second_root = root_of(platform.get(), second);
    for (std::int64_t first = 0; first <= second; ++first) {
      const Digest first_root = root_of(platform.get(), first);
      const auto table = made<pship_table>([&](auto** out) {
        return pship_platform_prove_consistency(platform.get(), first, second, out, nullptr);
      });
      std::vector<std::uint8_t> proof = bytes_of(table.get());
      const auto verify = [&](pship_error** err) {
        return pship_consistency_verify(first, first_root.data(), second, second_root.data(),
                                        proof.data(), proof.size() / PSHIP_HASH_SIZE, &sound, err);
      };
      EXPECT_TRUE(gives(verify));
      EXPECT_EQ(sound, 1) << first << " to " << second;
      for (std::size_t i = 0; i < proof.size(); ++i) {
        proof[i] ^= 1;
        EXPECT_TRUE(gives(verify));
        EXPECT_EQ(sound, 0) << first << " to " << second << ", byte " << i;
        proof[i] ^= 1;
      }
    }
  }
  const Digest hash{};
  for (const auto& [first, second] : {std::pair<std::int64_t, std::int64_t>(-1, 1),
                                      {2, 1},
                                      {0, -1},
                                      {1, 1 + INT64_MAX / 2},
                                      {INT64_MIN, INT64_MIN}}) {
    EXPECT_TRUE(gives([&, first = first, second = second](pship_error** err) {
      return pship_consistency_verify(first, hash.data(), second, hash.data(), nullptr, 0, &sound,
                                      err);
    }));
    EXPECT_EQ(sound, 0) << first << " to " << second;
  }
  EXPECT_TRUE(refuses_misuse(pship_consistency_verify, 1, hash.data(), 2, hash.data(), hash.data(),
                             1, &sound));
}

}  // namespace
