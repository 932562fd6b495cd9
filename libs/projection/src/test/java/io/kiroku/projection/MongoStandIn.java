package io.kiroku.projection;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.kiroku.projection.mongo.Absences;
import io.kiroku.projection.mongo.DurableSettings;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.quarkus.mongodb.impl.ReactiveMongoClientImpl;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// MongoDB's wire protocol in this process, which can go away and come back, behind a link that can
/// be slow or refuse.
final class MongoStandIn implements AutoCloseable {
  private MongoServer server = new MongoServer(new MemoryBackend());
  private final InetSocketAddress address = server.bind();
  private final Absences absences = new Absences();
  private final RoughLink link = new RoughLink(address.getPort());
  private final ReactiveMongoClient client;

  /// @param patience how long what is asked of it may look for a server, or look again
  MongoStandIn(Duration patience) {
    this.client = client(patience);
  }

  private ReactiveMongoClient client(Duration patience) {
    String url = "mongodb://127.0.0.1:" + link.port();
    var settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(url))
            .applyToServerSettings(
                monitor -> monitor.heartbeatFrequency(500, TimeUnit.MILLISECONDS));
    DurableSettings.apply(settings, absences)
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(patience.toMillis(), TimeUnit.MILLISECONDS));
    return new ReactiveMongoClientImpl(MongoClients.create(settings.build()));
  }

  ReactiveMongoDatabase database() {
    return client.getDatabase("kiroku");
  }

  MongoReadModelStore store(Projection projection) {
    return new MongoReadModelStore(database(), projection, absences);
  }

  RoughLink link() {
    return link;
  }

  void goAway() {
    server.shutdownNow();
  }

  /// With nothing of what was written before.
  void comeBackEmpty() {
    server = new MongoServer(new MemoryBackend());
    server.bind(address);
  }

  @Override
  public void close() {
    client.close();
    link.close();
    server.shutdownNow();
  }
}
