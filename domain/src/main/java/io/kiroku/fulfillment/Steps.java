package io.kiroku.fulfillment;

/// The steps of the fulfillment, in their order. The names are stored.
public final class Steps {
  public static final String ACCEPT_ORDER = "accept-order";
  public static final String RESERVE_INVENTORY = "reserve-inventory";
  public static final String PROCESS_PAYMENT = "process-payment";
  public static final String ARRANGE_SHIPPING = "arrange-shipping";
  public static final String COMMIT_STOCK = "commit-stock";
  public static final String CONFIRM_ORDER = "confirm-order";

  private Steps() {}
}
