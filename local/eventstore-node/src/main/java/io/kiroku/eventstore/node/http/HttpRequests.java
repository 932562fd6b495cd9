package io.kiroku.eventstore.node.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.SimpleChannelInboundHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http.FullHttpRequest;
import io.grpc.netty.shaded.io.netty.handler.codec.http.FullHttpResponse;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpHeaderNames;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpMethod;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpResponseStatus;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpUtil;
import io.grpc.netty.shaded.io.netty.handler.codec.http.HttpVersion;
import io.grpc.netty.shaded.io.netty.handler.codec.http.QueryStringDecoder;
import io.kiroku.eventstore.node.http.Pages.Page;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Answers requests of HTTP/1.1, on the network thread: nothing here waits.
@Sharable
final class HttpRequests extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String JSON = "application/json; charset=utf-8";
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final Pages pages;

  HttpRequests(Pages pages) {
    this.pages = pages;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    var _ = context.writeAndFlush(answer(request)); // a failure closes the connection
  }

  private FullHttpResponse answer(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      FullHttpResponse refused = response(HttpResponseStatus.BAD_REQUEST, Unpooled.EMPTY_BUFFER);
      HttpUtil.setKeepAlive(refused, false); // nobody knows where the next request begins
      return refused;
    }
    QueryStringDecoder query = new QueryStringDecoder(request.uri());
    Page page = pages.at(query.path());
    if (page == null) {
      return response(HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER);
    }
    if (!METHODS.contains(request.method())) {
      FullHttpResponse refused =
          response(HttpResponseStatus.METHOD_NOT_ALLOWED, Unpooled.EMPTY_BUFFER);
      refused.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      return refused;
    }
    return switch (page.answer(query.parameters())) {
      case Pages.Status(int code) ->
          response(HttpResponseStatus.valueOf(code), Unpooled.EMPTY_BUFFER);
      case Pages.Document(Object document) -> json(document);
    };
  }

  private static FullHttpResponse json(Object document) {
    byte[] text = GSON.toJson(document).getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response = response(HttpResponseStatus.OK, Unpooled.wrappedBuffer(text));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, JSON);
    return response;
  }

  private static FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    if (!status.equals(HttpResponseStatus.NO_CONTENT)) {
      HttpUtil.setContentLength(response, body.readableBytes());
    }
    return response;
  }
}
