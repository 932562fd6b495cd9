package io.kiroku.launcher;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.kiroku.launcher.platform.PlatformException;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.ServiceChannel;
import io.kiroku.proto.projection.v1.AuditAdminGrpc;
import io.kiroku.proto.projection.v1.AuditAdminGrpc.AuditAdminBlockingStub;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc.ProjectionAdminBlockingStub;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc.RebuildAdminBlockingStub;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/// What every command about projections does: call the query service, and say in one line if it
/// refuses.
final class ProjectionCalls {
  @Mixin private PlatformOptions options = new PlatformOptions();

  int call(Consumer<ProjectionAdminBlockingStub> work) {
    return call(ProjectionAdminGrpc::newBlockingStub, work);
  }

  int rebuilds(Consumer<RebuildAdminBlockingStub> work) {
    return call(RebuildAdminGrpc::newBlockingStub, work);
  }

  int audits(Consumer<AuditAdminBlockingStub> work) {
    return call(AuditAdminGrpc::newBlockingStub, work);
  }

  private <S extends AbstractStub<S>> int call(Function<Channel, S> make, Consumer<S> work) {
    try (var channel = new ServiceChannel(options.platform(), Port.QUERY_SERVICE)) {
      work.accept(channel.asOperator(make));
      return 0;
    } catch (StatusRuntimeException refused) {
      throw new PlatformException(refused.getStatus().toString(), refused);
    }
  }
}
