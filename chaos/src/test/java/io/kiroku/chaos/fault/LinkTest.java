package io.kiroku.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LinkTest {
  private static final int SHORT_MILLIS = 300;
  private static final int LONG_MILLIS = 10_000;

  private ServerSocket echo;
  private Link link;

  LinkTest() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    link = new Link("test", freePort(), echo.getLocalPort());
  }

  @BeforeEach
  void startEcho() {
    Thread.ofVirtual().start(this::echoForEver);
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    echo.close();
  }

  @Test
  void what_is_sent_arrives_and_is_answered() throws IOException {
    try (Socket client = connect()) {
      assertThat(say(client, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void a_refusing_link_resets_what_is_connected_and_refuses_what_comes() throws IOException {
    try (Socket client = connect()) {
      assertThat(say(client, "hello")).isEqualTo("hello");

      link.refuse();

      assertThatThrownBy(() -> say(client, "still there?")).isInstanceOf(SocketException.class);
      assertThatThrownBy(this::connect).hasMessageContaining("refused");
    }
  }

  @Test
  void a_silent_link_says_nothing_and_delivers_later() throws IOException {
    try (Socket client = connect()) {
      assertThat(say(client, "hello")).isEqualTo("hello");

      link.silence();
      client.setSoTimeout(SHORT_MILLIS);
      assertThatThrownBy(() -> say(client, "later")).isInstanceOf(SocketTimeoutException.class);

      link.heal();
      client.setSoTimeout(LONG_MILLIS);
      assertThat(new String(client.getInputStream().readNBytes(5), UTF_8)).isEqualTo("later");
    }
  }

  @Test
  void a_healed_link_works_as_before() throws IOException {
    link.refuse();
    link.heal();

    try (Socket client = connect()) {
      assertThat(say(client, "hello")).isEqualTo("hello");
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
    socket.setSoTimeout(LONG_MILLIS);
    return socket;
  }

  private static String say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    byte[] answer = socket.getInputStream().readNBytes(text.length());
    if (answer.length < text.length()) {
      throw new SocketException("closed");
    }
    return new String(answer, UTF_8);
  }

  private void echoForEver() {
    try {
      while (true) {
        Socket client = echo.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (client) {
                client.getInputStream().transferTo(client.getOutputStream());
              } catch (IOException gone) {
                // The client has had enough.
              }
            });
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
