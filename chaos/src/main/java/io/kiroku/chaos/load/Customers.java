package io.kiroku.chaos.load;

import io.grpc.StatusRuntimeException;
import io.kiroku.chaos.Journal;
import io.kiroku.client.ApiException;
import io.kiroku.client.KirokuClient;
import io.kiroku.client.NewOrder;
import io.kiroku.client.PlacedOrder;
import io.kiroku.launcher.platform.ServiceChannel;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/// Orders at a steady pace, whatever happens, some of which come back.
public final class Customers implements AutoCloseable {
  private static final int USERS = 5;
  private static final int RECEIPT_PERCENT = 10;
  private static final int SENT_TWICE_PERCENT = 5;
  private static final int GIVEN_BACK_PERCENT = 15;
  private static final int PERCENT = 100;
  private static final String STAFF = "staff";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Function<String, KirokuClient> clients;
  private final Shop shop;
  private final Random random;
  private final Ledger ledger;
  private final Journal journal;
  private final Insistence insistence;
  private final Returns returns;
  private volatile boolean open = true;

  /// @param clients by user; `staff` is an admin
  /// @param commands the command service
  public Customers(
      Function<String, KirokuClient> clients,
      ServiceChannel commands,
      Shop shop,
      long seed,
      Ledger ledger,
      Journal journal) {
    this.clients = clients;
    this.shop = shop;
    this.random = new Random(seed);
    this.ledger = ledger;
    this.journal = journal;
    this.insistence = new Insistence(ledger);
    this.returns = new Returns(clients, commands, insistence, ledger);
  }

  /// Begins; returns at once.
  public void start(double commandsPerSecond) {
    long periodNanos = (long) (TimeUnit.SECONDS.toNanos(1) / commandsPerSecond);
    threads.execute(() -> {
      long next = System.nanoTime();
      while (open) {
        sendOne();
        next += periodNanos;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    });
  }

  /// No new commands; those without an answer are asked on.
  public void stopSending() {
    open = false;
  }

  private void sendOne() {
    String key = UUID.randomUUID().toString();
    boolean twice = random.nextInt(PERCENT) < SENT_TWICE_PERCENT;
    if (random.nextInt(PERCENT) < RECEIPT_PERCENT) {
      String product = shop.plenty().get(random.nextInt(shop.plenty().size()));
      int pieces = 1 + random.nextInt(PERCENT);
      begin(() -> receive(product, pieces, key));
      return;
    }
    Wish wish = Wish.any(random);
    String user = "shopper-" + random.nextInt(USERS);
    NewOrder order = wish.order(shop, random);
    boolean back = wish.isPossible() && random.nextInt(PERCENT) < GIVEN_BACK_PERCENT;
    begin(() -> {
      Accepted accepted = order(user, wish, order, key, twice);
      if (back) {
        returns.giveBack(accepted);
      }
    });
  }

  private void begin(Runnable command) {
    ledger.begun();
    threads.execute(() -> {
      try {
        command.run();
      } catch (ApiException | StatusRuntimeException refused) {
        journal.finding("a command that is in order was refused: " + refused.getMessage());
      } catch (RuntimeException bug) {
        journal.finding("a command ended with " + bug);
      } finally {
        ledger.ended();
      }
    });
  }

  private void receive(String product, int pieces, String key) {
    insistence.on(() -> clients.apply(STAFF).receiveStock(product, pieces, key));
    ledger.received(product, pieces);
  }

  private Accepted order(String user, Wish wish, NewOrder order, String key, boolean twice) {
    Supplier<PlacedOrder> place = () -> clients.apply(user).placeOrder(order, key);
    PlacedOrder placed = insistence.on(place);
    var accepted = new Accepted(user, wish, placed);
    ledger.accepted(accepted);
    if (twice) {
      ledger.repeated();
      PlacedOrder again = insistence.on(place);
      if (!again.equals(placed)) {
        journal.finding("one key, two answers: %s and %s".formatted(placed, again));
      }
    }
    return accepted;
  }

  /// Gives up on what has no answer yet, which then is a finding.
  @Override
  public void close() {
    open = false;
    insistence.giveUp();
    threads.close();
  }
}
