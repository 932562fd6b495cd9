package io.kiroku.e2e;

import io.kiroku.launcher.Kiroku;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Somebody who types `./kiroku …` beside the running platform.
final class Terminal {
  private Terminal() {}

  /// @param printed on both streams
  record Answer(int exitCode, String printed) {}

  static Answer kiroku(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", System.getProperty("kiroku.e2e.data")));
    var bytes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (var screen = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(screen);
      System.setErr(screen);
      int exitCode = Kiroku.execute(all.toArray(String[]::new));
      return new Answer(exitCode, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
