package io.kiroku.provider.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/// Finds what a request asks for.
final class Routes {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int KEY_LENGTH_MAX = 255;
  private static final String PAYMENTS = "/v1/payments";
  private static final String SHIPMENTS = "/v1/shipments";

  private final PaymentBook payments;
  private final ShipmentBook shipments;
  private final String bearerToken;

  Routes(PaymentBook payments, ShipmentBook shipments, String bearerToken) {
    this.payments = payments;
    this.shipments = shipments;
    this.bearerToken = bearerToken;
  }

  Answer answer(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/health")) {
      return Answer.of(Answer.OK, Map.of("status", "UP"));
    }
    if (!isAllowed(exchange)) {
      return Answer.problem(Answer.UNAUTHORIZED, "UNAUTHORIZED", "The bearer token is wrong.");
    }
    try {
      return switch (exchange.getRequestMethod()) {
        case "GET" -> read(path);
        case "POST" -> write(path, key(exchange), body(exchange));
        default -> unknown(path);
      };
    } catch (BadRequest bad) {
      return bad.answer;
    } catch (IOException | UncheckedIOException broken) {
      return Answer.problem(Answer.BROKEN, "BROKEN", String.valueOf(broken.getMessage()));
    }
  }

  private Answer read(String path) {
    if (path.equals("/v1/statement")) {
      return payments.statement();
    }
    if (path.startsWith(PAYMENTS + "/")) {
      return payments.find(path.substring(PAYMENTS.length() + 1));
    }
    if (path.startsWith(SHIPMENTS + "/")) {
      return shipments.find(path.substring(SHIPMENTS.length() + 1));
    }
    return unknown(path);
  }

  private Answer write(String path, String key, JsonNode body) throws BadRequest {
    return switch (path) {
      case PAYMENTS ->
          payments.capture(key, amount(body), text(body, "currency"), text(body, "token"));
      case "/v1/voids" -> payments.voidPayment(text(body, "payment"));
      case "/v1/refunds" ->
          payments.refund(key, text(body, "reference"), amount(body), text(body, "currency"));
      case SHIPMENTS ->
          shipments.arrange(key, body.path("postalCode").asText(), text(body, "country"));
      case "/v1/shipment-cancellations" -> shipments.cancel(text(body, "shipment"));
      default -> unknown(path);
    };
  }

  private static Answer unknown(String path) {
    return Answer.problem(Answer.NOT_FOUND, "NOT_FOUND", "There is nothing at " + path);
  }

  private boolean isAllowed(HttpExchange exchange) {
    String given =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    return bearerToken.isEmpty()
        || MessageDigest.isEqual(
            ("Bearer " + bearerToken).getBytes(StandardCharsets.UTF_8),
            given.getBytes(StandardCharsets.UTF_8));
  }

  private static String key(HttpExchange exchange) throws BadRequest {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (key == null || key.isBlank() || key.length() > KEY_LENGTH_MAX) {
      throw new BadRequest(
          Answer.BAD_REQUEST, "The header Idempotency-Key must have 1 to 255 characters.");
    }
    return key;
  }

  private static JsonNode body(HttpExchange exchange) throws IOException, BadRequest {
    byte[] bytes = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (bytes.length > BODY_BYTES_MAX) {
      throw new BadRequest(Answer.TOO_LARGE, "The body must not have more than 64 KiB.");
    }
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException notJson) {
      throw new BadRequest(Answer.BAD_REQUEST, "The body is not JSON.");
    }
  }

  private static String text(JsonNode body, String field) throws BadRequest {
    String text = body.path(field).asText();
    if (text.isBlank()) {
      throw new BadRequest(Answer.BAD_REQUEST, field + " is missing.");
    }
    return text;
  }

  private static long amount(JsonNode body) throws BadRequest {
    JsonNode amount = body.path("amount");
    if (!amount.canConvertToLong() || amount.asLong() <= 0) {
      throw new BadRequest(Answer.BAD_REQUEST, "amount must be a positive whole number.");
    }
    return amount.asLong();
  }

  private static final class BadRequest extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    BadRequest(int status, String detail) {
      super(detail);
      this.answer = Answer.problem(status, "BAD_REQUEST", detail);
    }
  }
}
