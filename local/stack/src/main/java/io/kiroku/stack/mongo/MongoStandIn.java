package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Speaks MongoDB's wire protocol over an H2 file; it writes behind, so the last moment before a
/// kill may be lost, which the projections' watermark makes good.
public final class MongoStandIn {
  private final MongoServer server;

  private MongoStandIn(MongoServer server) {
    this.server = server;
  }

  /// @param data directory of its own
  public static MongoStandIn start(Path data, String host, int port) throws IOException {
    Path directory = data.toAbsolutePath();
    Files.createDirectories(directory);
    var server = new MongoServer(SavedBackend.open(directory.resolve("kiroku.h2")));
    server.bind(host, port);
    return new MongoStandIn(server);
  }

  public void stop() {
    server.shutdown();
  }
}
