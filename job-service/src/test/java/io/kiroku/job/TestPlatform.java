package io.kiroku.job;

import io.kiroku.service.testing.Surroundings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;

/// Everything that the service needs, started before it.
@SuppressWarnings("NullAway.Init") // start() comes first
public final class TestPlatform implements QuarkusTestResourceLifecycleManager {
  private Surroundings surroundings;

  @Override
  public Map<String, String> start() {
    surroundings = Surroundings.start("kiroku.fulfillment.events", "kiroku.job.events");
    Map<String, String> settings = new HashMap<>(surroundings.environment());
    settings.put("quarkus.http.test-port", "0");
    return settings;
  }

  /// The test lives in another class loader than this does: only types of the JDK get across.
  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(surroundings.keys(), field -> field.getType() == KeyPair.class);
    Runnable goAway = () -> surroundings.redis().goAway();
    Runnable comeBack = () -> surroundings.redis().comeBack();
    injector.injectIntoFields(goAway, field -> field.getName().equals("redisGoesAway"));
    injector.injectIntoFields(comeBack, field -> field.getName().equals("redisComesBack"));
  }

  @Override
  public void stop() {
    if (surroundings != null) {
      surroundings.close();
    }
  }
}
