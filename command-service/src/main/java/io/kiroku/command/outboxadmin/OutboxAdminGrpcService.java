package io.kiroku.command.outboxadmin;

import io.kiroku.command.call.Fields;
import io.kiroku.command.publisher.RepublicationProgress;
import io.kiroku.command.publisher.Republisher;
import io.kiroku.proto.outbox.v1.OutboxAdmin;
import io.kiroku.proto.outbox.v1.RepublishRequest;
import io.kiroku.proto.outbox.v1.RepublishResponse;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;

/// Lets admins send messages again.
@GrpcService
class OutboxAdminGrpcService implements OutboxAdmin {
  private final Republisher republisher;

  OutboxAdminGrpcService(Republisher republisher) {
    this.republisher = republisher;
  }

  @Override
  public Multi<RepublishResponse> republish(RepublishRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    new Fields().range("from_position", request.getFromPosition(), 0, Long.MAX_VALUE).verify();
    return republisher
        .republish(request.getFromPosition(), admin.userId())
        .map(OutboxAdminGrpcService::message);
  }

  private static RepublishResponse message(RepublicationProgress progress) {
    return RepublishResponse.newBuilder()
        .setPosition(progress.position())
        .setEventsRead(progress.eventsRead())
        .setMessagesWritten(progress.messagesWritten())
        .setEndPosition(progress.endPosition())
        .setDone(progress.done())
        .setRowsWaiting(progress.rowsWaiting())
        .build();
  }
}
