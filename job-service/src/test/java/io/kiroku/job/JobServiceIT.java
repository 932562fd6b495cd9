package io.kiroku.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.kiroku.job.store.Shards;
import io.kiroku.proto.job.v1.GetJobRequest;
import io.kiroku.proto.job.v1.IssueJobRequest;
import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobEvent;
import io.kiroku.proto.job.v1.JobServiceGrpc;
import io.kiroku.proto.job.v1.JobServiceGrpc.JobServiceBlockingStub;
import io.kiroku.proto.job.v1.JobState;
import io.kiroku.proto.job.v1.ListJobEventsRequest;
import io.kiroku.proto.job.v1.RejectJobRequest;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import io.kiroku.service.testing.Fulfillments;
import io.kiroku.service.testing.TestSchemaRegistry;
import io.kiroku.service.testing.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
@SuppressWarnings("NullAway.Init") // the test framework fills the fields
class JobServiceIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  KeyPair keys;
  Runnable redisGoesAway;
  Runnable redisComesBack;

  @TestHTTPResource URI endpoint;
  @Inject Redis redis;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrap;

  private final String jobId = UUID.randomUUID().toString();
  private ManagedChannel channel;
  private Fulfillments fulfillments;

  @BeforeEach
  void connect() {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", endpoint.getPort()).usePlaintext().build();
    fulfillments = new Fulfillments(bootstrap);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
    fulfillments.close();
  }

  @Test
  void the_owner_opens_sees_and_refuses_a_job() {
    JobServiceBlockingStub ada = as("ada", "writer");
    Job issued = issue(ada);
    assertThat(issued.getState()).isEqualTo(JobState.JOB_STATE_ISSUED);
    assertThat(issued.getUserId()).isEqualTo("ada");

    Job refused = ada.rejectJob(reject()).getJob();
    assertThat(refused.getState()).isEqualTo(JobState.JOB_STATE_FAILED);
    assertThat(ada.getJob(get()).getJob()).isEqualTo(refused);
    assertThat(ada.listJobEvents(list(1)).getEventsList())
        .extracting(event -> event.getAction())
        .containsExactly("rejected");
  }

  @Test
  void trap_16_only_the_owner_and_admins_see_a_job() {
    issue(as("ada", "writer"));
    JobServiceBlockingStub eve = as("eve", "writer");

    assertThat(as("root", "admin").getJob(get()).getJob().getUserId()).isEqualTo("ada");
    assertStatus(Status.Code.NOT_FOUND, () -> eve.getJob(get()));
    assertStatus(Status.Code.NOT_FOUND, () -> eve.listJobEvents(list(0)));
    assertStatus(Status.Code.NOT_FOUND, () -> eve.rejectJob(reject()));
    assertStatus(Status.Code.NOT_FOUND, () -> issue(eve));
    assertStatus(Status.Code.NOT_FOUND, () -> as("root", "admin").rejectJob(reject()));
    assertStatus(Status.Code.UNAUTHENTICATED, () -> issue(JobServiceGrpc.newBlockingStub(channel)));
  }

  @Test
  void what_is_no_job_id_is_refused() {
    var request = GetJobRequest.newBuilder().setJobId("}:outbox").build();
    assertStatus(Status.Code.INVALID_ARGUMENT, () -> as("ada", "writer").getJob(request));
  }

  @Test
  void a_fulfillment_is_told_in_order_with_the_clients_trace() throws Exception {
    try (var events = new TopicReader(bootstrap, "kiroku.job.events")) {
      issue(as("ada", "writer"));
      fulfillments.complete(jobId, "ada");

      var told = events.of(jobId, records -> records.size() >= 7);
      assertThat(told).extracting(each -> event(each).getSequence()).isEqualTo(sequences(7));
      assertThat(told)
          .extracting(each -> event(each).getAction())
          .containsExactly(
              "issued",
              "started",
              "step-requested",
              "step-completed",
              "step-requested",
              "step-completed",
              "completed");
      ConsumerRecord<String, byte[]> last = told.getLast();
      assertThat(event(last).getConsistencyToken()).isEqualTo("token");
      MessageHeaders headers = MessageHeaders.of(last.headers());
      assertThat(headers.traceparent()).contains(Fulfillments.TRACE_ID);
      assertThat(headers.revision()).isEqualTo(7);
      assertThat(headers.correlationId()).hasToString(jobId);
      assertThat(ConfluentFraming.unframe(last.value()).schemaId())
          .isEqualTo(TestSchemaRegistry.SCHEMA_ID);
    }
    Job job = as("ada", "writer").getJob(get()).getJob();
    assertThat(job.getState()).isEqualTo(JobState.JOB_STATE_SUCCEEDED);
    assertThat(job.getProgress()).isEqualTo(100);
    assertThat(job.getDoneList()).isEqualTo(Fulfillments.STEPS);
  }

  @Test
  void trap_4_a_poisoned_message_reaches_the_dead_letters_and_stops_nobody() {
    fulfillments.garbage("order-of-" + jobId);
    fulfillments.complete(jobId, "ada");

    awaitState(JobState.JOB_STATE_SUCCEEDED);
    try (var letters = new TopicReader(bootstrap, "kiroku.fulfillment.events.dlt")) {
      var letter = letters.of("order-of-" + jobId, found -> !found.isEmpty()).getFirst();
      assertThat(letter.value()).containsExactly(42, 42, 42);
      assertThat(MessageHeaders.text(letter.headers(), "dead-letter-reason")).isNotNull();
    }
  }

  @Test
  void trap_21_and_28_redis_away_for_a_while_loses_nothing_and_needs_no_restart() {
    issue(as("ada", "writer"));
    redisGoesAway.run();
    fulfillments.complete(jobId, "ada");
    assertStatus(Status.Code.UNAVAILABLE, () -> as("ada", "writer").getJob(get()));
    redisComesBack.run();

    awaitState(JobState.JOB_STATE_SUCCEEDED);
    try (var events = new TopicReader(bootstrap, "kiroku.job.events")) {
      var told = events.of(jobId, records -> distinct(records).size() >= 7);
      assertThat(distinct(told)).isEqualTo(sequences(7));
    }
  }

  @Test
  void a_crash_between_kafka_and_the_deletion_only_sends_twice() {
    // The default user loses the right to delete: Kafka has the entries, the outbox keeps them.
    redis(Request.cmd(Command.create("acl")).arg("SETUSER").arg("default").arg("-xdel"));
    try (var events = new TopicReader(bootstrap, "kiroku.job.events")) {
      fulfillments.complete(jobId, "ada");
      var told = events.of(jobId, records -> records.size() >= 12);
      assertThat(distinct(told)).isEqualTo(sequences(6));
    } finally {
      redis(Request.cmd(Command.create("acl")).arg("SETUSER").arg("default").arg("+xdel"));
    }
    await().atMost(SOON).until(() -> unsent() == 0);
  }

  private Job issue(JobServiceBlockingStub stub) {
    return stub.issueJob(
            IssueJobRequest.newBuilder().setJobId(jobId).setKind("place-order").build())
        .getJob();
  }

  private GetJobRequest get() {
    return GetJobRequest.newBuilder().setJobId(jobId).build();
  }

  private ListJobEventsRequest list(long after) {
    return ListJobEventsRequest.newBuilder().setJobId(jobId).setAfterSequence(after).build();
  }

  private RejectJobRequest reject() {
    return RejectJobRequest.newBuilder().setJobId(jobId).setCode("PRODUCT_NOT_FOUND").build();
  }

  private JobServiceBlockingStub as(String user, String role) {
    String token =
        Jwt.issuer("https://kiroku.local")
            .subject(user)
            .groups(Set.of(role))
            .expiresIn(Duration.ofHours(1))
            .sign(keys.getPrivate());
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return JobServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private void awaitState(JobState state) {
    await()
        .atMost(SOON)
        .ignoreException(StatusRuntimeException.class)
        .until(() -> as("ada", "writer").getJob(get()).getJob().getState() == state);
  }

  private long unsent() {
    return LongStream.range(0, Shards.COUNT)
        .map(shard -> redis(Request.cmd(Command.XLEN).arg(Shards.outbox((int) shard))).toLong())
        .sum();
  }

  private Response redis(Request request) {
    return redis.send(request).toCompletionStage().toCompletableFuture().join();
  }

  private static List<Long> distinct(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(each -> event(each).getSequence()).distinct().toList();
  }

  private static List<Long> sequences(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private static JobEvent event(ConsumerRecord<String, byte[]> message) {
    try {
      return JobEvent.parseFrom(ConfluentFraming.unframe(message.value()).payload());
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void assertStatus(
      Status.Code code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code));
  }
}
