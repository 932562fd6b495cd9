package io.kiroku.eventstore.node.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives a test class a fresh node of its own, in memory and on a free port of the loopback
/// interface, and closes it afterwards. Where it is comes as a parameter of tests, of methods that
/// run before or after them, and of constructors.
///
/// ```java
/// @EventStoreNode
/// class OrdersTest {
///   private static EventStoreDBClient client;
///
///   @BeforeAll
///   static void connect(@ConnectionString String node) {
///     client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(node));
///   }
///
///   @AfterAll
///   static void disconnect() throws Exception {
///     client.shutdown().get();
///   }
///
///   @Test
///   void an_order_is_appended() throws Exception {
///     client.appendToStream("order-1", EventData.builderAsJson("placed", "{}".getBytes(UTF_8)).build()).get();
///   }
/// }
/// ```
///
/// Parameters are `@ConnectionString String`, `@NodePort int`, and the [node
/// itself][io.kiroku.eventstore.node.EventStoreNode], which needs no annotation. Nodes share
/// nothing, so that classes and methods may run in parallel. Nested classes use the node around
/// them unless they are annotated themselves. If a node cannot be started, the class or method
/// fails.
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NodeExtension.class)
public @interface EventStoreNode {

  /// How long a node lives: for all tests of the class, or for one test each. With
  /// [Lifecycle#PER_METHOD] there is none yet in constructors and before all tests.
  Lifecycle lifecycle() default Lifecycle.PER_CLASS;

  /// Whether the system projections are enabled (`$ce-…`, `$et-…` and the others), which they are
  /// not in a new EventStoreDB.
  boolean standardProjections() default false;

  /// Bytes that one append may have.
  int maxAppendSize() default 1 << 20;
}
