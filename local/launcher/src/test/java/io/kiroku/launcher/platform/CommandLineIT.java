package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as a person uses it, in processes of its own: two small servers stand for all.
class CommandLineIT {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int OFFSET_MIN = 100;

  @TempDir Path data;

  private final int offset = freeOffset();

  @AfterEach
  void leaveNothing() throws Exception {
    run("down");
    assertThat(alive("redis")).isFalse();
    assertThat(alive("postgres")).isFalse();
  }

  @Test
  void upLeavesThemRunningAndASecondUpStartsOnlyWhatIsMissing() throws Exception {
    Result first = run("up", "redis", "postgres");
    assertThat(first.exitCode).as(first.output).isZero();
    assertThat(first.output).contains("redis").contains("postgres").contains("REST");
    Result second = run("up", "redis", "postgres");
    assertThat(second.exitCode).isZero();
    assertThat(second.output).contains("running already");
    Signals.kill(identity("redis"));
    Result third = run("up", "redis", "postgres");
    assertThat(third.exitCode).isZero();
    assertThat(third.output).containsPattern("redis +up").doesNotContainPattern("postgres +up");
  }

  @Test
  void whatAKilledLauncherStartedIsStoppedByTheNextDown() throws Exception {
    Process launcher = begin("up", "redis", "postgres");
    await().atMost(BOUND).until(() -> alive("redis"));
    launcher.destroyForcibly().waitFor();
    assertThat(alive("redis")).isTrue();
    Result down = run("down");
    assertThat(down.exitCode).isZero();
    assertThat(down.output).contains("redis");
    assertThat(alive("redis")).isFalse();
    Result up = run("up", "redis", "postgres");
    assertThat(up.exitCode).as(up.output).isZero();
  }

  @Test
  void anInterruptedUpStopsWhatItStarted() throws Exception {
    Process launcher = begin("up", "redis", "postgres");
    await().atMost(BOUND).until(() -> alive("redis"));
    launcher.destroy();
    assertThat(launcher.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isNotZero();
    assertThat(alive("redis")).isFalse();
    assertThat(alive("postgres")).isFalse();
  }

  @Test
  void aSecondUpAtTheSameTimeSaysSoInOneLine() throws Exception {
    Files.createDirectories(data);
    try (var _ = PlatformLock.acquire(data)) {
      Result refused = run("up", "redis");
      assertThat(refused.exitCode).isEqualTo(1);
      assertThat(refused.output.lines()).hasSize(1);
      assertThat(refused.output).contains("another ./kiroku");
    }
  }

  @Test
  void aTakenPortIsNamedWithWhoWantsItAndWhatToDo() throws Exception {
    int number = PortPlan.standard(offset).of(Port.REDIS);
    try (var _ = new ServerSocket(number, 1, InetAddress.getLoopbackAddress())) {
      Result refused = run("up", "redis");
      assertThat(refused.exitCode).isEqualTo(1);
      assertThat(refused.output.lines()).hasSize(1);
      assertThat(refused.output)
          .contains("port " + number)
          .contains("redis")
          .contains("--port-offset");
    }
  }

  @Test
  void aRepublicationOfWhatDoesNotRunSaysWhereToGoOn() throws Exception {
    Result refused = run("outbox", "republish", "--from", "42");
    assertThat(refused.exitCode).isEqualTo(1);
    assertThat(refused.output).contains("UNAVAILABLE", "go on with --from 42");
    assertThat(run("outbox", "republish").exitCode).isEqualTo(2);
  }

  @Test
  void projectionsOfWhatDoesNotRunAreRefusedInOneLine() throws Exception {
    Result refused = run("projections", "status");
    assertThat(refused.exitCode).isEqualTo(1);
    assertThat(refused.output).contains("UNAVAILABLE");
    assertThat(run("projections", "skip", "order-view", "order-1", "0").exitCode).isEqualTo(2);
  }

  private record Result(int exitCode, String output) {}

  private Result run(String... arguments) throws IOException, InterruptedException {
    Process process = begin(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private Process begin(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dkiroku.root=" + Layout.findRoot());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.kiroku.launcher.Kiroku");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    if (arguments[0].equals("up")) {
      command.addAll(List.of("--port-offset", Integer.toString(offset)));
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private boolean alive(String name) {
    return new ProcessRecords(data.resolve("run")).alive(name).isPresent();
  }

  private ProcessIdentity identity(String name) {
    return new ProcessRecords(data.resolve("run")).alive(name).orElseThrow();
  }

  private static int freeOffset() {
    while (true) {
      int offset = ThreadLocalRandom.current().nextInt(OFFSET_MIN, 14_000);
      PortPlan plan = PortPlan.standard(offset);
      if (PortPlan.isFree(plan.of(Port.REDIS)) && PortPlan.isFree(plan.of(Port.POSTGRES))) {
        return offset;
      }
    }
  }
}
