package io.kiroku.command.catalog;

import io.kiroku.catalog.Product.OnSale;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ProductEvent.ProductCategoryChanged;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.catalog.ProductEvent.ProductTurnedAway;
import io.kiroku.catalog.ProductEvent.ProductUpdated;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Products that were put into categories before there were shelves. Only the log tells which: once
/// for each category, when it is to be deleted the first time.
@Singleton
class UnshelvedProducts {
  private static final int READ_AT_ONCE = 2_000;

  private final EventLog log;
  private final Products products;
  private final EventCodec<Object> codec = StoredEvents.reader();

  UnshelvedProducts(EventLog log, Products products) {
    this.log = log;
    this.products = products;
  }

  /// Whether any product that was ever put into the category is on sale in it now. Reads the whole
  /// log unless it meets one early. Fails with [EventStoreUnavailable].
  Uni<Boolean> anyIn(CategoryId category, String tenant) {
    Set<ProductId> lookedAt = new HashSet<>();
    // Not by recursion, in which every page would stay in memory until the end.
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new AtomicLong(EventLog.START),
            place -> nextPage(place, category, tenant, lookedAt))
        .whilst(page -> !page.any() && !page.last())
        .collect()
        .last()
        .map(Page::any);
  }

  private record Page(boolean any, boolean last) {}

  private Uni<Page> nextPage(
      AtomicLong place, CategoryId category, String tenant, Set<ProductId> lookedAt) {
    return log.read(place.get(), READ_AT_ONCE)
        .flatMap(events -> {
          boolean last = events.size() < READ_AT_ONCE;
          if (!last) {
            place.set(events.getLast().position());
          }
          return anyOf(events, category, tenant, lookedAt).map(any -> new Page(any, last));
        });
  }

  private Uni<Boolean> anyOf(
      List<RecordedEvent> events, CategoryId category, String tenant, Set<ProductId> lookedAt) {
    return codec
        .decodeAll(events.stream().filter(event -> isOfProduct(event, tenant)).toList())
        .onItem()
        .transformToMulti(decoded -> Multi.createFrom().iterable(decoded))
        .map(recorded -> (ProductEvent) recorded.event())
        .select()
        .where(event -> category.equals(enters(event)) && lookedAt.add(event.productId()))
        .onItem()
        .transformToUniAndConcatenate(event -> products.find(tenant, event.productId()))
        .select()
        .where(product -> product instanceof OnSale onSale && onSale.isIn(category))
        .toUni()
        .map(found -> found != null);
  }

  private static boolean isOfProduct(RecordedEvent event, String tenant) {
    return event.stream().category().equals("product") && event.metadata().tenant().equals(tenant);
  }

  /// The category that it puts the product into; null if it does not.
  private static @Nullable CategoryId enters(ProductEvent event) {
    return switch (event) {
      case ProductCreated created -> created.categoryId();
      case ProductCategoryChanged changed -> changed.categoryId();
      case ProductUpdated _, ProductPriceChanged _ -> null;
      case ProductDiscontinued _, ProductTurnedAway _ -> null;
    };
  }
}
