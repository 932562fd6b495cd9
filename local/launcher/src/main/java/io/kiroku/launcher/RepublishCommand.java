package io.kiroku.launcher;

import io.grpc.StatusRuntimeException;
import io.kiroku.launcher.platform.PlatformException;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.ServiceChannel;
import io.kiroku.proto.outbox.v1.OutboxAdminGrpc;
import io.kiroku.proto.outbox.v1.OutboxAdminGrpc.OutboxAdminBlockingStub;
import io.kiroku.proto.outbox.v1.RepublishRequest;
import io.kiroku.proto.outbox.v1.RepublishResponse;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Has the command service send messages again, and shows how far it is.
@Command(
    name = "republish",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends again what the log says, from a position to where the publisher is now:",
      "after Kafka was wiped, or messages were lost with the replication slot.",
      "Messages keep their ids; what arrives twice has its effect once."
    },
    footer = {"", "Interrupted, it goes on with --from and the last position that was printed."})
final class RepublishCommand implements Callable<Integer> {
  private static final Duration PRINT_EVERY = Duration.ofSeconds(1);

  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "POSITION",
      description = "log position to begin at, inclusive; 0 for everything")
  private long from;

  @Override
  public Integer call() {
    try (var channel = new ServiceChannel(options.platform(), Port.COMMAND_SERVICE)) {
      return republish(channel.asOperator(OutboxAdminGrpc::newBlockingStub), System.out);
    }
  }

  private int republish(OutboxAdminBlockingStub outbox, PrintStream out) {
    long position = from;
    Instant printed = Instant.MIN;
    try {
      Iterator<RepublishResponse> answers =
          outbox.republish(RepublishRequest.newBuilder().setFromPosition(from).build());
      while (answers.hasNext()) {
        RepublishResponse progress = answers.next();
        position = Math.max(position, progress.getPosition());
        if (progress.getDone() || Instant.now().isAfter(printed.plus(PRINT_EVERY))) {
          out.println(line(progress));
          printed = Instant.now();
        }
        if (progress.getDone()) {
          return 0;
        }
      }
      throw new PlatformException("interrupted; go on with --from " + position);
    } catch (StatusRuntimeException refused) {
      throw new PlatformException(
          "%s; go on with --from %d".formatted(refused.getStatus(), position), refused);
    }
  }

  private static String line(RepublishResponse progress) {
    String line =
        "position %d of %d: %d events read, %d messages written"
            .formatted(
                progress.getPosition(),
                progress.getEndPosition(),
                progress.getEventsRead(),
                progress.getMessagesWritten());
    if (progress.getDone()) {
      return line + ", done";
    }
    return progress.getRowsWaiting() > 0
        ? line + ", %d wait for the connector".formatted(progress.getRowsWaiting())
        : line;
  }
}
