package io.kiroku.command.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.StatusRuntimeException;
import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.CreateProductRequest;
import io.kiroku.proto.catalog.v1.DeleteCategoryRequest;
import io.kiroku.proto.catalog.v1.DiscontinueProductRequest;
import io.kiroku.service.error.Problem;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Against the real node: the service over gRPC, and another process on the same streams.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class CategoryDeletionIT {
  private static final int ROUNDS = 80;

  @Inject EventStore store;
  @Inject EventLog log;

  Shop shop;
  private CatalogProcess other;

  @BeforeEach
  void startOther() {
    other = new CatalogProcess(store, log);
  }

  @Test
  void trap_7_a_product_and_a_deletion_at_the_same_moment_never_both_succeed() throws Exception {
    int created = 0;
    int deleted = 0;
    var ofService = new HeadStart();
    var ofOther = new HeadStart();
    for (int round = 0; round < ROUNDS; round++) {
      CategoryId category = category();
      ProductId product = new ProductId(UUID.randomUUID());
      boolean serviceDeletes = round % 2 == 0;
      HeadStart headStart = serviceDeletes ? ofService : ofOther;
      var creation =
          later(
              headStart.nanos(),
              () ->
                  serviceDeletes
                      ? other.create(product, category) instanceof Accepted
                      : creates(category));
      var deletion =
          later(
              -headStart.nanos(),
              () -> serviceDeletes ? deletes(category) : isDeletedByOther(category));
      boolean isCreated = creation.get(20, TimeUnit.SECONDS);
      boolean isDeleted = deletion.get(20, TimeUnit.SECONDS);
      assertThat(isCreated && isDeleted).as("round %d", round).isFalse();
      assertThat(other.exists(category)).isEqualTo(!isDeleted);
      if (serviceDeletes) {
        assertThat(other.isIn(product, category)).isEqualTo(isCreated);
      }
      headStart.settle(isDeleted);
      created += isCreated ? 1 : 0;
      deleted += isDeleted ? 1 : 0;
    }
    assertThat(created).isPositive();
    assertThat(deleted).isPositive();
  }

  @Test
  void a_category_is_kept_while_a_product_is_on_sale_in_it() {
    CategoryId category = category();
    String product = product(category);
    assertRefused(delete(category), "CATEGORY_HAS_PRODUCTS");
    var _ =
        shop.catalog()
            .discontinueProduct(
                DiscontinueProductRequest.newBuilder().setProductId(product).build());

    var deleted = shop.catalog().deleteCategory(delete(category).build());

    var token = ConsistencyToken.decode(deleted.getConsistencyToken());
    assertThat(token.revisions())
        .containsEntry(StreamId.of("categories", "default"), deleted.getRevision());
    assertRefused(delete(category), "CATEGORY_NOT_FOUND");
    StatusRuntimeException late =
        catchThrowableOfType(StatusRuntimeException.class, () -> product(category));
    assertThat(Problem.from(late).code()).isEqualTo("CATEGORY_NOT_FOUND");
  }

  @Test
  void the_same_key_gives_the_same_answer_and_another_request_under_it_is_refused() {
    CategoryId category = category();
    CategoryId second = category();
    String key = Shop.newKey();
    var first = shop.catalog(shop.adminToken(), key).deleteCategory(delete(category).build());
    assertThat(shop.catalog(shop.adminToken(), key).deleteCategory(delete(category).build()))
        .isEqualTo(first);
    assertThat(code(shop.adminToken(), key, delete(second))).isEqualTo("COMMAND_ID_REUSED");
    assertThat(other.exists(second)).isTrue();
  }

  @Test
  void it_takes_a_writer_a_uuid_and_the_expected_revision() {
    CategoryId category = category();
    assertThat(code(shop.customerToken(), Shop.newKey(), delete(category))).isEqualTo("FORBIDDEN");
    assertRefused(DeleteCategoryRequest.newBuilder().setCategoryId("tea"), "INVALID_REQUEST");
    assertRefused(delete(category).setExpectedRevision(1_000_000), "REVISION_CONFLICT");
    assertThat(other.exists(category)).isTrue();
  }

  @Test
  void products_from_before_there_were_shelves_keep_their_category() {
    CategoryId category = category();
    ProductId product = new ProductId(UUID.randomUUID());
    other.createUnshelved(product, category);
    assertRefused(delete(category), "CATEGORY_HAS_PRODUCTS");
    other.discontinue(product);
    assertThat(deletes(category)).isTrue();
  }

  @Test
  void a_deletion_that_died_between_its_appends_is_ended_when_it_is_sent_again() {
    CategoryId category = category();
    // From then on each attempt has the same steps.
    CatalogProcess.await(other.shelves.open(category, CatalogProcess.command()));
    for (int step = 0; !other.shelf(category).state().closed(); step++) {
      assertThat(SteppedStore.dies(step, store, log, process -> process.deleteCategory(category)))
          .isTrue();
    }
    assertThat(other.exists(category)).isTrue();

    assertThat(deletes(category)).isTrue();

    assertThat(other.exists(category)).isFalse();
  }

  private CategoryId category() {
    var request = CreateCategoryRequest.newBuilder().setName(Shop.newKey()).build();
    return CategoryId.of(shop.catalog().createCategory(request).getCategoryId());
  }

  private String product(CategoryId category) {
    return shop.catalog()
        .createProduct(
            CreateProductRequest.newBuilder()
                .setName("Tea bowl")
                .setPriceMinorUnits(1_500)
                .setCurrency("JPY")
                .setCategoryId(category.toString())
                .build())
        .getProductId();
  }

  private boolean creates(CategoryId category) {
    try {
      return !product(category).isEmpty();
    } catch (StatusRuntimeException refused) {
      assertThat(Problem.from(refused).code()).isEqualTo("CATEGORY_NOT_FOUND");
      return false;
    }
  }

  private boolean deletes(CategoryId category) {
    try {
      return !shop.catalog()
          .deleteCategory(delete(category).build())
          .getConsistencyToken()
          .isEmpty();
    } catch (StatusRuntimeException refused) {
      assertThat(Problem.from(refused).code()).isIn("CATEGORY_HAS_PRODUCTS", "REVISION_CONFLICT");
      return false;
    }
  }

  private boolean isDeletedByOther(CategoryId category) {
    try {
      return other.deleteCategory(category) instanceof Accepted;
    } catch (ConcurrencyConflict lost) {
      return false;
    }
  }

  private static CompletableFuture<Boolean> later(long nanos, BooleanSupplier work) {
    // Not in the common pool: the store's client needs it, and has it for itself on two cores.
    return CompletableFuture.supplyAsync(
        () -> {
          LockSupport.parkNanos(nanos);
          return work.getAsBoolean();
        },
        task -> Thread.ofVirtual().start(task));
  }

  private static DeleteCategoryRequest.Builder delete(CategoryId category) {
    return DeleteCategoryRequest.newBuilder().setCategoryId(category.toString());
  }

  private void assertRefused(DeleteCategoryRequest.Builder request, String code) {
    assertThat(code(shop.adminToken(), Shop.newKey(), request)).isEqualTo(code);
  }

  private String code(String token, String key, DeleteCategoryRequest.Builder request) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> shop.catalog(token, key).deleteCategory(request.build()));
    return Problem.from(refused).code();
  }

  /// By how much the deletion starts before the creation: whoever lost gets more of it the next
  /// time, so that both win on machines of any speed, and most rounds are close.
  private static final class HeadStart {
    private static final long STEP_NANOS_MIN = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long STEP_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);

    private long nanos;
    private long step = TimeUnit.MILLISECONDS.toNanos(8);
    private boolean deletionWon;

    long nanos() {
      return nanos;
    }

    void settle(boolean deletionWins) {
      step =
          deletionWins == deletionWon
              ? Math.min(step * 2, STEP_NANOS_MAX)
              : Math.max(step / 2, STEP_NANOS_MIN);
      nanos += deletionWins ? -step : step;
      deletionWon = deletionWins;
    }
  }
}
