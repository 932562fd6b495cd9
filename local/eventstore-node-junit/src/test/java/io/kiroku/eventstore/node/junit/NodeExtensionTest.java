package io.kiroku.eventstore.node.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.kiroku.eventstore.node.junit.Samples.Heir;
import io.kiroku.eventstore.node.junit.Samples.PerClass;
import io.kiroku.eventstore.node.junit.Samples.PerMethod;
import io.kiroku.eventstore.node.junit.Samples.TooEarly;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// Which tests share a node, and that none outlives them.
final class NodeExtensionTest {

  @BeforeEach
  void forget() {
    Samples.NODES.clear();
  }

  private static TestExecutionSummary run(Class<?>... tests) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    List<ClassSelector> classes = Stream.of(tests).map(test -> selectClass(test)).toList();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(classes)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter(
                    "junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter(
                    "junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .build(),
            summary);
    return summary.getSummary();
  }

  private static void runWell(Class<?>... tests) {
    TestExecutionSummary summary = run(tests);
    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isPositive();
  }

  private static Set<io.kiroku.eventstore.node.EventStoreNode> nodes(Class<?> test) {
    return Samples.NODES.getOrDefault(test, Set.of());
  }

  @Test
  void tests_of_a_class_share_its_node_with_nested_ones() {
    runWell(PerClass.class);
    assertThat(nodes(PerClass.class)).hasSize(1);
    assertThat(nodes(PerClass.Inner.class)).isEqualTo(nodes(PerClass.class));
  }

  @Test
  void a_nested_class_that_is_annotated_has_a_node_of_its_own() {
    runWell(PerClass.class);
    assertThat(nodes(PerClass.Own.class)).hasSize(1).isNotEqualTo(nodes(PerClass.class));
  }

  @Test
  void each_method_can_have_a_node_of_its_own_in_nested_classes_too() {
    runWell(PerMethod.class);
    assertThat(nodes(PerMethod.class)).hasSize(5);
    assertThat(nodes(PerMethod.Inner.class)).hasSize(2);
  }

  @Test
  void classes_that_run_in_parallel_share_no_node_nor_do_heirs() {
    runWell(PerClass.class, PerMethod.class, Heir.class);
    assertThat(nodes(Heir.class)).hasSize(1);
    Set<io.kiroku.eventstore.node.EventStoreNode> both = new HashSet<>(nodes(Heir.class));
    both.retainAll(nodes(PerClass.class));
    assertThat(both).isEmpty();
  }

  @Test
  void every_node_is_closed_once_its_tests_are_done() {
    runWell(PerClass.class, PerMethod.class);
    Set<io.kiroku.eventstore.node.EventStoreNode> all = new HashSet<>();
    Samples.NODES.values().forEach(all::addAll);
    assertThat(all).hasSize(9).noneMatch(io.kiroku.eventstore.node.EventStoreNode::ready);
  }

  @Test
  void what_asks_for_a_node_before_there_is_one_is_told_so() {
    assertThat(run(TooEarly.class).getFailures())
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.getException()).hasMessageContaining("There is no node here"));
  }
}
