package io.kiroku.returns;

/// The steps of a return, in their order. The names are stored.
public final class ReturnSteps {
  public static final String ACCEPT_RETURN = "accept-return";
  public static final String RECEIVE_GOODS = "receive-goods";
  public static final String RETURN_STOCK = "return-stock";
  public static final String REFUND_PAYMENT = "refund-payment";
  public static final String COMPLETE_RETURN = "complete-return";

  private ReturnSteps() {}
}
