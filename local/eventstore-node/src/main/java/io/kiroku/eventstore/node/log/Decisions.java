package io.kiroku.eventstore.node.log;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import io.kiroku.eventstore.node.log.Write.Append;
import io.kiroku.eventstore.node.log.Write.Delete;
import io.kiroku.eventstore.node.log.Write.Outcome;
import io.kiroku.eventstore.node.log.Write.Outcome.Refused;
import io.kiroku.eventstore.node.log.Write.Outcome.StreamDeleted;
import io.kiroku.eventstore.node.log.Write.Outcome.Written;
import io.kiroku.eventstore.node.log.Write.Outcome.WrongRevision;
import io.kiroku.eventstore.node.log.Write.Tombstone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whether a write is accepted, refused, or a repetition of one that was accepted before: the rules
/// of EventStoreDB 24, applied in the order of the log.
final class Decisions {
  private final Batch batch;

  Decisions(Batch batch) {
    this.batch = batch;
  }

  Outcome decide(Write write) {
    String stream = write.stream();
    if (SystemProjection.filling(stream) != null) {
      return new Refused("The stream " + stream + " is filled by a system projection");
    }
    if (batch.tail(Streams.subject(stream)).tombstoned()) {
      return new StreamDeleted();
    }
    long current = batch.tail(stream).last();
    if (write.expected() == Write.EXISTS) {
      if (batch.metadata(stream).softDeleted()) {
        return new StreamDeleted();
      }
      if (!everWritten(stream)) {
        return new WrongRevision(current);
      }
    }
    return switch (write) {
      case Append append -> append(append, current);
      case Delete delete -> delete(delete, current);
      case Tombstone tombstone -> tombstone(tombstone, current);
    };
  }

  private boolean everWritten(String stream) {
    return batch.tail(stream).last() >= 0 || batch.metadataRecord(stream) != null;
  }

  private Outcome append(Append append, long current) {
    if (append.stream().startsWith(Streams.METADATA_PREFIX + Streams.METADATA_PREFIX)) {
      return new Refused("The metadata of a metadata stream cannot be changed");
    }
    long expected = append.expected();
    Outcome repeated = null;
    if (expected == Write.ANY || expected == Write.EXISTS) {
      repeated = repeatedAnywhere(append, current);
    } else if (expected < current) {
      repeated = repeatedAfter(append, current);
    } else if (expected > current) {
      return new WrongRevision(current);
    }
    return repeated != null ? repeated : write(append);
  }

  /// Without an expected revision ids alone tell a repetition, among the events remembered.
  private @Nullable Outcome repeatedAnywhere(Append append, long current) {
    LogRecord last = null;
    for (Event event : append.events()) {
      LogRecord known = batch.byId(append.stream(), event.id());
      if (known == null) {
        return last == null ? null : new WrongRevision(current); // some, but not all, are there
      }
      last = known;
    }
    return last == null ? null : new Written(last.revision(), last.position());
  }

  /// With a revision that is past, the events that follow it must be these very events.
  private @Nullable Outcome repeatedAfter(Append append, long current) {
    long revision = append.expected();
    LogRecord last = null;
    for (Event event : append.events()) {
      revision++;
      LogRecord stored = revision > current ? null : batch.at(append.stream(), revision);
      if (stored == null || !stored.id().equals(event.id())) {
        boolean anew =
            last == null
                && append.expected() == Streams.NONE
                && batch.metadata(append.stream()).softDeleted();
        return anew ? null : new WrongRevision(current);
      }
      last = stored;
    }
    return last == null
        ? new WrongRevision(current)
        : new Written(last.revision(), last.position());
  }

  private Outcome write(Append append) {
    String stream = append.stream();
    long before = batch.tail(stream).last();
    if (append.events().isEmpty()) {
      return new Written(before, batch.lastPosition());
    }
    append.events().forEach(event -> batch.write(stream, event));
    Written written = new Written(batch.tail(stream).last(), batch.lastPosition());
    undelete(stream, before, append);
    return written;
  }

  /// A soft-deleted stream that is written to, or gets new metadata, comes back without its past.
  private void undelete(String stream, long before, Append append) {
    boolean metadata = Streams.isMetadata(stream);
    String subject = Streams.subject(stream);
    LogRecord was = metadata ? previousMetadata(stream, append) : batch.metadataRecord(stream);
    if (was == null || !StreamMetadata.of(was).softDeleted()) {
      return;
    }
    LogRecord now = batch.metadataRecord(subject);
    if (now == null || (metadata && StreamMetadata.of(now).softDeleted())) {
      return;
    }
    long first = metadata ? batch.tail(subject).last() + 1 : before + 1;
    JsonObject keys = StreamMetadata.parse(now.event().data());
    batch.write(Streams.metadataOf(subject), metadataEvent(StreamMetadata.truncated(keys, first)));
  }

  private @Nullable LogRecord previousMetadata(String stream, Append append) {
    long revision = batch.tail(stream).last() - append.events().size();
    return revision < 0 ? null : batch.at(stream, revision);
  }

  private Outcome delete(Delete delete, long current) {
    String stream = delete.stream();
    if (Streams.isMetadata(stream)) {
      return new Refused("A metadata stream cannot be deleted");
    }
    if (!everWritten(stream)
        || (delete.expected() >= Streams.NONE && delete.expected() != current)) {
      return new WrongRevision(current);
    }
    ByteString deleted = StreamMetadata.truncated(new JsonObject(), Long.MAX_VALUE);
    LogRecord record = batch.write(Streams.metadataOf(stream), metadataEvent(deleted));
    return new Written(current, record.position());
  }

  private Outcome tombstone(Tombstone tombstone, long current) {
    if (Streams.isMetadata(tombstone.stream())) {
      return new Refused("A metadata stream cannot be deleted");
    }
    if (tombstone.expected() >= Streams.NONE && tombstone.expected() != current) {
      return new WrongRevision(current);
    }
    Event end =
        new Event(
            UUID.randomUUID(), Streams.DELETED_TYPE, false, ByteString.EMPTY, ByteString.EMPTY);
    LogRecord record = batch.write(tombstone.stream(), end, Streams.TOMBSTONE);
    return new Written(Streams.TOMBSTONE, record.position());
  }

  static Event metadataEvent(ByteString json) {
    return new Event(UUID.randomUUID(), StreamMetadata.TYPE, true, json, ByteString.EMPTY);
  }
}
