package io.kiroku.eventstore.node.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Test classes that are run by [NodeExtensionTest], and note which nodes they were given.
final class Samples {
  static final Map<Class<?>, Set<io.kiroku.eventstore.node.EventStoreNode>> NODES =
      new ConcurrentHashMap<>();

  private Samples() {}

  private static void note(Object test, io.kiroku.eventstore.node.EventStoreNode node) {
    assertThat(node.ready()).isTrue();
    NODES.computeIfAbsent(test.getClass(), _ -> ConcurrentHashMap.newKeySet()).add(node);
  }

  @EventStoreNode
  static class PerClass {
    @BeforeAll
    static void first(@NodePort int port, @ConnectionString String address) {
      assertThat(address).isEqualTo("esdb://127.0.0.1:" + port + "?tls=false");
    }

    @RepeatedTest(2)
    void test(io.kiroku.eventstore.node.EventStoreNode node) {
      note(this, node);
    }

    @Nested
    class Inner {
      @Test
      void test(io.kiroku.eventstore.node.EventStoreNode node) {
        note(this, node);
      }
    }

    @Nested
    @EventStoreNode
    class Own {
      @Test
      void test(io.kiroku.eventstore.node.EventStoreNode node) {
        note(this, node);
      }
    }
  }

  @EventStoreNode(lifecycle = Lifecycle.PER_METHOD)
  static class PerMethod {
    @RepeatedTest(5)
    void test(io.kiroku.eventstore.node.EventStoreNode node) {
      note(this, node);
    }

    @Nested
    class Inner {
      @RepeatedTest(2)
      void test(io.kiroku.eventstore.node.EventStoreNode node) {
        note(this, node);
      }
    }
  }

  static class Heir extends PerClass {}

  @EventStoreNode(lifecycle = Lifecycle.PER_METHOD)
  static class TooEarly {
    @BeforeAll
    static void first(@ConnectionString String address) {
      assertThat(address).isNull();
    }

    @Test
    void test() {}
  }
}
