package io.kiroku.launcher;

import io.kiroku.launcher.demo.ProgressBar;
import io.kiroku.proto.projection.v1.BuildComparison;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc.RebuildAdminBlockingStub;
import io.kiroku.proto.projection.v1.RebuildProgress;
import io.kiroku.proto.projection.v1.RebuildRequest;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Builds a read model anew from the log, beside the one that answers queries, and lets queries",
      "change over when it has caught up and lacks nothing."
    },
    footer = {"", "Interrupted, it goes on; the same command shows it again."})
final class ProjectionsRebuildCommand implements Callable<Integer> {
  private static final int ALL = 100;

  @Mixin private ProjectionCalls projections = new ProjectionCalls();

  @Option(names = "--hold", description = "waits for: ./kiroku projections switch PROJECTION")
  private boolean hold;

  @Parameters(paramLabel = "PROJECTION", description = "order-view, for example")
  private String projection = "";

  @Override
  public Integer call() {
    return projections.rebuilds(this::rebuild);
  }

  private void rebuild(RebuildAdminBlockingStub admin) {
    var bar = new ProgressBar(System.out, DemoCommand.isTerminal());
    RebuildProgress last = RebuildProgress.getDefaultInstance();
    var answers =
        admin.rebuild(RebuildRequest.newBuilder().setProjection(projection).setHold(hold).build());
    while (answers.hasNext()) {
      last = answers.next().getProgress();
      bar.show(percent(last), line(last));
    }
    bar.finish();
    System.out.println("  build " + last.getBuild() + ": " + last.getPhase());
    if (last.hasComparison()) {
      System.out.println(line(last.getComparison()));
    }
  }

  private static int percent(RebuildProgress progress) {
    long total = progress.getEventsTotal();
    return total == 0 ? 0 : (int) (ALL * progress.getEventsDone() / total);
  }

  private static String line(RebuildProgress progress) {
    String eta = progress.hasEta() ? ", %d s left".formatted(progress.getEta().getSeconds()) : "";
    return String.format(
        Locale.ROOT,
        "%d of %d events, %.0f/s%s",
        progress.getEventsDone(),
        progress.getEventsTotal(),
        progress.getEventsPerSecond(),
        eta);
  }

  private static String line(BuildComparison found) {
    return "  documents %d, before %d; parked %d, before %d; %d compared, %d differ %s"
        .formatted(
            found.getNewDocuments(),
            found.getLiveDocuments(),
            found.getNewParkedStreams(),
            found.getLiveParkedStreams(),
            found.getCompared(),
            found.getDiffering(),
            found.getExamplesList());
  }
}
