package io.kiroku.query.stock;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.proto.query.v1.ListStockRequest;
import io.kiroku.proto.query.v1.ListStockResponse;
import io.kiroku.proto.query.v1.Stock;
import io.kiroku.query.history.HistoryQuery;
import io.kiroku.query.history.Moment;
import io.kiroku.query.history.Past;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.query.running.ReadModels;
import io.kiroku.query.running.Source;
import io.kiroku.query.running.Stored;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Looks stock up, one by one and in lists.
@ApplicationScoped
public class Stocks {
  private final ReadModels readModels;
  private final Past past;
  private final StockProjection projection;

  Stocks(ReadModels readModels, Past past, StockProjection projection) {
    this.readModels = readModels;
    this.past = past;
    this.projection = projection;
  }

  private static StreamId stream(String productId) {
    return StreamId.of(StockContribution.CATEGORY, productId);
  }

  /// What one is told from.
  public Source source(String productId) {
    return Source.one(projection, productId);
  }

  /// What lists are told from.
  public Source source() {
    return Source.all(projection);
  }

  public Uni<Optional<Stock>> find(String tenant, String productId) {
    return readModels
        .find(projection, productId)
        .map(found -> found.flatMap(stored -> message(stored, tenant)));
  }

  /// Fails with `INVALID_ARGUMENT`.
  public ListQuery query(String tenant, ListStockRequest request) {
    return ListQuery.of(StockListing.DECLARED, tenant, request.getOptions(), "");
  }

  public Uni<ListStockResponse> list(String tenant, ListQuery query) {
    return readModels
        .list(projection, query.filter(), query.options())
        .map(query::page)
        .map(page -> {
          var response = ListStockResponse.newBuilder().setNextPageToken(page.nextPageToken());
          page.shown().forEach(stored -> message(stored, tenant).ifPresent(response::addStock));
          return response.build();
        });
  }

  public Uni<Optional<Stock>> findAsOf(String tenant, String productId, Moment moment) {
    return past.document(tenant, projection, productId, moment)
        .map(found -> found.flatMap(stored -> message(stored, tenant)));
  }

  public Uni<Optional<List<HistoryEntry>>> history(HistoryQuery query, String productId) {
    return past.events(query, projection, stream(productId), UnaryOperator.identity());
  }

  private static Optional<Stock> message(Stored stored, String tenant) {
    return stored
        .part(StockContribution.FIELD, StockDocument.class)
        .filter(stock -> stock.tenant().equals(tenant))
        .map(stock ->
            Stock.newBuilder()
                .setProductId(stock.productId())
                .setReceived(stock.received())
                .setReserved(stock.reserved())
                .setCommitted(stock.committed())
                .setAdjusted(stock.adjusted())
                .setAvailable(stock.available())
                .setRevision(stored.revision(StockContribution.FIELD))
                .build());
  }
}
