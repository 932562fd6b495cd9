package io.kiroku.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfluentFramingTest {
  private static final StringValue HELLO = StringValue.of("hi");
  private static final String HELLO_HEX = "0a026869";

  @Test
  void the_first_message_of_a_file_has_a_path_of_one_zero_byte() {
    assertThat(hex(ConfluentFraming.frame(258, HELLO)))
        .isEqualTo("00" + "00000102" + "00" + HELLO_HEX);
  }

  @Test
  void other_paths_are_a_count_and_indexes_in_zigzag() {
    assertThat(hex(ConfluentFraming.encode(List.of(1)))).isEqualTo("0202");
    assertThat(hex(ConfluentFraming.encode(List.of(1, 0)))).isEqualTo("040200");
  }

  @Test
  void what_is_framed_is_read_back() throws Exception {
    for (List<Integer> path : List.of(List.of(0), List.of(1), List.of(1, 0), List.of(0, 70))) {
      Frame frame = ConfluentFraming.unframe(ConfluentFraming.frame(7, path, HELLO));

      assertThat(frame.schemaId()).isEqualTo(7);
      assertThat(frame.indexes()).isEqualTo(path);
      assertThat(StringValue.parseFrom(frame.payload())).isEqualTo(HELLO);
    }
  }

  @Test
  void the_long_form_of_the_first_message_is_understood_too() {
    Frame frame = ConfluentFraming.unframe(bytes("00" + "00000001" + "0200" + HELLO_HEX));

    assertThat(frame.indexes()).containsExactly(0);
    assertThat(frame.payload().size()).isEqualTo(4);
  }

  @Test
  void anything_else_is_refused() {
    for (String other :
        List.of(
            "",
            "00",
            "0000000001",
            "0100000001" + "00",
            "0000000001" + "ff",
            "0000000001" + "7e")) {
      assertThatThrownBy(() -> ConfluentFraming.unframe(bytes(other)))
          .as(other)
          .isInstanceOf(MalformedFrame.class);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
