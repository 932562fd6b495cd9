package io.kiroku.query;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.kiroku.projection.mongo.Absences;
import io.kiroku.projection.mongo.DurableSettings;
import io.quarkus.mongodb.impl.ReactiveMongoClientImpl;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;

/// MongoDB's wire protocol in this process.
public final class MongoStandIn implements AutoCloseable {
  private final MongoServer server = new MongoServer(new MemoryBackend());
  private final String url = "mongodb://127.0.0.1:" + server.bind().getPort();
  private final ReactiveMongoClient client;

  public MongoStandIn() {
    var settings = MongoClientSettings.builder().applyConnectionString(new ConnectionString(url));
    client =
        new ReactiveMongoClientImpl(
            MongoClients.create(DurableSettings.apply(settings, new Absences()).build()));
  }

  String url() {
    return url;
  }

  public ReactiveMongoDatabase database() {
    return client.getDatabase("kiroku");
  }

  @Override
  public void close() {
    client.close();
    server.shutdownNow();
  }
}
