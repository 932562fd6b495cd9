package io.kiroku.command.participant;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.personalkeys.PersonKeysUnavailable;
import io.kiroku.command.provider.ProviderFailed;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventStoreUnavailable;
import java.io.IOException;
import org.apache.kafka.common.errors.RetriableException;

/// Tells a dependency that is down from a message that cannot be handled.
final class Dependencies {
  private Dependencies() {}

  /// Whether the same message may well be handled later.
  static boolean areDown(Throwable failure) {
    return failure instanceof EventStoreUnavailable
        || failure instanceof ConcurrencyConflict
        || failure instanceof PersonKeysUnavailable
        || failure instanceof RetriableException
        || (failure instanceof IOException
            && !(failure instanceof InvalidProtocolBufferException)
            // That provider may be down for this message alone.
            && !(failure instanceof ProviderFailed));
  }
}
