package io.kiroku.job.store;

import io.kiroku.job.store.JobChange.Issue;
import io.kiroku.job.store.JobChange.Progress;
import io.kiroku.job.store.JobChange.Reject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/// Changes of one job for tests.
record Changes(String jobId, String user, Instant at) {
  /// One recent moment for all tests of a run: jobs of long ago have expired.
  @SuppressWarnings("TimeInStaticInitializer")
  static final Instant AT = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  static final List<String> STEPS =
      List.of("reserve-inventory", "process-payment", "confirm-order");
  static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  static Changes ofNewJob() {
    return new Changes(UUID.randomUUID().toString(), "ada", AT);
  }

  Issue issue() {
    return new Issue(jobId, user, "default", "place-order", at, TRACE);
  }

  Reject reject(String code) {
    return new Reject(jobId, user, "default", code, at, TRACE);
  }

  Changes by(String otherUser) {
    return new Changes(jobId, otherUser, at);
  }

  Changes at(Instant time) {
    return new Changes(jobId, user, time);
  }

  Progress started(long revision) {
    return progress(revision, JobAction.STARTED, "", "", "", STEPS);
  }

  Progress progress(long revision, JobAction action, String step) {
    return progress(revision, action, step, "", "", List.of());
  }

  Progress failed(long revision, JobAction action, String step, String code) {
    return progress(revision, action, step, code, "", List.of());
  }

  Progress ended(long revision, JobAction action, String code, String token) {
    return progress(revision, action, "", code, token, List.of());
  }

  private Progress progress(
      long revision, JobAction action, String step, String code, String token, List<String> steps) {
    String order = "order-of-" + jobId;
    String cause = UUID.nameUUIDFromBytes(new byte[] {(byte) revision}).toString();
    return new Progress(
        jobId,
        user,
        "default",
        at,
        TRACE,
        order,
        revision,
        action,
        step,
        code,
        token,
        steps,
        cause,
        1000 + revision);
  }
}
