package io.kiroku.job;

import io.kiroku.service.testing.architecture.ServiceArchitectureContract;

class ArchitectureTest extends ServiceArchitectureContract {
  ArchitectureTest() {
    super("io.kiroku.job");
  }
}
