package io.kiroku.eventstore.node.kurrent;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Closes the shared nodes after the last test of the run.
final class ClosesNodes implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    AutoCloseable all =
        () -> {
          for (SharedNode node : SharedNode.values()) {
            node.close();
          }
        };
    context.getRoot().getStore(Namespace.create(ClosesNodes.class)).put("nodes", all);
  }
}
