package io.kiroku.eventstore.node.junit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/// Keeps each node in the store of the class or method it is for. Stores look further outwards for
/// what they do not have, which is how nested classes find the node around them.
final class NodeExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(NodeExtension.class);
  private static final String NODE = "node";
  private static final Class<io.kiroku.eventstore.node.EventStoreNode> NODE_TYPE =
      io.kiroku.eventstore.node.EventStoreNode.class;

  @Override
  public void beforeAll(ExtensionContext context) {
    of(context.getRequiredTestClass())
        .filter(wanted -> wanted.lifecycle() == Lifecycle.PER_CLASS)
        .ifPresent(wanted -> start(context, wanted));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    around(context.getRequiredTestClass())
        .filter(wanted -> wanted.lifecycle() == Lifecycle.PER_METHOD)
        .ifPresent(wanted -> start(context, wanted));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == NODE_TYPE
        || (type == String.class && parameter.isAnnotated(ConnectionString.class))
        || (type == int.class && parameter.isAnnotated(NodePort.class));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    io.kiroku.eventstore.node.EventStoreNode node = store(context).get(NODE, NODE_TYPE);
    if (node == null) {
      throw new ParameterResolutionException(
          "There is no node here: with PER_METHOD it lives from before each test until after it");
    }
    Class<?> type = parameter.getParameter().getType();
    if (type == NODE_TYPE) {
      return node;
    }
    return type == String.class ? node.connectionString() : node.port();
  }

  private static void start(ExtensionContext context, EventStoreNode wanted) {
    store(context)
        .put(
            NODE,
            io.kiroku.eventstore.node.EventStoreNode.inMemory()
                .standardProjections(wanted.standardProjections())
                .appendBytesMax(wanted.maxAppendSize())
                .start());
  }

  /// Closes what was started for this class or method, and nothing further out.
  private static void close(ExtensionContext context) {
    io.kiroku.eventstore.node.EventStoreNode node = store(context).remove(NODE, NODE_TYPE);
    if (node != null) {
      node.close();
    }
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  private static Optional<EventStoreNode> of(Class<?> type) {
    return AnnotationSupport.findAnnotation(type, EventStoreNode.class);
  }

  /// The annotation of the class, or of the nearest one around it.
  private static Optional<EventStoreNode> around(@Nullable Class<?> type) {
    return type == null ? Optional.empty() : of(type).or(() -> around(type.getEnclosingClass()));
  }
}
