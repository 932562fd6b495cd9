package io.kiroku.command.publisher;

import java.util.List;
import java.util.Set;

/// The topics that the service writes through the outbox.
public final class Topics {
  public static final String CATALOG_EVENTS = "kiroku.catalog.events";
  public static final String INVENTORY_EVENTS = "kiroku.inventory.events";
  public static final String ORDERING_EVENTS = "kiroku.ordering.events";
  public static final String PAYMENT_EVENTS = "kiroku.payment.events";
  public static final String SHIPPING_EVENTS = "kiroku.shipping.events";
  public static final String FULFILLMENT_EVENTS = "kiroku.fulfillment.events";
  public static final String RETURNS_EVENTS = "kiroku.returns.events";
  public static final String INVENTORY_COMMANDS = "kiroku.inventory.commands";
  public static final String PAYMENT_COMMANDS = "kiroku.payment.commands";
  public static final String SHIPPING_COMMANDS = "kiroku.shipping.commands";
  public static final String ORDERING_COMMANDS = "kiroku.ordering.commands";

  static final List<String> ALL =
      List.of(
          CATALOG_EVENTS,
          INVENTORY_EVENTS,
          ORDERING_EVENTS,
          PAYMENT_EVENTS,
          SHIPPING_EVENTS,
          FULFILLMENT_EVENTS,
          RETURNS_EVENTS,
          INVENTORY_COMMANDS,
          PAYMENT_COMMANDS,
          SHIPPING_COMMANDS,
          ORDERING_COMMANDS);

  private static final Set<String> COMMANDS =
      Set.of(INVENTORY_COMMANDS, PAYMENT_COMMANDS, SHIPPING_COMMANDS, ORDERING_COMMANDS);

  private Topics() {}

  static boolean areCommands(String topic) {
    return COMMANDS.contains(topic);
  }
}
