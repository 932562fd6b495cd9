package io.kiroku.query.order;

import io.kiroku.service.error.Errors;
import io.kiroku.service.paging.OpaqueText;

/// Where the next page begins: after the order that was placed at this log position. Orders placed
/// meanwhile shift nothing.
record PageToken(long beforePosition) {
  static final PageToken FIRST = new PageToken(Long.MAX_VALUE);

  String encode() {
    return OpaqueText.encode(Long.toString(beforePosition));
  }

  static PageToken decode(String token) {
    if (token.isEmpty()) {
      return FIRST;
    }
    try {
      return new PageToken(Long.parseLong(OpaqueText.decode(token)));
    } catch (IllegalArgumentException e) {
      throw Errors.invalid("page_token", "is not one of ours");
    }
  }
}
