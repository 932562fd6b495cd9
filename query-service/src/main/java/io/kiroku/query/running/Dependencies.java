package io.kiroku.query.running;

import io.kiroku.projection.engine.EventSources;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What this service cannot work without.
@ApplicationScoped
public class Dependencies {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(2);

  private final List<Asked> all;

  private record Asked(String name, List<String> addresses, Supplier<Uni<?>> question) {
    Uni<State> state() {
      return Uni.createFrom()
          .deferred(() -> question.get().replaceWith(true))
          .ifNoItem()
          .after(ANSWER_MOST)
          .recoverWithItem(false)
          .onFailure()
          .recoverWithItem(false)
          .map(answers -> new State(name, addresses, answers));
    }
  }

  /// @param addresses without credentials
  /// @param answers whether it did just now
  public record State(String name, List<String> addresses, boolean answers) {
    public State {
      addresses = List.copyOf(addresses);
    }
  }

  Dependencies(
      EventSources sources,
      ReactiveMongoDatabase database,
      QueryConfig config,
      @ConfigProperty(name = "quarkus.mongodb.connection-string") String mongoUrl) {
    this.all =
        List.of(
            new Asked(
                "event-store", Addresses.of(config.eventstoreUrl()), () -> sources.log().head()),
            new Asked(
                "mongodb",
                Addresses.of(mongoUrl),
                () -> database.runCommand(new Document("ping", 1))));
  }

  /// All of them are asked at the same time. Never fails.
  public Uni<List<State>> states() {
    return Uni.join().all(all.stream().map(Asked::state).toList()).andFailFast();
  }
}
