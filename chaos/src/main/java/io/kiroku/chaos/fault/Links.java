package io.kiroku.chaos.fault;

import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.PortPlan;
import io.kiroku.launcher.platform.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// A proxy between every part and each thing that it needs. Kafka has one for all its clients: they
/// go where the broker sends them.
public final class Links implements Routes, AutoCloseable {
  private record Way(String part, Port dependency) {}

  private static final List<Way> WAYS =
      List.of(
          new Way("eventstore-node", Port.POSTGRES),
          new Way("stack", Port.POSTGRES),
          new Way("registry", Port.POSTGRES),
          new Way("command-service", Port.POSTGRES),
          new Way("command-service", Port.EVENT_STORE),
          new Way("command-service", Port.REGISTRY),
          new Way("command-service", Port.PROVIDERS),
          new Way("query-service", Port.EVENT_STORE),
          new Way("query-service", Port.MONGO),
          new Way("job-service", Port.REDIS),
          new Way("job-service", Port.REGISTRY),
          new Way("ws-service", Port.REDIS),
          new Way("ws-service", Port.REGISTRY),
          new Way("ws-service", Port.JOB_SERVICE),
          new Way("gateway", Port.COMMAND_SERVICE),
          new Way("gateway", Port.QUERY_SERVICE),
          new Way("gateway", Port.JOB_SERVICE));

  private static final String EVERYBODY = "all clients";

  // Below the ephemeral range, where no outgoing connection takes the port of a link that is cut.
  private static final int PORT_FROM = 15_000;
  private static final int PORT_TO = 32_000;

  private final PortPlan ports;
  private final Map<Way, Link> links = new LinkedHashMap<>();

  private Links(PortPlan ports) {
    this.ports = ports;
  }

  /// Opens all of them in front of a platform that will listen on `ports`.
  public static Links open(PortPlan ports) {
    Links links = new Links(ports);
    WAYS.forEach(links::open);
    links.open(new Way(EVERYBODY, Port.KAFKA));
    return links;
  }

  public List<Link> all() {
    return List.copyOf(links.values());
  }

  /// Those that lead to a dependency.
  public List<Link> to(Port dependency) {
    return links.entrySet().stream()
        .filter(link -> link.getKey().dependency() == dependency)
        .map(Map.Entry::getValue)
        .toList();
  }

  public void healAll() {
    links.values().forEach(Link::heal);
  }

  @Override
  public int port(String part, Port dependency) {
    Link link = links.get(new Way(dependency == Port.KAFKA ? EVERYBODY : part, dependency));
    return link == null ? ports.of(dependency) : link.port();
  }

  @Override
  public void close() {
    links.values().forEach(Link::close);
  }

  private void open(Way way) {
    String dependency = way.dependency().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String name = way.part() + " → " + dependency;
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(PORT_FROM, PORT_TO);
      if (!ports.numbers().containsValue(port) && open(way, name, port)) {
        return;
      }
    }
  }

  private boolean open(Way way, String name, int port) {
    try {
      links.put(way, new Link(name, port, ports.of(way.dependency())));
      return true;
    } catch (BindException taken) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
