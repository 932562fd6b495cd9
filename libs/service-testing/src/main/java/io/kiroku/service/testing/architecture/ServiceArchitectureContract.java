package io.kiroku.service.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every service keeps. A rule that finds nothing to look at fails.
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // reads the classes once
public abstract class ServiceArchitectureContract {
  private final String own;
  private final JavaClasses classes;

  /// @param own the service's package
  protected ServiceArchitectureContract(String own) {
    this.own = own;
    this.classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(own);
  }

  /// The service without its tests.
  protected final JavaClasses classes() {
    return classes;
  }

  @Test
  void packages_have_no_cycles() {
    ServiceRules.NO_CYCLES.check(classes);
  }

  @Test
  void packages_are_features_not_layers() {
    ServiceRules.FEATURES_NOT_LAYERS.check(classes);
  }

  @Test
  void names_say_what_it_is() {
    ServiceRules.NAMES_SAY_WHAT_IT_IS.check(classes);
  }

  @Test
  void every_package_is_null_marked() {
    ServiceRules.NULL_MARKED.check(classes);
  }

  @Test
  void nothing_is_injected_into_fields() {
    ServiceRules.NO_FIELD_INJECTION.check(classes);
  }

  @Test
  void transactions_are_reactive() {
    ServiceRules.NO_CLASSIC_TRANSACTIONS.check(classes);
  }

  @Test
  void who_promises_an_answer_does_not_wait_for_one() {
    ServiceRules.PROMISES_DO_NOT_WAIT.check(classes);
  }

  @Test
  void the_log_is_behind_its_ports() {
    ServiceRules.THE_LOG_IS_BEHIND_ITS_PORTS.check(classes);
  }

  @Test
  void adapters_are_named_where_they_are_wired() {
    ServiceRules.ADAPTERS_ARE_NAMED_WHERE_THEY_ARE_WIRED.check(classes);
  }

  @Test
  void other_services_are_unknown() {
    ServiceRules.knowsNoOtherService(own).check(classes);
  }
}
