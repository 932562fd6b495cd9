package io.kiroku.gateway.projection;

/// How far one read model is.
///
/// @param watermark log position below which everything is applied
/// @param parkedStreams streams that wait behind a failing event
record Projection(String name, int version, long watermark, long parkedStreams) {
  static Projection of(io.kiroku.proto.query.v1.Projection projection) {
    return new Projection(
        projection.getName(),
        projection.getVersion(),
        projection.getWatermark(),
        projection.getParkedStreams());
  }
}
