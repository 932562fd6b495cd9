package io.kiroku.query.stock;

import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.query.v1.Stock;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Stored;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Looks stock up.
@ApplicationScoped
public class Stocks {
  private final ReadModels readModels;
  private final StockProjection projection;

  Stocks(ReadModels readModels, StockProjection projection) {
    this.readModels = readModels;
    this.projection = projection;
  }

  public StreamId stream(String productId) {
    return StreamId.of(StockProjection.CATEGORY, productId);
  }

  public Uni<Optional<Stock>> find(String tenant, String productId) {
    return readModels
        .find(projection, productId)
        .map(found -> found.flatMap(stored -> message(stored, tenant)));
  }

  private static Optional<Stock> message(Stored stored, String tenant) {
    return stored
        .part(StockProjection.FIELD, StockDocument.class)
        .filter(stock -> stock.tenant().equals(tenant))
        .map(stock ->
            Stock.newBuilder()
                .setProductId(stock.productId())
                .setReceived(stock.received())
                .setReserved(stock.reserved())
                .setCommitted(stock.committed())
                .setAdjusted(stock.adjusted())
                .setAvailable(stock.available())
                .setRevision(stored.revision(StockProjection.FIELD))
                .build());
  }
}
