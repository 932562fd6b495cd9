package io.kiroku.command.provider;

/// Failures as tests of others need them.
public final class ProviderFailures {
  private ProviderFailures() {}

  public static ProviderFailed answered503() {
    return new ProviderFailed("payment-provider", "answered 503", null);
  }
}
