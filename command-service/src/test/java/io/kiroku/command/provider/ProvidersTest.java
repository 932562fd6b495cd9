package io.kiroku.command.provider;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProvidersTest {
  private final Vertx vertx = Vertx.vertx();
  private final Providers providers = new Providers(vertx, new SimpleMeterRegistry());

  @AfterEach
  void close() {
    providers.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_provider_over_http_without_an_address_is_named_with_the_missing_key() {
    assertThatIllegalStateException()
        .isThrownBy(() -> providers.client("carrier", "kiroku.shipping", at(Optional.empty())))
        .withMessageContaining("kiroku.shipping.http.url is not set");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "payments.example.com", "ftp://example.com", "http:///v1", "http ://"})
  void an_address_that_is_none_is_told_at_start(String url) {
    assertThatIllegalStateException()
        .isThrownBy(() -> providers.client("carrier", "kiroku.shipping", at(Optional.of(url))))
        .withMessageContaining("kiroku.shipping.http.url is no http");
  }

  private static ProviderSettings at(Optional<String> url) {
    ProviderSettings any = ProviderSettings.at(1, Duration.ofSeconds(1));
    return new ProviderSettings(url, any.token(), any.timeLimit(), any.breaker());
  }
}
