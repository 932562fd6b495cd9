package io.kiroku.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What another JVM tells of its heap. Each question begins with a full collection there.
public record Jvm(long pid) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern INSTANCES = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s.*");

  /// What lives, in MiB.
  public long liveHeapMiB() throws IOException, InterruptedException {
    jcmd("GC.run");
    return jcmd("GC.heap_info")
            .lines()
            .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
            .map(USED::matcher)
            .filter(Matcher::find)
            .mapToLong(used -> Long.parseLong(used.group(1)))
            .sum()
        / 1024;
  }

  /// How many objects of exactly this class live.
  public long instances(String className) throws IOException, InterruptedException {
    return jcmd("GC.class_histogram")
        .lines()
        .filter(line -> line.stripTrailing().endsWith(" " + className))
        .map(INSTANCES::matcher)
        .filter(Matcher::matches)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  private String jcmd(String order) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), order)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asked.waitFor() != 0) {
      throw new IllegalStateException("jcmd " + order + ": " + answer);
    }
    return answer;
  }
}
