package io.kiroku.launcher.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks a service whether it is ready. One whose read models are being built for the first time is
/// not, for as long as that takes, and tells how far they are.
final class ReadinessProbe implements Probe {
  /// `"order-view-v2": "catching up to 5000, watermark 1200, 0 parked"`.
  private static final Pattern CATCHING_UP =
      Pattern.compile("\"([^\"]+)\": *\"catching up to (\\d+), watermark (-?\\d+)");

  private final HttpRequest request;
  private volatile String told = "";

  ReadinessProbe(int port) {
    URI uri = URI.create("http://" + Platform.HOST + ":" + port + "/q/health/ready");
    this.request = HttpRequest.newBuilder(uri).timeout(BOUND).build();
  }

  @Override
  public boolean isUp() throws InterruptedException {
    try {
      HttpResponse<String> answer = Clients.HTTP.send(request, BodyHandlers.ofString());
      told = catchingUp(answer.body());
      return answer.statusCode() / 100 == 2;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public String told() {
    return told;
  }

  /// The read models that have not caught up; empty if all have.
  static String catchingUp(String health) {
    Matcher found = CATCHING_UP.matcher(health);
    List<String> all =
        found
            .results()
            .map(it ->
                "%s at %d of %s"
                    .formatted(it.group(1), Math.max(0, Long.parseLong(it.group(3))), it.group(2)))
            .toList();
    return String.join(", ", all);
  }
}
