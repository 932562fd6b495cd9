package io.kiroku.launcher;

import io.grpc.StatusRuntimeException;
import io.kiroku.launcher.platform.PlatformException;
import io.kiroku.launcher.platform.Port;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc.ProjectionAdminBlockingStub;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/// What every command about projections does: call the query service, and say in one line if it
/// refuses.
final class ProjectionCalls {
  @Mixin private PlatformOptions options = new PlatformOptions();

  int call(Consumer<ProjectionAdminBlockingStub> work) {
    try (var channel = new AdminChannel(options.platform(), Port.QUERY_SERVICE)) {
      work.accept(channel.stub(ProjectionAdminGrpc::newBlockingStub));
      return 0;
    } catch (StatusRuntimeException refused) {
      throw new PlatformException(refused.getStatus().toString(), refused);
    }
  }
}
