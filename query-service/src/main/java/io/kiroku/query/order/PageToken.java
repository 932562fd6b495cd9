package io.kiroku.query.order;

import io.kiroku.service.error.Errors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where the next page begins: after the order that was placed at this log position. Orders placed
/// meanwhile shift nothing.
record PageToken(long beforePosition) {
  static final PageToken FIRST = new PageToken(Long.MAX_VALUE);

  String encode() {
    byte[] text = Long.toString(beforePosition).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  static PageToken decode(String token) {
    if (token.isEmpty()) {
      return FIRST;
    }
    try {
      byte[] text = Base64.getUrlDecoder().decode(token);
      return new PageToken(Long.parseLong(new String(text, StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("page_token", "is not one of ours");
    }
  }
}
