package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts processes that outlive the launcher: in a session of their own, so that the terminal's
/// Ctrl-C does not reach them, with their output in a log file.
final class Children {
  private static final int LOGS_KEPT = 3;

  // The child itself records its pid before it becomes the server: whenever the launcher is
  // killed, a running server has its record.
  private static final String RECORD_THEN_EXEC =
      """
      record=$1; shift
      start="$(cut -d' ' -f22 /proc/$$/stat)@$(cat /proc/sys/kernel/random/boot_id)"
      printf '{"pid":%d,"start":"%s"}\\n' "$$" "$start" > "$record.new" &&
        mv "$record.new" "$record" && exec "$@"
      """;

  private final Layout layout;
  private final ProcessRecords records;

  Children(Layout layout, ProcessRecords records) {
    this.layout = layout;
    this.records = records;
  }

  /// Starts `command`; returns as soon as the process exists.
  ProcessIdentity start(String name, List<String> command, Map<String, String> environment) {
    try {
      records.forget(name);
      Path log = rotated(name);
      List<String> wrapped = new ArrayList<>(List.of("setsid", "sh", "-c", RECORD_THEN_EXEC));
      wrapped.add("kiroku");
      wrapped.add(records.fileOf(name).toString());
      wrapped.addAll(command);
      ProcessBuilder builder =
          new ProcessBuilder(wrapped)
              .directory(layout.data().toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      long pid = builder.start().pid();
      return ProcessIdentity.of(pid)
          .orElseThrow(() -> new PlatformException(name + " ended at once; see " + log));
    } catch (IOException failure) {
      throw new PlatformException("cannot start " + name + ": " + failure.getMessage(), failure);
    }
  }

  private Path rotated(String name) throws IOException {
    Path log = layout.log(name);
    for (int age = LOGS_KEPT; age > 0; age--) {
      Path younger = age == 1 ? log : aged(log, age - 1);
      if (Files.exists(younger)) {
        Files.move(younger, aged(log, age), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return log;
  }

  private static Path aged(Path log, int age) {
    return log.resolveSibling(log.getFileName() + "." + age);
  }
}
