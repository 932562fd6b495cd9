package io.kiroku.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deploys the connector once its table exists and restarts its task whenever it has failed: a task
/// that gave up (PostgreSQL gone for long, slot held by a dead connection) stays down otherwise
/// until somebody calls Connect's REST interface.
final class OutboxConnector implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxConnector.class);
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String connectors;
  private final String config;
  private final OutboxTable table;
  private volatile ConnectorState state = ConnectorState.WAITING_FOR_TABLE;

  OutboxConnector(StackOptions options) {
    this.connectors =
        "http://%s:%d/connectors/%s"
            .formatted(StackOptions.HOST, options.connectPort, OutboxConnectorTemplate.CONNECTOR);
    this.config = OutboxConnectorTemplate.render(options);
    this.table = new OutboxTable(options);
  }

  ConnectorState state() {
    return state;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        step();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() throws InterruptedException {
    try {
      ConnectorState before = state;
      state = before == ConnectorState.WAITING_FOR_TABLE ? deploy() : ask();
      if (state != before) {
        LOG.info("outbox connector: {} -> {}", before, state);
      }
      if (state == ConnectorState.FAILED) {
        send("POST", "/restart?includeTasks=true&onlyFailed=true", "");
        Thread.sleep(RESTART_PAUSE);
      }
    } catch (IOException notYet) {
      LOG.debug("Connect does not answer yet", notYet);
    }
  }

  private ConnectorState deploy() throws IOException, InterruptedException {
    if (!table.exists()) {
      return ConnectorState.WAITING_FOR_TABLE;
    }
    int status = send("PUT", "/config", config).statusCode();
    // 404 and 409 while Connect mounts its resources: asked again at the next step.
    return status == 200 || status == 201
        ? ConnectorState.STARTING
        : ConnectorState.WAITING_FOR_TABLE;
  }

  private ConnectorState ask() throws IOException, InterruptedException {
    return ConnectorState.of(send("GET", "/status", "").body());
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(connectors + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
