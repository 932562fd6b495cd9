package io.kiroku.command.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.kiroku.proto.catalog.v1.CatalogServiceOuterClass;
import io.kiroku.proto.inventory.v1.InventoryServiceOuterClass;
import io.kiroku.proto.ordering.v1.OrderingServiceOuterClass;
import io.kiroku.proto.shipping.v1.ShippingServiceOuterClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What programs may ask for over Kafka and over gRPC is the same.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestContractsTest {
  /// They bring an address, and nothing personal goes over Kafka.
  private static final Set<String> PERSONAL = Set.of("PlaceOrder", "PlaceDraft");

  /// A saga's command has the name already.
  private static final Map<String, String> RENAMED =
      Map.of("CancelOrderForCustomer", "CancelOrder");

  private static final Map<String, ServiceDescriptor> SERVICES =
      Map.of(
          "kiroku.catalog.requests",
          CatalogServiceOuterClass.getDescriptor().findServiceByName("CatalogService"),
          "kiroku.inventory.requests",
          InventoryServiceOuterClass.getDescriptor().findServiceByName("InventoryService"),
          "kiroku.ordering.requests",
          OrderingServiceOuterClass.getDescriptor().findServiceByName("OrderingService"),
          "kiroku.shipping.requests",
          ShippingServiceOuterClass.getDescriptor().findServiceByName("ShippingService"));

  @Test
  void every_command_that_grpc_offers_may_come_over_kafka_unless_it_brings_personal_data() {
    SERVICES.forEach((topic, service) ->
        assertThat(commands(topic).map(RequestContractsTest::method))
            .as(topic)
            .containsExactlyInAnyOrderElementsOf(
                service.getMethods().stream()
                    .map(MethodDescriptor::getName)
                    .filter(method -> !PERSONAL.contains(method))
                    .toList()));
  }

  /// They are read as each other.
  @Test
  void every_command_has_the_fields_of_its_grpc_request() {
    SERVICES.forEach((topic, service) ->
        commands(topic)
            .forEach(command ->
                assertThat(fields(command))
                    .as(command.getFullName())
                    .isEqualTo(fields(service.findMethodByName(method(command)).getInputType()))));
  }

  @Test
  void a_method_that_brings_an_address_is_known_by_it() {
    Function<MethodDescriptor, Boolean> isPersonal =
        method -> method.getInputType().findFieldByName("shipping_address") != null;
    assertThat(
            SERVICES.values().stream()
                .flatMap(service -> service.getMethods().stream())
                .filter(isPersonal::apply)
                .map(MethodDescriptor::getName)
                .collect(Collectors.toSet()))
        .isEqualTo(PERSONAL);
  }

  private static Stream<Descriptor> commands(String topic) {
    return RequestSamples.contents(topic).stream().map(FieldDescriptor::getMessageType);
  }

  private static String method(Descriptor command) {
    return RENAMED.getOrDefault(command.getName(), command.getName());
  }

  private static List<Tuple> fields(Descriptor message) {
    return message.getFields().stream()
        .map(field ->
            tuple(
                field.getName(),
                field.getNumber(),
                field.getType(),
                field.isRepeated(),
                field.hasPresence(),
                numbers(field)))
        .toList();
  }

  private static List<Integer> numbers(FieldDescriptor field) {
    return field.getType() == FieldDescriptor.Type.ENUM
        ? field.getEnumType().getValues().stream().map(value -> value.getNumber()).toList()
        : List.of();
  }
}
