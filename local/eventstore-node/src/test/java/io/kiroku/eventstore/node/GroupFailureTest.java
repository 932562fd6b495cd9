package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.ExpectedRevision;
import io.kiroku.eventstore.node.groups.Group;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringGrpc;
import io.kiroku.eventstore.node.proto.monitoring.MonitoringOuterClass.StatsReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions.FilterOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions.FilterOptions.Expression;
import io.kiroku.eventstore.node.proto.persistent.Persistent.GetInfoReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A group that cannot go on, here because its filter is given up.
final class GroupFailureTest extends GroupNodeTest {
  private static final Logger LOG = Logger.getLogger(Group.class.getPackageName());
  private static final String COSTLY = "^event|(a|aa)+(b)?\\2$";

  private final List<LogRecord> errors = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getLevel().equals(Level.SEVERE)) {
            errors.add(record);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  GroupFailureTest() {
    super(Kind.MEMORY);
  }

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(handler);
  }

  private void createWithCostlyFilter() {
    FilterOptions filter =
        FilterOptions.newBuilder()
            .setEventType(Expression.newBuilder().setRegex(COSTLY))
            .setCount(EMPTY)
            .setCheckpointIntervalMultiplier(1)
            .build();
    create(
        CreateReq.Options.newBuilder()
            .setAll(AllOptions.newBuilder().setStart(EMPTY).setFilter(filter))
            .setGroupName(GROUP)
            .setSettings(settings()));
  }

  private String statusOfAll() {
    return info(GetInfoReq.Options.newBuilder().setAll(EMPTY).setGroupName(GROUP)).getStatus();
  }

  private RawConsumer consumeAll() {
    return consume(
        ReadReq.Options.newBuilder()
            .setAll(EMPTY)
            .setGroupName(GROUP)
            .setBufferSize(100)
            .setUuidOption(of(STREAM).getUuidOption()));
  }

  private String failingGroups() {
    return MonitoringGrpc.newBlockingStub(channel())
        .stats(StatsReq.newBuilder().setRefreshTimePeriodInMs(60_000).build())
        .next()
        .getStatsOrThrow("es-node-persistentSubscriptionsFailing");
  }

  @Test
  void what_comes_before_the_event_that_fails_is_delivered_and_nobody_else_is_harmed()
      throws Exception {
    createWithCostlyFilter();
    create(settings());
    RawConsumer stuck = consumeAll();
    RawConsumer well = consume(of(STREAM).setBufferSize(100));
    append(3);
    append(STREAM, ExpectedRevision.any(), event(id(1), "a".repeat(100)));
    append(3);
    awaitEvents(well, 7);
    awaitEvents(stuck, 3);
    eventually(() -> statusOfAll().equals("Behind"));
    assertThat(info().getStatus()).isEqualTo("Live");
    assertThat(failingGroups()).isEqualTo("1");
  }

  @Test
  void failure_is_logged_once_although_every_new_event_wakes_the_group() throws Exception {
    createWithCostlyFilter();
    append(STREAM, ExpectedRevision.any(), event(id(1), "a".repeat(100)));
    eventually(() -> failingGroups().equals("1"));
    for (int i = 0; i < 20; i++) {
      append(1);
    }
    assertThat(errors)
        .singleElement()
        .satisfies(
            error -> assertThat(error.getMessage()).contains("Reading of group $all::workers"));
  }
}
