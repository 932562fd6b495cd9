package io.kiroku.eventstore.node.http;

import io.grpc.netty.shaded.io.grpc.netty.ProtocolNegotiationEvent;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelPipeline;
import io.grpc.netty.shaded.io.netty.handler.codec.ByteToMessageDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpObjectAggregator;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpServerCodec;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.grpc.netty.shaded.io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands a connection to gRPC or to HTTP/1.1 once its first bytes tell which, and leaves it. A
/// connection that stays silent is closed after a while, and so is an idle one of HTTP/1.1; those
/// of gRPC live as long as its own rules say.
final class FirstBytes extends ByteToMessageDecoder {
  /// Begins every connection of HTTP/2, and was kept free of HTTP/1.1's methods for that.
  /// <https://www.rfc-editor.org/rfc/rfc9113#section-3.4>
  private static final ByteBuf PREFACE = constant("PRI ");

  private static final ByteBuf BAD_REQUEST =
      constant("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

  private static final int SILENCE_SECONDS_MAX = 60;
  private static final int BODY_BYTES_MAX = 64 << 10;

  private final ChannelHandler grpc;
  private final HttpRequests requests;
  private @Nullable Object negotiation;

  FirstBytes(ChannelHandler grpc, HttpRequests requests) {
    this.grpc = grpc;
    this.requests = requests;
  }

  private static ByteBuf constant(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.pipeline().addBefore(context.name(), null, new ReadTimeoutHandler(SILENCE_SECONDS_MAX));
  }

  /// gRPC's own handlers begin with this event, so it waits until they are there.
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof ProtocolNegotiationEvent) {
      negotiation = event;
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!isLetter(in.getByte(in.readerIndex()))) {
      refuse(context, in);
      return;
    }
    int known = Math.min(in.readableBytes(), PREFACE.readableBytes());
    if (!in.slice(in.readerIndex(), known).equals(PREFACE.slice(0, known))) {
      speakHttp(context);
    } else if (known == PREFACE.readableBytes()) {
      speakGrpc(context);
    }
  }

  private static boolean isLetter(byte first) {
    int lower = first | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  /// A client of TLS, for one. It would be left waiting: HTTP/1.1's codec looks for the end of a
  /// line.
  private static void refuse(ChannelHandlerContext context, ByteBuf in) {
    in.skipBytes(in.readableBytes());
    var _ = context.writeAndFlush(BAD_REQUEST.duplicate()).addListener(ChannelFutureListener.CLOSE);
  }

  private void speakGrpc(ChannelHandlerContext context) {
    ChannelPipeline pipeline = context.pipeline();
    pipeline.remove(ReadTimeoutHandler.class);
    pipeline.addAfter(context.name(), null, grpc);
    if (negotiation != null) {
      context.fireUserEventTriggered(negotiation);
    }
    pipeline.remove(this); // passes on what was read
  }

  private void speakHttp(ChannelHandlerContext context) {
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addAfter(context.name(), null, requests); // the last one first
    pipeline.addAfter(context.name(), null, new HttpObjectAggregator(BODY_BYTES_MAX));
    pipeline.addAfter(context.name(), null, new HttpServerKeepAliveHandler());
    pipeline.addAfter(context.name(), null, new HttpServerCodec());
    pipeline.remove(this);
  }
}
