package io.kiroku.ws;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A client that keeps what it hears.
final class TestSocket implements WebSocket.Listener, AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final boolean reading;
  private final WebSocket socket;

  private TestSocket(URI uri, boolean reading, Consumer<WebSocket.Builder> handshake) {
    this.reading = reading;
    WebSocket.Builder builder = http.newWebSocketBuilder();
    handshake.accept(builder);
    this.socket = builder.buildAsync(uri, this).join();
  }

  static TestSocket open(URI uri, Consumer<WebSocket.Builder> handshake) {
    return new TestSocket(uri, true, handshake);
  }

  static TestSocket open(URI uri, String token) {
    return open(uri, builder -> builder.header("Authorization", "Bearer " + token));
  }

  /// Hears nothing before [#read].
  static TestSocket deaf(URI uri, String token) {
    return new TestSocket(
        uri, false, builder -> builder.header("Authorization", "Bearer " + token));
  }

  void read() {
    socket.request(Long.MAX_VALUE);
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  void say(String message) {
    socket.sendText(message, true).join();
  }

  void subscribe(String jobId) {
    say("{\"type\":\"subscribe\",\"jobIds\":[\"" + jobId + "\"]}");
  }

  void subscribe(String jobId, long after) {
    say(
        "{\"type\":\"subscribe\",\"jobIds\":[\"%1$s\"],\"afterSequence\":{\"%1$s\":%2$d}}"
            .formatted(jobId, after));
  }

  JsonNode next() {
    try {
      JsonNode message = heard.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("heard nothing");
      }
      return message;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  JsonNode next(String type) {
    JsonNode message = next();
    while (!message.path("type").asText().equals(type)) {
      message = next();
    }
    return message;
  }

  /// All events of one job up to its last one, those of the snapshot included.
  List<JsonNode> untilTheEnd() {
    List<JsonNode> events = new ArrayList<>();
    while (events.isEmpty() || events.getLast().path("progress").asInt() < 100) {
      JsonNode message = next();
      switch (message.path("type").asText()) {
        case "job-snapshot" -> message.path("events").forEach(events::add);
        case "job-event" -> events.add(message);
        case "error" -> throw new AssertionError(message);
        default -> {}
      }
    }
    return events;
  }

  /// Whether nothing waits to be heard.
  boolean isSilent() {
    return heard.isEmpty();
  }

  int closeCode() {
    await().atMost(SOON).until(closeCode::isDone);
    return closeCode.join();
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (reading) {
      opened.request(Long.MAX_VALUE);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      heard.add(json(text.toString()));
      text.setLength(0);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeCode.complete(code);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closeCode.completeExceptionally(failure);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> socket).join();
    socket.abort();
    http.shutdownNow();
  }
}
