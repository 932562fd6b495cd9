package io.kiroku.eventstore.node.statistics;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Figures of this process and its machine, from the JVM's own beans. Percentages are of one
/// processor for the process, of all for the machine; a load that is not known is negative.
final class ProcessFigures {
  private static final double PERCENT = 100;

  private ProcessFigures() {}

  static Map<String, Object> ofProcess() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    OperatingSystemMXBean system = system();
    Map<String, Object> process = new LinkedHashMap<>();
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    process.put("startTime", Instant.ofEpochMilli(started).toString());
    process.put("id", ProcessHandle.current().pid());
    process.put(
        "mem",
        memory.getHeapMemoryUsage().getCommitted() + memory.getNonHeapMemoryUsage().getCommitted());
    process.put(
        "cpu", percent(system.getProcessCpuLoad()) * Runtime.getRuntime().availableProcessors());
    process.put("threadsCount", ManagementFactory.getThreadMXBean().getThreadCount());
    process.put("gc", ofCollectors(memory.getHeapMemoryUsage().getUsed()));
    return process;
  }

  private static Map<String, Object> ofCollectors(long heapBytes) {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    long millis = collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
    long upMillis = Math.max(1, ManagementFactory.getRuntimeMXBean().getUptime());
    Map<String, Object> gc = new LinkedHashMap<>();
    gc.put(
        "collectionsCount",
        collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum());
    gc.put("timeInGc", PERCENT * millis / upMillis);
    gc.put("totalBytesInHeaps", heapBytes);
    return gc;
  }

  static Map<String, Object> ofSystem() {
    OperatingSystemMXBean system = system();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cpu", percent(system.getCpuLoad()));
    figures.put("loadavg", Map.of("1m", system.getSystemLoadAverage()));
    figures.put("freeMem", system.getFreeMemorySize());
    figures.put("totalMem", system.getTotalMemorySize());
    return figures;
  }

  /// JSON has no other than finite numbers.
  private static double percent(double share) {
    return Double.isFinite(share) ? share * PERCENT : -1;
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }
}
