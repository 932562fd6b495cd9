package io.kiroku.launcher.platform;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The whole platform on this machine: one data directory, one port plan, up to ten processes.
///
/// Everything it starts runs on when this object or its JVM is gone; another `Platform` over the
/// same data directory finds it again. One of them at a time may start or stop: a file lock says
/// so, and a second one fails with [PlatformException]. Methods that act on one part are for tests
/// and operators and take no lock.
public final class Platform implements AutoCloseable {
  /// Everything listens here and nowhere else.
  public static final String HOST = "127.0.0.1";

  private final Layout layout;
  private final PortPlan ports;
  private final Keys keys;
  private final Parts parts;
  private final PartRunner runner;
  private volatile @Nullable Starter starter;

  /// A platform in this layout; creates the data directory and its keys, starts nothing.
  public Platform(Layout layout, PortPlan ports) {
    this(layout, ports, Routes.direct(ports));
  }

  /// As [#Platform(Layout, PortPlan)], with parts that reach each other by these routes.
  public Platform(Layout layout, PortPlan ports, Routes routes) {
    layout.createDirectories();
    this.layout = layout;
    this.ports = ports;
    this.keys = new Keys(layout.keys());
    this.parts = new Parts(layout, ports, routes, keys);
    this.runner = new PartRunner(layout);
  }

  /// Stops what runs in this layout, empties its data, keys included, and opens it anew.
  public static Platform emptied(Layout layout, PortPlan ports, Progress progress) {
    return emptied(layout, ports, Routes.direct(ports), progress);
  }

  /// As [#emptied(Layout, PortPlan, Progress)], with parts that reach each other by these routes.
  public static Platform emptied(Layout layout, PortPlan ports, Routes routes, Progress progress) {
    new Platform(layout, ports).stop(progress);
    Wipe.data(layout);
    return new Platform(layout, ports, routes);
  }

  /// Where its files are.
  public Layout layout() {
    return layout;
  }

  /// Which ports it uses.
  public PortPlan ports() {
    return ports;
  }

  /// Its keys and passwords.
  public Keys keys() {
    return keys;
  }

  /// Starts what is missing of the whole platform; returns when all of it is ready.
  public void start(Progress progress) {
    start(parts.platform(), progress);
  }

  /// As [#start(Progress)], without the five services.
  public void startInfrastructure(Progress progress) {
    start(parts.infrastructure(), progress);
  }

  /// Starts what is missing of the named parts.
  ///
  /// @throws PlatformException if one cannot start; then those started by this call are stopped
  public void start(List<String> names, Progress progress) {
    List<Part> wanted = parts.named(new LinkedHashSet<>(names));
    try (var _ = PlatformLock.acquire(layout.data())) {
      new Preflight(layout, ports)
          .check(wanted.stream().filter(part -> runner.alive(part).isEmpty()).toList());
      SavedPorts.write(layout, ports);
      var current = new Starter(runner, progress);
      starter = current;
      current.start(wanted);
      starter = null;
    }
  }

  /// Stops what a running [#start(Progress)] has started; for a shutdown hook.
  public void cancelStart() {
    Starter running = starter;
    if (running != null) {
      running.cancel();
    }
  }

  /// Stops every part, those first that others do not need; bounded, then by force.
  public void stop(Progress progress) {
    try (var _ = PlatformLock.acquire(layout.data())) {
      for (Part part : parts.all().reversed()) {
        boolean ran = runner.alive(part).isPresent();
        runner.stop(part);
        if (ran) {
          progress.stopped(part.name());
        }
      }
    }
  }

  /// Whether any part of this data directory runs.
  public boolean isAnyRunning() {
    return parts.all().stream().anyMatch(part -> runner.alive(part).isPresent());
  }

  /// Names of the parts of a whole platform whose process lives, whether or not they answer.
  public Set<String> alive() {
    Set<String> alive = new LinkedHashSet<>(parts.platform());
    alive.removeIf(name -> runner.alive(parts.named(name)).isEmpty());
    return alive;
  }

  /// Every part of a whole platform, and second instances that run.
  public List<PartStatus> status() {
    Set<String> standard = new LinkedHashSet<>(parts.platform());
    return parts.all().parallelStream()
        .filter(part -> standard.contains(part.name()) || runner.alive(part).isPresent())
        .map(this::statusOf)
        .toList();
  }

  /// Starts one part and waits until it is ready; nothing happens if it runs already.
  public void start(String name) {
    start(List.of(name), Progress.SILENT);
  }

  /// `kill -9`, its children included.
  public void kill(String name) {
    runner.kill(parts.named(name));
  }

  /// Stops one part in order.
  public void stop(String name) {
    runner.stop(parts.named(name));
  }

  /// Freezes one part (`SIGSTOP`), its children included: alive, connected, silent.
  public void suspend(String name) {
    runner.alive(parts.named(name)).ifPresent(process -> Signals.sendToFamily("STOP", process));
  }

  /// Lets a frozen part go on (`SIGCONT`).
  public void resume(String name) {
    runner.alive(parts.named(name)).ifPresent(process -> Signals.sendToFamily("CONT", process));
  }

  /// Stops one part in order and starts it again.
  public void restart(String name) {
    stop(name);
    start(name);
  }

  /// Stops everything.
  @Override
  public void close() {
    stop(Progress.SILENT);
  }

  private PartStatus statusOf(Part part) {
    return new StatusProbe(ports).of(part, runner.alive(part));
  }
}
