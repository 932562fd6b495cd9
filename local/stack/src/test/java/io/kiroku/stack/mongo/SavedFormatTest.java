package io.kiroku.stack.mongo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.ObjectDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFormatTest {
  private static final Document ORDER =
      new Document("_id", "order-1")
          .append("revision", 7L)
          .append("lines", List.of(new Document("product", "tea").append("quantity", 2)))
          .append("placed", Instant.ofEpochMilli(1_800_000_000_123L))
          .append("note", null)
          .append("share", 0.25)
          .append("open", true)
          .append("名", "急須");

  private static final List<KeyValue> KEYS =
      List.of(
          new KeyValue("b"),
          new KeyValue("aa"),
          new KeyValue("é"),
          new KeyValue("急"),
          new KeyValue("z"),
          new KeyValue(7.0),
          new KeyValue("a", "b"));

  @TempDir private Path directory = Path.of("");

  @Test
  void aDocumentIsReadAsItWasWritten() {
    assertThat(Bson.decode(readAfter(Bson.encode(ORDER), BsonType.INSTANCE))).isEqualTo(ORDER);
  }

  @Test
  void documentsLieOneBehindTheOther() {
    byte[] first = Bson.encode(ORDER);
    byte[] second = Bson.encode(new Document("_id", "order-2"));
    var buffer = new WriteBuffer();
    BsonType.INSTANCE.write(buffer, first);
    BsonType.INSTANCE.write(buffer, second);

    ByteBuffer source = buffer.getBuffer().flip();
    assertThat(BsonType.INSTANCE.read(source)).isEqualTo(first);
    assertThat(BsonType.INSTANCE.read(source)).isEqualTo(second);
    assertThat(source.remaining()).isZero();
  }

  @Test
  void keysAreReadAsTheyWereWritten() {
    assertThat(KEYS)
        .allSatisfy(key -> assertThat(readAfter(key, new IndexKeyType())).isEqualTo(key));
  }

  @Test
  void keysOfSortedIndexesAreReadAsTheyWereWritten() {
    @Nullable Object[] plain = {
      "急", 7L, 7, Instant.ofEpochMilli(1_800_000_000_123L), null, "order-1"
    };
    @Nullable Object[] others = {true, 0.25, new Document("a", 1), "order-1"};

    assertThat(readAfter(plain, SortedKeyType.INSTANCE)).isEqualTo(plain);
    assertThat(readAfter(others, SortedKeyType.INSTANCE)).isEqualTo(others);
  }

  /// So an index of a file of before begins.
  @Test
  void keysOfSortedIndexesThatWereWrittenAsBsonAreStillRead() {
    var buffer = new WriteBuffer();
    BsonType.INSTANCE.write(buffer, Bson.encode(new Document("v", List.of("a", 7L, "order-1"))));

    assertThat(SortedKeyType.INSTANCE.read(buffer.getBuffer().flip()))
        .containsExactly("a", 7L, "order-1");
  }

  /// In a file of before, entries lie in the order of serialized keys.
  @Test
  void keysHaveTheOrderThatSerializedOnesHave() {
    List<KeyValue> mine = new ArrayList<>(KEYS);
    Collections.shuffle(mine, new Random(1));
    List<KeyValue> before = new ArrayList<>(mine);

    mine.sort(new IndexKeyType());
    before.sort(new ObjectDataType());

    assertThat(mine).isEqualTo(before);
  }

  @Test
  void aFileOfSerializedObjectsIsStillRead() {
    String file = directory.resolve("before.h2").toString();
    try (MVStore store = MVStore.open(file)) {
      store.<String, Object>openMap("documents").put("order-1", ORDER);
      MVMap<Object, Object> index = store.openMap("index");
      KEYS.forEach(key -> index.put(key, "order-1"));
    }

    try (MVStore store = MVStore.open(file)) {
      MVMap<Object, byte[]> documents = store.openMap("documents", documents());
      MVMap<KeyValue, Object> index =
          store.openMap("index", new MVMap.Builder<KeyValue, Object>().keyType(new IndexKeyType()));
      assertThat(Bson.decode(requireNonNull(documents.get("order-1")))).isEqualTo(ORDER);
      assertThat(KEYS).allSatisfy(key -> assertThat(index.get(key)).isEqualTo("order-1"));
    }
  }

  /// Java's serialization begins a document with 200 bytes of class names.
  @Test
  void aDocumentTakesItsBsonAndOneByte() {
    var buffer = new WriteBuffer();
    BsonType.INSTANCE.write(buffer, Bson.encode(new Document("_id", "order-2")));

    byte[] bson = {
      22, 0, 0, 0, 2, '_', 'i', 'd', 0, 8, 0, 0, 0, 'o', 'r', 'd', 'e', 'r', '-', '2', 0, 0
    };
    byte[] written = Arrays.copyOf(buffer.getBuffer().array(), buffer.position());
    assertThat(Arrays.copyOfRange(written, 1, written.length)).isEqualTo(bson);
  }

  private static MVMap.Builder<Object, byte[]> documents() {
    return new MVMap.Builder<Object, byte[]>().valueType(BsonType.INSTANCE);
  }

  private static <T> T readAfter(T value, DataType<T> type) {
    var buffer = new WriteBuffer();
    type.write(buffer, value);
    return type.read(buffer.getBuffer().flip());
  }
}
