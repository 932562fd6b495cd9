package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that finds the JDK, on machines with another one or none. Made to want a version that
/// nobody has, it finds none here either.
class FindJdkTest {
  private static final int NOWHERE = 9_999;

  @TempDir Path directory;

  @Test
  void aMissingJdkIsToldWithWhatToInstall() throws Exception {
    Result result = findJdk(Map.of());

    assertThat(result.exitCode).isEqualTo(1);
    assertThat(result.output).isEmpty();
    assertThat(result.errors.lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("kiroku: "));
    assertThat(result.errors)
        .contains("no JDK 9999 found")
        .contains("JAVA_HOME")
        .contains("install");
  }

  @Test
  void anOlderJdkInJavaHomeIsNotTaken() throws Exception {
    Result result = findJdk(Map.of("JAVA_HOME", jdk("older", "99.9.9").toString()));

    assertThat(result.exitCode).isEqualTo(1);
  }

  @Test
  void theJdkOfJavaHomeIsTaken() throws Exception {
    Path home = jdk("right", NOWHERE + ".0.1");

    Result result = findJdk(Map.of("JAVA_HOME", home.toString()));

    assertThat(result.exitCode).as(result.errors).isZero();
    assertThat(result.output).isEqualTo(home + "\n");
  }

  @Test
  void aJdkOfTheUsersOwnIsFoundWithoutJavaHome() throws Exception {
    Path home = jdk(".sdkman/candidates/java/mine", Integer.toString(NOWHERE));

    Result result = findJdk(Map.of("HOME", directory.toString()));

    assertThat(result.exitCode).as(result.errors).isZero();
    assertThat(result.output).isEqualTo(home + "\n");
  }

  private record Result(int exitCode, String output, String errors) {}

  private Result findJdk(Map<String, String> environment) throws Exception {
    String script = Files.readString(Layout.findRoot().resolve(".mvn/find-jdk"));
    String wanting = script.replaceFirst("(?m)^wanted=\\d+$", "wanted=" + NOWHERE);
    assertThat(wanting).isNotEqualTo(script);
    Path file = Files.writeString(directory.resolve("find-jdk"), wanting);
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    ProcessBuilder shell =
        new ProcessBuilder("/bin/sh", file.toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    shell.environment().clear();
    shell.environment().putAll(environment);
    int exitCode = shell.start().waitFor();
    return new Result(exitCode, Files.readString(output), Files.readString(errors));
  }

  private Path jdk(String folder, String version) throws IOException {
    Path home = directory.resolve(folder);
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(
        home.resolve("bin/javac"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(
        home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n", StandardCharsets.UTF_8);
    return home;
  }
}
