package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.util.List;

/// A program to be killed: several threads, each writing one document after the other, and after
/// each one into a watermark of its own that it is there. Prints a line for every hundred.
final class DocumentsWriter {
  static final int THREADS = 4;
  static final String DATABASE = "shop";

  private DocumentsWriter() {}

  public static void main(String[] arguments) {
    SavedBackend backend = SavedBackend.open(Path.of(arguments[0]));
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread.ofPlatform().start(() -> writeOn(backend, number));
    }
  }

  private static void writeOn(SavedBackend backend, int thread) {
    var channel = new EmbeddedChannel();
    for (int n = 1; ; n++) {
      var document = new Document("_id", idOf(thread, n)).append("text", "x".repeat(200));
      backend.handleCommand(channel, DATABASE, "insert", insertOf(document));
      backend.handleCommand(channel, DATABASE, "update", watermarkOf(thread, n));
      if (n % 100 == 0) {
        System.out.println(idOf(thread, n));
      }
    }
  }

  static String idOf(int thread, int n) {
    return thread + "-" + n;
  }

  static Document insertOf(Document document) {
    return new Document("insert", "documents").append("documents", List.of(document));
  }

  private static Document watermarkOf(int thread, int n) {
    var update =
        new Document("q", new Document("_id", thread))
            .append("u", new Document("$set", new Document("n", n)))
            .append("upsert", true);
    return new Document("update", "watermarks").append("updates", List.of(update));
  }
}
