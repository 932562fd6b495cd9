package io.kiroku.launcher.demo;

import io.kiroku.client.ApiException;
import io.kiroku.client.JobSocket;
import io.kiroku.client.JobUpdate;
import io.kiroku.client.KirokuClient;
import io.kiroku.client.OrderView;
import io.kiroku.client.PlacedOrder;
import io.kiroku.client.ShopAudit;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// The tour itself, through the public API only.
public final class Demo {
  private static final Duration ORDER_TIME_MAX = Duration.ofSeconds(60);
  private static final Duration AUDIT_PATIENCE = Duration.ofSeconds(15);

  private final DemoTarget target;
  private final PrintStream out;
  private final boolean terminal;
  private final List<String> findings = new ArrayList<>();

  /// @param terminal whether `out` can redraw a line
  public Demo(DemoTarget target, PrintStream out, boolean terminal) {
    this.target = target;
    this.out = out;
    this.terminal = terminal;
  }

  /// Runs the tour and says whether everything ended and agreed as it must.
  public boolean run() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var staff = new KirokuClient(http, target.gateway(), target.adminToken());
      var customer = new KirokuClient(http, target.gateway(), target.customerToken());
      Shop shop = fill(staff);
      try (var socket = JobSocket.connect(http, target.socket(), target.customerToken())) {
        Scene.all(shop).forEach(scene -> play(scene, customer, socket));
      }
      audit(staff);
    } catch (ApiException e) {
      findings.add(e.getMessage());
    }
    findings.forEach(finding -> out.println("  DISAGREES  " + finding));
    return findings.isEmpty();
  }

  private Shop fill(KirokuClient staff) {
    out.println("\nFilling a small shop");
    var bar = new ProgressBar(out, terminal);
    int[] done = new int[1];
    String tour = UUID.randomUUID().toString().substring(0, 8);
    Shop shop =
        Shop.fill(
            staff,
            tour,
            () -> bar.show(100 * ++done[0] / Shop.steps(), "categories, products, stock"));
    bar.finish();
    return shop;
  }

  private void play(Scene scene, KirokuClient customer, JobSocket socket) {
    out.println("\nAn order: " + scene.title());
    var bar = new ProgressBar(out, terminal);
    long start = System.nanoTime();
    PlacedOrder placed = customer.placeOrder(scene.order(), UUID.randomUUID().toString());
    try {
      JobUpdate end =
          socket
              .follow(placed.jobId(), update -> bar.show(update.progress(), words(update)))
              .orTimeout(ORDER_TIME_MAX.toSeconds(), TimeUnit.SECONDS)
              .join();
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      bar.finish();
      conclude(scene, placed, end, millis, customer);
    } catch (CompletionException e) {
      bar.finish();
      findings.add("order %s did not end: %s".formatted(placed.orderId(), e.getCause()));
    }
  }

  private void conclude(
      Scene scene, PlacedOrder placed, JobUpdate end, long millis, KirokuClient customer) {
    OrderView order = customer.order(placed.orderId(), end.consistencyToken());
    String outcome =
        order.reason() == null || order.reason().isEmpty()
            ? order.status()
            : order.status() + " (" + order.reason() + ")";
    out.printf("  order %s  %s  after %d ms%n", placed.orderId(), outcome, millis);
    boolean asExpected =
        scene.endsConfirmed()
            ? order.status().equals("CONFIRMED")
            : order.status().equals("CANCELLED") && scene.code().equals(order.reason());
    if (!asExpected || end.isSuccess() != scene.endsConfirmed()) {
      findings.add(
          "order %s should have ended %s"
              .formatted(
                  placed.orderId(),
                  scene.endsConfirmed() ? "CONFIRMED" : "CANCELLED (" + scene.code() + ")"));
    }
  }

  private void audit(KirokuClient staff) {
    out.println("\nReading everything back through the query side");
    ShopAudit.Report report =
        new ShopAudit(staff, target.providerBook()).runUntilAgreed(AUDIT_PATIENCE);
    out.printf(
        "  %d orders, %d confirmed; captured %,d - refunded %,d = %,d yen of confirmed orders%n",
        report.orders(),
        report.confirmed(),
        report.capturedMinorUnits(),
        report.refundedMinorUnits(),
        report.confirmedMinorUnits());
    if (report.agrees()) {
      out.printf(
          "  stock of %d products = received - committed; every saga ended;%n"
              + "  the payment provider's own book says the same%n",
          report.products());
    }
    findings.addAll(report.findings());
  }

  private static String words(JobUpdate update) {
    String words = (update.step() + " " + update.action().replace('-', ' ')).strip();
    return update.code().isEmpty() ? words : words + " (" + update.code() + ")";
  }
}
