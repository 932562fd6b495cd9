package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// PostgreSQL refuses to run as root. For root it runs in a user namespace, where files stay
/// root's; where those are forbidden, as the unprivileged user 65534, who then owns its data.
final class Unprivileged {
  private static final String NOBODY = "65534";

  private final Mode mode = Mode.find();

  private enum Mode {
    AS_IS,
    USER_NAMESPACE,
    OTHER_USER;

    static Mode find() {
      if (!System.getProperty("user.name").equals("root")) {
        return AS_IS;
      }
      return succeeds("unshare", "-U", "true") ? USER_NAMESPACE : OTHER_USER;
    }
  }

  /// The command, so wrapped that it does not run as root; the wrapper becomes the command, so the
  /// pid stays.
  List<String> command(List<String> command) {
    List<String> wrapped =
        switch (mode) {
          case AS_IS -> new ArrayList<>();
          case USER_NAMESPACE -> new ArrayList<>(List.of("unshare", "-U"));
          case OTHER_USER ->
              new ArrayList<>(
                  List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
        };
    wrapped.addAll(command);
    return wrapped;
  }

  /// Creates a directory that the wrapped command may fill.
  void own(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    if (mode == Mode.OTHER_USER
        && !succeeds("chown", NOBODY + ":" + NOBODY, directory.toString())) {
      throw new PlatformException("cannot give " + directory + " to user " + NOBODY);
    }
  }

  /// A place from which the wrapped command can read a secret of ours.
  Path readable(Path secret, Path besides) throws IOException {
    if (mode != Mode.OTHER_USER) {
      return secret;
    }
    Path copy = besides.resolveSibling(secret.getFileName() + ".once");
    Files.copy(secret, copy, StandardCopyOption.REPLACE_EXISTING); // keeps mode 600
    succeeds("chown", NOBODY + ":" + NOBODY, copy.toString());
    copy.toFile().deleteOnExit();
    return copy;
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
