package io.kiroku.eventstore.node.kurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.node.EventStoreNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The node in a JVM with a client whose classes of Google's are incompatible with those of gRPC.
final class ClassPathTest {
  private static final String CLASHING = "com/google/rpc/Status";

  @Test
  void trap_2_the_node_uses_no_class_that_the_client_brings_another_of() throws Exception {
    assertThat(Collections.list(ClassLoader.getSystemResources(CLASHING + ".class")))
        .anyMatch(url -> url.toString().contains("kurrentdb-client"))
        .anyMatch(url -> url.toString().contains("proto-google-common-protos"));
    Path node =
        Path.of(EventStoreNode.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(node)) {
      assertThat(classesThatUseIt(node)).isEmpty();
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(node)) {
        assertThat(classesThatUseIt(jar.getPath("/"))).isEmpty();
      }
    }
  }

  private static List<Path> classesThatUseIt(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> classes = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(classes).hasSizeGreaterThan(50);
      return classes.stream().filter(ClassPathTest::usesIt).toList();
    }
  }

  private static boolean usesIt(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CLASHING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
