package io.kiroku.command.provider;

import io.vertx.core.json.JsonObject;

/// What a provider said, below 500.
///
/// @param body empty if it is not a JSON object
public record ProviderAnswer(int status, JsonObject body) {
  private static final int SHOWN_MAX = 64;

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /// Itself, if it is a success; fails with [ProviderRefused] if not.
  ///
  /// @param asked what was asked for
  public ProviderAnswer successOf(String asked) {
    if (!isSuccess()) {
      throw ProviderRefused.unforeseen(asked, this);
    }
    return this;
  }

  /// Why it refuses; empty if it does not say.
  public String code() {
    return text("code");
  }

  /// The provider's name for what it did; empty if it gave none.
  public String reference() {
    return text("reference");
  }

  // Whoever answers may be anybody: no long or structured values reach log and events.
  private String text(String field) {
    return body.getValue(field) instanceof String text && text.length() <= SHOWN_MAX ? text : "";
  }
}
