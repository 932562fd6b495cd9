package io.kiroku.projection.engine;

import java.util.List;

/// Where a projection stands, as this replica sees it.
///
/// @param watermark log position below which all is applied or parked
public record ProjectionStatus(
    ProjectionState state, long watermark, List<ParkedStream> parked, Counters counters) {}
