package io.kiroku.stack.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is asked of a collection with indexes, it says what one without them says.
@NullUnmarked // The backend is opened before each test.
class SortedIndexTest {
  private static final String DATABASE = "kiroku";
  private static final String INDEXED = "indexed";
  private static final String PLAIN = "plain";
  private static final List<String> FIELDS = List.of("part.tenant", "part.status", "part.total");
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @TempDir private Path directory = Path.of("");

  private SavedBackend backend;

  @BeforeEach
  void open() {
    backend = SavedBackend.open(directory.resolve("documents.h2"));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anything_that_is_asked_after_any_changes_is_answered_as_without_an_index(long seed) {
    index(FIELDS.get(0), "_id");
    index(FIELDS.get(0), FIELDS.get(1), FIELDS.get(2), "_id");
    index(FIELDS.get(0), FIELDS.get(2), "_id");
    index(FIELDS.get(0), FIELDS.get(2));
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      change(random);
      if (i % 10 == 0) {
        askBoth(random);
      }
      if (i == 1_000) {
        backend.close();
        open();
      }
    }
  }

  private void change(Random random) {
    String id = "o" + random.nextInt(60);
    Document part = part(random);
    Document byId = new Document("_id", id);
    Document statement =
        switch (random.nextInt(4)) {
          case 0 -> delete(byId);
          case 1 -> update(byId, new Document("$set", new Document("part.status", status(random))));
          case 2 -> update(byId, new Document("$unset", new Document("part.total", "")));
          default -> update(byId, new Document("$set", new Document("part", part)), true);
        };
    for (String collection : List.of(INDEXED, PLAIN)) {
      String command = statement.keySet().iterator().next();
      command(command, new Document(statement).append(command, collection));
    }
  }

  private static Document delete(Document query) {
    return new Document("delete", "")
        .append("deletes", List.of(new Document("q", query).append("limit", 1)));
  }

  private static Document update(Document query, Document change) {
    return update(query, change, false);
  }

  private static Document update(Document query, Document change, boolean upsert) {
    Document one = new Document("q", query).append("u", change).append("upsert", upsert);
    return new Document("update", "").append("updates", List.of(one));
  }

  private static Document part(Random random) {
    Document part = new Document("tenant", "t" + random.nextInt(2));
    part.put("status", status(random));
    if (random.nextInt(4) > 0) {
      part.put("total", random.nextBoolean() ? random.nextInt(8) : (Object) random.nextLong(8));
    }
    return part;
  }

  private static String status(Random random) {
    return random.nextBoolean() ? "OPEN" : "DONE";
  }

  private void askBoth(Random random) {
    List<Document> conditions = new ArrayList<>();
    conditions.add(new Document(FIELDS.get(0), "t" + random.nextInt(2)));
    if (random.nextBoolean()) {
      conditions.add(new Document(FIELDS.get(1), status(random)));
    }
    if (random.nextBoolean()) {
      String operator = List.of("$gt", "$gte", "$lt", "$lte", "$eq").get(random.nextInt(5));
      conditions.add(new Document(FIELDS.get(2), new Document(operator, random.nextInt(8))));
    }
    if (random.nextInt(4) == 0) {
      conditions.add(new Document(FIELDS.get(2), new Document("$gte", 2L).append("$lt", 6)));
    }
    if (random.nextInt(4) == 0) {
      Document either = new Document(FIELDS.get(2), 3);
      conditions.add(new Document("$or", List.of(either, new Document(FIELDS.get(2), null))));
    }
    int direction = random.nextBoolean() ? 1 : -1;
    Document order = new Document(FIELDS.get(random.nextInt(FIELDS.size())), direction);
    order.append("_id", random.nextInt(5) == 0 ? -direction : direction);
    Document find =
        new Document("filter", new Document("$and", conditions))
            .append("sort", order)
            .append("skip", random.nextInt(4))
            .append("limit", random.nextInt(7));
    assertThat(find(INDEXED, find)).as(find.toString()).isEqualTo(find(PLAIN, find));
  }

  @Test
  void documents_that_were_there_before_an_index_are_found_by_it() {
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      change(random);
    }
    index(FIELDS.get(0), FIELDS.get(2), "_id");
    for (int i = 0; i < 50; i++) {
      askBoth(random);
    }
  }

  @Test
  void an_index_that_has_met_an_array_is_not_asked_any_more() {
    index(FIELDS.get(0), "part.words");
    for (String collection : List.of(INDEXED, PLAIN)) {
      Document part = new Document("tenant", "t0").append("words", List.of("green", "tea"));
      var insert = List.of(new Document("_id", "o1").append("part", part));
      command("insert", new Document("insert", collection).append("documents", insert));
    }
    backend.close();
    open();
    Document green = new Document(FIELDS.get(0), "t0").append("part.words", "green");
    assertThat(find(INDEXED, new Document("filter", green))).hasSize(1);
  }

  private void index(String... fields) {
    Document keys = new Document();
    for (String field : fields) {
      keys.append(field, 1);
    }
    var index = new Document("key", keys).append("name", String.join("_", fields));
    command(
        "createIndexes", new Document("createIndexes", INDEXED).append("indexes", List.of(index)));
  }

  @SuppressWarnings("unchecked")
  private List<Document> find(String collection, Document query) {
    Document find = new Document("find", collection).append("batchSize", 1_000);
    query.forEach(find::put);
    Document cursor = (Document) Objects.requireNonNull(command("find", find).get("cursor"));
    return (List<Document>) Objects.requireNonNull(cursor.get("firstBatch"));
  }

  private Document command(String command, Document query) {
    Document answer = backend.handleCommand(channel, DATABASE, command, query);
    assertThat(answer.get("writeErrors")).as(query.toString()).isNull();
    return answer;
  }
}
