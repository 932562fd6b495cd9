package io.kiroku.stack.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SavedBackendTest {
  private static final int LINES_BEFORE_THE_KILL = 10;

  private final EmbeddedChannel channel = new EmbeddedChannel();

  @TempDir private Path directory = Path.of("");

  /// Where saves did not wait for commands, six rounds of six found a torn moment.
  @RepeatedTest(3)
  void what_a_kill_leaves_is_one_moment() throws Exception {
    killWhileWriting();

    SavedBackend backend = SavedBackend.open(file());
    try {
      List<Document> documents = all(backend, "documents");
      for (Document document : documents) {
        assertThat(find(backend, "documents", field(document, "_id"))).hasSize(1);
      }
      assertThat(all(backend, "watermarks"))
          .isNotEmpty()
          .allSatisfy(
              watermark -> assertThat(find(backend, "documents", lastOf(watermark))).hasSize(1));
    } finally {
      backend.close();
    }
  }

  @Test
  void what_was_written_before_a_stop_is_there_after_the_start() {
    SavedBackend first = SavedBackend.open(file());
    command(first, "insert", DocumentsWriter.insertOf(new Document("_id", "a")));
    first.close();

    SavedBackend second = SavedBackend.open(file());
    assertThat(find(second, "documents", "a")).hasSize(1);
    second.close();
  }

  /// Read from a copy of the file, as it is when the answer comes.
  @Test
  void a_write_that_asks_for_the_journal_is_on_disk_when_it_is_answered() throws IOException {
    SavedBackend running = SavedBackend.open(file());
    Document insert = DocumentsWriter.insertOf(new Document("_id", "a"));
    command(running, "insert", insert.append("writeConcern", new Document("j", true)));
    Path copy = Files.copy(file(), directory.resolve("copy.h2"));
    running.close();

    SavedBackend killed = SavedBackend.open(copy);
    assertThat(find(killed, "documents", "a")).hasSize(1);
    killed.close();
  }

  @Test
  void an_explanation_tells_how_many_documents_a_list_looks_at() {
    SavedBackend backend = SavedBackend.open(file());
    for (int n = 0; n < 100; n++) {
      var document = new Document("_id", "id-" + n).append("indexed", n).append("other", n);
      command(backend, "insert", DocumentsWriter.insertOf(document));
    }
    var index = new Document("key", new Document("indexed", 1)).append("name", "indexed_1");
    command(
        backend,
        "createIndexes",
        new Document("createIndexes", "documents").append("indexes", List.of(index)));

    assertThat(explained(backend, "indexed"))
        .containsEntry("nReturned", 3)
        .containsEntry("totalDocsExamined", 3);
    assertThat(explained(backend, "other"))
        .containsEntry("nReturned", 3)
        .containsEntry("totalDocsExamined", 100);
    backend.close();
  }

  private Document explained(SavedBackend backend, String field) {
    Document find =
        new Document("find", "documents")
            .append("filter", new Document(field, new Document("$gte", 50)))
            .append("sort", new Document(field, 1))
            .append("limit", 3);
    Document answer = command(backend, "explain", new Document("explain", find));
    return (Document) field(answer, "executionStats");
  }

  private void killWhileWriting() throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DocumentsWriter.class.getName(),
                file().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = writer.inputReader()) {
      for (int i = 0; i < LINES_BEFORE_THE_KILL; i++) {
        assertThat(lines.readLine()).isNotNull();
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  private Path file() {
    return directory.resolve("documents.h2");
  }

  private static String lastOf(Document watermark) {
    int thread = ((Number) field(watermark, "_id")).intValue();
    return DocumentsWriter.idOf(thread, ((Number) field(watermark, "n")).intValue());
  }

  private List<Document> all(SavedBackend backend, String collection) {
    return found(backend, new Document("find", collection).append("batchSize", 1_000_000));
  }

  private List<Document> find(SavedBackend backend, String collection, Object id) {
    return found(
        backend, new Document("find", collection).append("filter", new Document("_id", id)));
  }

  @SuppressWarnings("unchecked")
  private List<Document> found(SavedBackend backend, Document query) {
    Document cursor = (Document) field(command(backend, "find", query), "cursor");
    return (List<Document>) field(cursor, "firstBatch");
  }

  private static Object field(Document document, String name) {
    return Objects.requireNonNull(document.get(name));
  }

  private Document command(SavedBackend backend, String command, Document query) {
    return backend.handleCommand(channel, DocumentsWriter.DATABASE, command, query);
  }
}
