package io.kiroku.command.provider;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/// What the simulator says it has moved, in yen.
public record Statement(long captured, long refunded) {
  public static Statement of(int port) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/statement")).build();
      JsonObject yen =
          new JsonObject(http.send(request, BodyHandlers.ofString()).body())
              .getJsonObject("totals")
              .getJsonObject("JPY", new JsonObject());
      return new Statement(yen.getLong("captured", 0L), yen.getLong("refunded", 0L));
    }
  }
}
