package io.kiroku.eventstore.node;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The same with a channel that says what no client would.
abstract class RawNodeTest extends NodeTest {
  RawStreams raw;

  @SuppressWarnings("NullAway.Init") // set before each test
  RawNodeTest(Kind kind) {
    super(kind);
  }

  @BeforeEach
  void openChannel() {
    raw = new RawStreams(node);
  }

  @AfterEach
  void closeChannel() throws Exception {
    raw.close();
  }
}
