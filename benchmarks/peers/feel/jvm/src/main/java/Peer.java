// SPDX-License-Identifier: Apache-2.0
// The eight benchmark rules in a FEEL engine of the JVM, as they are but for dates, which are local
// dates in the prepared case; parsed once, over prepared cases and from the JSON bytes of a case.
// Prints a line a figure: peer, measure, microseconds a case.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.syntaxtree.ParsedExpression;

public final class Peer {
  static final ObjectMapper MAPPER = new ObjectMapper();
  static final List<String> dates = new ArrayList<>();

  @SuppressWarnings("unchecked")
  static Map<String, Object> prepare(String text) {
    try {
      Map<String, Object> value = MAPPER.readValue(text, Map.class);
      for (String field : dates) {
        if (value.get(field) instanceof String day) value.put(field, LocalDate.parse(day));
      }
      return value;
    } catch (Exception error) {
      throw new IllegalStateException(error);
    }
  }

  static <T> void measure(String what, List<T> inputs, List<boolean[]> expected, Function<T, boolean[]> decide) {
    for (int i = 0; i < inputs.size(); i++) {
      boolean[] got = decide.apply(inputs.get(i));
      if (!Arrays.equals(got, expected.get(i))) {
        System.out.println("feel-engine (JVM)\t" + what + "\twrong: case " + i + " " + Arrays.toString(got));
        return;
      }
    }
    double[] runs = new double[5];
    int rounds = 1;
    for (int run = -3; run < 5; run++) { // the first ones warm the compiler up
      long start = System.nanoTime();
      for (int round = 0; round < rounds; round++) for (T input : inputs) decide.apply(input);
      double micros = (System.nanoTime() - start) / 1000.0;
      if (run < 0) rounds = Math.max(1, Math.min(200, (int) (rounds * 500000 / micros)));
      else runs[run] = micros / ((double) rounds * inputs.size());
    }
    Arrays.sort(runs);
    System.out.printf(java.util.Locale.ROOT, "feel-engine (JVM)\t%s\t%.3f%n", what, runs[2]);
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    JsonNode document = MAPPER.readTree(folder.resolve("eight-rules.json").toFile());
    document.get("facts").fields().forEachRemaining(field -> {
      if (field.getValue().asText().equals("date")) dates.add(field.getKey());
    });
    FeelEngineApi engine = FeelEngineBuilder.forJava().build();
    List<ParsedExpression> rules = new ArrayList<>();
    // This parser wants a quantified expression in parentheses where it is an operand.
    document.get("rules").forEach(rule -> rules.add(engine.parseExpression(
        rule.asText().replaceFirst("and (every .*)$", "and ($1)")).parsedExpression()));
    List<String> texts = new ArrayList<>();
    List<boolean[]> expected = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("charter-cases.jsonl"))) {
      JsonNode record = MAPPER.readTree(line);
      texts.add(record.get("case").toString());
      boolean[] outcomes = new boolean[rules.size()];
      for (int i = 0; i < outcomes.length; i++) outcomes[i] = record.get("expect").get(i).asBoolean();
      expected.add(outcomes);
    }
    Function<Map<String, Object>, boolean[]> decide = value -> {
      boolean[] got = new boolean[rules.size()];
      for (int i = 0; i < got.length; i++) {
        got[i] = Boolean.TRUE.equals(engine.evaluate(rules.get(i), value).result());
      }
      return got;
    };
    measure("prepared", texts.stream().map(Peer::prepare).toList(), expected, decide);
    measure("json", texts, expected, text -> decide.apply(prepare(text)));
  }
}
