package io.kiroku.bench;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Processor time and memory of processes and all their descendants, from Linux' `/proc` (see
/// proc_pid_stat(5)).
public final class ProcessCpu {
  private static final long MILLIS_PER_TICK = 10;
  private static final Path PROC = Path.of("/proc");

  private record Stat(long pid, long parent, long ticks) {}

  private ProcessCpu() {}

  /// User and system time of the processes and their descendants, also of those that ended and were
  /// waited for.
  public static long millis(Collection<Long> pids) {
    return tree(pids).stream().mapToLong(Stat::ticks).sum() * MILLIS_PER_TICK;
  }

  /// Proportional share of memory (pages shared by n processes count 1/n), in MiB.
  public static long memoryMiB(long pid) {
    return tree(List.of(pid)).stream().mapToLong(stat -> pssKiB(stat.pid())).sum() / 1024;
  }

  private static List<Stat> tree(Collection<Long> roots) {
    List<Stat> all = all();
    Map<Long, Stat> byPid = all.stream().collect(toMap(Stat::pid, stat -> stat));
    Map<Long, List<Stat>> children = all.stream().collect(groupingBy(Stat::parent));
    var open = new ArrayDeque<>(roots);
    var found = new java.util.LinkedHashMap<Long, Stat>();
    while (!open.isEmpty()) {
      Stat stat = byPid.get(open.pop());
      if (stat != null && found.put(stat.pid(), stat) == null) {
        children.getOrDefault(stat.pid(), List.of()).forEach(child -> open.push(child.pid()));
      }
    }
    return List.copyOf(found.values());
  }

  private static List<Stat> all() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
          .flatMap(ProcessCpu::read)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("no " + PROC + ": processor time is measured on Linux", e);
    }
  }

  private static Stream<Stat> read(Path entry) {
    try {
      String text = Files.readString(entry.resolve("stat"));
      // The command's name is in parentheses and may hold anything.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int field = 11; field <= 14; field++) { // utime, stime, cutime, cstime
        ticks += Long.parseLong(fields[field]);
      }
      long pid = Long.parseLong(entry.getFileName().toString());
      return Stream.of(new Stat(pid, Long.parseLong(fields[1]), ticks));
    } catch (IOException e) {
      return Stream.empty(); // it ended meanwhile
    }
  }

  private static long pssKiB(long pid) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }
}
