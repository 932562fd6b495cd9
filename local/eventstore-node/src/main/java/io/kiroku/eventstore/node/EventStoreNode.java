package io.kiroku.eventstore.node;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.kiroku.eventstore.node.groups.Groups;
import io.kiroku.eventstore.node.grpc.AppendLimits;
import io.kiroku.eventstore.node.grpc.Calls;
import io.kiroku.eventstore.node.grpc.GossipService;
import io.kiroku.eventstore.node.grpc.MonitoringService;
import io.kiroku.eventstore.node.grpc.PersistentSubscriptionsService;
import io.kiroku.eventstore.node.grpc.ProjectionsService;
import io.kiroku.eventstore.node.grpc.RawMessages;
import io.kiroku.eventstore.node.grpc.ServerFeaturesService;
import io.kiroku.eventstore.node.grpc.StreamsService;
import io.kiroku.eventstore.node.http.Member;
import io.kiroku.eventstore.node.http.SharedPort;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Limits;
import io.kiroku.eventstore.node.log.LogStorage;
import io.kiroku.eventstore.node.projections.Projections;
import io.kiroku.eventstore.node.statistics.Statistics;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import io.kiroku.eventstore.node.storage.PostgresStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A node of EventStoreDB's protocol: one log, served by gRPC on one port, which also answers
/// HTTP/1.1 to those who ask how the node is.
///
/// ```java
/// try (EventStoreNode node = EventStoreNode.inMemory().start()) {
///   EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
/// }
/// ```
public final class EventStoreNode implements AutoCloseable {
  /// Clients ping every 10 s; a server with gRPC's defaults would hang up on them for that.
  private static final long PERMITTED_PING_MILLIS = 1_000;

  private static final int INBOUND_BYTES_MAX = 17 << 20;
  private static final int WINDOW_BYTES = 1 << 20;

  /// A client with more waits for some of them to end.
  private static final int CALLS_PER_CONNECTION_MAX = 2_000;

  private final EventLog log;
  private final Groups groups;
  private final Projections projections;
  private final boolean standardProjections;
  private final StreamsService streams;
  private final MonitoringService monitoring;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Server server;
  private final String host;

  private EventStoreNode(Builder options) {
    host = options.host;
    log = new EventLog(options.storage, options.limits, options.clock, options.onLost);
    groups = new Groups(log);
    projections = new Projections(log, options.storage.links());
    standardProjections = options.standardProjections;
    streams =
        new StreamsService(log, new AppendLimits(options.appendBytesMax, options.eventBytesMax));
    Member member = new Member(UUID.randomUUID(), host, this::port, this::ready, this::end);
    Statistics statistics = new Statistics(log, groups, streams::subscriptions);
    monitoring = new MonitoringService(statistics);
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(host, options.port),
                SharedPort.credentials(member, statistics))
            .directExecutor()
            .permitKeepAliveTime(PERMITTED_PING_MILLIS, TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxInboundMessageSize(INBOUND_BYTES_MAX)
            .flowControlWindow(WINDOW_BYTES)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
            .intercept(new Calls())
            .addService(RawMessages.of(streams))
            .addService(RawMessages.of(new PersistentSubscriptionsService(groups)))
            .addService(RawMessages.of(new ProjectionsService(projections)))
            .addService(new ServerFeaturesService())
            .addService(new GossipService(member.instance(), host, this::port))
            .addService(monitoring)
            .addService(health.getHealthService())
            .build();
  }

  /// A node that forgets everything when it is closed, for tests.
  public static Builder inMemory() {
    return new Builder(new MemoryStorage());
  }

  /// A node on a PostgreSQL database of its own.
  public static Builder onPostgres(
      String jdbcUrl, @Nullable String user, @Nullable String password) {
    return new Builder(new PostgresStorage(jdbcUrl, user, password));
  }

  public static Builder on(LogStorage storage) {
    return new Builder(storage);
  }

  private EventStoreNode start() {
    try {
      log.start();
      groups.start();
      projections.start(standardProjections);
      server.start();
      return this;
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public String host() {
    return host;
  }

  public int port() {
    return server.getPort();
  }

  /// What a client connects with.
  public String connectionString() {
    return "esdb://%s:%d?tls=false".formatted(host, port());
  }

  /// Whether appends are accepted just now.
  public boolean ready() {
    return log.ready();
  }

  /// The position the next event will get.
  public long end() {
    return log.end();
  }

  /// Waits until the node is closed.
  public void join() throws InterruptedException {
    server.awaitTermination();
  }

  /// Ends all calls with UNAVAILABLE, writes what was accepted, and lets the storage go.
  @Override
  public void close() {
    health.enterTerminalState();
    streams.close();
    monitoring.close();
    groups.close();
    projections.close();
    server.shutdown();
    log.close();
    try {
      if (!server.awaitTermination(2, TimeUnit.SECONDS)) {
        server.shutdownNow().awaitTermination(2, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /// How a node is to run. Every value has a default.
  public static final class Builder {
    private static final int APPEND_BYTES_MAX_DEFAULT = 1 << 20;

    private final LogStorage storage;
    private String host = "127.0.0.1";
    private int port;
    private int appendBytesMax = APPEND_BYTES_MAX_DEFAULT;
    private int eventBytesMax = Integer.MAX_VALUE;
    private boolean standardProjections;
    private Limits limits = Limits.DEFAULT;
    private InstantSource clock = InstantSource.system();
    private Consumer<String> onLost =
        reason ->
            System.getLogger(EventStoreNode.class.getName()).log(System.Logger.Level.ERROR, reason);

    private Builder(LogStorage storage) {
      this.storage = storage;
    }

    public Builder host(String address) {
      host = address;
      return this;
    }

    /// 0, the default, takes a free one.
    public Builder port(int number) {
      port = number;
      return this;
    }

    public Builder appendBytesMax(int bytes) {
      appendBytesMax = bytes;
      return this;
    }

    /// What each event of an append may have; by default the append is the only limit.
    public Builder eventBytesMax(int bytes) {
      eventBytesMax = bytes;
      return this;
    }

    /// Whether the system projections that are not enabled are enabled at start. By default they
    /// stay as they are, which in a new log is not enabled.
    public Builder standardProjections(boolean enabled) {
      standardProjections = enabled;
      return this;
    }

    public Builder limits(Limits bounds) {
      limits = bounds;
      return this;
    }

    /// Dates events, and tells how old they are where a stream has a `$maxAge`: for tests, which
    /// need not wait for events to expire.
    public Builder clock(InstantSource instants) {
      clock = instants;
      return this;
    }

    /// Told when the storage turns out to hold another log than this node wrote.
    public Builder onLost(Consumer<String> listener) {
      onLost = listener;
      return this;
    }

    /// Fails with [LogStorage.StorageTaken] if another node has the storage, with
    /// [LogStorage.StorageUnavailable] if it cannot be reached.
    public EventStoreNode start() {
      return new EventStoreNode(this).start();
    }
  }
}
