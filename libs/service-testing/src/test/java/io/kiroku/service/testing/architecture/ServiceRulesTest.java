package io.kiroku.service.testing.architecture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventStoreDBClient;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.kiroku.careless.dto.Order;
import io.kiroku.careless.egg.Egg;
import io.kiroku.careless.hen.Hen;
import io.kiroku.careless.unmarked.Unmarked;
import io.kiroku.eventstore.db.EventStoreDbConnection;
import io.kiroku.query.careless.Answer;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {
  @Test
  void packages_that_know_each_other() {
    assertFails(ServiceRules.NO_CYCLES, Hen.class, Egg.class);
    assertHolds(ServiceRules.NO_CYCLES, Hen.class);
  }

  @Test
  void a_package_that_is_a_layer() {
    assertFails(ServiceRules.FEATURES_NOT_LAYERS, Order.class);
    assertHolds(ServiceRules.FEATURES_NOT_LAYERS, Hen.class);
  }

  @Test
  void a_name_that_fits_everything() {
    assertFails(ServiceRules.NAMES_SAY_WHAT_IT_IS, OrderManager.class);
    assertFails(ServiceRules.NAMES_SAY_WHAT_IT_IS, AbstractOrder.class);
    assertHolds(ServiceRules.NAMES_SAY_WHAT_IT_IS, Hen.class);
  }

  @Test
  void a_package_without_null_marks() {
    assertFails(ServiceRules.NULL_MARKED, Unmarked.class);
    JavaClasses marked = new ClassFileImporter().importPackages(Hen.class.getPackageName());
    assertThatCode(() -> ServiceRules.NULL_MARKED.check(marked)).doesNotThrowAnyException();
  }

  @Test
  void fields_that_are_injected() {
    assertFails(ServiceRules.NO_FIELD_INJECTION, InjectedField.class);
    assertFails(ServiceRules.NO_FIELD_INJECTION, ConfiguredField.class);
    assertFails(ServiceRules.NO_FIELD_INJECTION, ClientField.class);
    assertHolds(ServiceRules.NO_FIELD_INJECTION, Hen.class);
  }

  @Test
  void a_transaction_of_the_blocking_world() {
    assertFails(ServiceRules.NO_CLASSIC_TRANSACTIONS, ClassicTransaction.class);
    assertHolds(ServiceRules.NO_CLASSIC_TRANSACTIONS, Hen.class);
  }

  @Test
  void a_promise_that_waits() {
    assertFails(ServiceRules.PROMISES_DO_NOT_WAIT, AwaitingPromise.class);
    assertFails(ServiceRules.PROMISES_DO_NOT_WAIT, JoiningPromise.class);
    assertFails(ServiceRules.PROMISES_DO_NOT_WAIT, SleepingPromise.class);
    assertHolds(ServiceRules.PROMISES_DO_NOT_WAIT, PatientPromise.class);
  }

  @Test
  void waiting_where_nobody_may() {
    assertFails(ServiceRules.NEVER_WAITS, PatientPromise.class);
    assertHolds(ServiceRules.NEVER_WAITS, Hen.class);
  }

  @Test
  void the_client_of_the_store() {
    assertFails(ServiceRules.THE_LOG_IS_BEHIND_ITS_PORTS, KnowsTheClient.class);
    assertHolds(ServiceRules.THE_LOG_IS_BEHIND_ITS_PORTS, KnowsTheAdapter.class);
  }

  @Test
  void an_adapter_that_is_not_only_wired() {
    assertFails(ServiceRules.ADAPTERS_ARE_NAMED_WHERE_THEY_ARE_WIRED, KnowsTheAdapter.class);
    assertHolds(ServiceRules.ADAPTERS_ARE_NAMED_WHERE_THEY_ARE_WIRED, Hen.class, WiringBeans.class);
  }

  @Test
  void another_service() {
    assertFails(ServiceRules.knowsNoOtherService("io.kiroku.command"), KnowsAnAnswer.class);
    assertHolds(ServiceRules.knowsNoOtherService("io.kiroku.query"), KnowsAnAnswer.class);
  }

  private static void assertFails(ArchRule rule, Class<?>... counterExample) {
    assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(counterExample)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was violated")
        .hasMessageContaining(counterExample[0].getSimpleName());
  }

  private static void assertHolds(ArchRule rule, Class<?>... example) {
    assertThatCode(
            () -> rule.allowEmptyShould(true).check(new ClassFileImporter().importClasses(example)))
        .doesNotThrowAnyException();
  }

  record OrderManager() {}

  record AbstractOrder() {}

  static class InjectedField {
    @Inject @Nullable String name;
  }

  static class ConfiguredField {
    @ConfigProperty(name = "name")
    @Nullable String name;
  }

  static class ClientField {
    @GrpcClient("jobs")
    @Nullable Object jobs;
  }

  static class ClassicTransaction {
    @Transactional
    void write() {}
  }

  static class AwaitingPromise {
    Uni<String> of(Uni<String> other) {
      return other.map(_ -> other.await().atMost(Duration.ofSeconds(1)));
    }
  }

  static class JoiningPromise {
    Uni<String> of(CompletableFuture<String> other) {
      return Uni.createFrom().item(other.join());
    }
  }

  static class SleepingPromise {
    Uni<Void> ofNothing() throws InterruptedException {
      Thread.sleep(Duration.ofSeconds(1));
      return Uni.createFrom().voidItem();
    }
  }

  static class PatientPromise {
    Uni<String> of(Uni<String> other) {
      return other.map(String::strip);
    }

    String onAThreadOfItsOwn(Uni<String> other) {
      return of(other).await().atMost(Duration.ofSeconds(1));
    }
  }

  record KnowsTheClient(EventStoreDBClient client) {}

  record KnowsTheAdapter(EventStoreDbConnection connection) {}

  record WiringBeans(EventStoreDbConnection connection) {}

  record KnowsAnAnswer(Answer answer) {}
}
