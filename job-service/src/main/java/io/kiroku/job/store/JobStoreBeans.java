package io.kiroku.job.store;

import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Wires the store.
@Dependent
final class JobStoreBeans {
  @Produces
  @Singleton
  RedisLink link(Redis redis) {
    return new RedisLink(redis);
  }

  @Produces
  @Singleton
  ChangeScript script(JobStoreConfig config) {
    return new ChangeScript(Clock.systemUTC(), config.expiry());
  }

  @Produces
  @Singleton
  RedisJobs jobs(RedisLink redis, ChangeScript script) {
    return new RedisJobs(redis, script);
  }

  @Produces
  @Singleton
  ChangeBatches batches(RedisLink redis, ChangeScript script) {
    return new ChangeBatches(redis, script);
  }
}
