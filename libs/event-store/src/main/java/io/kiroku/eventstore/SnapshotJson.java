package io.kiroku.eventstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Snapshots as compressed JSON, personal values encrypted as in events; behind it, as they are,
/// the commands: they are random bits, which neither compress nor want to be text.
final class SnapshotJson<S> {
  private static final String FORMAT = "2";

  private final StateShape<S> shape;
  private final PersonKeys keys;
  private final JsonMapper mapper;

  SnapshotJson(StateShape<S> shape, PersonKeys keys) {
    this.shape = shape;
    this.keys = keys;
    this.mapper = EventJson.mapper(shape.sealed());
  }

  String shape() {
    return FORMAT + "/" + shape.print();
  }

  Uni<byte[]> write(Snapshot<S> snapshot) {
    String tenant = snapshot.tenant() == null ? "" : snapshot.tenant();
    return PersonalPasses.writing(
        keys,
        scopes -> {
          byte[] json = compressed(json(snapshot, tenant, scopes));
          byte[] commands = snapshot.commands();
          return ByteBuffer.allocate(Integer.BYTES + json.length + commands.length)
              .putInt(json.length)
              .put(json)
              .put(commands)
              .array();
        });
  }

  private byte[] json(Snapshot<S> snapshot, String tenant, PersonalScope scopes) {
    ObjectNode head = mapper.createObjectNode();
    head.put("revision", snapshot.revision()).put("position", snapshot.position());
    head.put("tenant", tenant).put("owner", snapshot.owner());
    try {
      String state =
          mapper
              .writerFor(shape.type())
              .withAttribute(PersonalScope.class, scopes.of(tenant, Snapshots.TYPE))
              .writeValueAsString(snapshot.state());
      head.set("state", mapper.readTree(state));
      return mapper.writeValueAsBytes(head);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(shape.type() + " cannot be written", e);
    }
  }

  Uni<Snapshot<S>> read(byte[] content) {
    return PersonalPasses.reading(keys, scopes -> read(content, scopes));
  }

  private Snapshot<S> read(byte[] content, PersonalScope scopes) {
    int jsonEnd = Integer.BYTES + ByteBuffer.wrap(content).getInt();
    var compressed = new ByteArrayInputStream(content, Integer.BYTES, jsonEnd - Integer.BYTES);
    try (var json = new GZIPInputStream(compressed)) {
      JsonNode head = mapper.readTree(json);
      String tenant = head.path("tenant").asText();
      S state =
          mapper
              .readerFor(shape.type())
              .withAttribute(PersonalScope.class, scopes.of(tenant, Snapshots.TYPE))
              .readValue(head.path("state"));
      return new Snapshot<>(
          state,
          head.required("revision").longValue(),
          head.required("position").longValue(),
          tenant,
          text(head, "owner"),
          Arrays.copyOfRange(content, jsonEnd, content.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String text(JsonNode head, String name) {
    return head.path(name).isTextual() ? head.path(name).textValue() : null;
  }

  private static byte[] compressed(byte[] json) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
