package io.kiroku.gateway.projection;

import java.util.List;

/// All read models.
record Projections(List<Projection> projections) {}
