package io.kiroku.eventstore.node.log;

/// Names and revisions that mean something to the log itself.
public final class Streams {
  /// What storages can hold in an index, whatever the characters; one bad name must not fail the
  /// appends of others that are committed with it.
  public static final int NAME_CHARS_MAX = 600;

  /// The whole log, which is no stream.
  public static final String ALL = "$all";

  public static final String METADATA_PREFIX = "$$";
  public static final String LINK_TYPE = "$>";
  static final String REFERENCE_TYPE = "$@";
  public static final String DELETED_TYPE = "$streamDeleted";

  /// The revision of a tombstone; no event comes after it.
  public static final long TOMBSTONE = Long.MAX_VALUE;

  /// The revision of a stream's last event if it has none.
  public static final long NONE = -1;

  static final String ALL_STREAMS = "$streams";
  static final String BOOTSTRAP = "$epoch-information";
  private static final String GROUPS_OF_ALL = "$persistentsubscription-$all::";

  private Streams() {}

  /// Whether a stream can be called so.
  public static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= NAME_CHARS_MAX
        && text.indexOf(0) < 0
        && !text.equals(METADATA_PREFIX);
  }

  public static boolean isMetadata(String stream) {
    return stream.startsWith(METADATA_PREFIX);
  }

  public static String metadataOf(String stream) {
    return METADATA_PREFIX + stream;
  }

  /// The stream that a metadata stream is about; any other stream is its own.
  public static String subject(String stream) {
    return isMetadata(stream) ? stream.substring(METADATA_PREFIX.length()) : stream;
  }

  /// Whether the record tells that a stream was deleted, for ever or not.
  static boolean deletion(LogRecord record) {
    return isMetadata(record.stream())
        ? record.type().equals(StreamMetadata.TYPE) && StreamMetadata.of(record).softDeleted()
        : record.type().equals(DELETED_TYPE);
  }

  /// Streams that reads of `$all` never show. See spec of EventStoreDB: `ReadAll` hides its own
  /// bookkeeping, so that a group on `$all` does not feed itself.
  public static boolean hiddenInAll(String stream) {
    return stream.charAt(0) == '$'
        && (stream.equals(BOOTSTRAP)
            || (stream.startsWith(GROUPS_OF_ALL)
                && (stream.endsWith("-checkpoint") || stream.endsWith("-parked"))));
  }
}
