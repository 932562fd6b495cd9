package io.kiroku.ws.presence;

import jakarta.enterprise.context.ApplicationScoped;

/// Tells that somebody came or went. Returns at once and never fails: a socket works without it.
@ApplicationScoped
public class Presence {
  private final RedisPresence redis;
  private final SocketEvents events;

  Presence(RedisPresence redis, SocketEvents events) {
    this.redis = redis;
    this.events = events;
  }

  public void opened(String userId, String connectionId) {
    redis.add(userId, connectionId);
    events.connected(userId, connectionId);
  }

  /// @param closeCode of RFC 6455
  public void closed(String userId, String connectionId, int closeCode) {
    redis.remove(userId, connectionId);
    events.disconnected(userId, connectionId, closeCode);
  }
}
