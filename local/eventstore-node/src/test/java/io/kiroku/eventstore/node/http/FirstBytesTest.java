package io.kiroku.eventstore.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.timeout.ReadTimeoutHandler;
import io.kiroku.eventstore.node.groups.Groups;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Limits;
import io.kiroku.eventstore.node.statistics.Statistics;
import io.kiroku.eventstore.node.storage.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is in a connection's way before and after it is known who speaks on it.
final class FirstBytesTest {
  private final List<String> seenByGrpc = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel(new FirstBytes(grpc(), requests()));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static HttpRequests requests() {
    EventLog log =
        new EventLog(new MemoryStorage(), Limits.DEFAULT, InstantSource.system(), _ -> {});
    Member member = new Member(UUID.randomUUID(), "127.0.0.1", () -> 2113, () -> true, () -> 8);
    return new HttpRequests(new Pages(member, new Statistics(log, new Groups(log), () -> 0)));
  }

  /// In the place of gRPC's own handler.
  private ChannelInboundHandlerAdapter grpc() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void userEventTriggered(ChannelHandlerContext context, Object event) {
        seenByGrpc.add("begun");
      }

      @Override
      public void channelRead(ChannelHandlerContext context, Object read) {
        ByteBuf bytes = (ByteBuf) read;
        seenByGrpc.add(bytes.toString(StandardCharsets.US_ASCII));
        bytes.release();
      }
    };
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  @Test
  void a_silent_connection_lives_for_a_limited_time() {
    assertThat(channel.pipeline().get(ReadTimeoutHandler.class)).isNotNull();
    receive("PR");
    assertThat(channel.pipeline().get(ReadTimeoutHandler.class)).isNotNull();
  }

  @Test
  void trap_1_a_connection_of_grpc_has_no_limit_of_ours_and_nothing_in_its_way() {
    channel.pipeline().fireUserEventTriggered(InternalProtocolNegotiationEvent.getDefault());
    receive("PRI * HTTP/2.0\r\n");
    receive("\r\nSM\r\n\r\n");
    assertThat(channel.pipeline().toMap()).hasSize(1);
    assertThat(channel.pipeline().get(ReadTimeoutHandler.class)).isNull();
  }

  @Test
  void grpc_begins_first_and_then_sees_every_byte() {
    channel.pipeline().fireUserEventTriggered(InternalProtocolNegotiationEvent.getDefault());
    assertThat(seenByGrpc).isEmpty();
    receive("P");
    receive("RI * HTTP/2.0\r\n");
    receive("\r\nSM\r\n\r\n");
    assertThat(seenByGrpc).containsExactly("begun", "PRI * HTTP/2.0\r\n", "\r\nSM\r\n\r\n");
  }

  @Test
  void a_connection_of_http_1_1_is_answered_and_still_limited() {
    receive("GET /ping HTTP/1.1\r\n\r\n");
    ByteBuf answer = channel.readOutbound();
    assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 OK\r\n");
    answer.release();
    assertThat(channel.pipeline().get(ReadTimeoutHandler.class)).isNotNull();
    assertThat(seenByGrpc).isEmpty();
  }
}
