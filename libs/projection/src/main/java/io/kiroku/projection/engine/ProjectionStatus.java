package io.kiroku.projection.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a projection stands, as this replica sees it.
///
/// @param watermark log position below which all is applied or parked
/// @param lag as last measured; null before the first time. Where the measurement is overdue, all
///   that may have come since counts as not applied
public record ProjectionStatus(
    ProjectionState state,
    long watermark,
    @Nullable Lag lag,
    List<ParkedStream> parked,
    Counters counters) {}
