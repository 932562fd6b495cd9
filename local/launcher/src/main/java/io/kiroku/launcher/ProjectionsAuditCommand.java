package io.kiroku.launcher;

import io.kiroku.launcher.demo.ProgressBar;
import io.kiroku.proto.projection.v1.AuditAdminGrpc.AuditAdminBlockingStub;
import io.kiroku.proto.projection.v1.AuditProjectionRequest;
import io.kiroku.proto.projection.v1.AuditProjectionResponse;
import io.kiroku.proto.projection.v1.Difference;
import io.kiroku.proto.projection.v1.ListDifferencesRequest;
import io.kiroku.proto.projection.v1.MendStreamRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Checks a whole read model against the log, and lists what differs.")
final class ProjectionsAuditCommand implements Callable<Integer> {
  private static final int ALL = 100;

  @Mixin private ProjectionCalls projections = new ProjectionCalls();

  @Option(names = "--mend", description = "puts right what differs")
  private boolean mend;

  @Parameters(paramLabel = "PROJECTION", description = "name or id")
  private String projection = "";

  @Override
  public Integer call() {
    return projections.audits(this::audit);
  }

  private void audit(AuditAdminBlockingStub admin) {
    var bar = new ProgressBar(System.out, DemoCommand.isTerminal());
    admin
        .auditProjection(AuditProjectionRequest.newBuilder().setProjection(projection).build())
        .forEachRemaining(it -> bar.show(percent(it), line(it)));
    bar.finish();
    admin
        .listDifferences(ListDifferencesRequest.newBuilder().setProjection(projection).build())
        .getDifferencesList()
        .forEach(it -> tell(admin, it));
  }

  private void tell(AuditAdminBlockingStub admin, Difference difference) {
    System.out.printf(
        "  %s revision %d, %s: %s%n",
        difference.getStream(),
        difference.getRevision(),
        difference.getKind(),
        difference.getDetail());
    if (mend) {
      var _ =
          admin.mendStream(
              MendStreamRequest.newBuilder()
                  .setProjection(projection)
                  .setStream(difference.getStream())
                  .build());
      System.out.println("  put right");
    }
  }

  private static int percent(AuditProjectionResponse progress) {
    return progress.getDone()
        ? ALL
        : (int)
            (ALL * Math.max(0, progress.getPosition()) / Math.max(1, progress.getEndPosition()));
  }

  private static String line(AuditProjectionResponse progress) {
    return "%d streams, %d documents, %d differ"
        .formatted(progress.getStreams(), progress.getDocuments(), progress.getDiffering());
  }
}
