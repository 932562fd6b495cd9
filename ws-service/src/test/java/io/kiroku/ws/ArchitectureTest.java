package io.kiroku.ws;

import io.kiroku.service.testing.architecture.ServiceArchitectureContract;

class ArchitectureTest extends ServiceArchitectureContract {
  ArchitectureTest() {
    super("io.kiroku.ws");
  }
}
