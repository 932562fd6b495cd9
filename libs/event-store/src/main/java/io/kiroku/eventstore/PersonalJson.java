package io.kiroku.eventstore;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.kiroku.decider.Personal;
import io.kiroku.decider.Personal.Erased;
import io.kiroku.decider.Personal.Known;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Personal values in JSON: `{"person": …, "key": …, "nonce": …, "cipher": …}`, or the person alone
/// if the value was erased before it was written.
final class PersonalJson {
  private PersonalJson() {}

  static Module module() {
    PersonalCipher cipher = new PersonalCipher();
    return new SimpleModule("personal")
        .addSerializer(new Writer(cipher))
        .addDeserializer(Personal.class, new Reader(cipher, null));
  }

  private static final class Writer extends JsonSerializer<Personal<?>> {
    private final PersonalCipher cipher;

    Writer(PersonalCipher cipher) {
      this.cipher = cipher;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Class<Personal<?>> handledType() {
      return (Class) Personal.class;
    }

    @Override
    public void serialize(Personal<?> personal, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeStringField("person", personal.person());
      switch (personal) {
        case Known<?>(var person, var value) -> {
          PersonalScope scope = (PersonalScope) provider.getAttribute(PersonalScope.class);
          byte[] key = scope.key(person);
          if (key != null) {
            byte[] clear = ((ObjectMapper) json.getCodec()).writeValueAsBytes(value);
            PersonalCipher.Sealed sealed = cipher.seal(key, scope.boundTo(person), clear);
            json.writeStringField("key", sealed.keyPrint());
            json.writeBinaryField("nonce", sealed.nonce());
            json.writeBinaryField("cipher", sealed.cipher());
          }
        }
        case Erased<?> _ -> {}
      }
      json.writeEndObject();
    }
  }

  private static final class Reader extends JsonDeserializer<Personal<?>>
      implements ContextualDeserializer {
    private final PersonalCipher cipher;
    private final @Nullable JavaType valueType;

    Reader(PersonalCipher cipher, @Nullable JavaType valueType) {
      this.cipher = cipher;
      this.valueType = valueType;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, @Nullable BeanProperty property) {
      return new Reader(cipher, context.getContextualType().containedTypeOrUnknown(0));
    }

    @Override
    public Personal<?> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode node = context.readTree(parser);
      JsonNode person = node.get("person");
      if (person == null || !person.isTextual()) {
        return context.reportInputMismatch(Personal.class, "A personal value names its person");
      }
      if (!node.hasNonNull("cipher")) {
        return new Erased<>(person.textValue());
      }
      PersonalScope scope = (PersonalScope) context.getAttribute(PersonalScope.class);
      byte[] key = scope.key(person.textValue());
      if (key == null || key.length == 0) {
        return new Erased<>(person.textValue());
      }
      Optional<byte[]> clear =
          cipher.open(
              key,
              scope.boundTo(person.textValue()),
              new PersonalCipher.Sealed(
                  node.path("key").asText(),
                  node.path("nonce").binaryValue(),
                  node.path("cipher").binaryValue()));
      if (clear.isEmpty()) {
        return new Erased<>(person.textValue());
      }
      // A mapper, or a reader where a tree is read.
      ObjectCodec codec = parser.getCodec();
      JsonParser inner = codec.getFactory().createParser(clear.get());
      Object value = codec.readValue(inner, Objects.requireNonNull(valueType));
      return new Known<>(person.textValue(), value);
    }
  }
}
