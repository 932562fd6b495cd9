package io.kiroku.eventstore.node.log;

import com.google.protobuf.ByteString;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One event of the log, as it was accepted.
public final class LogRecord {
  /// Bytes of one record on the heap beside its payload, roughly, with its rendered form.
  private static final int OVERHEAD_BYTES = 800;

  private final long position;
  private final String stream;
  private final long revision;
  private final Event event;
  private final long createdTicks;
  private final @Nullable LogRecord target;

  /// What the protocol layer made of this record, kept because several subscribers ask for the
  /// same.
  private volatile @Nullable Object rendered;

  /// @param createdTicks 100 ns ticks since 1970
  public LogRecord(long position, String stream, long revision, Event event, long createdTicks) {
    this(position, stream, revision, event, createdTicks, null);
  }

  /// @param target what this record is a link to, where that is known already
  LogRecord(
      long position,
      String stream,
      long revision,
      Event event,
      long createdTicks,
      @Nullable LogRecord target) {
    this.position = position;
    this.stream = stream;
    this.revision = revision;
    this.event = event;
    this.createdTicks = createdTicks;
    this.target = target;
  }

  public long position() {
    return position;
  }

  public String stream() {
    return stream;
  }

  public long revision() {
    return revision;
  }

  public Event event() {
    return event;
  }

  public UUID id() {
    return event.id();
  }

  public String type() {
    return event.type();
  }

  public long createdTicks() {
    return createdTicks;
  }

  @Nullable LogRecord target() {
    return target;
  }

  public @Nullable Object rendered() {
    return rendered;
  }

  public void rendered(Object form) {
    rendered = form;
  }

  /// About what this record occupies in memory.
  public int sizeBytes() {
    return OVERHEAD_BYTES + event.payloadBytes();
  }

  /// What a client proposes: an event that has no place in the log yet.
  public record Event(UUID id, String type, boolean json, ByteString data, ByteString metadata) {
    /// What counts towards the maximum append size.
    public long countedBytes() {
      return payloadBytes() + 2L * type.length();
    }

    int payloadBytes() {
      return data.size() + metadata.size();
    }
  }
}
