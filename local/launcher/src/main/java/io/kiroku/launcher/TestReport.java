package io.kiroku.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Listens to Maven and tells a person what matters: which module, how many tests, what failed.
final class TestReport {
  private static final Pattern MODULE =
      Pattern.compile("\\[INFO] Building (.+?) [0-9][^ ]* +(\\[[0-9]+/[0-9]+])");
  private static final Pattern TEST_CLASS =
      Pattern.compile(
          "Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+), Time elapsed: .*"
              + " -- in (\\S+)");
  private static final int ERRORS_SHOWN = 40;

  private final PrintStream out;
  private final long begin = System.nanoTime();
  private final List<String> errors = new ArrayList<>();
  private int tests;
  private int failed;
  private int skipped;

  TestReport(PrintStream out) {
    this.out = out;
  }

  void hear(String line) {
    Matcher module = MODULE.matcher(line);
    if (module.find()) {
      out.println(module.group(2) + " " + module.group(1));
    }
    Matcher ran = TEST_CLASS.matcher(line);
    if (ran.find()) {
      count(ran);
    }
    if (line.startsWith("[ERROR]")) {
      errors.add(line);
    }
  }

  int conclude(int exitCode, Path log) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    boolean passed = exitCode == 0 && failed == 0 && tests > 0;
    if (!passed) {
      out.println();
      errors.stream().limit(ERRORS_SHOWN).forEach(out::println);
    }
    out.printf(
        Locale.ROOT,
        "%n%s after %d min %02d s; everything Maven said: %s%n",
        passed ? "PASSED" : "FAILED",
        took.toMinutes(),
        took.toSecondsPart(),
        log);
    out.printf("%d passed, %d failed, %d skipped%n", tests - failed - skipped, failed, skipped);
    return passed ? 0 : Kiroku.FAILED;
  }

  private void count(Matcher ran) {
    int bad = Integer.parseInt(ran.group(2)) + Integer.parseInt(ran.group(3));
    tests += Integer.parseInt(ran.group(1));
    failed += bad;
    skipped += Integer.parseInt(ran.group(4));
    String name = ran.group(5).substring(ran.group(5).lastIndexOf('.') + 1);
    out.printf("        %-44s %4s tests%s%n", name, ran.group(1), bad > 0 ? "  FAILED" : "");
  }
}
