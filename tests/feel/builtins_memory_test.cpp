// SPDX-License-Identifier: Apache-2.0
//
// Every allocation of a call of the built-in functions fails once: std::bad_alloc passes, nothing
// is lost, and the evaluation works again. (ICU allocates by itself.)
#include <gtest/gtest.h>

#include <vector>

#include "feel/builtins.hpp"
#include "feel/compare.hpp"
#include "support/failing_memory.hpp"

namespace partnership::feel {
namespace {

Value ask(Evaluation& evaluation, std::string_view function, std::vector<Value> arguments) {
  const Signature* signature = signature_for(*find_builtin(function), arguments.size());
  return signature->call(evaluation, arguments);
}

bool call_many(Evaluation& evaluation) {
  evaluation.begin({});
  const auto text = [](std::string_view t) { return Value::string(t); };
  const Value words = ask(evaluation, "split", {text("a,b,,c,a,dd,e"), text("[,;-[;]]")});
  const Value replaced =
      ask(evaluation, "replace", {text("a long text of words"), text("(o)(.)"), text("$2$1")});
  const Value refused = ask(evaluation, "matches", {text("a"), text("a**")});
  const Value upper = ask(evaluation, "upper case", {text("a long text of words: été")});
  const Value both = ask(evaluation, "concatenate", {words, ask(evaluation, "reverse", {words})});
  const Value distinct = ask(evaluation, "distinct values", {both});
  const Value joined = ask(evaluation, "string join", {both, text(" and ")});
  const Value sorted = ask(evaluation, "sort", {both});
  const Value flat = ask(evaluation, "flatten", {ask(evaluation, "append", {both, both})});
  const Value positions = ask(evaluation, "index of", {both, text("a")});
  const Value range = ask(evaluation, "range", {text("[\"a long text\"..\"some longer text\"]")});
  const Value context = ask(evaluation, "context put",
                            {ask(evaluation, "context", {Value::list({})}), text("key"), flat});
  const Value written = ask(evaluation, "string", {context});
  const Value found =
      ask(evaluation, "contains", {written, text("a match that is longer than sixteen bytes")});
  return words.items().size() == 7 && replaced.text() == "a lnog text fo wrods" &&
         refused.is_null() && upper.text().ends_with("ÉTÉ") && distinct.items().size() == 6 &&
         !joined.is_null() && sorted.items().size() == 14 && flat.items().size() == 28 &&
         positions.items().size() == 4 && range.is(Kind::range) && found.is_false();
}

TEST(BuiltinMemory, RunsOutAnywhere) {
  Evaluation kept;
  ASSERT_TRUE(call_many(kept));
  long leaked = 0;
  const long took = failing_memory::run_out(
      [] {
        try {
          Evaluation evaluation;
          return call_many(evaluation);
        } catch (const std::bad_alloc&) {
          return false;
        }
      },
      10'000, leaked);
  EXPECT_GE(took, 50);
  EXPECT_EQ(leaked, 0);
}

}  // namespace
}  // namespace partnership::feel
