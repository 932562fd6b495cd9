package io.kiroku.projection;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.projection.AccountEvent.Closed;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.AccountEvent.Noted;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document of two streams: `account-<id>` and `bonus-<id>`.
final class Balances implements Projection {
  static final EventTypes TYPES = EventTypes.of(AccountEvent.class);

  /// While set, an event that notes `poison` cannot be applied.
  volatile boolean poisonous;

  /// Of the releases from now on.
  volatile Upcasters upcasters = Upcasters.NONE;

  /// What each event adds to a sum; changed by who mends a projection.
  volatile int factor = 1;

  volatile Duration linger = Duration.ZERO;

  record Balance(long sum, int events, String note) {}

  @Override
  public String name() {
    return "balances";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Contribution<?, ?>> contributions() {
    return List.of(new Stream("account"), new Stream("bonus"));
  }

  @Override
  public List<Index> indexes() {
    return List.of(Index.on("account.sum", "-bonus.sum"));
  }

  @Override
  public Duration linger() {
    return linger;
  }

  private final class Stream implements Contribution<Balance, AccountEvent> {
    private final String category;
    private final EventCodec<AccountEvent> codec =
        JsonEventCodec.of(TYPES, PersonKeys.NONE, upcasters);

    Stream(String category) {
      this.category = category;
    }

    @Override
    public String field() {
      return category;
    }

    @Override
    public String category() {
      return category;
    }

    @Override
    public Class<Balance> documentType() {
      return Balance.class;
    }

    @Override
    public EventCodec<AccountEvent> codec() {
      return codec;
    }

    @Override
    public Change<Balance> apply(@Nullable Balance document, Recorded<AccountEvent> recorded) {
      Balance balance = document == null ? new Balance(0, 0, "") : document;
      return switch (recorded.event()) {
        case Credited(var amount) ->
            Change.upsert(
                new Balance(balance.sum() + factor * amount, balance.events() + 1, balance.note()));
        case Closed _ -> Change.tombstone();
        case Noted(var note) -> {
          if (poisonous && note.equals("poison")) {
            throw new IllegalStateException("cannot digest this");
          }
          yield document == null
              ? Change.unchanged()
              : Change.upsert(new Balance(balance.sum(), balance.events(), note));
        }
      };
    }
  }
}
