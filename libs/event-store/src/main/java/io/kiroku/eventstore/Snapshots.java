package io.kiroku.eventstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Folded streams of one category, kept beside the events in `snapshot_<category>-<id>` so that
/// long streams load fast. Derived: one that is missing, of another shape or unreadable is passed
/// over, and the events say what it would have said.
public final class Snapshots<S> {
  static final String TYPE = "state-snapshot.v1";
  private static final System.Logger LOG = System.getLogger(Snapshots.class.getName());

  /// Stores take about 1 MiB at once; base64 makes a third more of it.
  private static final int PART_BYTES_MAX = 600_000;

  private static final JsonMapper PARTS = new JsonMapper();

  private final SnapshotStore store;
  private final SnapshotPolicy policy;
  private final SnapshotJson<S> json;

  /// @param shape of the state; see [StateShape#of] for when its number has to change
  public Snapshots(
      SnapshotStore store, SnapshotPolicy policy, StateShape<S> shape, PersonKeys keys) {
    this.store = store;
    this.policy = policy;
    this.json = new SnapshotJson<>(shape, keys);
  }

  /// No snapshots at all.
  public static <S> Snapshots<S> none(Class<S> state) {
    return new Snapshots<>(
        SnapshotStore.NONE,
        SnapshotPolicy.NEVER,
        new StateShape<>(state, "", Map.of()),
        PersonKeys.NONE);
  }

  boolean isDue(long snapshotRevision, long revision) {
    return policy.isDue(snapshotRevision, revision);
  }

  /// Empty if there is none that can be used. Fails with [EventStoreUnavailable].
  Uni<Optional<Snapshot<S>>> latest(StreamId stream) {
    if (policy.everyEvents() == 0) {
      return Uni.createFrom().item(Optional.empty());
    }
    StreamId kept = streamOf(stream);
    return store
        .latest(kept, 1)
        .flatMap(newest -> whole(kept, newest))
        .flatMap(parts -> parts.isEmpty() ? none() : json.read(content(parts)).map(Optional::of))
        .onFailure(failure -> !(failure instanceof EventStoreUnavailable))
        .recoverWithUni(failure -> {
          LOG.log(System.Logger.Level.WARNING, kept + " cannot be used: " + failure);
          return none();
        });
  }

  /// All parts of the newest snapshot in their order; empty if they are not all there or of another
  /// shape.
  private Uni<List<JsonNode>> whole(StreamId kept, List<RecordedEvent> newest) {
    if (newest.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    JsonNode last = part(newest.getFirst());
    if (!last.path("shape").asText().equals(json.shape())) {
      return Uni.createFrom().item(List.of());
    }
    int parts = last.required("of").intValue();
    Uni<List<RecordedEvent>> all =
        parts == 1 ? Uni.createFrom().item(newest) : store.latest(kept, parts);
    return all.map(events -> inOrder(events, parts, last.required("revision").longValue()));
  }

  private static List<JsonNode> inOrder(List<RecordedEvent> newestFirst, int of, long revision) {
    List<JsonNode> parts = newestFirst.reversed().stream().map(Snapshots::part).toList();
    for (int i = 0; i < parts.size(); i++) {
      boolean fits =
          parts.get(i).path("part").asInt(-1) == i
              && parts.get(i).path("revision").asLong(-1) == revision;
      if (!fits) {
        return List.of();
      }
    }
    return parts.size() == of ? parts : List.of();
  }

  /// @param metadata of the last event that is in it
  Uni<Void> save(StreamId stream, Snapshot<S> snapshot, EventMetadata metadata) {
    return json.write(snapshot)
        .map(content -> parts(snapshot.revision(), content, metadata))
        .flatMap(parts -> store.put(streamOf(stream), parts));
  }

  private List<NewEvent> parts(long revision, byte[] content, EventMetadata metadata) {
    int of = Math.ceilDiv(content.length, PART_BYTES_MAX);
    if (of > SnapshotStore.PARTS_MAX) {
      throw new IllegalStateException("The state is too big: " + content.length + " bytes");
    }
    List<NewEvent> parts = new ArrayList<>(of);
    for (int i = 0; i < of; i++) {
      int from = i * PART_BYTES_MAX;
      int to = Math.min(content.length, from + PART_BYTES_MAX);
      ObjectNode part = PARTS.createObjectNode();
      part.put("shape", json.shape()).put("revision", revision).put("part", i).put("of", of);
      part.put("content", Arrays.copyOfRange(content, from, to));
      byte[] data = bytes(part);
      parts.add(new NewEvent(UuidV5.of(metadata.commandId(), data), TYPE, data, metadata));
    }
    return parts;
  }

  private static byte[] bytes(ObjectNode part) {
    try {
      return PARTS.writeValueAsBytes(part);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] content(List<JsonNode> parts) {
    var content = new ByteArrayOutputStream();
    try {
      for (JsonNode part : parts) {
        content.write(part.required("content").binaryValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content.toByteArray();
  }

  private static JsonNode part(RecordedEvent event) {
    try {
      return PARTS.readTree(event.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StreamId streamOf(StreamId stream) {
    return new StreamId("snapshot_" + stream);
  }

  private Uni<Optional<Snapshot<S>>> none() {
    return Uni.createFrom().item(Optional.empty());
  }
}
