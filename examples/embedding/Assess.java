// SPDX-License-Identifier: Apache-2.0
// One case, one law, one finding: in Java, by JNA.
//   java -cp jna.jar -Djna.library.path=FOLDER Assess.java
import com.sun.jna.*;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;

public class Assess {
  static final NativeLibrary library =
      NativeLibrary.getInstance("partnership", Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));

  static String text(String function, Pointer of) {
    return library.getFunction(function).invokePointer(new Object[] {of}).getString(0, "UTF-8");
  }

  // Calls a function that makes a handle; throws what it says when it fails.
  static Pointer make(String function, Object... arguments) {
    PointerByReference made = new PointerByReference(), error = new PointerByReference();
    Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = made;
    all[arguments.length + 1] = error;
    if (library.getFunction(function).invokeInt(all) != 0) {
      throw new IllegalStateException(text("pship_error_message", error.getValue()));
    }
    return made.getValue();
  }

  public static void main(String[] arguments) {
    String facts = "{\"registered on\": \"2018-01-25\", \"answered on\": null, \"extended\": false}";
    Pointer law = make("pship_packs_text", null, "charters/lebanon-28-2017.json");
    long size = library.getFunction("pship_text_size").invokeLong(new Object[] {law});
    Pointer data = library.getFunction("pship_text_data").invokePointer(new Object[] {law});
    Pointer charter = make("pship_charter_load", data, size, null, 0L);
    Pointer kind = make("pship_charter_facts", charter, "request");
    long bytes = facts.getBytes(StandardCharsets.UTF_8).length;
    Pointer request = make("pship_feel_case_read", kind, facts, bytes);
    Pointer options = make("pship_options_new");
    int on = (int) LocalDate.of(2018, 2, 10).toEpochDay();
    library.getFunction("pship_options_set_date").invokeInt(new Object[] {options, "on", on, null});
    Pointer why = make("pship_charter_explain_text", charter, "request", request, "answer", 0, options);
    System.out.writeBytes(text("pship_text_data", why).getBytes(StandardCharsets.UTF_8));
    Map.of("text", why, "options", options, "feel_case", request, "feel", kind, "charter", charter)
        .forEach((type, handle) -> library.getFunction("pship_" + type + "_free").invoke(new Object[] {handle}));
  }
}
