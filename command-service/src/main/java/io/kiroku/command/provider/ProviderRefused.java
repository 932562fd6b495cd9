package io.kiroku.command.provider;

/// The provider does not take the request as it is, in a way that the contract does not foresee:
/// somebody has to look at it.
public final class ProviderRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private ProviderRefused(String message) {
    super(message);
  }

  /// @param asked what was asked for
  public static ProviderRefused unforeseen(String asked, ProviderAnswer answer) {
    return new ProviderRefused(
        "Asked for %s, the provider answered %d %s"
            .formatted(asked, answer.status(), answer.code()));
  }
}
