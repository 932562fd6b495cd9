package io.kiroku.command.request;

import static io.kiroku.command.request.Program.CATALOG;
import static io.kiroku.command.request.Program.category;
import static io.kiroku.command.request.Program.message;
import static io.kiroku.command.request.Program.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.proto.catalog.v1.CatalogRequest;
import io.kiroku.proto.catalog.v1.ChangeProductPrice;
import io.kiroku.proto.commands.v1.CommandReply;
import io.kiroku.proto.inventory.v1.AdjustStock;
import io.kiroku.proto.inventory.v1.InventoryRequest;
import io.kiroku.proto.ordering.v1.AddItem;
import io.kiroku.proto.ordering.v1.CancelOrderForCustomer;
import io.kiroku.proto.ordering.v1.DraftOrder;
import io.kiroku.proto.ordering.v1.OrderingRequest;
import io.kiroku.proto.shipping.v1.DispatchShipment;
import io.kiroku.proto.shipping.v1.ShippingRequest;
import io.kiroku.service.kafka.MessageHeaders;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Commands of programs over Kafka, and what they hear back.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class RequestsIT {
  private static final Duration MOST = Duration.ofSeconds(20);
  private static final String ORDERING = "kiroku.ordering.requests";

  @Inject KeptReplies kept;
  @Inject EventStore store;
  @Inject Pool pool;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  Platform platform;
  String adminToken;
  String customerToken;
  Shop shop;

  private Program program;

  @BeforeEach
  void connect() {
    program = new Program(platform, kafka);
  }

  @AfterEach
  void disconnect() {
    program.close();
  }

  @Test
  void an_accepted_command_is_answered_with_what_it_made() {
    UUID id = program.send(CATALOG, adminToken, category(Shop.newKey()));
    var accepted = program.reply(id).getAccepted();
    UUID command = CommandIds.commandId("default", "staff", id.toString());
    assertThat(program.reply(id).getCommandId()).isEqualTo(command.toString());
    assertThat(accepted.getCreatedId())
        .isEqualTo(CommandIds.derived(command, "category").toString());
    assertThat(accepted.getStream()).isEqualTo("categories-default");

    var product = program.ask(CATALOG, adminToken, product(accepted.getCreatedId())).getAccepted();
    assertThat(product.getStream()).isEqualTo("product-" + product.getCreatedId());
    assertThat(product.getRevision()).isZero();
    RecordedEvent event = events(product.getStream()).getFirst();
    assertThat(event.type()).isEqualTo("product-created.v1");
    assertThat(event.metadata().actor()).isEqualTo("staff");
  }

  @Test
  void a_refused_command_is_answered_as_over_grpc() {
    var unknown = program.ask(CATALOG, adminToken, product(Shop.newKey())).getRejected();
    assertThat(unknown.getCode()).isEqualTo("CATEGORY_NOT_FOUND");
    assertThat(unknown.getDetail()).isNotBlank();

    var invalid = program.ask(CATALOG, adminToken, category("")).getRejected();
    assertThat(invalid.getCode()).isEqualTo("INVALID_REQUEST");
    assertThat(invalid.getViolations(0).getPath()).isEqualTo("name");
  }

  @Test
  void another_revision_than_expected_is_answered_and_blocks_nobody() {
    String product = shop.product(1);
    var price =
        ChangeProductPrice.newBuilder()
            .setProductId(product)
            .setPriceMinorUnits(2_000)
            .setCurrency("JPY")
            .setExpectedRevision(7);
    var request = CatalogRequest.newBuilder().setChangeProductPrice(price).build();
    assertThat(program.ask(CATALOG, adminToken, request).getRejected().getCode())
        .isEqualTo("REVISION_CONFLICT");
  }

  @Test
  void every_context_hears_its_topic() {
    String product = shop.product(5);
    var adjust = AdjustStock.newBuilder().setProductId(product).setDelta(-2).setReason("broken");
    var stock =
        program.ask(
            "kiroku.inventory.requests",
            adminToken,
            InventoryRequest.newBuilder().setAdjustStock(adjust).build());
    assertThat(stock.getAccepted().getStream()).isEqualTo("stock-" + product);

    String order = draft();
    var item = AddItem.newBuilder().setOrderId(order).setProductId(product).setQuantity(1);
    var added = OrderingRequest.newBuilder().setAddItem(item).build();
    assertThat(program.ask(ORDERING, customerToken, added).getAccepted().getRevision()).isOne();

    var dispatch = DispatchShipment.newBuilder().setOrderId(order).setTrackingNumber("T-1");
    var shipped =
        program.ask(
            "kiroku.shipping.requests",
            adminToken,
            ShippingRequest.newBuilder().setDispatchShipment(dispatch).build());
    assertThat(shipped.getRejected().getCode()).isEqualTo("SHIPMENT_NOT_ARRANGED");
  }

  @Test
  void one_key_is_one_command_over_kafka_and_over_grpc() {
    String key = Shop.newKey();
    var message = message(CATALOG, adminToken, category("Of " + key));
    MessageHeaders.put(message.headers(), RequestHeaders.IDEMPOTENCY_KEY, key);
    String created = program.ask(message).getAccepted().getCreatedId();
    assertThat(shop.category("Of " + key, key)).isEqualTo(created);

    var other = message(CATALOG, adminToken, category("Not of " + key));
    MessageHeaders.put(other.headers(), RequestHeaders.IDEMPOTENCY_KEY, key);
    assertThat(program.ask(other).getRejected().getCode()).isEqualTo("COMMAND_ID_REUSED");
  }

  @Test
  void trap_7_a_message_that_comes_twice_has_one_effect_and_one_answer() {
    var message = message(CATALOG, adminToken, product(newCategory()));
    UUID id = program.send(message);
    var _ = program.send(message);
    assertSameAnswerTwice(id);
    assertThat(events(program.reply(id).getAccepted().getStream())).hasSize(1);
  }

  @Test
  void a_message_that_was_refused_is_refused_when_it_comes_again_whatever_is_true_by_then() {
    String key = Shop.newKey();
    UUID command = CommandIds.commandId("default", "staff", key);
    String category = CommandIds.derived(command, "category").toString();
    var message = message(CATALOG, adminToken, product(category));
    UUID id = program.send(message);
    assertThat(program.reply(id).getRejected().getCode()).isEqualTo("CATEGORY_NOT_FOUND");

    assertThat(shop.category("Of " + key, key)).isEqualTo(category);
    var _ = program.send(message);
    assertSameAnswerTwice(id);
    assertThat(program.ask(CATALOG, adminToken, product(category)).hasAccepted()).isTrue();
  }

  /// Killed after the effect: the message was not acknowledged and comes again.
  @Test
  void trap_21_the_answer_that_a_crash_has_cost_is_given_after_it() {
    var message = message(CATALOG, adminToken, product(newCategory()));
    UUID id = program.send(message);
    CommandReply before = program.reply(id);
    query("DELETE FROM command_reply");
    var _ = program.send(message);
    assertSameAnswerTwice(id);
    assertThat(events(before.getAccepted().getStream())).hasSize(1);
  }

  @Test
  void somebody_else_s_order_is_as_good_as_none() {
    var cancel = CancelOrderForCustomer.newBuilder().setOrderId(draft());
    var request = OrderingRequest.newBuilder().setCancelOrderForCustomer(cancel).build();
    String stranger = program.customer("stranger");
    assertThat(program.refusal(ORDERING, stranger, request)).isEqualTo("ORDER_NOT_FOUND");
  }

  @Test
  void answers_are_forgotten_after_their_time_only() {
    UUID young = UUID.randomUUID();
    UUID old = UUID.randomUUID();
    for (UUID id : List.of(young, old)) {
      var _ = kept.keep(id, CommandReply.getDefaultInstance()).await().atMost(MOST);
    }
    query("UPDATE command_reply SET kept_at = now() - interval '193 h' WHERE id = '" + old + "'");
    var _ = kept.forgetOld().await().atMost(MOST);
    assertThat(kept.find(young).await().atMost(MOST)).isPresent();
    assertThat(kept.find(old).await().atMost(MOST)).isEmpty();
  }

  private void assertSameAnswerTwice(UUID id) {
    var answers = program.replies(id, 2);
    assertThat(answers.get(1).value()).isEqualTo(answers.get(0).value());
    assertThat(MessageHeaders.id(answers.get(1).headers()))
        .isEqualTo(MessageHeaders.id(answers.get(0).headers()));
  }

  private String newCategory() {
    return program.ask(CATALOG, adminToken, category(Shop.newKey())).getAccepted().getCreatedId();
  }

  private String draft() {
    var request = OrderingRequest.newBuilder().setDraftOrder(DraftOrder.getDefaultInstance());
    return program.ask(ORDERING, customerToken, request.build()).getAccepted().getCreatedId();
  }

  private List<RecordedEvent> events(String stream) {
    return store.read(new StreamId(stream), 0).await().atMost(MOST);
  }

  private void query(String sql) {
    pool.query(sql).execute().await().atMost(MOST);
  }
}
