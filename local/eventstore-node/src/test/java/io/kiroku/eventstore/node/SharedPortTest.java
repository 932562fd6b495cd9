package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP/1.1 on the port of gRPC.
@SuppressWarnings("NullAway.Init") // set before all tests
final class SharedPortTest {
  private static final int WAIT_MILLIS = 20_000;
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  private static EventStoreNode node;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    node = EventStoreNode.inMemory().start();
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    http.close();
    node.close();
  }

  private static HttpResponse<String> send(String method, String path) throws Exception {
    URI address = URI.create("http://%s:%d%s".formatted(node.host(), node.port(), path));
    HttpRequest request =
        HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody()).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonObject json(String path) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .contains("application/json; charset=utf-8");
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready"})
  void health_is_204_without_a_body(String path) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(send("HEAD", path).statusCode()).isEqualTo(204);
  }

  @Test
  void ping_is_answered_with_the_number_and_text_that_clients_look_for() throws Exception {
    JsonObject ping = json("/ping");
    assertThat(ping.get("msgTypeId").getAsJsonPrimitive().isNumber()).isTrue();
    assertThat(ping.get("text").getAsString()).isEqualTo("Ping request successfully handled");
  }

  @Test
  void info_tells_version_state_and_what_there_is() throws Exception {
    JsonObject info = json("/info");
    assertThat(info.get("esVersion").getAsString()).isEqualTo("24.10.0");
    assertThat(info.get("state").getAsString()).isEqualTo("leader");
    JsonObject features = info.getAsJsonObject("features");
    assertThat(features.get("projections").getAsBoolean()).isTrue();
    assertThat(features.get("userManagement").getAsBoolean()).isFalse();
    assertThat(features.get("atomPub").getAsBoolean()).isFalse();
    assertThat(info.getAsJsonObject("authentication").get("type").getAsString())
        .isEqualTo("insecure");
  }

  @Test
  void gossip_has_one_member_that_leads_and_is_at_this_address() throws Exception {
    JsonObject gossip = json("/gossip");
    assertThat(gossip.get("serverPort").getAsInt()).isEqualTo(node.port());
    JsonObject member = gossip.getAsJsonArray("members").get(0).getAsJsonObject();
    assertThat(gossip.getAsJsonArray("members")).hasSize(1);
    assertThat(UUID.fromString(member.get("instanceId").getAsString())).isNotNull();
    assertThat(member.get("state").getAsString()).isEqualTo("Leader");
    assertThat(member.get("isAlive").getAsBoolean()).isTrue();
    assertThat(member.get("httpEndPointIp").getAsString()).isEqualTo(node.host());
    assertThat(member.get("httpEndPointPort").getAsInt()).isEqualTo(node.port());
    assertThat(member.get("writerCheckpoint").getAsLong()).isEqualTo(node.end());
    assertThat(member.get("lastCommitPosition").getAsLong()).isEqualTo(node.end() - 1);
    assertThat(member.get("esVersion").getAsString()).isEqualTo("24.10.0");
  }

  @Test
  void statistics_are_grouped_unless_asked_otherwise() throws Exception {
    JsonObject grouped = json("/stats");
    JsonObject process = grouped.getAsJsonObject("proc");
    assertThat(process.get("id").getAsLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(process.getAsJsonObject("gc").get("totalBytesInHeaps").getAsLong()).isPositive();
    assertThat(grouped.getAsJsonObject("es").get("checksum").getAsLong()).isEqualTo(node.end());

    JsonObject flat = json("/stats?group=false");
    assertThat(flat.get("es-checksum").getAsLong()).isEqualTo(node.end());
    assertThat(flat.has("proc-gc-totalBytesInHeaps")).isTrue();
    assertThat(flat.has("es-queue-Storage Writer Queue-length")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void other_paths_are_not_found_whatever_the_method(String method) throws Exception {
    assertThat(send(method, "/streams/s").statusCode()).isEqualTo(404);
    assertThat(send(method, "/health").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void other_methods_are_not_allowed(String method) throws Exception {
    HttpResponse<String> response = send(method, "/info");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
  }

  @Test
  void a_head_request_is_told_the_length_and_sent_no_body() throws Exception {
    String got = exchange("HEAD /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(got).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
    assertThat(got).containsPattern("(?i)content-length: [1-9]");
  }

  @Test
  void a_connection_serves_several_requests() throws Exception {
    String live = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    String last = "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assertThat(exchange(live + last))
        .startsWith("HTTP/1.1 204 No Content\r\n")
        .contains("HTTP/1.1 404 Not Found\r\n");
  }

  @Test
  void a_first_byte_that_both_protocols_share_is_waited_on() throws Exception {
    try (Socket socket = connect()) {
      for (byte one : "POST /info HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(one);
      }
      assertThat(all(socket)).startsWith("HTTP/1.1 405 Method Not Allowed\r\n");
    }
  }

  @Test
  void a_preface_that_comes_byte_by_byte_is_still_http_2() throws Exception {
    try (Socket socket = connect()) {
      socket.setTcpNoDelay(true);
      for (byte one : PREFACE) {
        socket.getOutputStream().write(one);
      }
      byte[] settings = socket.getInputStream().readNBytes(9);
      assertThat(settings[3]).describedAs("type of the first frame").isEqualTo((byte) 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET\r\n\r\n", "PRIX\r\n\r\n", "nonsense nonsense nonsense\r\n\r\n"})
  void what_is_neither_protocol_is_refused_and_hung_up_on(String sent) throws Exception {
    assertThat(exchange(sent)).startsWith("HTTP/1.1 400 Bad Request\r\n");
  }

  @Test
  void a_client_of_tls_is_refused_at_once() throws Exception {
    assertThat(exchange("\26\3\1\2\0\1\0\1\374")).startsWith("HTTP/1.1 400 Bad Request\r\n");
  }

  @Test
  void a_body_that_is_too_long_is_refused() throws Exception {
    String announced = "Content-Length: 1000000\r\nConnection: close\r\n\r\n";
    assertThat(exchange("POST /info HTTP/1.1\r\nHost: x\r\n" + announced))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void an_endless_address_is_hung_up_on() throws Exception {
    try (Socket socket = connect()) {
      byte[] endless = "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000_000; i++) {
                  socket.getOutputStream().write(endless);
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(send("GET", "/health/live").statusCode()).isEqualTo(204);
  }

  @Test
  void closing_the_node_closes_connections_of_http_1_1_and_silent_ones() throws Exception {
    try (EventStoreNode other = EventStoreNode.inMemory().start();
        Socket silent = new Socket(other.host(), other.port());
        Socket kept = new Socket(other.host(), other.port())) {
      silent.setSoTimeout(WAIT_MILLIS);
      kept.setSoTimeout(WAIT_MILLIS);
      kept.getOutputStream()
          .write("GET /health/live HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = "HTTP/1.1 204 No Content\r\n\r\n";
      assertThat(
              new String(
                  kept.getInputStream().readNBytes(answer.length()), StandardCharsets.US_ASCII))
          .isEqualTo(answer);
      other.close();
      assertThat(kept.getInputStream().read()).isEqualTo(-1);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(node.host(), node.port());
    socket.setSoTimeout(WAIT_MILLIS);
    return socket;
  }

  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// What the node answers until it hangs up.
  private static String exchange(String sent) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
      return all(socket);
    }
  }
}
