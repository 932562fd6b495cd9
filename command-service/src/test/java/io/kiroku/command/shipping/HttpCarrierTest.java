package io.kiroku.command.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.provider.ProviderSettings;
import io.kiroku.command.provider.Providers;
import io.kiroku.command.shipping.Carrier.Answer;
import io.kiroku.command.shipping.Carrier.Answer.Arranged;
import io.kiroku.command.shipping.Carrier.Answer.Refused;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.provider.simulator.ProviderSimulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The port's promises over HTTP, against the simulator.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpCarrierTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Providers providers = new Providers(vertx, new SimpleMeterRegistry());
  private final ProviderSimulator simulator;
  private final Carrier carrier;

  HttpCarrierTest(@TempDir Path directory) throws IOException {
    simulator =
        ProviderSimulator.open(
            ProviderSimulator.Settings.standard(0, directory.resolve("book.jsonl")));
    carrier =
        new HttpCarrier(
            providers.client("carrier", "x", ProviderSettings.at(simulator.port(), BOUND)));
  }

  @AfterEach
  void close() throws IOException {
    simulator.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_shipment_is_arranged_once() {
    Answer first = arrange("a", "1000001");
    assertThat(first).isInstanceOf(Arranged.class);
    assertThat(arrange("a", "1000001")).isEqualTo(first);
  }

  @Test
  void documented_refusals_are_answers() {
    assertThat(arrange("a", "9990001")).isEqualTo(new Refused("RESTRICTED_AREA"));
    assertThat(arrange("b", "0000001")).isEqualTo(new Refused("INVALID_ADDRESS"));
  }

  @Test
  void what_was_cancelled_beforehand_is_never_arranged() {
    get(carrier.cancel("a"));
    get(carrier.cancel("a"));
    assertThat(arrange("a", "1000001")).isEqualTo(new Refused("SHIPMENT_CANCELLED"));
  }

  private Answer arrange(String key, String postalCode) {
    return get(
        carrier.arrange(key, new ShippingAddress("花子", "1-1", "", "東京", "", postalCode, "JP")));
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(BOUND);
  }
}
