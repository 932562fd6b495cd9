package io.kiroku.query.stock;

import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.inventory.StockEvent;
import io.kiroku.inventory.StockEvent.StockAdjusted;
import io.kiroku.inventory.StockEvent.StockCommitRejected;
import io.kiroku.inventory.StockEvent.StockCommitted;
import io.kiroku.inventory.StockEvent.StockLow;
import io.kiroku.inventory.StockEvent.StockOut;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReleased;
import io.kiroku.inventory.StockEvent.StockReservationExpired;
import io.kiroku.inventory.StockEvent.StockReservationRejected;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.inventory.StockEvent.StockReturned;
import io.kiroku.inventory.StockEvent.StockStepRepeated;
import io.kiroku.projection.Change;
import io.kiroku.query.running.Part;
import org.jspecify.annotations.Nullable;

/// What a stock's stream puts into a document: that of the stock, and that of its product.
public final class StockContribution extends Part<StockDocument, StockEvent> {
  public static final String FIELD = "stock";
  static final String CATEGORY = "stock";
  private static final EventTypes TYPES = EventTypes.of(StockEvent.class);

  public StockContribution() {
    super(FIELD, CATEGORY, StockDocument.class, TYPES);
  }

  @Override
  public Change<StockDocument> apply(
      @Nullable StockDocument document, Recorded<StockEvent> recorded) {
    StockDocument stock = document == null ? none(recorded) : document;
    return switch (recorded.event()) {
      case StockReceived e -> Change.upsert(stock.receiving(e.quantity()));
      case StockAdjusted e -> Change.upsert(stock.adjusting(e.delta()));
      case StockReserved e -> Change.upsert(stock.reserving(e.quantity()));
      case StockReleased e -> Change.upsert(stock.reserving(-e.quantity()));
      case StockReservationExpired e -> Change.upsert(stock.reserving(-e.quantity()));
      case StockCommitted e ->
          Change.upsert(stock.reserving(-e.quantity()).committing(e.quantity()));
      case StockReturned e -> Change.upsert(stock.committing(-e.quantity()));
      case StockReservationRejected _, StockCommitRejected _, StockStepRepeated _ ->
          Change.unchanged();
      // What is left shows by itself.
      case StockLow _, StockOut _ -> Change.unchanged();
    };
  }

  private static StockDocument none(Recorded<StockEvent> recorded) {
    return new StockDocument(
        recorded.event().productId().toString(),
        recorded.envelope().metadata().tenant(),
        0,
        0,
        0,
        0);
  }
}
