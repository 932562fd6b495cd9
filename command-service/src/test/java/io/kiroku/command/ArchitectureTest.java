package io.kiroku.command;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.kiroku.command.ordering.ReadsRows;
import io.kiroku.service.testing.architecture.ServiceArchitectureContract;
import io.vertx.mutiny.sqlclient.Pool;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ServiceArchitectureContract {
  private static final String[] HIBERNATE = {
    "org.hibernate..", "io.quarkus.hibernate..", "jakarta.persistence.."
  };
  private static final String[] SQL_CLIENT = {
    "io.vertx.sqlclient..", "io.vertx.mutiny.sqlclient..",
    "io.vertx.pgclient..", "io.vertx.mutiny.pgclient.."
  };

  private static final ArchRule ENTITIES_FOR_OPERATORS_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.kiroku.command.orderadmin..", "io.kiroku.command.sagaadmin..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HIBERNATE)
          .because("rows are written in batches, past Hibernate");

  private static final ArchRule ONE_CLIENT_PER_CLASS =
      noClasses()
          .should(
              dependOnClassesThat(resideInAnyPackage(HIBERNATE))
                  .and(dependOnClassesThat(resideInAnyPackage(SQL_CLIENT))))
          .because("Hibernate Reactive does not share its connection: two transactions");

  private static final ArchRule COMMANDS_READ_THE_LOG_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.kiroku.command.call..",
              "io.kiroku.command.catalog..",
              "io.kiroku.command.inventory..",
              "io.kiroku.command.ordering..",
              "io.kiroku.command.payment..",
              "io.kiroku.command.shipping..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SQL_CLIENT)
          .because("what is decided on rows is decided on what was true a moment ago");

  ArchitectureTest() {
    super("io.kiroku.command");
  }

  @Test
  void only_what_operators_look_at_has_entities() {
    ENTITIES_FOR_OPERATORS_ONLY.check(classes());
  }

  @Test
  void no_class_talks_to_the_database_through_two_clients() {
    ONE_CLIENT_PER_CLASS.check(classes());
  }

  @Test
  void commands_are_decided_on_the_log_only() {
    COMMANDS_READ_THE_LOG_ONLY.check(classes());
  }

  @Test
  void each_rule_of_its_own_can_fail() {
    assertFails(ENTITIES_FOR_OPERATORS_ONLY, Mixed.class);
    assertFails(ONE_CLIENT_PER_CLASS, Mixed.class);
    assertFails(COMMANDS_READ_THE_LOG_ONLY, ReadsRows.class);
  }

  private static void assertFails(ArchRule rule, Class<?> counterExample) {
    assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(counterExample)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(counterExample.getSimpleName());
  }

  record Mixed(Mutiny.Session session, Pool pool) {}
}
