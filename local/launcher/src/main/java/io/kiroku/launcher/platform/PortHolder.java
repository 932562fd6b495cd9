package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds who listens on a port, as far as this user may see.
final class PortHolder {
  private static final String LISTEN = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortHolder() {}

  /// ` by <program> (pid …)`, or nothing if that cannot be told.
  static String describe(int port) {
    return listener(port)
        .flatMap(PortHolder::owner)
        .map(process -> " by %s (pid %d)".formatted(program(process), process.pid()))
        .orElse("");
  }

  private static Optional<String> listener(int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      try {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields.length > INODE
              && fields[LOCAL_ADDRESS].endsWith(suffix)
              && fields[STATE].equals(LISTEN)) {
            return Optional.of("socket:[" + fields[INODE] + "]");
          }
        }
      } catch (IOException unreadable) {
        // Then the other table, or nobody, is named.
      }
    }
    return Optional.empty();
  }

  private static Optional<ProcessHandle> owner(String socket) {
    return ProcessHandle.allProcesses().filter(process -> holds(process, socket)).findFirst();
  }

  private static boolean holds(ProcessHandle process, String socket) {
    Path descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
      for (Path file : files) {
        if (Files.readSymbolicLink(file).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException notOurs) {
      return false;
    }
    return false;
  }

  private static String program(ProcessHandle process) {
    return process.info().command().map(path -> Path.of(path).getFileName().toString()).orElse("?");
  }
}
