package io.kiroku.command.call;

import io.kiroku.service.paging.OpaqueText;
import java.time.DateTimeException;
import java.time.Instant;

/// The last entry of a page that is sorted by time: the next page begins after it. Opaque to
/// clients.
///
/// @param id tells apart what happened at the same time
public record PageCursor(Instant at, String id) {
  public String encode() {
    return OpaqueText.encode(at + " " + id);
  }

  /// Fails with [IllegalArgumentException] for what [#encode()] did not make.
  static PageCursor decode(String token) {
    String text = OpaqueText.decode(token);
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("no cursor");
    }
    try {
      return new PageCursor(Instant.parse(text.substring(0, space)), text.substring(space + 1));
    } catch (DateTimeException noTime) {
      throw new IllegalArgumentException("no cursor", noTime);
    }
  }
}
