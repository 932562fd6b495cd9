package io.kiroku.service.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Text in tokens that clients hand back and need not understand; safe in URLs.
public final class OpaqueText {
  private OpaqueText() {}

  public static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Fails with [IllegalArgumentException] for what is no such token.
  public static String decode(String token) {
    return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
  }
}
