package io.kiroku.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Commands and queries over REST, in the name of one user. Thread-safe; calls block.
///
/// Every call fails with [ApiException] if the API answers with a problem.
public final class KirokuClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http;
  private final URI gateway;
  private final String bearer;
  private final Duration timeout;

  /// @param gateway for example `http://127.0.0.1:8080`
  public KirokuClient(HttpClient http, URI gateway, String bearer) {
    this(http, gateway, bearer, TIMEOUT);
  }

  /// @param timeout after which a call fails with status 503; whether it was done is not known then
  public KirokuClient(HttpClient http, URI gateway, String bearer, Duration timeout) {
    this.http = http;
    this.gateway = gateway;
    this.bearer = bearer;
    this.timeout = timeout;
  }

  public String createCategory(String name) {
    return command("/api/v1/categories", Map.of("name", name, "description", name), null)
        .body()
        .path("categoryId")
        .asText();
  }

  public String createProduct(String name, long priceMinorUnits, String categoryId) {
    var product =
        Map.of(
            "name", name,
            "description", name,
            "priceMinorUnits", priceMinorUnits,
            "currency", "JPY",
            "categoryId", categoryId);
    return command("/api/v1/products", product, null).body().path("productId").asText();
  }

  /// Answers the command's consistency token.
  public String receiveStock(String productId, long quantity) {
    return receiveStock(productId, quantity, null);
  }

  /// As [#receiveStock(String, long)]; may be repeated with the same key.
  public String receiveStock(String productId, long quantity, @Nullable String idempotencyKey) {
    String path = "/api/v1/products/" + productId + "/stock-receipts";
    return command(path, Map.of("quantity", quantity), idempotencyKey).consistencyToken();
  }

  public PlacedOrder placeOrder(NewOrder order, @Nullable String idempotencyKey) {
    return Json.to(command("/api/v1/orders", order, idempotencyKey).body(), PlacedOrder.class);
  }

  /// @param consistencyToken of the command that the answer must show; null for what is there
  public OrderView order(String orderId, @Nullable String consistencyToken) {
    return Json.to(get("/api/v1/orders/" + orderId, consistencyToken), OrderView.class);
  }

  public StockView stock(String productId) {
    return Json.to(get("/api/v1/products/" + productId + "/stock", null), StockView.class);
  }

  /// All orders that this user may see, newest first, page by page.
  public List<OrderView> orders() {
    var orders = new ArrayList<OrderView>();
    String pageToken = "";
    do {
      JsonNode page = get("/api/v1/orders?pageSize=200&pageToken=" + pageToken, null);
      page.path("orders").forEach(order -> orders.add(Json.to(order, OrderView.class)));
      pageToken = page.path("nextPageToken").asText("");
    } while (!pageToken.isEmpty());
    return orders;
  }

  /// How many sagas have this status; only for admins.
  public long sagas(String status) {
    return get("/api/v1/sagas?pageSize=1&status=" + status, null).path("total").asLong();
  }

  /// Any resource of the API.
  public JsonNode get(String path, @Nullable String consistencyToken) {
    HttpRequest.Builder request = request(path).GET();
    if (consistencyToken != null && !consistencyToken.isEmpty()) {
      request.header("Consistency-Token", consistencyToken);
    }
    return read(send(request.build()));
  }

  private record Accepted(JsonNode body, String consistencyToken) {}

  private Accepted command(String path, Object body, @Nullable String idempotencyKey) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(body)));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    HttpResponse<String> response = send(request.build());
    JsonNode accepted = read(response);
    return new Accepted(accepted, response.headers().firstValue("Consistency-Token").orElse(""));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(timeout)
        .header("Authorization", "Bearer " + bearer);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ApiException(503, "UNREACHABLE", request.uri() + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(503, "INTERRUPTED", request.uri().toString());
    }
  }

  private static JsonNode read(HttpResponse<String> response) {
    JsonNode body = Json.read(response.body());
    if (response.statusCode() >= 300) {
      throw new ApiException(
          response.statusCode(), body.path("code").asText(), body.path("detail").asText());
    }
    return body;
  }
}
