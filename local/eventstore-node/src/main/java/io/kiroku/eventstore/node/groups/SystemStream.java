package io.kiroku.eventstore.node.groups;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import io.kiroku.eventstore.node.log.StreamMetadata;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.log.Write.Append;
import io.kiroku.eventstore.node.log.Write.Delete;
import io.kiroku.eventstore.node.log.Write.Outcome;
import io.kiroku.eventstore.node.log.Write.Outcome.Written;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An ordinary stream that groups write to. Reads may block; writes answer from the log's thread.
record SystemStream(EventLog log, String name) {
  /// Revision of the last event that readers see, or [Streams#NONE].
  long last() {
    long last = log.lastRevision(name);
    return last == Streams.TOMBSTONE || metadata().softDeleted() ? Streams.NONE : last;
  }

  /// Revision of the first event that readers see.
  long first() {
    return metadata().firstRevision(log.lastRevision(name));
  }

  @Nullable LogRecord lastRecord() {
    long last = last();
    return last < 0 ? null : log.readStream(name, last, 1).getFirst();
  }

  List<LogRecord> read(long revision, int countMax) {
    return log.readStream(name, revision, countMax);
  }

  StreamMetadata metadata() {
    return log.metadata(name);
  }

  void append(Event event, Consumer<Boolean> written) {
    append(name, event, written);
  }

  void describe(String metadata, Consumer<Boolean> written) {
    append(Streams.metadataOf(name), event(StreamMetadata.TYPE, true, metadata, ""), written);
  }

  private void append(String stream, Event event, Consumer<Boolean> written) {
    log.append(
        new Append(stream, Write.ANY, List.of(event)),
        outcome -> written.accept(outcome instanceof Written));
  }

  /// Deletes the stream if it exists. Blocks until that is durable.
  void delete() {
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    log.append(new Delete(name, Write.ANY), done::complete);
    var _ = done.join();
  }

  static Event event(String type, boolean json, String data, String metadata) {
    return new Event(
        UUID.randomUUID(),
        type,
        json,
        ByteString.copyFromUtf8(data),
        ByteString.copyFromUtf8(metadata));
  }
}
