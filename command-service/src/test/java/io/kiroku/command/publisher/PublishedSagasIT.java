package io.kiroku.command.publisher;

import static io.kiroku.command.database.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.database.TestDatabase;
import io.kiroku.command.fulfillment.FulfillmentSaga;
import io.kiroku.command.saga.Addressed;
import io.kiroku.command.saga.ThankYouSaga;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaState;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.StepCommand;
import io.kiroku.samples.Samples;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What two kinds of sagas about one order leave in PostgreSQL.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PublishedSagasIT {
  private static final String ORDER = Samples.ORDER.toString();
  private static final UUID ID = UUID.randomUUID();
  private static final TestDatabase database = TestDatabase.start();

  private final PublishedSaga<?> fulfillment =
      new FulfillmentSaga(new OrderFulfillment(FulfillmentSettings.DEFAULTS));
  private final PublishedSaga<?> thanks = new ThankYouSaga();
  private final Publication publication = new Publication(new OrderRevisions(database.pool));

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @Test
  void each_kind_has_its_rows_its_timers_and_its_messages() {
    List<RecordedEvent> log = new ArrayList<>(started(fulfillment));
    log.addAll(started(thanks));
    for (PublishedSaga<?> kind : List.of(fulfillment, thanks)) {
      await(SagaFact.in(log, kind)).forEach(publication::add);
    }
    await(
        database.pool.withTransaction(transaction ->
            Uni.combine().all().unis(publication.rowWrites(transaction)).discardItems()));

    assertThat(database.number("SELECT count(*) FROM saga_row WHERE saga_id = '" + ORDER + "'"))
        .isEqualTo(2);
    assertThat(database.number("SELECT count(*) FROM saga_row WHERE saga = 'thank-you'"))
        .isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM saga_timer WHERE category = 'thanks'"))
        .isEqualTo(2);
    assertThat(database.number("SELECT count(*) FROM saga_timer WHERE category = 'fulfillment'"))
        .isEqualTo(2);
    assertThat(publication.messages())
        .extracting(message -> message.topic())
        .contains(Topics.INVENTORY_COMMANDS, Topics.ORDERING_COMMANDS, Topics.FULFILLMENT_EVENTS);
  }

  /// The index shows an ended saga as ended, whatever is sent again for it.
  @Test
  void a_command_that_an_operator_sends_again_moves_nothing() {
    var again =
        new SagaEvent.OperatorIntervened<>(
            ORDER, "step", Phase.FORWARD, "REDRIVE_OVERTAKEN", "staff", "why", Samples.AT);
    assertThat(SagaChange.by(again)).isEqualTo(new SagaChange(null, null, null, null, Samples.AT));
  }

  private static <C extends StepCommand> List<RecordedEvent> started(PublishedSaga<C> kind) {
    Addressed<C> start = kind.hear(Samples.ORDER_PLACED).orElseThrow();
    SagaState<C> initial = kind.rules().initial();
    List<SagaEvent<C>> events = kind.rules().decide(start.trigger(), initial);
    List<RecordedEvent> recorded = new ArrayList<>();
    for (int revision = 0; revision < events.size(); revision++) {
      recorded.add(recorded(kind, events.get(revision), revision));
    }
    return recorded;
  }

  private static <C extends StepCommand> RecordedEvent recorded(
      PublishedSaga<C> kind, SagaEvent<C> event, long revision) {
    return new RecordedEvent(
        UUID.randomUUID(),
        StreamId.of(kind.category(), ORDER),
        revision,
        revision,
        Samples.AT,
        kind.codec().typeOf(event),
        await(kind.codec().encode("default", event)),
        new EventMetadata(ID, ID, ID, "", "user-1", "default", ORDER, null, null));
  }
}
