package io.kiroku.ws.socket;

import io.quarkus.websockets.next.CloseReason;

/// Why we close sockets; codes of https://www.iana.org/assignments/websocket/websocket.xhtml.
final class CloseReasons {
  static final CloseReason GOING_AWAY = new CloseReason(1001, "the service stops, connect again");
  static final CloseReason SILENT = new CloseReason(1001, "no sign of life");
  static final CloseReason EXPIRED = new CloseReason(1008, "the token has expired");
  static final CloseReason TOO_SLOW = new CloseReason(1013, "too slow, connect again and resume");

  private CloseReasons() {}
}
