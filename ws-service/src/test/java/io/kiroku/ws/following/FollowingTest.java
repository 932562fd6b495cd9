package io.kiroku.ws.following;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobState;
import io.kiroku.ws.protocol.JobNews;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FollowingTest {
  private static final String JOB = "6f2c1c52-2c2b-4c6c-8c77-9a4d3a2f0001";
  private final Following following = new Following(JOB, 0);

  @Test
  void nothing_is_told_before_job_service_has_answered() {
    following.loading();
    assertThat(following.live(told(1))).isEmpty();

    List<String> sent = following.loaded(job(1), news(1, 1));
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst()).contains("job-snapshot").contains("\"sequence\":1");
  }

  @Test
  void what_came_during_the_load_is_told_after_it_and_once() {
    following.loading();
    following.live(told(2));
    following.live(told(3));
    List<String> sent = following.loaded(job(2), news(1, 2));

    assertThat(sent).hasSize(2);
    assertThat(sent.getLast()).contains("\"sequence\":3");
    assertThat(following.live(told(3))).isEmpty();
    assertThat(following.last()).isEqualTo(3);
  }

  @Test
  void a_gap_is_loaded_and_then_told_in_order() {
    begin();
    assertThat(following.live(told(4))).isEmpty();
    assertThat(following.needsLoad()).isTrue();

    following.loading();
    List<String> sent = following.loaded(job(3), news(2, 3));
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2)).contains("\"sequence\":4");
    assertThat(following.needsLoad()).isFalse();
  }

  @Test
  void duplicates_and_late_ones_are_dropped() {
    begin();
    assertThat(following.live(told(2))).hasSize(1);
    assertThat(following.live(told(2))).isEmpty();
    assertThat(following.live(told(1))).isEmpty();
  }

  @Test
  void more_than_can_be_held_is_loaded_again() {
    following.loading();
    LongStream.rangeClosed(2, 200).forEach(sequence -> following.live(told(sequence)));
    following.loaded(job(1), news(1, 1));
    assertThat(following.needsLoad()).isTrue();

    following.loading();
    following.loaded(job(200), news(following.last() + 1, 200));
    assertThat(following.last()).isEqualTo(200);
    assertThat(following.needsLoad()).isFalse();
  }

  @Test
  void a_load_that_fails_is_due_again() {
    following.loading();
    following.notLoaded();
    assertThat(following.needsLoad()).isTrue();
  }

  private void begin() {
    following.loading();
    following.loaded(job(1), news(1, 1));
  }

  private static Job job(long sequence) {
    return Job.newBuilder()
        .setJobId(JOB)
        .setState(JobState.JOB_STATE_RUNNING)
        .setSequence(sequence)
        .build();
  }

  private static List<JobNews> news(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(FollowingTest::news).toList();
  }

  private static JobNews news(long sequence) {
    return new JobNews(
        JOB,
        sequence,
        "RUNNING",
        0,
        "step-requested",
        "a",
        "",
        "",
        "",
        Timestamp.getDefaultInstance());
  }

  private static Told told(long sequence) {
    return Told.of(news(sequence));
  }
}
