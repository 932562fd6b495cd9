package io.kiroku.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.CategoryCommand;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.CategoryTreeDecider;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.catalog.ProductDecider;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ShelfCommand;
import io.kiroku.catalog.ShelfDecider;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.decider.Decision.Accepted;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockDecider;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentCommand;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.shipping.ShipmentCommand;
import io.kiroku.shipping.ShipmentDecider;
import io.kiroku.shipping.ShipmentEvent;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// History is true, also where it makes no sense: facts in any order, of things that never began or
/// ended long ago, fold to some state, and every command gets an answer in it.
class HistoriesPropertiesTest {
  private static final int TRIES = 500;
  private static final int EVENTS_MAX = 60;

  record Life<C, E>(List<E> history, C command) {
    Life {
      history = List.copyOf(history);
    }
  }

  @Property(tries = TRIES)
  void of_categories(@ForAll("categories") Life<CategoryCommand, CategoryEvent> life) {
    assertAnswered(new CategoryTreeDecider(), life);
  }

  @Property(tries = TRIES)
  void of_products(@ForAll("products") Life<ProductCommand, ProductEvent> life) {
    assertAnswered(new ProductDecider(), life);
  }

  @Property(tries = TRIES)
  void of_shelves(@ForAll("shelves") Life<ShelfCommand, ShelfEvent> life) {
    assertAnswered(new ShelfDecider(), life);
  }

  @Property(tries = TRIES)
  void of_stock(@ForAll("stock") Life<StockCommand, StockEvent> life) {
    assertAnswered(new StockDecider(), life);
  }

  @Property(tries = TRIES)
  void of_orders(@ForAll("orders") Life<OrderCommand, OrderEvent> life) {
    assertAnswered(new OrderDecider(), life);
  }

  @Property(tries = TRIES)
  void of_payments(@ForAll("payments") Life<PaymentCommand, PaymentEvent> life) {
    assertAnswered(new PaymentDecider(), life);
  }

  @Property(tries = TRIES)
  void of_shipments(@ForAll("shipments") Life<ShipmentCommand, ShipmentEvent> life) {
    assertAnswered(new ShipmentDecider(), life);
  }

  @Provide
  Arbitrary<Life<CategoryCommand, CategoryEvent>> categories() {
    return lives(CategoryCommand.class, CategoryEvent.class);
  }

  @Provide
  Arbitrary<Life<ProductCommand, ProductEvent>> products() {
    return lives(ProductCommand.class, ProductEvent.class);
  }

  @Provide
  Arbitrary<Life<ShelfCommand, ShelfEvent>> shelves() {
    return lives(ShelfCommand.class, ShelfEvent.class);
  }

  @Provide
  Arbitrary<Life<StockCommand, StockEvent>> stock() {
    return lives(StockCommand.class, StockEvent.class);
  }

  @Provide
  Arbitrary<Life<OrderCommand, OrderEvent>> orders() {
    return lives(OrderCommand.class, OrderEvent.class);
  }

  @Provide
  Arbitrary<Life<PaymentCommand, PaymentEvent>> payments() {
    return lives(PaymentCommand.class, PaymentEvent.class);
  }

  @Provide
  Arbitrary<Life<ShipmentCommand, ShipmentEvent>> shipments() {
    return lives(ShipmentCommand.class, ShipmentEvent.class);
  }

  private static <C, E> Arbitrary<Life<C, E>> lives(Class<C> commands, Class<E> events) {
    return Combinators.combine(
            AnyRecords.of(events).list().ofMaxSize(EVENTS_MAX), AnyRecords.of(commands))
        .as(Life::new);
  }

  private static <C, S, E> void assertAnswered(Decider<C, S, E> decider, Life<C, E> life) {
    S state = decider.fold(life.history());
    Decision<E> decision = decider.decide(life.command(), state);
    assertThat(decision).isNotNull();
    if (decision instanceof Accepted<E>(var events)) {
      assertThat(decider.fold(state, events)).isNotNull();
    }
  }
}
