package io.kiroku.gateway;

import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.proto.catalog.v1.CatalogServiceGrpc.CatalogServiceImplBase;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.CreateCategoryResponse;
import io.kiroku.proto.catalog.v1.DeleteCategoryRequest;
import io.kiroku.proto.catalog.v1.DeleteCategoryResponse;
import io.kiroku.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceImplBase;
import io.kiroku.proto.inventory.v1.ReceiveStockRequest;
import io.kiroku.proto.inventory.v1.ReceiveStockResponse;
import io.kiroku.proto.job.v1.GetJobRequest;
import io.kiroku.proto.job.v1.GetJobResponse;
import io.kiroku.proto.job.v1.IssueJobRequest;
import io.kiroku.proto.job.v1.IssueJobResponse;
import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobServiceGrpc.JobServiceImplBase;
import io.kiroku.proto.job.v1.JobState;
import io.kiroku.proto.job.v1.RejectJobRequest;
import io.kiroku.proto.job.v1.RejectJobResponse;
import io.kiroku.proto.ordering.v1.OrderingServiceGrpc.OrderingServiceImplBase;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.kiroku.proto.ordering.v1.PlaceOrderResponse;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.GetProductResponse;
import io.kiroku.proto.query.v1.Product;
import io.kiroku.proto.query.v1.QueryServiceGrpc.QueryServiceImplBase;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.CallMetadata;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What the tests need of the services: each wish is told by the request itself.
final class ShopServices {
  static final String USER = "mika";

  private static final Context.Key<Metadata> HEADERS = Context.key("headers");

  private ShopServices() {}

  static final class Keys implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return Contexts.interceptCall(
          Context.current().withValue(HEADERS, headers), call, headers, next);
    }
  }

  static final class Jobs extends JobServiceImplBase {
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    @Override
    public void issueJob(IssueJobRequest request, StreamObserver<IssueJobResponse> to) {
      Job job =
          jobs.computeIfAbsent(
              request.getJobId(),
              id ->
                  Job.newBuilder()
                      .setJobId(id)
                      .setKind(request.getKind())
                      .setState(JobState.JOB_STATE_ISSUED)
                      .build());
      answer(to, IssueJobResponse.newBuilder().setJob(job).build());
    }

    @Override
    public void rejectJob(RejectJobRequest request, StreamObserver<RejectJobResponse> to) {
      jobs.computeIfPresent(
          request.getJobId(),
          (_, job) ->
              job.toBuilder()
                  .setState(JobState.JOB_STATE_FAILED)
                  .setErrorCode(request.getCode())
                  .build());
      answer(to, RejectJobResponse.getDefaultInstance());
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> to) {
      Job job = jobs.get(request.getJobId());
      if (job == null) {
        to.onError(Errors.notFound("JOB_NOT_FOUND", "There is no such job."));
      } else {
        answer(to, GetJobResponse.newBuilder().setJob(job).build());
      }
    }
  }

  static final class Ordering extends OrderingServiceImplBase {
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger backlogAsked = new AtomicInteger();

    @Override
    public void placeOrder(PlaceOrderRequest request, StreamObserver<PlaceOrderResponse> to) {
      switch (request.getPaymentToken()) {
        case "refuse" ->
            to.onError(
                Errors.of(
                    Code.INVALID_ARGUMENT,
                    "ORDER_BELOW_MINIMUM",
                    "An order is worth at least 1,000 JPY."));
        case "reused" ->
            to.onError(
                Errors.conflict("COMMAND_ID_REUSED", "The key was used for something else."));
        case "busy" -> to.onError(Errors.overloaded("Too many orders wait."));
        case "backlog" -> {
          if (backlogAsked.getAndIncrement() == 0) {
            to.onError(tooManyInProgress());
          } else {
            placed(to);
          }
        }
        case "down" -> to.onError(Errors.unavailable("The event store does not answer."));
        case "bug" ->
            to.onError(
                io.grpc.Status.INTERNAL
                    .withDescription("java.lang.NullPointerException")
                    .asRuntimeException());
        case "hold" -> held(to);
        case "release" -> {
          released.countDown();
          placed(to);
        }
        default -> placed(to);
      }
    }

    /// As command-service says it.
    private static StatusRuntimeException tooManyInProgress() {
      return Errors.of(
          Code.RESOURCE_EXHAUSTED,
          "TOO_MANY_ORDERS_IN_PROGRESS",
          "Too many orders are being carried out; try again in 7 s.",
          RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(6_200)).build());
    }

    private void held(StreamObserver<PlaceOrderResponse> to) {
      try {
        boolean inTime = released.await(10, TimeUnit.SECONDS);
        assert inTime;
        placed(to);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void placed(StreamObserver<PlaceOrderResponse> to) {
      String key = HEADERS.get().get(CallMetadata.IDEMPOTENCY_KEY);
      UUID commandId = CommandIds.commandId("default", USER, String.valueOf(key));
      answer(
          to,
          PlaceOrderResponse.newBuilder()
              .setOrderId(CommandIds.derived(commandId, "order").toString())
              .setJobId(CommandIds.derived(commandId, "job").toString())
              .setConsistencyToken("token-1")
              .setRevision(0)
              .setTotalMinorUnits(1_200)
              .setCurrency("JPY")
              .build());
    }
  }

  static final class Inventory extends InventoryServiceImplBase {
    @Override
    public void receiveStock(ReceiveStockRequest request, StreamObserver<ReceiveStockResponse> to) {
      if (request.hasExpectedRevision() && request.getExpectedRevision() != 4) {
        to.onError(Errors.revisionConflict("It is at revision 4."));
      } else {
        answer(
            to,
            ReceiveStockResponse.newBuilder()
                .setAvailable(request.getQuantity())
                .setConsistencyToken("token-2")
                .setRevision(5)
                .build());
      }
    }
  }

  static final class Catalog extends CatalogServiceImplBase {
    @Override
    public void createCategory(
        CreateCategoryRequest request, StreamObserver<CreateCategoryResponse> to) {
      answer(
          to,
          CreateCategoryResponse.newBuilder()
              .setCategoryId(UUID.randomUUID().toString())
              .setConsistencyToken("token-3")
              .setRevision(1)
              .build());
    }

    /// One whose id begins with an `f` has products.
    @Override
    public void deleteCategory(
        DeleteCategoryRequest request, StreamObserver<DeleteCategoryResponse> to) {
      if (request.hasExpectedRevision() && request.getExpectedRevision() != 4) {
        to.onError(Errors.revisionConflict("It is at revision 4."));
      } else if (request.getCategoryId().startsWith("f")) {
        to.onError(
            Errors.of(
                Code.FAILED_PRECONDITION,
                "CATEGORY_HAS_PRODUCTS",
                "There are products on sale in it."));
      } else {
        answer(
            to,
            DeleteCategoryResponse.newBuilder()
                .setConsistencyToken("token-4")
                .setRevision(5)
                .build());
      }
    }
  }

  static final class Queries extends QueryServiceImplBase {
    @Override
    public void getProduct(GetProductRequest request, StreamObserver<GetProductResponse> to) {
      String token = HEADERS.get().get(CallMetadata.CONSISTENCY_TOKEN);
      if (token == null) {
        to.onError(Errors.notFound("PRODUCT_NOT_FOUND", "There is no such product."));
      } else {
        answer(
            to,
            GetProductResponse.newBuilder()
                .setProduct(
                    Product.newBuilder()
                        .setProductId(request.getProductId())
                        .setName(token)
                        .setRevision(3))
                .build());
      }
    }
  }

  private static <T> void answer(StreamObserver<T> to, T message) {
    to.onNext(message);
    to.onCompleted();
  }
}
