package io.kiroku.command.request;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.kiroku.proto.catalog.v1.CatalogRequest;
import io.kiroku.proto.commands.v1.CommandReply;
import io.kiroku.proto.inventory.v1.InventoryRequest;
import io.kiroku.proto.ordering.v1.OrderingRequest;
import io.kiroku.proto.shipping.v1.ShippingRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Every command of every topic of programs, and both answers, with something in every field.
public final class RequestSamples {
  private static final Map<String, Message> ENVELOPES =
      Map.of(
          "kiroku.catalog.requests",
          CatalogRequest.getDefaultInstance(),
          "kiroku.inventory.requests",
          InventoryRequest.getDefaultInstance(),
          "kiroku.ordering.requests",
          OrderingRequest.getDefaultInstance(),
          "kiroku.shipping.requests",
          ShippingRequest.getDefaultInstance(),
          ReplySender.TOPIC,
          CommandReply.getDefaultInstance());

  private RequestSamples() {}

  public static Stream<String> topics() {
    return ENVELOPES.keySet().stream().sorted();
  }

  /// One for each content that the topic's envelope may have.
  public static Stream<Message> of(String topic) {
    Message empty = envelope(topic);
    return contents(topic).stream()
        .map(content -> {
          Message.Builder envelope = empty.newBuilderForType();
          return envelope.setField(content, filled(envelope.newBuilderForField(content))).build();
        });
  }

  static List<FieldDescriptor> contents(String topic) {
    return envelope(topic).getDescriptorForType().getRealOneofs().getFirst().getFields();
  }

  private static Message envelope(String topic) {
    return Objects.requireNonNull(ENVELOPES.get(topic));
  }

  private static Message filled(Message.Builder message) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      Object value =
          switch (field.getJavaType()) {
            case STRING -> "a-" + field.getName();
            case LONG -> 300L + field.getNumber();
            case INT -> 300 + field.getNumber();
            case ENUM -> field.getEnumType().getValues().getLast();
            case MESSAGE -> filled(message.newBuilderForField(field));
            default -> throw new IllegalArgumentException(field.getFullName());
          };
      if (field.isRepeated()) {
        message.addRepeatedField(field, value);
      } else {
        message.setField(field, value);
      }
    }
    return message.build();
  }
}
