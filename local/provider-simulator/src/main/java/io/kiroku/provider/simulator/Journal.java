package io.kiroku.provider.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// A file of JSON lines that only grows. What [#force()] has returned for survives a kill and a
/// power cut; a line that a kill has torn was never answered for and is cut off at the next start.
final class Journal implements Closeable {
  private static final JsonMapper JSON = new JsonMapper();

  private final FileChannel channel;
  private final Object forcing = new Object();
  private volatile long written;
  private long forced;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /// Reads what there is.
  static Journal open(Path file, Consumer<Entry> reader) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    long whole = Files.exists(file) ? read(file, reader) : 0;
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(whole).position(whole);
    return new Journal(channel);
  }

  private static long read(Path file, Consumer<Entry> reader) throws IOException {
    long whole = 0;
    try (var in = Files.newBufferedReader(file)) {
      var line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c != '\n') {
          line.append((char) c);
          continue;
        }
        reader.accept(JSON.readValue(line.toString(), Entry.class));
        whole += line.toString().getBytes(StandardCharsets.UTF_8).length + 1;
        line.setLength(0);
      }
    }
    return whole;
  }

  /// Survives a kill of this process from now on. Callers write one after the other.
  ///
  /// @throws UncheckedIOException if the disk refuses; nothing is in the file then
  void write(Entry entry) {
    try {
      long before = channel.position();
      ByteBuffer line =
          StandardCharsets.UTF_8.encode(
              JSON.writerFor(Entry.class).writeValueAsString(entry) + "\n");
      try {
        while (line.hasRemaining()) {
          channel.write(line);
        }
      } catch (IOException full) {
        channel.truncate(before);
        throw full;
      }
      written = channel.position();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException refused) {
      throw new UncheckedIOException("the book cannot be written", refused);
    }
  }

  /// Survives a power cut too, once this has returned; those who wait meanwhile share one sync.
  void force() {
    long mine = written;
    synchronized (forcing) {
      if (forced < mine) {
        long upTo = written;
        try {
          channel.force(false);
        } catch (IOException refused) {
          throw new UncheckedIOException("the book cannot be written", refused);
        }
        forced = upTo;
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
