package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.groups.GroupRefused;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import java.util.List;
import java.util.function.Supplier;

/// Answers calls whose work waits for the log or the storage, on virtual threads.
final class BlockingCalls {
  private static final System.Logger LOG = System.getLogger(BlockingCalls.class.getName());

  private BlockingCalls() {}

  static <A> void answer(StreamObserver<A> out, Supplier<A> work) {
    answers(out, () -> List.of(work.get()));
  }

  /// The same for an answer of several messages.
  static <A> void answers(StreamObserver<A> out, Supplier<List<A>> work) {
    Thread.startVirtualThread(() -> {
      try {
        work.get().forEach(out::onNext);
        out.onCompleted();
      } catch (GroupRefused e) {
        out.onError(GroupAnswers.refused(e));
      } catch (StatusRuntimeException e) {
        out.onError(e);
      } catch (StorageUnavailable _) {
        out.onError(Errors.unavailable("The storage is away"));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "A call failed", e);
        out.onError(Errors.unknown(e.toString()));
      }
    });
  }
}
