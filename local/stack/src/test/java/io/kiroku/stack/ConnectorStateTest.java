package io.kiroku.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectorStateTest {

  @Test
  void runsOnlyWhenConnectorAndTaskRun() {
    assertThat(of("RUNNING", "RUNNING")).isEqualTo(ConnectorState.RUNNING);
    assertThat(of("RUNNING", "UNASSIGNED")).isEqualTo(ConnectorState.STARTING);
  }

  @Test
  void aFailedTaskUnderARunningConnectorIsAFailure() {
    assertThat(of("RUNNING", "FAILED")).isEqualTo(ConnectorState.FAILED);
    assertThat(of("FAILED", "RUNNING")).isEqualTo(ConnectorState.FAILED);
  }

  @Test
  void anAnswerWithoutTasksOrWithoutJsonIsAStart() {
    assertThat(ConnectorState.of("{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[]}"))
        .isEqualTo(ConnectorState.STARTING);
    assertThat(ConnectorState.of("<html>")).isEqualTo(ConnectorState.STARTING);
  }

  private static ConnectorState of(String connector, String task) {
    return ConnectorState.of(
        "{\"connector\":{\"state\":\"%s\"},\"tasks\":[{\"id\":0,\"state\":\"%s\"}]}"
            .formatted(connector, task));
  }
}
