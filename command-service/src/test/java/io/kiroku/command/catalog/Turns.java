package io.kiroku.command.catalog;

import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.InMemoryEventStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Several processes on one store that take their steps in a random order, each at a pace of its
/// own, some of them dying on the way. The same seed gives the same order.
final class Turns {
  private static final int DEATHS_PER_THOUSAND_STEPS = 15;

  private final InMemoryEventStore store;
  private final Random random;
  private final Semaphore arrived = new Semaphore(0);
  private final List<Player> players = new ArrayList<>();

  Turns(InMemoryEventStore store, long seed) {
    this.store = store;
    this.random = new Random(seed);
  }

  /// What a process is to do; it begins when its turn comes.
  void add(Consumer<CatalogProcess> work) {
    players.add(new Player(work));
  }

  /// Until every process has done its work or has died. Fails if one fails otherwise.
  void play() {
    for (Player player : players) {
      Thread.ofVirtual().start(player);
      arrived.acquireUninterruptibly();
    }
    List<Player> alive = new ArrayList<>(players);
    while (!alive.isEmpty()) {
      alive.forEach(player -> player.luck = player.pace * random.nextDouble());
      Player next = Collections.max(alive, Comparator.comparingDouble(Player::luck));
      next.dead |= random.nextInt(1_000) < DEATHS_PER_THOUSAND_STEPS;
      next.turn.release();
      arrived.acquireUninterruptibly();
      if (next.done) {
        alive.remove(next);
      }
    }
    players.stream()
        .flatMap(player -> player.failures.stream())
        .forEach(failure -> {
          throw new AssertionError(failure);
        });
  }

  private final class Player implements Runnable {
    private final Consumer<CatalogProcess> work;
    private final Semaphore turn = new Semaphore(0);
    private final List<RuntimeException> failures = new ArrayList<>();
    private final double pace = random.nextDouble();
    private double luck;
    private volatile boolean dead;
    private volatile boolean done;

    Player(Consumer<CatalogProcess> work) {
      this.work = work;
    }

    double luck() {
      return luck;
    }

    @Override
    public void run() {
      SteppedStore mine = new SteppedStore(store, store, this::awaitTurn);
      try {
        awaitTurn();
        work.accept(new CatalogProcess(mine, mine));
      } catch (EventStoreUnavailable died) {
        assert dead : died;
      } catch (RuntimeException failure) {
        failures.add(failure);
      } finally {
        done = true;
        arrived.release();
      }
    }

    private void awaitTurn() {
      arrived.release();
      turn.acquireUninterruptibly();
      if (dead) {
        throw new EventStoreUnavailable("This process is dead", null);
      }
    }
  }
}
