package io.kiroku.command.reservation;

import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.inventory.StockCommand.ExpireReservation;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/// A reservation whose time is over, as far as the publisher has read.
///
/// @param attempts how often it could not be expired
/// @param eventId of the event that reserved
record DueReservation(
    ProductId product,
    OrderId order,
    OffsetDateTime dueAt,
    int attempts,
    String tenant,
    UUID correlationId,
    UUID eventId) {
  /// Who asks for it, in the events' metadata.
  private static final String ACTOR = "reservation-timer";

  private static final UUID TIMERS = UUID.fromString("6b697230-6b75-5c0d-8e00-000000000003");

  StreamId stream() {
    return StreamId.of("stock", product.toString());
  }

  ExpireReservation command(Instant now) {
    return new ExpireReservation(product, order, now);
  }

  /// The same however often the timer is fired, and by whomever.
  CommandContext context() {
    byte[] name =
        (product.toString() + '\n' + order + '\n' + dueAt.toInstant())
            .getBytes(StandardCharsets.UTF_8);
    return new CommandContext(
        UuidV5.of(TIMERS, name),
        CommandIds.requestHash(name),
        ACTOR,
        tenant,
        correlationId,
        eventId,
        null,
        null,
        null);
  }
}
