package io.kiroku.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobProgress;
import io.kiroku.proto.job.v1.JobState;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JobScriptTest {
  private static RedisFixture redis;
  private final Changes job = Changes.ofNewJob();

  @BeforeAll
  static void start() {
    redis = new RedisFixture();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void trap_14_a_job_whose_begin_never_comes_expires_all_the_same() {
    redis.apply(List.of(job.progress(3, JobAction.STEP_COMPLETED, "reserve-inventory")));

    JobKeys keys = JobKeys.of(job.jobId());
    for (String key : List.of(keys.job(), keys.events())) {
      assertThat(redis.timeToLive(key))
          .isBetween(RedisFixture.EXPIRY.minus(Duration.ofMinutes(1)), RedisFixture.EXPIRY);
    }
  }

  @Test
  void an_issued_job_expires() {
    Job issued = redis.change(job.issue()).job();

    assertThat(redis.timeToLive(JobKeys.of(job.jobId()).job())).isPositive();
    assertThat(issued.getExpiresAt().getSeconds())
        .isGreaterThan(Changes.AT.plus(RedisFixture.EXPIRY).getEpochSecond() - 1);
  }

  @Test
  void trap_15_concurrent_changes_of_one_job_leave_neither_gap_nor_double() {
    int count = 200;
    List<Uni<Changed>> changes = new ArrayList<>();
    for (long revision = count; revision > 0; revision--) {
      changes.add(redis.jobs.change(job.progress(revision, JobAction.STEP_REQUESTED, "s")));
      changes.add(redis.jobs.change(job.issue()));
    }

    List<Changed> done = Uni.join().all(changes).andFailFast().await().atMost(RedisFixture.SOON);

    long applied = done.stream().filter(each -> each.outcome() == Outcome.APPLIED).count();
    assertThat(applied).isPositive();
    List<Long> wanted = LongStream.rangeClosed(1, applied).boxed().toList();
    assertThat(sequences(redis.history(job.jobId(), 0))).isEqualTo(wanted);
    assertThat(redis.outbox(job.jobId()).stream().map(e -> Long.valueOf(e.get("sequence"))))
        .isEqualTo(wanted);
  }

  @Test
  void the_same_and_older_revisions_are_no_news() {
    redis.apply(List.of(job.started(0), job.progress(5, JobAction.STEP_REQUESTED, "a")));
    assertThat(redis.change(job.progress(5, JobAction.STUCK, "a")).outcome())
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(redis.change(job.progress(4, JobAction.STUCK, "a")).outcome())
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(redis.history(job.jobId(), 0).events()).hasSize(2);
  }

  @Test
  void issuing_twice_changes_nothing() {
    redis.change(job.issue());
    Changed again = redis.change(job.issue());

    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.job().getSequence()).isEqualTo(1);
    assertThat(again.job().getState()).isEqualTo(JobState.JOB_STATE_ISSUED);
  }

  @Test
  void processed_before_begun_is_fine() {
    redis.apply(List.of(job.started(0)));
    Changed issued = redis.change(job.issue());

    assertThat(issued.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(issued.job().getState()).isEqualTo(JobState.JOB_STATE_RUNNING);
    assertThat(issued.job().getKind()).isEqualTo("place-order");
    assertThat(issued.job().hasIssuedAt()).isTrue();
  }

  @Test
  void what_is_told_again_after_the_job_has_expired_brings_no_job_back() {
    var lastWeek = job.at(Changes.AT.minus(RedisFixture.EXPIRY));
    redis.apply(List.of(lastWeek.started(0), lastWeek.ended(1, JobAction.COMPLETED, "", "token")));

    assertThat(redis.jobs.history(job.jobId(), 0).await().atMost(RedisFixture.SOON)).isEmpty();
    assertThat(redis.outbox(job.jobId())).isEmpty();
  }

  @Test
  void progress_counts_the_steps_that_are_done() {
    redis.apply(
        List.of(
            job.started(0),
            job.progress(1, JobAction.STEP_REQUESTED, Changes.STEPS.get(0)),
            job.progress(2, JobAction.STEP_COMPLETED, Changes.STEPS.get(0)),
            job.progress(3, JobAction.STEP_COMPLETED, Changes.STEPS.get(1))));

    Job running = redis.history(job.jobId(), 0).job();
    assertThat(running.getProgress()).isEqualTo(66);
    assertThat(running.getDoneList()).isEqualTo(Changes.STEPS.subList(0, 2));
    assertThat(running.getPendingList()).isEqualTo(Changes.STEPS.subList(2, 3));

    redis.apply(
        List.of(
            job.progress(4, JobAction.STEP_COMPLETED, Changes.STEPS.get(2)),
            job.ended(5, JobAction.COMPLETED, "", "token")));
    JobHistory ended = redis.history(job.jobId(), 0);
    assertThat(ended.events().stream().map(JobProgress::getProgress))
        .containsExactly(0, 0, 33, 66, 99, 100);
    assertThat(ended.job().getState()).isEqualTo(JobState.JOB_STATE_SUCCEEDED);
    assertThat(ended.job().getConsistencyToken()).isEqualTo("token");
    assertThat(redis.outbox(job.jobId()).getLast()).containsEntry("token", "token");
  }

  @Test
  void a_compensated_job_has_failed_with_the_code_and_a_token() {
    redis.apply(
        List.of(
            job.started(0),
            job.progress(1, JobAction.STEP_COMPLETED, Changes.STEPS.get(0)),
            job.failed(2, JobAction.STEP_FAILED, Changes.STEPS.get(1), "FRAUD_SUSPECTED"),
            job.progress(3, JobAction.COMPENSATION_REQUESTED, Changes.STEPS.get(0)),
            job.progress(4, JobAction.COMPENSATION_COMPLETED, Changes.STEPS.get(0)),
            job.ended(5, JobAction.COMPENSATED, "FRAUD_SUSPECTED", "token")));

    JobHistory ended = redis.history(job.jobId(), 0);
    assertThat(ended.events().get(3).getState()).isEqualTo(JobState.JOB_STATE_COMPENSATING);
    assertThat(ended.job().getState()).isEqualTo(JobState.JOB_STATE_FAILED);
    assertThat(ended.job().getErrorCode()).isEqualTo("FRAUD_SUSPECTED");
    assertThat(ended.job().getConsistencyToken()).isEqualTo("token");
    assertThat(ended.job().getProgress()).isEqualTo(100);
    assertThat(ended.job().getDoneList()).isEmpty();
  }

  @Test
  void an_operator_moves_a_stuck_job_on() {
    redis.apply(
        List.of(
            job.started(0),
            job.failed(1, JobAction.STUCK, "a", "GAVE_UP"),
            job.progress(2, JobAction.STEP_REQUESTED, "a")));
    assertThat(redis.history(job.jobId(), 0).job().getState())
        .isEqualTo(JobState.JOB_STATE_RUNNING);
  }

  @Test
  void a_refusal_ends_what_has_not_begun_and_the_fulfillment_overrides_it() {
    redis.change(job.issue());
    Job refused = redis.change(job.reject("PRODUCT_NOT_FOUND")).job();
    assertThat(refused.getState()).isEqualTo(JobState.JOB_STATE_FAILED);
    assertThat(refused.getErrorCode()).isEqualTo("PRODUCT_NOT_FOUND");

    redis.apply(List.of(job.started(0)));
    Job running = redis.history(job.jobId(), 0).job();
    assertThat(running.getState()).isEqualTo(JobState.JOB_STATE_RUNNING);
    assertThat(running.getErrorCode()).isEmpty();
    assertThat(running.hasCompletedAt()).isFalse();
    assertThat(redis.change(job.reject("LATE")).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void a_refused_job_can_be_opened_again_for_another_try() {
    redis.change(job.issue());
    redis.change(job.reject("OUT_OF_STOCK"));
    Changed again = redis.change(job.issue());

    assertThat(again.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(again.job().getState()).isEqualTo(JobState.JOB_STATE_ISSUED);
    assertThat(again.job().getSequence()).isEqualTo(3);
  }

  @Test
  void trap_16_nobody_changes_another_users_job() {
    redis.change(job.issue());
    assertThat(redis.change(job.by("eve").issue()).outcome()).isEqualTo(Outcome.FOREIGN);
    assertThat(redis.change(job.by("eve").reject("NO")).outcome()).isEqualTo(Outcome.FOREIGN);
    assertThat(redis.history(job.jobId(), 0).job().getUserId()).isEqualTo("ada");
    assertThat(redis.outbox(job.jobId())).hasSize(1);
  }

  @Test
  void a_redis_that_lost_its_scripts_learns_them_again() {
    redis.apply(List.of(job.started(0)));
    redis.ask(Request.cmd(Command.SCRIPT).arg("FLUSH"));
    assertThat(redis.apply(List.of(job.progress(1, JobAction.STEP_REQUESTED, "a")))).isEmpty();
    redis.ask(Request.cmd(Command.SCRIPT).arg("FLUSH"));
    assertThat(redis.change(job.progress(2, JobAction.STEP_COMPLETED, "a")).outcome())
        .isEqualTo(Outcome.APPLIED);
  }

  @Test
  void trap_18_a_change_that_redis_never_takes_stops_no_other() {
    redis.ask(Request.cmd(Command.SET).arg(JobKeys.of(job.jobId()).job()).arg("no hash"));
    Changes other = Changes.ofNewJob();

    List<RefusedChange> refused =
        redis.apply(
            List.of(
                other.started(0), job.started(0), other.ended(1, JobAction.COMPLETED, "", "t")));

    assertThat(refused).extracting(RefusedChange::index).containsExactly(1);
    assertThat(redis.history(other.jobId(), 0).job().getState())
        .isEqualTo(JobState.JOB_STATE_SUCCEEDED);
  }

  @Test
  void history_after_a_sequence_has_only_what_is_newer() {
    redis.change(job.issue());
    redis.apply(List.of(job.started(0), job.progress(1, JobAction.STEP_REQUESTED, "a")));

    JobHistory newer = redis.history(job.jobId(), 2);
    assertThat(sequences(newer)).containsExactly(3L);
    assertThat(newer.events().getFirst().getTraceparent()).isEqualTo(Changes.TRACE);
    assertThat(
            redis
                .jobs
                .history("00000000-0000-0000-0000-000000000000", 0)
                .await()
                .atMost(RedisFixture.SOON))
        .isEmpty();
  }

  private static List<Long> sequences(JobHistory history) {
    return history.events().stream().map(JobProgress::getSequence).toList();
  }
}
