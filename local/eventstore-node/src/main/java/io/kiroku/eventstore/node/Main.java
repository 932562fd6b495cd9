package io.kiroku.eventstore.node;

import io.kiroku.eventstore.node.log.LogStorage.StorageTaken;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs a node until it is told to stop.
@Command(
    name = "kiroku-eventstore-node",
    mixinStandardHelpOptions = true,
    version = "kiroku-eventstore-node 0.1.0, speaks EventStoreDB 24.10.0",
    description = "An EventStoreDB-compatible node over PostgreSQL or memory.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "2:an option is wrong",
      "3:another node has the storage",
      "4:the storage cannot be reached",
      "5:the storage came back with another log than this node wrote",
      "6:the port cannot be listened on",
      "143:stopped by SIGTERM"
    })
public final class Main implements Callable<Integer> {
  private static final int OK = 0;
  private static final int WRONG = 2;
  private static final int TAKEN = 3;
  private static final int AWAY = 4;
  private static final int LOST = 5;
  private static final int PORT_TAKEN = 6;
  private static final int PORT_MAX = 65_535;

  @Spec private @Nullable CommandSpec spec;

  /// Netty follows one buffer of 128 with a stack trace: some percent of what an append costs.
  private static final String LEAK_DETECTION = "io.grpc.netty.shaded.io.netty.leakDetectionLevel";

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "2113",
      description = "Port for gRPC and HTTP/1.1; 0 takes a free one.")
  private int port;

  @Option(
      names = "--storage",
      defaultValue = StorageOption.Memory.NAME,
      converter = StorageOption.Converter.class,
      description = "memory, or postgres:<JDBC URL, with or without jdbc:postgresql:>")
  private StorageOption storage = new StorageOption.Memory();

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
      names = "--max-append-event-size",
      defaultValue = "2147483647",
      description = "Bytes that one event of an append may have.")
  private int eventBytesMax;

  @Option(
      names = "--standard-projections",
      defaultValue = "false",
      arity = "1",
      paramLabel = "<true|false>",
      description = "Enable the system projections at start.")
  private boolean standardProjections;

  public static void main(String[] arguments) {
    if (System.getProperty(LEAK_DETECTION) == null) {
      System.setProperty(LEAK_DETECTION, "disabled");
    }
    int code =
        new CommandLine(new Main())
            .setParameterExceptionHandler((e, _) -> failed(WRONG, e.getMessage() + "; see --help"))
            .execute(arguments);
    if (code != OK) {
      System.exit(code);
    }
  }

  @Override
  public Integer call() throws Exception {
    check("--port", port, 0, PORT_MAX);
    check("--max-append-size", appendBytesMax, 1, Integer.MAX_VALUE);
    check("--max-append-event-size", eventBytesMax, 1, Integer.MAX_VALUE);
    EventStoreNode.Builder builder =
        EventStoreNode.on(storage.open(user, password))
            .host(host)
            .port(port)
            .appendBytesMax(appendBytesMax)
            .eventBytesMax(eventBytesMax)
            .standardProjections(standardProjections);
    EventStoreNode node;
    try {
      node = builder.onLost(Main::lost).start();
    } catch (StorageTaken e) {
      return failed(TAKEN, "cannot start on " + storage + ": " + e.getMessage());
    } catch (StorageUnavailable e) {
      return failed(AWAY, "cannot start on " + storage + ": " + e.getMessage());
    } catch (UncheckedIOException e) {
      return failed(PORT_TAKEN, "cannot listen on " + host + ":" + port + ": " + cause(e));
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(node)));
    System.out.printf(
        "EventStoreDB-compatible node listens on %s:%d (gRPC and HTTP/1.1), storage %s, log ends at"
            + " %d; clients connect to %s%n",
        host, node.port(), storage, node.end(), node.connectionString());
    node.join();
    return OK;
  }

  private void check(String option, int value, int min, int max) {
    if (spec != null && (value < min || value > max)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '%s': %d is not in %d..%d".formatted(option, value, min, max));
    }
  }

  private static void stop(EventStoreNode node) {
    node.close();
    System.out.println("Stopped; what was accepted is written");
  }

  private static int failed(int code, String reason) {
    System.err.println("kiroku-eventstore-node: " + reason.lines().findFirst().orElse(reason));
    return code;
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /// Two histories must not be mixed: better no node than that one.
  private static void lost(String reason) {
    System.err.println("Stops at once: " + reason);
    Runtime.getRuntime().halt(LOST);
  }
}
