package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicTest {

  @Test
  void everySchemaIsAmongTheContracts() {
    for (Topic topic : Topic.all()) {
      topic
          .schema()
          .ifPresent(schema -> assertThat(Topic.class.getResource("/" + schema)).isNotNull());
    }
  }

  @Test
  void allTopicsOfTheDesignAreThereOnce() {
    assertThat(Topic.all().stream().map(Topic::name))
        .hasSize(5 * 3 + 4 + 4 * 2 + 1)
        .doesNotHaveDuplicates()
        .contains(
            "kiroku.ordering.events",
            "kiroku.payment.commands",
            "kiroku.payment.commands.dlt",
            "kiroku.fulfillment.events",
            "kiroku.returns.events",
            "kiroku.job.events",
            "kiroku.socket.events",
            "kiroku.catalog.requests",
            "kiroku.catalog.requests.dlt",
            "kiroku.commands.replies");
  }

  @Test
  void theBrokerTimesWhatCallersSend() {
    assertThat(Topic.all().stream().filter(Topic::isTimedByBroker).map(Topic::name))
        .containsExactlyInAnyOrder(
            "kiroku.catalog.requests",
            "kiroku.inventory.requests",
            "kiroku.ordering.requests",
            "kiroku.shipping.requests");
  }
}
