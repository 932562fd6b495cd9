package io.kiroku.service.testing.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/// The rules that every service keeps, and [#NEVER_WAITS] for those that only live on event loops.
public final class ServiceRules {
  public static final ArchRule NO_CYCLES =
      slices()
          .matching("io.kiroku.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package is a feature that can be read, moved and deleted alone");

  public static final ArchRule FEATURES_NOT_LAYERS =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..controller..",
              "..controllers..",
              "..dto..",
              "..dtos..",
              "..entity..",
              "..entities..",
              "..helper..",
              "..helpers..",
              "..impl..",
              "..repository..",
              "..repositories..",
              "..service..",
              "..services..",
              "..util..",
              "..utils..",
              "..common..")
          .because("a file is found by its business word");

  public static final ArchRule NAMES_SAY_WHAT_IT_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Base|D(to|TO)|Data|Info)")
          .orShould()
          .haveSimpleNameStartingWith("Abstract")
          .because("such a name fits everything");

  public static final ArchRule NULL_MARKED =
      classes()
          .should(Conditions.RESIDE_IN_A_NULL_MARKED_PACKAGE)
          .because("NullAway is silent about the others");

  public static final ArchRule NO_FIELD_INJECTION =
      noFields()
          .should()
          .beAnnotatedWith("jakarta.inject.Inject")
          .orShould()
          .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
          .orShould()
          .beAnnotatedWith("io.quarkus.grpc.GrpcClient")
          .because("what a class needs is in its constructor");

  public static final ArchRule NO_CLASSIC_TRANSACTIONS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.transaction..")
          .because("Hibernate Reactive throws where @Transactional is mixed in");

  public static final ArchRule PROMISES_DO_NOT_WAIT =
      methods()
          .that(Conditions.PROMISE)
          .should(Conditions.NOT_WAIT)
          .because("whoever gets a Uni or Multi may be an event loop");

  public static final ArchRule NEVER_WAITS =
      noClasses()
          .should()
          .callMethodWhere(Conditions.WAITING)
          .because("everything here runs on event loops");

  public static final ArchRule THE_LOG_IS_BEHIND_ITS_PORTS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.eventstore.dbclient..")
          .because("only the adapter knows the store's client");

  public static final ArchRule ADAPTERS_ARE_NAMED_WHERE_THEY_ARE_WIRED =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Beans")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.kiroku.eventstore.db..")
          .because("everybody else knows the ports only");

  private ServiceRules() {}

  /// @param own the service's package
  public static ArchRule knowsNoOtherService(String own) {
    return noClasses()
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "io.kiroku.command..",
                    "io.kiroku.query..",
                    "io.kiroku.job..",
                    "io.kiroku.ws..",
                    "io.kiroku.gateway..",
                    "io.kiroku.eventstore.node..",
                    "io.kiroku.launcher..",
                    "io.kiroku.stack..")
                .and(not(resideInAPackage(own + ".."))))
        .because("services share published contracts, and nothing of the one-machine edition");
  }
}
