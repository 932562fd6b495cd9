package io.kiroku.service.testing.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniAwait;
import io.smallrye.mutiny.groups.UniAwaitOptional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;

/// What the library has no word for.
final class Conditions {
  static final DescribedPredicate<JavaMethod> PROMISE =
      DescribedPredicate.describe(
          "return a Uni or Multi",
          method ->
              method.getRawReturnType().isAssignableTo(Uni.class)
                  || method.getRawReturnType().isAssignableTo(Multi.class));

  static final DescribedPredicate<JavaMethodCall> WAITING =
      DescribedPredicate.describe(
          "its thread waits", call -> waits(call.getTargetOwner(), call.getName()));

  static final ArchCondition<JavaMethod> NOT_WAIT =
      new ArchCondition<>("not wait") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
          method.getMethodCallsFromSelf().stream()
              .filter(WAITING)
              .map(call -> SimpleConditionEvent.violated(method, call.getDescription()))
              .forEach(events::add);
        }
      };

  static final ArchCondition<JavaClass> RESIDE_IN_A_NULL_MARKED_PACKAGE =
      new ArchCondition<>("reside in a @NullMarked package") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
            events.add(SimpleConditionEvent.violated(type, type.getName() + " does not"));
          }
        }
      };

  private Conditions() {}

  private static boolean waits(JavaClass owner, String method) {
    return switch (method) {
      case "sleep" -> owner.isEquivalentTo(Thread.class);
      case "join" ->
          owner.isEquivalentTo(Thread.class) || owner.isAssignableTo(CompletableFuture.class);
      case "get" -> owner.isAssignableTo(Future.class);
      case "subscribeAndAwait" -> owner.isEquivalentTo(VertxContextSupport.class);
      default ->
          owner.isEquivalentTo(UniAwait.class) || owner.isEquivalentTo(UniAwaitOptional.class);
    };
  }
}
