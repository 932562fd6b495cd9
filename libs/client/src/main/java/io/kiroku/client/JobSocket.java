package io.kiroku.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One WebSocket that follows any number of jobs. Thread-safe.
public final class JobSocket implements AutoCloseable {
  private final Map<String, FollowedJob> followed = new ConcurrentHashMap<>();
  private final WebSocket socket;
  private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

  private JobSocket(HttpClient http, URI endpoint, String bearer) {
    this.socket =
        http.newWebSocketBuilder()
            .header("Authorization", "Bearer " + bearer)
            .buildAsync(endpoint, new Receiver())
            .join();
  }

  /// @param endpoint for example `ws://127.0.0.1:8081/ws`
  public static JobSocket connect(HttpClient http, URI endpoint, String bearer) {
    return new JobSocket(http, endpoint, bearer);
  }

  /// Tells every event of a job once and in order, also those that were before; completes with the
  /// last one. Fails if the socket closes or the job cannot be followed.
  public CompletableFuture<JobUpdate> follow(String jobId, Consumer<JobUpdate> listener) {
    var job = new FollowedJob(listener);
    followed.put(jobId, job);
    send(Json.write(Map.of("type", "subscribe", "jobIds", List.of(jobId))));
    return job.end();
  }

  private synchronized void send(String text) {
    // The JDK allows one send at a time.
    lastSend = lastSend.handle((_, _) -> null).thenCompose(_ -> socket.sendText(text, true));
  }

  private void received(JsonNode message) {
    switch (message.path("type").asText()) {
      case "job-event" -> tell(update(message, message.path("jobId").asText()));
      case "job-snapshot" -> snapshot(message);
      case "error" -> failed(message);
      default -> {}
    }
  }

  private void snapshot(JsonNode message) {
    JsonNode job = message.path("job");
    String jobId = job.path("jobId").asText(message.path("jobId").asText());
    String token = job.path("consistencyToken").asText("");
    for (JsonNode event : message.path("events")) {
      JobUpdate update = update(event, jobId);
      tell(update.isFinal() && update.consistencyToken().isEmpty() ? with(update, token) : update);
    }
  }

  private void tell(JobUpdate update) {
    FollowedJob job = followed.get(update.jobId());
    if (job != null && job.tell(update)) {
      followed.remove(update.jobId());
    }
  }

  private void failed(JsonNode message) {
    FollowedJob job = followed.remove(message.path("jobId").asText());
    if (job != null) {
      job.end()
          .completeExceptionally(
              new ApiException(
                  404, message.path("code").asText(), message.path("detail").asText()));
    }
  }

  private static JobUpdate update(JsonNode event, String jobId) {
    return new JobUpdate(
        jobId,
        event.path("sequence").asLong(),
        event.path("state").asText(),
        event.path("progress").asInt(),
        event.path("action").asText(),
        event.path("step").asText(""),
        event.path("code").asText(""),
        event.path("consistencyToken").asText(""),
        event.path("traceId").asText(""));
  }

  private static JobUpdate with(JobUpdate update, String token) {
    return new JobUpdate(
        update.jobId(),
        update.sequence(),
        update.state(),
        update.progress(),
        update.action(),
        update.step(),
        update.code(),
        token,
        update.traceId());
  }

  private void closed(String why) {
    followed
        .values()
        .forEach(job -> job.end().completeExceptionally(new IllegalStateException(why)));
    followed.clear();
  }

  @Override
  public void close() {
    socket
        .sendClose(WebSocket.NORMAL_CLOSURE, "")
        .orTimeout(1, TimeUnit.SECONDS)
        .handle((_, _) -> null)
        .join();
    socket.abort();
    closed("closed");
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        received(Json.read(message));
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closed("socket closed: " + statusCode + " " + reason);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed("socket failed: " + error);
    }
  }
}
