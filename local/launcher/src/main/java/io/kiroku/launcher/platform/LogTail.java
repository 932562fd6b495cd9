package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The last lines of a log: what a person wants to see when a part did not start.
final class LogTail {
  private static final int LINES = 12;

  private LogTail() {}

  static String of(Layout layout, Part part) {
    Path log = layout.log(part.name());
    try {
      // Servers may write other bytes than UTF-8; a wrong letter is better than no log.
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(no log)";
    }
  }
}
