package io.kiroku.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is on a JVM's heap after a full collection.
///
/// @param count instances by the name of their class
record LiveObjects(Map<String, Long> count, long bytes) {
  private static final Pattern BLANKS = Pattern.compile(" +");

  static LiveObjects of(ProcessHandle jvm) {
    Map<String, Long> count = new HashMap<>();
    long bytes = 0;
    for (String line : histogram(jvm).lines().toList()) {
      // `12: 4096 163840 io.kiroku.Something`, and in the end `Total 1234567 89012345`.
      List<String> words = BLANKS.splitAsStream(line.strip()).toList();
      if (words.getFirst().equals("Total")) {
        bytes = Long.parseLong(words.get(2));
      } else if (words.size() > 3 && words.getFirst().matches("\\d+:")) {
        count.put(words.get(3), Long.parseLong(words.get(1)));
      }
    }
    return new LiveObjects(count, bytes);
  }

  private static String histogram(ProcessHandle jvm) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process asking =
          new ProcessBuilder(jcmd.toString(), Long.toString(jvm.pid()), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long count(String className) {
    return count.getOrDefault(className, 0L);
  }
}
