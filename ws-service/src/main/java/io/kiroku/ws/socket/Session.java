package io.kiroku.ws.socket;

import io.grpc.Status;
import io.kiroku.proto.job.v1.ListJobEventsResponse;
import io.kiroku.proto.job.v1.MutinyJobServiceGrpc.MutinyJobServiceStub;
import io.kiroku.ws.following.Following;
import io.kiroku.ws.following.Told;
import io.kiroku.ws.handshake.SocketUser;
import io.kiroku.ws.protocol.ClientMessage;
import io.kiroku.ws.protocol.ClientMessages;
import io.kiroku.ws.protocol.JobNews;
import io.kiroku.ws.protocol.ServerMessages;
import io.micrometer.core.instrument.Counter;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// One open socket. All its state belongs to one event loop; other threads only call [#deliver],
/// [#recheckAll] and [#close].
public final class Session {
  private static final Logger LOG = Logger.getLogger(Session.class);

  private final String connectionId;
  private final SocketUser user;
  private final Context context;
  private final SocketConfig config;
  private final Outgoing outgoing;
  private final FollowedJobs followed;
  private Instant heardAt = Instant.now();
  private boolean closed;

  Session(
      WebSocketConnection connection,
      SocketUser user,
      Context context,
      SocketConfig config,
      Watchers watchers,
      MutinyJobServiceStub jobs,
      Counter slow) {
    this.connectionId = connection.id();
    this.user = user;
    this.context = context;
    this.config = config;
    this.outgoing = new Outgoing(connection, config.outgoingMax().asLongValue(), slow);
    Loads loads = new Loads(context, jobs, config.loadsMax(), this::loaded, this::notLoaded);
    this.followed = new FollowedJobs(this, watchers, loads, config);
  }

  public String connectionId() {
    return connectionId;
  }

  public String userId() {
    return user.caller().userId();
  }

  /// News of jobs that this socket follows; from any thread, in their order.
  public void deliver(List<Told> news) {
    context.runOnContext(_ -> news.forEach(told -> followed.live(told, outgoing::send)));
  }

  /// Events may have been missed; from any thread.
  public void recheckAll() {
    context.runOnContext(_ -> followed.recheckAll());
  }

  /// Runs on the socket's event loop, after what was asked for before; from any thread.
  void run(Consumer<Session> work) {
    context.runOnContext(_ -> work.accept(this));
  }

  /// From any thread.
  void close(CloseReason reason) {
    context.runOnContext(_ -> outgoing.close(reason));
  }

  void received(String text) {
    heard();
    switch (ClientMessages.read(text)) {
      case ClientMessage.Subscribe subscribe -> subscribe(subscribe);
      case ClientMessage.Unsubscribe(var jobIds) -> {
        jobIds.forEach(followed::remove);
        outgoing.send(ServerMessages.unsubscribed(jobIds));
      }
      case ClientMessage.Ping _ -> outgoing.send(ServerMessages.pong());
      case ClientMessage.Unreadable(var code, var detail) ->
          outgoing.send(ServerMessages.error(code, detail));
    }
  }

  /// A sign of life.
  void heard() {
    heardAt = Instant.now();
  }

  /// Looks after what time alone brings about.
  void tick() {
    Instant now = Instant.now();
    if (now.isAfter(user.expiresAt())) {
      outgoing.close(CloseReasons.EXPIRED);
    } else if (Duration.between(heardAt, now).compareTo(config.silenceMax()) > 0) {
      outgoing.close(CloseReasons.SILENT);
    } else {
      followed.recheck(now);
    }
  }

  void ended() {
    closed = true;
    followed.clear();
  }

  private void subscribe(ClientMessage.Subscribe subscribe) {
    FollowedJobs.Taken taken = followed.makeRoomFor(subscribe.jobIds());
    outgoing.send(ServerMessages.subscribed(taken.accepted()));
    for (String jobId : taken.accepted()) {
      followed.add(jobId, subscribe.afterSequence().getOrDefault(jobId, 0L));
    }
    for (String jobId : taken.refused()) {
      outgoing.send(
          ServerMessages.error(
              jobId,
              "TOO_MANY_SUBSCRIPTIONS",
              "At most " + config.subscriptionsMax() + " unfinished jobs per socket."));
    }
  }

  private void loaded(Following following, ListJobEventsResponse answer) {
    if (closed || !followed.has(following)) {
      return;
    }
    followed.heard(following);
    following
        .loaded(answer.getJob(), JobNews.of(answer.getJob(), answer.getEventsList()))
        .forEach(outgoing::send);
    followed.loadIfNeeded(following);
  }

  private void notLoaded(Following following, Status.Code why) {
    if (closed || !followed.has(following)) {
      return;
    }
    switch (why) {
      case NOT_FOUND -> {
        if (followed.isUnknownTooLong(following)) {
          followed.remove(following.jobId());
          outgoing.send(
              ServerMessages.error(following.jobId(), "JOB_NOT_FOUND", "There is no such job."));
        }
      }
      case UNAUTHENTICATED -> outgoing.close(CloseReasons.EXPIRED);
      // The next tick asks again.
      default -> LOG.debugf("job-service answered %s about %s", why, following.jobId());
    }
  }
}
