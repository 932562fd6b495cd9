package io.kiroku.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.client.Address;
import io.kiroku.client.ShopAudit;
import io.kiroku.launcher.platform.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a customer wrote is nowhere in the clear: neither in logs nor in any file of the event
/// store, PostgreSQL with its write-ahead log, Kafka, the read models or Redis.
@ExtendWith(RunningPlatform.Extension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class PersonalDataIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RunningPlatform platform;

  PersonalDataIT(RunningPlatform platform) {
    this.platform = platform;
  }

  @Test
  void an_address_is_in_no_file_of_the_platform() throws Exception {
    platform.heal();
    String mark = UUID.randomUUID().toString();
    String recipient = "Recipient " + mark;
    String user = "marked-" + UUID.randomUUID();
    var address = new Address(recipient, "Line " + mark, "City " + mark, "605-0001", "JP");
    TestShop shop = TestShop.withPieces(platform.staff(), 10);

    platform.customer(user).placeOrder(shop.order(1, "tok_ok", address), mark(user));
    platform
        .customer(user)
        .placeOrder(
            shop.order(1, "tok_ok", new Address(recipient, mark, mark, "999-0001", "JP")),
            mark(user));
    new ShopAudit(platform.staff()).runUntilAgreed(PATIENCE);

    Layout layout = platform.parts().layout();
    assertThat(filesWith(user, layout.data())).as("the search finds what is there").isNotEmpty();
    assertThat(filesWith(mark, layout.data())).isEmpty();
  }

  private static String mark(String user) {
    return user + UUID.randomUUID();
  }

  private static List<Path> filesWith(String text, Path directory) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, wanted)).toList();
    }
  }

  private static boolean holds(Path file, byte[] wanted) {
    try {
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      return bytes.contains(new String(wanted, StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      // Files come and go under a running database.
      if (Files.exists(file)) {
        throw new UncheckedIOException(gone);
      }
      return false;
    }
  }
}
