package io.kiroku.launcher.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Unpacks what came inside a jar, once: beside its place first, then by rename, so that a crash or
/// a second launcher never leaves half of it.
final class Archive {
  private static final int OWNER_MAY_EXECUTE = 0100;

  private Archive() {}

  static void unpackTarXz(String resource, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    Path fresh = besides(target);
    try (InputStream in = open(resource);
        var tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, fresh.resolve(entry.getName()).normalize());
      }
    }
    settle(fresh, target);
  }

  static void copyExecutable(String resource, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    Path fresh = besides(target).resolve("file");
    try (InputStream in = open(resource)) {
      Files.copy(in, fresh);
    }
    makeExecutable(fresh);
    settle(fresh, target);
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
      makeExecutable(file);
    }
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(Archive.class.getResourceAsStream(resource), resource);
  }

  private static Path besides(Path target) throws IOException {
    Path directory = Objects.requireNonNull(target.getParent());
    Files.createDirectories(directory);
    return Files.createTempDirectory(directory, ".unpacking");
  }

  private static void settle(Path fresh, Path target) throws IOException {
    makeTraversable(fresh);
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException lost) {
      // Another launcher was faster; its copy is as good as ours.
      if (!Files.exists(target)) {
        throw lost;
      }
    }
  }

  /// A server that drops root's rights must still reach its own program.
  private static void makeTraversable(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      makeExecutable(file);
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    permissions.addAll(
        Set.of(
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_EXECUTE));
    Files.setPosixFilePermissions(file, permissions);
  }
}
