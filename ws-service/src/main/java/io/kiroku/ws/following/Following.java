package io.kiroku.ws.following;

import io.kiroku.proto.job.v1.Job;
import io.kiroku.ws.protocol.JobNews;
import io.kiroku.ws.protocol.ServerMessages;
import java.util.ArrayList;
import java.util.List;

/// How far one socket is with one job: every event is told once and in order, whatever comes twice,
/// late or not at all. Not for several threads.
///
/// Nothing is told before job-service has answered with the socket's own token: it is what knows
/// whose job this is.
public final class Following {
  // What comes during a load is mostly the next one or two; what is more is loaded again.
  private static final int HELD_MAX = 64;

  private final String jobId;
  private final List<Told> held = new ArrayList<>();
  private long last;
  private boolean introduced;
  private boolean loading;
  private boolean missed;
  private boolean overflowed;
  private boolean finished;

  /// @param afterSequence the last event that the client knows
  public Following(String jobId, long afterSequence) {
    this.jobId = jobId;
    this.last = afterSequence;
  }

  public String jobId() {
    return jobId;
  }

  /// Sequence after which to load.
  public long last() {
    return last;
  }

  public boolean isFinished() {
    return finished;
  }

  public boolean isLoading() {
    return loading;
  }

  /// A load is under way: live news wait for its answer.
  public void loading() {
    loading = true;
  }

  /// The load failed; another one is due.
  public void notLoaded() {
    loading = false;
  }

  /// News from Kafka.
  ///
  /// @return what is to be sent; [#needsLoad] may have become true
  public List<String> live(Told told) {
    if (told.sequence() <= last) {
      return List.of();
    }
    if (loading || !introduced) {
      hold(told);
      return List.of();
    }
    if (told.sequence() > last + 1) {
      hold(told);
      missed = true;
      return List.of();
    }
    accept(told.news());
    return List.of(told.text());
  }

  /// The answer of job-service: the job and its events after [#last].
  ///
  /// @return what is to be sent; [#needsLoad] may have become true
  public List<String> loaded(Job job, List<JobNews> events) {
    loading = false;
    // What was not held may be newer than this answer.
    missed = overflowed;
    overflowed = false;
    finished = JobNews.isFinal(ServerMessages.state(job.getState().name()));
    List<String> texts = new ArrayList<>();
    for (JobNews news : events) {
      if (news.sequence() > last) {
        accept(news);
        texts.add(ServerMessages.event(news));
      }
    }
    List<String> sent = new ArrayList<>();
    if (introduced) {
      sent.addAll(texts);
    } else {
      introduced = true;
      sent.add(ServerMessages.snapshot(job, texts));
    }
    sent.addAll(released());
    return sent;
  }

  /// Something was missed, or could not be loaded yet.
  public boolean needsLoad() {
    return !loading && (missed || !introduced);
  }

  private List<String> released() {
    List<Told> waiting = List.copyOf(held);
    held.clear();
    List<String> sent = new ArrayList<>();
    waiting.forEach(told -> sent.addAll(live(told)));
    return sent;
  }

  private void hold(Told told) {
    if (held.size() < HELD_MAX) {
      held.add(told);
    } else {
      overflowed = true;
    }
  }

  private void accept(JobNews news) {
    last = news.sequence();
    finished = news.isFinal();
  }
}
