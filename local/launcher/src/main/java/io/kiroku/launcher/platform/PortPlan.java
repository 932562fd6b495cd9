package io.kiroku.launcher.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Which number each [Port] has.
public record PortPlan(Map<Port, Integer> numbers) {
  private static final int LOWEST_PORT = 1024;
  private static final int HIGHEST_PORT = 65535;
  // Below Linux' ephemeral range, so that no outgoing connection takes a port between plan and use.
  private static final int FREE_FROM = 15_000;
  private static final int FREE_TO = 32_000;

  /// Copies the numbers, so that a plan never changes.
  public PortPlan {
    numbers = Map.copyOf(numbers);
  }

  /// The standard numbers, each moved by `offset`.
  ///
  /// @throws PlatformException if a number would leave 1024..65535
  public static PortPlan standard(int offset) {
    Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      int number = port.standard() + offset;
      if (number < LOWEST_PORT || number > HIGHEST_PORT) {
        throw new PlatformException(
            "port offset %d moves %s to %d, outside %d..%d"
                .formatted(offset, port, number, LOWEST_PORT, HIGHEST_PORT));
      }
      numbers.put(port, number);
    }
    return new PortPlan(numbers);
  }

  /// Random numbers that are free now, all different: for tests that run side by side.
  public static PortPlan free() {
    Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    Set<Integer> taken = new HashSet<>();
    for (Port port : Port.values()) {
      int number;
      do {
        number = ThreadLocalRandom.current().nextInt(FREE_FROM, FREE_TO);
      } while (!isFree(number) || !taken.add(number));
      numbers.put(port, number);
    }
    return new PortPlan(numbers);
  }

  /// The number of a port.
  public int of(Port port) {
    Integer number = numbers.get(port);
    if (number == null) {
      throw new IllegalStateException("no number for " + port);
    }
    return number;
  }

  /// `127.0.0.1:<number>`.
  public String address(Port port) {
    return Platform.HOST + ":" + of(port);
  }

  /// Whether somebody could listen on this port of the loopback interface now.
  static boolean isFree(int number) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as servers do: connections in TIME_WAIT do not count
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
