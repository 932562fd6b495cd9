package io.kiroku.ws.socket;

import io.kiroku.ws.following.JobHistories;
import io.kiroku.ws.handshake.SocketUser;
import io.kiroku.ws.presence.Presence;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Where clients connect. Its methods return at once and run on the socket's event loop.
@WebSocket(path = "/ws")
public class JobsEndpoint {
  private static final Logger LOG = Logger.getLogger(JobsEndpoint.class);
  private static final TypedKey<Session> SESSION = new TypedKey<>("kiroku-session");
  private static final TypedKey<Long> TIMER = TypedKey.forLong("kiroku-timer");

  private final Vertx vertx;
  private final SocketConfig config;
  private final Sessions sessions;
  private final Watchers watchers;
  private final JobHistories histories;
  private final Presence presence;
  private final Counter slow;

  JobsEndpoint(
      Vertx vertx,
      SocketConfig config,
      Sessions sessions,
      Watchers watchers,
      JobHistories histories,
      Presence presence,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.config = config;
    this.sessions = sessions;
    this.watchers = watchers;
    this.histories = histories;
    this.presence = presence;
    this.slow = metrics.counter("kiroku.ws.closed.slow");
  }

  @OnOpen
  Uni<Void> open(WebSocketConnection connection) {
    SocketUser user = connection.userData().get(SocketUser.KEY);
    Context context = VertxContext.getRootContext(Vertx.currentContext());
    var session =
        new Session(connection, user, context, config, watchers, histories.as(user), slow);
    connection.userData().put(SESSION, session);
    sessions.add(session);
    long timer = vertx.setPeriodic(config.tick().toMillis(), _ -> session.run(Session::tick));
    connection.userData().put(TIMER, timer);
    presence.opened(session.userId(), session.connectionId());
    return Uni.createFrom().voidItem();
  }

  @OnTextMessage
  Uni<Void> message(String text, WebSocketConnection connection) {
    return onContext(connection, session -> session.received(text));
  }

  @OnPongMessage
  Uni<Void> pong(Buffer ignored, WebSocketConnection connection) {
    return onContext(connection, Session::heard);
  }

  @OnClose
  Uni<Void> closed(WebSocketConnection connection, CloseReason reason) {
    Session session = connection.userData().get(SESSION);
    if (session != null) {
      Long timer = connection.userData().get(TIMER);
      vertx.cancelTimer(timer);
      sessions.remove(session);
      presence.closed(session.userId(), session.connectionId(), reason.getCode());
    }
    return onContext(connection, Session::ended);
  }

  @OnError
  Uni<Void> failed(Throwable failure, WebSocketConnection connection) {
    LOG.warnf(failure, "Socket %s failed", connection.id());
    return Uni.createFrom().voidItem();
  }

  private static Uni<Void> onContext(WebSocketConnection connection, Consumer<Session> work) {
    Session session = connection.userData().get(SESSION);
    if (session != null) {
      session.run(work);
    }
    return Uni.createFrom().voidItem();
  }
}
