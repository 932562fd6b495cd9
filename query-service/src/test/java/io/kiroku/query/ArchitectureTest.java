package io.kiroku.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.kiroku.decider.Decider;
import io.kiroku.eventstore.Appended;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.service.testing.architecture.ServiceArchitectureContract;
import io.kiroku.service.testing.architecture.ServiceRules;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ServiceArchitectureContract {
  private static final ArchRule DECIDES_NOTHING =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Decider.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(CommandHandler.class)
          .orShould()
          .callMethod(EventStore.class, "append", StreamId.class, long.class, List.class)
          .because("of the domain, the read side knows the facts only");

  private static final ArchRule THE_DRIVER_IS_KNOWN_TO_RUNNING_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kiroku.query.running..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.mongodb..")
          .because("what its failures mean is said at one place");

  ArchitectureTest() {
    super("io.kiroku.query");
  }

  @Test
  void nothing_is_decided_or_appended() {
    DECIDES_NOTHING.check(classes());
  }

  @Test
  void the_driver_of_the_database_is_known_in_one_place() {
    THE_DRIVER_IS_KNOWN_TO_RUNNING_ONLY.check(classes());
  }

  @Test
  void no_thread_waits() {
    ServiceRules.NEVER_WAITS.check(classes());
  }

  @Test
  void each_rule_of_its_own_can_fail() {
    assertFails(DECIDES_NOTHING, Decides.class);
    assertFails(DECIDES_NOTHING, Handles.class);
    assertFails(DECIDES_NOTHING, Appends.class);
    assertFails(THE_DRIVER_IS_KNOWN_TO_RUNNING_ONLY, KnowsTheDriver.class);
  }

  private static void assertFails(ArchRule rule, Class<?> counterExample) {
    assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(counterExample)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(counterExample.getSimpleName());
  }

  record Decides(OrderDecider decider) {}

  record Handles(CommandHandler<?, ?, ?> handler) {}

  record Appends(EventStore store) {
    Uni<Appended> nothing(StreamId stream) {
      return store.append(stream, 0, List.of());
    }
  }

  record KnowsTheDriver(MongoException failure) {}
}
