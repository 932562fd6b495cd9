package io.kiroku.query.running;

import com.mongodb.MongoClientSettings;
import io.kiroku.projection.mongo.Absences;
import io.kiroku.projection.mongo.DurableSettings;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.quarkus.mongodb.runtime.MongoClientCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@ApplicationScoped
class MongoBeans {
  @Produces
  @Singleton
  ReactiveMongoDatabase database(ReactiveMongoClient client, QueryConfig config) {
    return client.getDatabase(config.mongoDatabase());
  }

  @Produces
  @Singleton
  Absences absences() {
    return new Absences();
  }

  @Singleton
  static class Durable implements MongoClientCustomizer {
    private final Absences absences;

    Durable(Absences absences) {
      this.absences = absences;
    }

    @Override
    public MongoClientSettings.Builder customize(MongoClientSettings.Builder builder) {
      return DurableSettings.apply(builder, absences);
    }
  }
}
