package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The last lines of a log: what a person wants to see when a part did not start.
final class LogTail {
  private static final int LINES = 12;
  private static final int WIDTH = 400;
  // Written at each of our own questions whether it is ready: it would hide the reason why not.
  private static final String HEALTH_REPORT = "SRHCK01001";

  private LogTail() {}

  static String of(Layout layout, Part part) {
    Path log = layout.log(part.name());
    try {
      // Servers may write other bytes than UTF-8; a wrong letter is better than no log.
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      Stream<String> last =
          Stream.concat(
              lines.reversed().stream().filter(LogTail::isHealth).limit(1),
              lines.reversed().stream().filter(line -> !isHealth(line)).limit(LINES));
      return String.join("\n", last.map(LogTail::cut).toList().reversed());
    } catch (IOException unreadable) {
      return "(no log)";
    }
  }

  private static boolean isHealth(String line) {
    return line.contains(HEALTH_REPORT);
  }

  private static String cut(String line) {
    return line.length() > WIDTH ? line.substring(0, WIDTH) + " …" : line;
  }
}
