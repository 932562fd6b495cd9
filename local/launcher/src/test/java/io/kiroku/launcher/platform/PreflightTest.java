package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  private static final long MEBIBYTE = 1L << 20;

  @TempDir Path directory;

  @Test
  void aFullDiskIsToldInOneLineWithTheFolderWhatIsFreeAndWhatIsNeeded() {
    PlatformException refused = refusal(with(700 * MEBIBYTE), List.of());

    assertThat(refused)
        .hasMessageNotContaining("\n")
        .hasMessageContaining(layout().data().toString())
        .hasMessageContaining("only 700 MiB are free")
        .hasMessageContaining("at least 1024 MiB");
  }

  @Test
  void aDiskWithJustEnoughWillDo() {
    assertThatCode(() -> with(1024 * MEBIBYTE).check(List.of())).doesNotThrowAnyException();
    assertThat(refusal(with(1024 * MEBIBYTE - 1), List.of()))
        .hasMessageContaining("only 1023 MiB are free");
  }

  @Test
  void theDiskOfTheDataDirectoryIsTheOneThatCounts() throws Exception {
    Files.createDirectories(layout().data());

    new Preflight(layout(), PortPlan.free(), this::freeOnDataOnly).check(List.of());
  }

  @Test
  void aPartThatIsNotBuiltIsToldWithItsFileAndHowToBuildIt() {
    PlatformException refused = refusal(with(1L << 40), List.of(part("gateway/target/run.jar")));

    assertThat(refused)
        .hasMessageNotContaining("\n")
        .hasMessageContaining("gateway is not built")
        .hasMessageContaining("gateway/target/run.jar is missing")
        .hasMessageContaining("./mvnw package");
  }

  private long freeOnDataOnly(Path file) throws IOException {
    return Files.isSameFile(file, layout().data()) ? Long.MAX_VALUE : 0;
  }

  private Preflight with(long freeBytes) {
    return new Preflight(layout(), PortPlan.free(), _ -> freeBytes);
  }

  private Layout layout() {
    return new Layout(directory, directory.resolve("data"));
  }

  private Part part(String file) {
    return new Part(
        "gateway",
        directory.resolve(file),
        List.of(),
        Set.of(),
        Part.Step.NOTHING,
        List.of(),
        Map.of(),
        () -> true,
        Part.Step.NOTHING,
        "TERM",
        Duration.ofSeconds(1));
  }

  private static PlatformException refusal(Preflight preflight, List<Part> parts) {
    return catchThrowableOfType(PlatformException.class, () -> preflight.check(parts));
  }
}
