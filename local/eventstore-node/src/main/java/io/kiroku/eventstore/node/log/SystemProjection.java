package io.kiroku.eventstore.node.log;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The projections that EventStoreDB brings along. Each sorts the records of `$all` into streams of
/// links, at most one for each record.
///
/// What a record's stream is called is EventStoreDB's to say, oddities included: events of a
/// metadata stream count to the category of the stream they are about.
public enum SystemProjection {
  /// First events of all streams.
  STREAMS(1, "$streams", Streams.ALL_STREAMS) {
    @Override
    public @Nullable String stream(LogRecord record) {
      return record.revision() == 0 ? Streams.ALL_STREAMS : null;
    }
  },

  /// Names of the streams of a category.
  STREAM_BY_CATEGORY(2, "$stream_by_category", "$category-") {
    @Override
    public @Nullable String stream(LogRecord record) {
      return record.revision() == 0 ? ofCategory(record.stream()) : null;
    }
  },

  /// Events of a category.
  BY_CATEGORY(3, "$by_category", "$ce-") {
    @Override
    public @Nullable String stream(LogRecord record) {
      return ofCategory(Streams.subject(record.stream()));
    }
  },

  /// Events of a type; and, as if it were a type, deletions of streams.
  BY_EVENT_TYPE(4, "$by_event_type", "$et-") {
    @Override
    public @Nullable String stream(LogRecord record) {
      return Links.isLink(record)
          ? null
          : prefix() + (Streams.deletion(record) ? "$deleted" : record.type());
    }
  },

  /// Events of a correlation id.
  BY_CORRELATION_ID(5, "$by_correlation_id", "$bc-") {
    @Override
    public @Nullable String stream(LogRecord record) {
      String id = Correlation.id(record);
      return id == null ? null : prefix() + id;
    }
  };

  private static final char CATEGORY_ENDS = '-';

  private final int number;
  private final String title;
  private final String prefix;

  SystemProjection(int number, String title, String prefix) {
    this.number = number;
    this.title = title;
    this.prefix = prefix;
  }

  /// What its links call it.
  int number() {
    return number;
  }

  /// What clients call it.
  public String title() {
    return title;
  }

  /// What the names of its streams begin with; all of the name of `$streams`.
  public String prefix() {
    return prefix;
  }

  /// The stream that gets a link to the record, or null if none does.
  public abstract @Nullable String stream(LogRecord record);

  public static Optional<SystemProjection> titled(String title) {
    return Arrays.stream(values()).filter(projection -> projection.title.equals(title)).findAny();
  }

  /// The projection that fills the stream, or null if it is any other stream.
  public static @Nullable SystemProjection filling(String stream) {
    if (stream.charAt(0) != '$') {
      return null;
    }
    for (SystemProjection projection : VALUES) {
      if (projection.fills(stream)) {
        return projection;
      }
    }
    return null;
  }

  private static final SystemProjection[] VALUES = values();

  private boolean fills(String stream) {
    return this == STREAMS ? stream.equals(prefix) : stream.startsWith(prefix);
  }

  @Nullable String ofCategory(String stream) {
    int end = stream.indexOf(CATEGORY_ENDS);
    return end > 0 && stream.charAt(0) != '$' ? prefix + stream.substring(0, end) : null;
  }
}
