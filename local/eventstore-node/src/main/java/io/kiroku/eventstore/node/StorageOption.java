package io.kiroku.eventstore.node;

import io.kiroku.eventstore.node.log.LogStorage;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import io.kiroku.eventstore.node.storage.PostgresStorage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where the program keeps its log, as it was told. Shown without anything secret.
sealed interface StorageOption {
  LogStorage open(@Nullable String user, @Nullable String password);

  /// Nowhere.
  record Memory() implements StorageOption {
    static final String NAME = "memory";

    @Override
    public LogStorage open(@Nullable String user, @Nullable String password) {
      return new MemoryStorage();
    }

    @Override
    public String toString() {
      return NAME;
    }
  }

  /// @param jdbcUrl may have parameters of the driver
  record Postgres(String jdbcUrl) implements StorageOption {
    static final String PREFIX = "postgres:";
    private static final String JDBC = "jdbc:postgresql:";
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    @Override
    public LogStorage open(@Nullable String user, @Nullable String password) {
      return new PostgresStorage(jdbcUrl, user, password);
    }

    @Override
    public String toString() {
      return PREFIX + jdbcUrl.substring(JDBC.length()).replaceFirst("\\?.*", "");
    }

    static Postgres parse(String text) {
      String url = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
      String jdbcUrl = url.startsWith(JDBC) ? url : JDBC + url;
      if (!isUrl(jdbcUrl)) {
        throw new TypeConversionException(
            "'" + text + "' has no URL that PostgreSQL's driver takes");
      }
      return new Postgres(jdbcUrl);
    }

    /// The driver would explain what is wrong in lines of its own.
    private static boolean isUrl(String jdbcUrl) {
      Level level = DRIVER.getLevel();
      DRIVER.setLevel(Level.OFF);
      try {
        return Driver.parseURL(jdbcUrl, null) != null;
      } finally {
        DRIVER.setLevel(level);
      }
    }
  }

  /// Reads the option.
  final class Converter implements ITypeConverter<StorageOption> {
    @Override
    public StorageOption convert(String text) {
      if (text.equals(Memory.NAME)) {
        return new Memory();
      }
      if (text.startsWith(Postgres.PREFIX) || text.startsWith(Postgres.JDBC)) {
        return Postgres.parse(text);
      }
      throw new TypeConversionException("'" + text + "' is neither memory nor postgres:<URL>");
    }
  }
}
