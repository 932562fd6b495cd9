package io.kiroku.eventstore;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.decider.EventType;
import io.kiroku.decider.Rejection;
import io.kiroku.eventstore.CounterDecider.Command;
import io.kiroku.eventstore.CounterDecider.Event;
import java.util.concurrent.atomic.AtomicInteger;

/// The smallest business there is, for tests of the handler: a counter with a limit.
final class CounterDecider implements Decider<Command, Long, Event> {
  static final long LIMIT = 1_000_000;
  static final EventTypes TYPES = EventTypes.of(Event.class);

  /// How often it was asked, and how much it folded.
  final AtomicInteger decisions = new AtomicInteger();

  final AtomicInteger folded = new AtomicInteger();

  sealed interface Command {
    record Add(long amount) implements Command {}

    /// Two events at once.
    record AddTwice(long amount) implements Command {}

    /// Does nothing if the counter is there already.
    record Reach(long total) implements Command {}
  }

  sealed interface Event {
    @EventType("counter-added.v1")
    record Added(long amount) implements Event {}
  }

  enum CounterRejection implements Rejection {
    LIMIT_EXCEEDED,
    NOTHING_TO_ADD_TO;

    @Override
    public String code() {
      return name();
    }

    @Override
    public Kind kind() {
      return Kind.FORBIDDEN_BY_STATE;
    }

    @Override
    public String detail() {
      return name();
    }
  }

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public Decision<Event> decide(Command command, Long total) {
    decisions.incrementAndGet();
    return switch (command) {
      case Command.Add(var amount) ->
          total + amount > LIMIT
              ? Decision.reject(CounterRejection.LIMIT_EXCEEDED)
              : Decision.accept(new Event.Added(amount));
      case Command.AddTwice(var amount) when total == 0 ->
          Decision.reject(CounterRejection.NOTHING_TO_ADD_TO);
      case Command.AddTwice(var amount) ->
          Decision.accept(new Event.Added(amount), new Event.Added(amount));
      case Command.Reach(var wanted) ->
          total >= wanted ? Decision.accept() : Decision.accept(new Event.Added(wanted - total));
    };
  }

  @Override
  public Long evolve(Long total, Event event) {
    folded.incrementAndGet();
    return switch (event) {
      case Event.Added(var amount) -> total + amount;
    };
  }
}
