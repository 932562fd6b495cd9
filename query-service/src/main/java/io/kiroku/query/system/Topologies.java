package io.kiroku.query.system;

import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.query.v1.Dependency;
import io.kiroku.proto.query.v1.ProjectionNode;
import io.kiroku.proto.query.v1.ServiceInstance;
import io.kiroku.proto.query.v1.Topology;
import io.kiroku.query.projectionadmin.StatusMessages;
import io.kiroku.query.running.Dependencies;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.Timestamps;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Who answers here, what he depends on, and what he keeps going.
@ApplicationScoped
public class Topologies {
  private final Projections projections;
  private final Dependencies dependencies;
  private final String service;
  private final String version;
  private volatile ServiceInstance instance = ServiceInstance.getDefaultInstance();

  Topologies(
      Projections projections,
      Dependencies dependencies,
      @ConfigProperty(name = "quarkus.application.name") String service,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.projections = projections;
    this.dependencies = dependencies;
    this.service = service;
    this.version = version;
  }

  void start(@Observes StartupEvent event) {
    instance =
        ServiceInstance.newBuilder()
            .setService(service)
            .setVersion(version)
            .setHost(host())
            .setStartedAt(Timestamps.of(Instant.now()))
            .build();
  }

  /// May take its time: not to be asked for while somebody waits.
  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  public Uni<Topology> now() {
    return dependencies.states().map(states -> topology(states, Instant.now()));
  }

  private Topology topology(List<Dependencies.State> states, Instant now) {
    return Topology.newBuilder()
        .setAt(Timestamps.of(now))
        .setInstance(instance)
        .addAllDependencies(states.stream().map(Topologies::message).toList())
        .addAllProjections(nodes(now))
        .build();
  }

  private static Dependency message(Dependencies.State state) {
    return Dependency.newBuilder()
        .setName(state.name())
        .addAllAddresses(state.addresses())
        .setState(state.answers() ? "UP" : "DOWN")
        .build();
  }

  private List<ProjectionNode> nodes(Instant now) {
    List<ProjectionRunner> live = projections.live();
    return projections.running().stream()
        .sorted(Comparator.comparing(runner -> runner.projection().id()))
        .map(runner -> node(runner, live.contains(runner), now))
        .toList();
  }

  private static ProjectionNode node(ProjectionRunner runner, boolean live, Instant now) {
    ProjectionStatus status = StatusMessages.message(runner, now);
    return ProjectionNode.newBuilder()
        .setName(runner.projection().name())
        .setVersion(runner.projection().version())
        .setId(runner.projection().id())
        .setLive(live)
        .setState(status.getState())
        .setReason(status.getReason())
        .addAllCategories(
            runner.projection().contributions().stream()
                .map(part -> part.category())
                .distinct()
                .sorted()
                .toList())
        .build();
  }
}
