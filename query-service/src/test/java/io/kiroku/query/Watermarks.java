package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.proto.projection.v1.ProjectionStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far builds were when somebody looked last: none is ever less far.
final class Watermarks {
  private final Map<String, Long> seen = new HashMap<>();

  void note(List<ProjectionStatus> statuses) {
    for (ProjectionStatus status : statuses) {
      assertThat(status.getWatermark())
          .as(status.getId())
          .isGreaterThanOrEqualTo(seen.getOrDefault(status.getId(), -1L));
      seen.put(status.getId(), status.getWatermark());
    }
  }
}
