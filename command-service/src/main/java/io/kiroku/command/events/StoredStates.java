package io.kiroku.command.events;

import io.kiroku.catalog.CategoryTree;
import io.kiroku.catalog.Product;
import io.kiroku.catalog.Shelf;
import io.kiroku.eventstore.StateShape;
import io.kiroku.inventory.Stock;
import io.kiroku.ordering.Order;
import io.kiroku.payment.Payment;
import io.kiroku.shipping.Shipment;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// All states that snapshots are made of. The number counts the changes of what `evolve` makes of
/// the same events; a change of the state's own shape shows by itself.
@RegisterForReflection(
    targets = {
      CategoryTree.class,
      Product.class,
      Shelf.class,
      Stock.class,
      Order.class,
      Payment.class,
      Shipment.class
    },
    registerFullHierarchy = true)
public final class StoredStates {
  public static final StateShape<CategoryTree> CATEGORY_TREE = StateShape.of(CategoryTree.class, 1);
  public static final StateShape<Product> PRODUCT = StateShape.of(Product.class, 1);
  public static final StateShape<Shelf> SHELF = StateShape.of(Shelf.class, 1);
  public static final StateShape<Stock> STOCK = StateShape.of(Stock.class, 1);
  public static final StateShape<Order> ORDER = StateShape.of(Order.class, 1);
  public static final StateShape<Payment> PAYMENT = StateShape.of(Payment.class, 1);
  public static final StateShape<Shipment> SHIPMENT = StateShape.of(Shipment.class, 1);

  private StoredStates() {}
}
