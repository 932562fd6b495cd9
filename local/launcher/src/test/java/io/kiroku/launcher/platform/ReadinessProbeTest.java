package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadinessProbeTest {
  @Test
  void read_models_that_are_being_built_are_named_with_how_far_they_are() {
    String health =
        """
        {
            "status": "DOWN",
            "checks": [
                {
                    "name": "projections",
                    "status": "DOWN",
                    "data": {
                        "categories-v1": "following, watermark 5000, 0 parked",
                        "order-view-v3": "catching up to 5000, watermark 1200, 0 parked",
                        "product-v3": "catching up to 5000, watermark -1, 2 parked"
                    }
                }
            ]
        }
        """;
    assertThat(ReadinessProbe.catchingUp(health))
        .isEqualTo("order-view-v3 at 1200 of 5000, product-v3 at 0 of 5000");
  }

  @Test
  void who_has_caught_up_tells_nothing() {
    assertThat(ReadinessProbe.catchingUp("{\"status\": \"UP\", \"checks\": []}")).isEmpty();
  }
}
