package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Tells a process from a later one with the same pid: its pid and when it was started.
///
/// `start` is what the kernel says, as text: clock ticks since boot and the boot's id on Linux. It
/// survives `exec`, so a wrapper shell may write it before it becomes the server.
record ProcessIdentity(long pid, String start) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  // Counted after the command in parentheses, which may itself hold spaces: state is the first.
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /// The process that has this pid now, if any that is not a zombie.
  static Optional<ProcessIdentity> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return ended
          ? Optional.empty()
          : Optional.of(new ProcessIdentity(pid, fields[START_TICKS] + "@" + bootId()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  private static String bootId() throws IOException {
    return Files.readString(BOOT_ID).strip();
  }
}
