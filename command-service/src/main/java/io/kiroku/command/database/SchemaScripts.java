package io.kiroku.command.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The schema's history: scripts are added at the end and never changed once released.
final class SchemaScripts {
  private static final List<String> FILES =
      List.of(
          "db/001-initial.sql",
          "db/002-newest-orders.sql",
          "db/003-older-commands.sql",
          "db/004-sagas-of-several-kinds.sql",
          "db/005-republications.sql",
          "db/006-reservation-timers.sql",
          "db/007-command-replies.sql");

  private SchemaScripts() {}

  static int count() {
    return FILES.size();
  }

  /// @param version from 1
  static String read(int version) {
    String file = FILES.get(version - 1);
    ClassLoader loader = SchemaScripts.class.getClassLoader();
    try (InputStream script = loader.getResourceAsStream(file)) {
      if (script == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
