package io.kiroku.command.participant;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.StatusRuntimeException;
import io.kiroku.command.personalkeys.PersonKeysUnavailable;
import io.kiroku.command.provider.ProviderFailed;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.service.error.Problem;
import java.io.IOException;
import org.apache.kafka.common.errors.RetriableException;

/// Tells a dependency that is down from a message that cannot be handled.
public final class Dependencies {
  private Dependencies() {}

  /// Whether the same message may well be handled later.
  public static boolean areDown(Throwable failure) {
    return failure instanceof EventStoreUnavailable
        || failure instanceof ConcurrencyConflict
        || failure instanceof PersonKeysUnavailable
        || failure instanceof RetriableException
        || (failure instanceof StatusRuntimeException told && Problem.from(told).isTransient())
        || (failure instanceof IOException
            && !(failure instanceof InvalidProtocolBufferException)
            // That provider may be down for this message alone.
            && !(failure instanceof ProviderFailed));
  }
}
