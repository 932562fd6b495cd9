package io.kiroku.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.chaos.audit.Messages.Message;
import io.kiroku.chaos.load.Ledger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// An audit that finds nothing must be one that would have.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChecksTest {
  private final History history = History.ofConfirmedOrder();

  @Test
  void a_history_in_order_has_no_findings() {
    LogFacts log = history.facts();

    assertThat(new LogCheck(log).run().findings()).isEmpty();
    assertThat(sagas()).isEmpty();
    assertThat(new MoneyCheck(log).run().findings()).isEmpty();
    assertThat(new StockCheck(log).run().findings()).isEmpty();
    assertThat(messages(history.messages())).isEmpty();
  }

  @Test
  void an_order_that_nobody_was_told_of_is_found() {
    assertThat(new CommandCheck(history.facts(), new Ledger()).run().findings())
        .containsExactly("order o is in the log and nobody was told");
  }

  @Test
  void a_missing_revision_is_found() {
    history.without("saga-step-requested");

    assertThat(new LogCheck(history.facts()).run().findings())
        .containsExactly("fulfillment-o has revision 3 in place 1");
  }

  @Test
  void a_saga_without_an_end_is_found() {
    history.without("saga-completed");

    assertThat(sagas()).singleElement().asString().contains("has not ended");
  }

  @Test
  void trap_23_a_decision_taken_twice_is_found() {
    history.requested("process-payment");

    assertThat(sagas()).singleElement().asString().contains("decided twice");
  }

  @Test
  void a_saga_that_ended_otherwise_than_its_order_is_found() {
    history.without("order-confirmed");

    assertThat(sagas()).singleElement().asString().contains("but the order is open");
  }

  @Test
  void money_taken_twice_or_kept_without_an_order_is_found() {
    assertThat(new MoneyCheck(history.facts()).run().agrees()).isTrue();

    history.add("payment-o", "payment-captured", "{\"amount\":{\"minorUnits\":3000}}");
    assertThat(new MoneyCheck(history.facts()).run().findings())
        .containsExactly("order o: captured 6000, refunded 0, due 3000");
  }

  @Test
  void stock_that_stays_reserved_or_was_never_there_is_found() {
    history.add("stock-p", "stock-reserved", "{\"quantity\":9}");

    assertThat(new StockCheck(history.facts()).run().findings())
        .containsExactly("product p: 9 reserved, 2 committed, orders took 2, was negative");
  }

  @Test
  void an_order_that_came_back_leaves_neither_money_nor_a_gap_in_stock() {
    LogFacts log = history.givenBack().facts();

    assertThat(sagas()).isEmpty();
    assertThat(new MoneyCheck(log).run().findings()).isEmpty();
    assertThat(new StockCheck(log).run().findings()).isEmpty();
    assertThat(log.status("o")).isEqualTo("RETURNED");
  }

  @Test
  void an_order_that_came_back_without_its_money_or_its_pieces_is_found() {
    history.givenBack().without("payment-refunded").without("stock-returned");

    assertThat(new MoneyCheck(history.facts()).run().findings())
        .containsExactly("order o: captured 3000, refunded 0, due 0");
    assertThat(new StockCheck(history.facts()).run().findings())
        .containsExactly("product p: 0 reserved, 2 committed, orders took 0");
  }

  @Test
  void a_return_that_has_not_ended_is_found() {
    history.givenBack().without("saga-completed");

    assertThat(sagas())
        .contains("the saga of the return of order o has not ended, it is at saga-started.v1");
  }

  @Test
  void a_return_that_nobody_was_told_of_is_found() {
    assertThat(new CommandCheck(history.givenBack().facts(), new Ledger()).run().findings())
        .contains("the return of o is in the log and nobody was told");
  }

  @Test
  void a_message_that_is_missing_is_found() {
    List<Message> messages = new ArrayList<>(history.messages());
    messages.removeIf(message -> message.topic().endsWith(".commands"));

    assertThat(messages(messages))
        .hasSize(2)
        .allSatisfy(finding -> assertThat(finding).contains("asks for 1 commands, 0 were sent"));
  }

  @Test
  void an_event_that_is_not_told_though_its_like_is_told_is_found() {
    List<Message> messages = new ArrayList<>(history.messages());
    history.add("stock-p", "stock-received", "{\"quantity\":1}");

    assertThat(messages(messages)).containsExactly("stock-received.v1 of stock-p is told 0 times");
  }

  @Test
  void the_same_message_twice_is_allowed_another_for_the_same_event_is_not() {
    List<Message> messages = new ArrayList<>(history.messages());
    Message first = messages.getFirst();
    messages.add(first);
    assertThat(messages(messages)).isEmpty();

    messages.add(
        new Message(
            first.topic(),
            0,
            "another key",
            "another id",
            first.cause(),
            first.stream(),
            first.revision(),
            first.position()));
    assertThat(messages(messages)).containsExactly("stock-received.v1 of stock-p is told 2 times");
  }

  @Test
  void messages_of_one_key_out_of_order_are_found() {
    assertThat(messages(history.messages().reversed()))
        .anySatisfy(finding -> assertThat(finding).contains("after"));
  }

  private List<String> sagas() {
    return new SagaCheck(history.facts(), new Ledger()).run().findings();
  }

  private List<String> messages(List<Message> messages) {
    return new MessageCheck(history.facts(), messages).run().findings();
  }
}
