package io.kiroku.eventstore.db.client;

import java.security.Provider;

/// Stands where EventStoreDB's client registers Bouncy Castle: the JDK's own TLS is all it needs.
public final class NoBouncyCastle extends Provider {
  private static final long serialVersionUID = 1L;

  public NoBouncyCastle() {
    super("NoBouncyCastle", "1.0", "offers nothing");
  }
}
