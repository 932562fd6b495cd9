package io.kiroku.bench.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The node as it is packaged, and how its JVM is to run.
///
/// @param heap as in -Xmx: `256m`
/// @param jvmOptions further options of its JVM
record NodeProgram(Path jar, String heap, List<String> jvmOptions) {

  NodeProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString(), "--port", "0"));
    command.addAll(List.of(arguments));
    return NodeProcess.start(command);
  }

  NodeProcess startOn(String jdbcUrl) throws IOException {
    return start("--storage", jdbcUrl);
  }

  NodeProgram withHeap(String other) {
    return new NodeProgram(jar, other, jvmOptions);
  }
}
