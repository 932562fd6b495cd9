package io.kiroku.query;

import io.grpc.ClientInterceptor;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderLine;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant that no other test has, and what happens in his shop.
final class Shop {
  private final String tenant = "shop" + UUID.randomUUID();
  private final CommandSide commands;
  private final KeyPair keys;

  /// Of all commands.
  private final Map<StreamId, Long> written = new HashMap<>();

  Shop(CommandSide commands, KeyPair keys) {
    this.commands = commands;
    this.keys = keys;
  }

  /// Who has been told of all commands.
  ClientInterceptor as(String user, String... groups) {
    return CallHeaders.of(keys, tenant, user, token(), List.of(groups));
  }

  /// Who has been told of none.
  ClientInterceptor unaware(String user, String... groups) {
    return CallHeaders.of(keys, tenant, user, "", List.of(groups));
  }

  private String token() {
    return written.isEmpty() ? "" : new ConsistencyToken(tenant, written).encode();
  }

  void record(StreamId stream, Object event) {
    keep(commands.recordFor(tenant, stream, "root", event));
  }

  /// Nobody can apply it.
  void recordUnreadable(StreamId stream) {
    keep(commands.recordUnreadableFor(tenant, stream));
  }

  private void keep(String token) {
    written.putAll(ConsistencyToken.decode(token).revisions());
  }

  CategoryId category() {
    return categoryBelow(null);
  }

  /// @param parent null for one at the top
  CategoryId categoryBelow(@Nullable CategoryId parent) {
    CategoryId id = new CategoryId(UUID.randomUUID());
    record(new CategoryCreated(id, "Category " + id, "", parent, Instant.now()));
    return id;
  }

  /// @param parent null for one at the top
  CategoryId category(String name, @Nullable CategoryId parent) {
    CategoryId id = new CategoryId(UUID.randomUUID());
    record(new CategoryCreated(id, name, "About " + name, parent, Instant.now()));
    return id;
  }

  void record(CategoryEvent event) {
    record(StreamId.of("categories", tenant), event);
  }

  ProductId product(CategoryId category, String name, long yen) {
    ProductId id = new ProductId(UUID.randomUUID());
    record(
        StreamId.of("product", id.toString()),
        new ProductCreated(id, name, "", Money.yen(yen), category, Instant.now()));
    return id;
  }

  void receive(ProductId product, long pieces) {
    record(stock(product), new StockReceived(product, pieces, Instant.now()));
  }

  static StreamId stock(ProductId product) {
    return StreamId.of("stock", product.toString());
  }

  OrderId place(OrderLine... lines) {
    return placeAs("mika", lines);
  }

  OrderId placeAs(String user, OrderLine... lines) {
    OrderId order = new OrderId(UUID.randomUUID());
    keep(commands.placeFor(tenant, order, user, List.of(lines)));
    return order;
  }

  OrderId sell(Instant at, OrderLine... lines) {
    OrderId order = place(lines);
    record(new OrderConfirmed(order, at));
    return order;
  }

  void record(OrderEvent event) {
    record(StreamId.of("order", event.orderId().toString()), event);
  }
}
