package io.kiroku.launcher;

import io.kiroku.proto.projection.v1.ParkedStreamFilter;
import picocli.CommandLine.Option;

/// Which parked streams are meant.
final class ParkedFilterOptions {
  @Option(names = "--category", defaultValue = "", description = "only streams of this category")
  private String category = "";

  @Option(names = "--error", defaultValue = "", description = "only errors that contain this")
  private String error = "";

  @Option(names = "--dead", description = "only those that are not tried by themselves any more")
  private boolean dead;

  /// @param projection empty for all
  ParkedStreamFilter of(String projection) {
    return ParkedStreamFilter.newBuilder()
        .setProjection(projection)
        .setCategory(category)
        .setErrorContains(error)
        .setOnlyDead(dead)
        .build();
  }
}
