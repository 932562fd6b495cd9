package io.kiroku.launcher;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which failing event is passed over, and why.
final class FailingEventOptions {
  @Parameters(index = "0", paramLabel = "PROJECTION", description = "name or id")
  String projection = "";

  @Parameters(index = "1", paramLabel = "STREAM", description = "order-<id>, for example")
  String stream = "";

  @Parameters(index = "2", paramLabel = "REVISION", description = "of the event that fails")
  long revision;

  @Option(names = "--reason", required = true, description = "is recorded with your name")
  String reason = "";
}
