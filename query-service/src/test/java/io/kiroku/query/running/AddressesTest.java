package io.kiroku.query.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @Test
  void hosts_are_told_whatever_surrounds_them() {
    assertThat(Addresses.of("esdb://127.0.0.1:2113?tls=false")).containsExactly("127.0.0.1:2113");
    assertThat(
            Addresses.of("esdb+discover://admin:changeit@a.example:2113,b.example:2113?tls=true"))
        .containsExactly("a.example:2113", "b.example:2113");
    assertThat(Addresses.of("mongodb://root:p%40ss@mongo:27017/kiroku?replicaSet=rs0"))
        .containsExactly("mongo:27017");
    assertThat(Addresses.of("mongodb+srv://cluster.example/")).containsExactly("cluster.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "esdb://admin:se/cret@host:2113",
        "esdb://admin:se?cret@host:2113",
        "esdb://admin:se@cret@host:2113",
        "mongodb://host:27017/?password=se@cret",
        "secret"
      })
  void where_it_is_not_certain_what_is_secret_nothing_is_told(String url) {
    assertThat(Addresses.of(url)).isEmpty();
  }
}
