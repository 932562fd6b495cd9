package io.kiroku.command.publisher;

import io.kiroku.command.outbox.OutboxMessage;
import io.kiroku.command.saga.SagaRegistry;
import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/// Which messages of long ago may be sent again. Facts always; a command only while its saga waits
/// for it: one that failed, and whose saga has ended or was helped by hand meanwhile, would have
/// its first effect now.
final class WantedMessages {
  private static final int SAGAS_AT_ONCE = 16;

  private final SagaRegistry sagas;

  WantedMessages(SagaRegistry sagas) {
    this.sagas = sagas;
  }

  /// In the same order.
  Uni<List<OutboxMessage>> of(List<OutboxMessage> messages) {
    return waiting(messages)
        .map(waiting ->
            messages.stream()
                .filter(message ->
                    !Topics.areCommands(message.topic())
                        || waiting
                            .getOrDefault(message.cause().stream(), _ -> false)
                            .test(message.cause().revision()))
                .toList());
  }

  private Uni<Map<StreamId, LongPredicate>> waiting(List<OutboxMessage> messages) {
    List<StreamId> asked =
        messages.stream()
            .filter(message -> Topics.areCommands(message.topic()))
            .map(message -> message.cause().stream())
            .distinct()
            .toList();
    return Multi.createFrom()
        .iterable(asked)
        .onItem()
        .transformToUni(saga -> waiting(saga).map(waits -> Map.entry(saga, waits)))
        .merge(SAGAS_AT_ONCE)
        .collect()
        .in(HashMap::new, (all, one) -> all.put(one.getKey(), one.getValue()));
  }

  private Uni<LongPredicate> waiting(StreamId saga) {
    return sagas
        .ofCategory(saga.category())
        .map(kind -> kind.waitsFor(saga.id()))
        .orElseGet(() -> Uni.createFrom().item(_ -> false));
  }
}
