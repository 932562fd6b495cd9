package io.kiroku.job.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// `change-job.lua`, called by its digest or, where Redis does not know it yet, by its text.
final class ChangeScript {
  private static final String RESOURCE = "/change-job.lua";

  private final String text;
  private final String digest;
  private final Clock clock;
  private final Duration expiry;

  ChangeScript(Clock clock, Duration expiry) {
    this.text = read();
    this.digest = sha1(text);
    this.clock = clock;
    this.expiry = expiry;
  }

  /// Fails with `NOSCRIPT` on a Redis that has not yet seen the text.
  Request byDigest(JobChange change, boolean answer) {
    return call(Command.EVALSHA, digest, change, answer);
  }

  /// Makes the script known for calls by digest.
  Request byText(JobChange change, boolean answer) {
    return call(Command.EVAL, text, change, answer);
  }

  private Request call(Command command, String script, JobChange change, boolean answer) {
    List<String> keys = JobKeys.of(change.jobId()).all();
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    pair(request, "now", Long.toString(clock.millis()));
    pair(request, "ttl", Long.toString(expiry.toMillis()));
    if (answer) {
      pair(request, "answer", "1");
    }
    common(request, change);
    switch (change) {
      case JobChange.Issue issue -> {
        pair(request, "op", "issue");
        pair(request, "kind", issue.kind());
      }
      case JobChange.Reject reject -> {
        pair(request, "op", "reject");
        pair(request, "code", reject.code());
      }
      case JobChange.Progress progress -> progress(request, progress);
    }
    return request;
  }

  private static void common(Request request, JobChange change) {
    pair(request, "job", change.jobId());
    pair(request, "user", change.userId());
    pair(request, "tenant", change.tenant());
    pair(request, "at", Long.toString(change.at().toEpochMilli()));
    String traceparent = change.traceparent();
    pair(request, "traceparent", traceparent == null ? "" : traceparent);
  }

  private static void progress(Request request, JobChange.Progress progress) {
    pair(request, "op", "progress");
    pair(request, "subject", progress.orderId());
    pair(request, "revision", Long.toString(progress.revision()));
    pair(request, "action", progress.action().wireName());
    pair(request, "step", progress.step());
    pair(request, "code", progress.code());
    pair(request, "token", progress.consistencyToken());
    pair(request, "steps", String.join(",", progress.steps()));
    pair(request, "cause", progress.cause());
    pair(request, "position", Long.toString(progress.position()));
  }

  private static void pair(Request request, String name, String value) {
    request.arg(name).arg(value);
  }

  private static String read() {
    try (InputStream script = ChangeScript.class.getResourceAsStream(RESOURCE)) {
      if (script == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  // Redis names scripts by their SHA-1: https://redis.io/docs/latest/commands/evalsha/
  private static String sha1(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }
}
