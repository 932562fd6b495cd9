package io.kiroku.projection;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.kiroku.service.testing.architecture.ServiceArchitectureContract;
import org.junit.jupiter.api.Test;

/// The engine runs inside services, and keeps their rules.
class ArchitectureTest extends ServiceArchitectureContract {
  private static final ArchRule THE_DATABASE_IS_BEHIND_ITS_PORTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.kiroku.projection.mongo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.mongodb..", "org.bson..", "io.quarkus.mongodb..")
          .because("only the adapter knows the database");

  ArchitectureTest() {
    super("io.kiroku.projection");
  }

  @Test
  void the_database_is_behind_its_ports() {
    THE_DATABASE_IS_BEHIND_ITS_PORTS.check(classes());
  }

  @Test
  void the_rule_of_its_own_can_fail() {
    assertThatThrownBy(() ->
            THE_DATABASE_IS_BEHIND_ITS_PORTS.check(
                new ClassFileImporter().importClasses(KnowsTheDriver.class)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsTheDriver");
  }

  record KnowsTheDriver(MongoException failure) {}
}
