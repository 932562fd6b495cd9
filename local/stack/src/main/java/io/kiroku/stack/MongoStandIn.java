package io.kiroku.stack;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Speaks MongoDB's wire protocol over an H2 file; it writes behind, so the last moment before a
/// kill may be lost, which the projections' watermark makes good.
final class MongoStandIn {
  private final MongoServer server;

  private MongoStandIn(MongoServer server) {
    this.server = server;
  }

  static MongoStandIn start(StackOptions options) throws IOException {
    Path directory = options.data.resolve("mongo").toAbsolutePath();
    Files.createDirectories(directory);
    var server = new MongoServer(SavedBackend.open(directory.resolve("kiroku.h2")));
    server.bind(StackOptions.HOST, options.mongoPort);
    return new MongoStandIn(server);
  }

  void stop() {
    server.shutdown();
  }
}
