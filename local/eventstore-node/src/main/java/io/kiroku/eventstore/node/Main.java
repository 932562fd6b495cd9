package io.kiroku.eventstore.node;

import com.sun.net.httpserver.HttpServer;
import io.kiroku.eventstore.node.log.LogStorage.StorageTaken;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a node until it is told to stop.
@Command(
    name = "kiroku-eventstore-node",
    mixinStandardHelpOptions = true,
    version = "kiroku-eventstore-node 0.1.0, speaks EventStoreDB 24.10.0",
    description = "An EventStoreDB-compatible node over PostgreSQL or memory.")
public final class Main implements Callable<Integer> {
  private static final int OK = 0;
  private static final int TAKEN = 3;
  private static final int AWAY = 4;
  private static final int LOST = 5;
  private static final String POSTGRES = "postgres:";
  private static final String JDBC = "jdbc:";

  /// Netty follows one buffer of 128 with a stack trace: some percent of what an append costs.
  private static final String LEAK_DETECTION = "io.grpc.netty.shaded.io.netty.leakDetectionLevel";

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "2113",
      description = "Port for gRPC; 0 takes a free one.")
  private int port;

  @Option(
      names = "--storage",
      defaultValue = "memory",
      description = "memory, or postgres:<JDBC URL, with or without jdbc:postgresql:>")
  private String storage = "memory";

  @Option(
      names = "--storage-user",
      defaultValue = "${env:KIROKU_STORAGE_USER}",
      description = "Database user; default: KIROKU_STORAGE_USER.")
  private @Nullable String user;

  @Option(
      names = "--storage-password",
      defaultValue = "${env:KIROKU_STORAGE_PASSWORD}",
      description = "Its password; better given as KIROKU_STORAGE_PASSWORD.")
  private @Nullable String password;

  @Option(
      names = "--max-append-size",
      defaultValue = "1048576",
      description = "Bytes that one append may have.")
  private int appendBytesMax;

  @Option(
      names = "--standard-projections",
      defaultValue = "false",
      arity = "1",
      paramLabel = "<true|false>",
      description = "Enable the system projections at start.")
  private boolean standardProjections;

  @Option(
      names = "--http-port",
      defaultValue = "-1",
      description = "Port for GET /health/live and /health/ready; none by default.")
  private int httpPort;

  public static void main(String[] arguments) {
    if (System.getProperty(LEAK_DETECTION) == null) {
      System.setProperty(LEAK_DETECTION, "disabled");
    }
    int code = new CommandLine(new Main()).execute(arguments);
    if (code != OK) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws Exception {
    EventStoreNode.Builder builder =
        builder()
            .host(host)
            .port(port)
            .appendBytesMax(appendBytesMax)
            .standardProjections(standardProjections);
    EventStoreNode node;
    try {
      node = builder.onLost(Main::lost).start();
    } catch (StorageTaken e) {
      return failed(TAKEN, e);
    } catch (StorageUnavailable e) {
      return failed(AWAY, e);
    }
    HttpServer http = httpPort < 0 ? null : health(node);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  if (http != null) {
                    http.stop(0);
                  }
                  node.close();
                }));
    System.out.printf(
        "EventStoreDB-compatible node listens on %s:%d, log ends at %d (%s)%n",
        host, node.port(), node.end(), storage.startsWith(POSTGRES) ? "postgres" : storage);
    node.join();
    return OK;
  }

  private EventStoreNode.Builder builder() {
    if (storage.equals("memory")) {
      return EventStoreNode.inMemory();
    }
    if (!storage.startsWith(POSTGRES) && !storage.startsWith(JDBC)) {
      throw new IllegalArgumentException("--storage is neither memory nor postgres:<url>");
    }
    String url = storage.startsWith(JDBC) ? storage : storage.substring(POSTGRES.length());
    return EventStoreNode.onPostgres(
        url.startsWith(JDBC) ? url : "jdbc:postgresql:" + url, user, password);
  }

  private HttpServer health(EventStoreNode node) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(host, httpPort), 0);
    server.createContext(
        "/health/live",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(node.ready() ? 204 : 503, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static int failed(int code, RuntimeException e) {
    System.err.println("Cannot start: " + e.getMessage());
    return code;
  }

  /// Two histories must not be mixed: better no node than that one.
  private static void lost(String reason) {
    System.err.println("Stops at once: " + reason);
    Runtime.getRuntime().halt(LOST);
  }
}
