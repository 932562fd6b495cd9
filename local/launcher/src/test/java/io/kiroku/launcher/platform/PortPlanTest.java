package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PortPlanTest {

  @Test
  void theStandardPlanHasTheDocumentedNumbersAndNoneTwice() {
    PortPlan plan = PortPlan.standard(0);
    assertThat(plan.of(Port.GATEWAY)).isEqualTo(8080);
    assertThat(plan.of(Port.COMMAND_SERVICE)).isEqualTo(50051);
    assertThat(plan.of(Port.EVENT_STORE)).isEqualTo(2113);
    assertThat(new HashSet<>(plan.numbers().values())).hasSize(Port.values().length);
  }

  @Test
  void anOffsetMovesEveryPort() {
    PortPlan moved = PortPlan.standard(1000);
    for (Port port : Port.values()) {
      assertThat(moved.of(port)).isEqualTo(port.standard() + 1000);
    }
  }

  @Test
  void anOffsetThatLeavesTheRangeIsRefused() {
    assertThatThrownBy(() -> PortPlan.standard(20_000))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("outside");
    assertThatThrownBy(() -> PortPlan.standard(-1500)).isInstanceOf(PlatformException.class);
  }

  @Test
  void freePortsDifferAndCanBeBound() throws Exception {
    PortPlan plan = PortPlan.free();
    assertThat(new HashSet<>(plan.numbers().values())).hasSize(Port.values().length);
    assertThat(PortPlan.isFree(plan.of(Port.KAFKA))).isTrue();
  }

  @Test
  void aPortSomebodyListensOnIsNotFreeAndItsHolderIsNamed() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(PortPlan.isFree(socket.getLocalPort())).isFalse();
      assertThat(PortHolder.describe(socket.getLocalPort()))
          .isEqualTo(" by java (pid %d)".formatted(ProcessHandle.current().pid()));
    }
  }
}
