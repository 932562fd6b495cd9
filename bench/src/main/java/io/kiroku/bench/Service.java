package io.kiroku.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// command-service as its operators see it: figures on `/q/metrics`, and a process that can stand
/// still.
///
/// @param pid of the one instance
/// @param queryService pid of the other reader of the log
/// @param stack pid of Kafka, the connector and the document store
public record Service(HttpClient http, URI metrics, long pid, long queryService, long stack) {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PROGRESS = Duration.ofSeconds(5);

  /// The log fills without it.
  public Paused paused() {
    return Paused.processes(pid);
  }

  /// It reads the log alone.
  public Paused undisturbed() {
    return Paused.processes(queryService);
  }

  /// As [#undisturbed()], and nobody reads what it writes.
  public Paused alone() {
    return Paused.processes(queryService, stack);
  }

  /// Nobody reads the log.
  public Paused allPaused() {
    return Paused.processes(pid, queryService);
  }

  /// Log positions between the consumer's checkpoint and the end of the log.
  public double lag(String consumer) {
    return figure("kiroku_consumer_lag_positions\\{[^}]*consumer=\"" + consumer + "\"[^}]*}");
  }

  public double openSagas() {
    return figure("kiroku_sagas_open(?:\\{[^}]*})?");
  }

  private double figure(String pattern) {
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(20)).build();
    try {
      String page = http.send(request, BodyHandlers.ofString()).body();
      Matcher found = Pattern.compile("(?m)^" + pattern + " (\\S+)$").matcher(page);
      if (!found.find()) {
        throw new IllegalStateException(metrics + " has no " + pattern);
      }
      return Double.parseDouble(found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Waits until the consumer's lag fits, and tells how it goes.
  public void await(String consumer, DoublePredicate fits) throws InterruptedException {
    long told = System.nanoTime();
    double lag = lag(consumer);
    while (!fits.test(lag)) {
      Thread.sleep(LOOK);
      lag = lag(consumer);
      if (System.nanoTime() - told > PROGRESS.toNanos()) {
        told = System.nanoTime();
        System.out.printf("  %s: %,.0f positions behind%n", consumer, lag);
      }
    }
  }
}
