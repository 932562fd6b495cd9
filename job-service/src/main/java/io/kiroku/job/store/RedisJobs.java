package io.kiroku.job.store;

import io.kiroku.proto.job.v1.Job;
import io.kiroku.proto.job.v1.JobProgress;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All jobs. Every method fails if Redis is away, and then may or may not have had its effect;
/// doing it again is harmless.
public final class RedisJobs {
  private final RedisLink redis;
  private final ChangeScript script;

  RedisJobs(RedisLink redis, ChangeScript script) {
    this.redis = redis;
    this.script = script;
  }

  /// Applies one change and answers the job as it is then.
  public Uni<Changed> change(JobChange change) {
    return redis
        .send(script.byDigest(change, true))
        .onFailure(RedisLink::isUnknownScript)
        .recoverWithUni(() -> redis.send(script.byText(change, true)))
        .map(answer -> changed(change.jobId(), Objects.requireNonNull(answer)));
  }

  /// The job, if there is one.
  public Uni<Optional<Job>> find(String jobId) {
    return redis
        .send(readJob(jobId))
        .map(answer -> new JobFields(RedisLink.map(answer)))
        .map(fields -> fields.isEmpty() ? Optional.empty() : Optional.of(fields.job(jobId)));
  }

  /// The job and its events after a sequence; the events may be newer than the job, never older.
  public Uni<Optional<JobHistory>> history(String jobId, long afterSequence) {
    Request events =
        Request.cmd(Command.XRANGE)
            .arg(JobKeys.of(jobId).events())
            .arg((afterSequence + 1) + "-0")
            .arg("+");
    return redis
        .batch(List.of(readJob(jobId), events))
        .map(answers -> history(jobId, answers.get(0), answers.get(1)));
  }

  private static Request readJob(String jobId) {
    return Request.cmd(Command.HGETALL).arg(JobKeys.of(jobId).job());
  }

  private static Optional<JobHistory> history(
      String jobId, @Nullable Response job, @Nullable Response entries) {
    var fields = new JobFields(RedisLink.map(job));
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    List<JobProgress> events = new ArrayList<>();
    if (entries != null) {
      entries.forEach(entry -> events.add(new JobFields(RedisLink.map(entry.get(1))).event()));
    }
    return Optional.of(new JobHistory(fields.job(jobId), events));
  }

  private static Changed changed(String jobId, Response answer) {
    Outcome outcome = Outcome.valueOf(answer.get(0).toString());
    return new Changed(outcome, new JobFields(RedisLink.map(answer.get(1))).job(jobId));
  }
}
