package io.kiroku.launcher.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Answers whether a process serves now; never throws for "not yet".
@FunctionalInterface
interface Probe {
  Duration BOUND = Duration.ofSeconds(3);

  boolean isUp() throws InterruptedException;

  /// What a process that does not serve yet told of how far it is, when it was asked last; empty if
  /// it told nothing.
  default String told() {
    return "";
  }

  /// Up when somebody accepts connections.
  static Probe tcp(int port) {
    return () -> {
      try (Socket socket = new Socket()) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        socket.connect(new InetSocketAddress(loopback, port), (int) BOUND.toMillis());
        return true;
      } catch (IOException notYet) {
        return false;
      }
    };
  }

  /// Up when a GET answers 2xx.
  static Probe http(int port, String path) {
    URI uri = URI.create("http://" + Platform.HOST + ":" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(BOUND).build();
    return () -> {
      try {
        return Clients.HTTP.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
      } catch (IOException notYet) {
        return false;
      }
    };
  }

  /// One client for all probes.
  final class Clients {
    static final HttpClient HTTP =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(BOUND).build();

    private Clients() {}
  }
}
