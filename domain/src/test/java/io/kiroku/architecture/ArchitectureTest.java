package io.kiroku.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchitectureTest {
  private static final String[] CONTEXTS = {
    "catalog", "inventory", "ordering", "payment", "shipping"
  };

  private static final JavaClasses DOMAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "io.kiroku.shared",
              "io.kiroku.catalog",
              "io.kiroku.inventory",
              "io.kiroku.ordering",
              "io.kiroku.payment",
              "io.kiroku.shipping",
              "io.kiroku.fulfillment",
              "io.kiroku.returns",
              "io.kiroku.saga",
              "io.kiroku.decider");

  private static final ArchRule PURE =
      classes()
          .that()
          .resideInAnyPackage(
              "io.kiroku.shared..",
              "io.kiroku.catalog..",
              "io.kiroku.inventory..",
              "io.kiroku.ordering..",
              "io.kiroku.payment..",
              "io.kiroku.shipping..",
              "io.kiroku.fulfillment..",
              "io.kiroku.returns..",
              "io.kiroku.architecture.fixture..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.kiroku.shared..",
              "io.kiroku.catalog..",
              "io.kiroku.inventory..",
              "io.kiroku.ordering..",
              "io.kiroku.payment..",
              "io.kiroku.shipping..",
              "io.kiroku.fulfillment..",
              "io.kiroku.returns..",
              "io.kiroku.saga..",
              "io.kiroku.decider..",
              "io.kiroku.architecture.fixture..",
              "java.lang..",
              "java.util..",
              "java.time..",
              "org.pcollections..",
              "org.jspecify..");

  private static final ArchRule NO_CLOCK_NO_CHANCE =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.Random.class, java.time.Clock.class);

  private static final ArchRule NO_CYCLES =
      slices().matching("io.kiroku.(**)").should().beFreeOfCycles();

  @Test
  void the_domain_is_plain_java() {
    PURE.check(DOMAIN);
  }

  @Test
  void the_domain_knows_neither_clock_nor_chance() {
    NO_CLOCK_NO_CHANCE.check(DOMAIN);
  }

  @Test
  void packages_have_no_cycles() {
    NO_CYCLES.check(DOMAIN);
  }

  @Test
  void a_context_knows_no_other_context_and_not_the_fulfillment() {
    for (String context : CONTEXTS) {
      assertThatCode(() -> alone(context).check(DOMAIN)).as(context).doesNotThrowAnyException();
    }
  }

  @Test
  void the_rules_look_at_the_whole_domain() {
    assertThat(DOMAIN).hasSizeGreaterThan(80);
  }

  @Test
  void each_rule_can_fail() {
    JavaClasses violations =
        new ClassFileImporter().importPackages("io.kiroku.architecture.fixture");
    for (ArchRule rule : new ArchRule[] {PURE, NO_CLOCK_NO_CHANCE, NO_CYCLES}) {
      assertThatThrownBy(() -> rule.check(violations)).isInstanceOf(AssertionError.class);
    }
    assertThatThrownBy(() -> aloneIn("io.kiroku.architecture.fixture.a..").check(violations))
        .isInstanceOf(AssertionError.class);
  }

  private static ArchRule alone(String context) {
    return aloneIn("io.kiroku." + context + "..");
  }

  /// Of the platform's own packages a context may use its own, the shared values and the two kits.
  private static ArchRule aloneIn(String pack) {
    return noClasses()
        .that()
        .resideInAPackage(pack)
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("io.kiroku..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                            pack,
                            "io.kiroku.shared..",
                            "io.kiroku.decider..",
                            "io.kiroku.saga.."))));
  }
}
