package io.kiroku.gateway;

import io.kiroku.service.testing.architecture.ServiceArchitectureContract;
import io.kiroku.service.testing.architecture.ServiceRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ServiceArchitectureContract {
  ArchitectureTest() {
    super("io.kiroku.gateway");
  }

  @Test
  void no_thread_waits() {
    ServiceRules.NEVER_WAITS.check(classes());
  }
}
