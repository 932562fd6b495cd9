package io.kiroku.ws.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Timestamp;
import io.kiroku.proto.job.v1.Job;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/// Writes what clients receive. An event is written once, for however many sockets.
public final class ServerMessages {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String STATE_PREFIX = "JOB_STATE_";

  private ServerMessages() {}

  public static String subscribed(List<String> jobIds) {
    return ofJobs("subscribed", jobIds);
  }

  public static String unsubscribed(List<String> jobIds) {
    return ofJobs("unsubscribed", jobIds);
  }

  public static String pong() {
    return write(json -> json.writeStringField("type", "pong"));
  }

  public static String error(String code, String detail) {
    return write(json -> error(json, code, detail));
  }

  /// @param jobId the job that cannot be followed
  public static String error(String jobId, String code, String detail) {
    return write(json -> {
      error(json, code, detail);
      json.writeStringField("jobId", jobId);
    });
  }

  /// @param events as [#event] wrote them
  public static String snapshot(Job job, List<String> events) {
    return write(json -> {
      json.writeStringField("type", "job-snapshot");
      json.writeObjectFieldStart("job");
      job(json, job);
      json.writeEndObject();
      json.writeArrayFieldStart("events");
      for (String event : events) {
        json.writeRawValue(event);
      }
      json.writeEndArray();
    });
  }

  public static String event(JobNews news) {
    return write(json -> {
      json.writeStringField("type", "job-event");
      json.writeStringField("jobId", news.jobId());
      json.writeNumberField("sequence", news.sequence());
      json.writeStringField("state", news.state());
      json.writeNumberField("progress", news.progress());
      json.writeStringField("action", news.action());
      json.writeStringField("step", news.step());
      json.writeStringField("code", news.code());
      json.writeStringField("consistencyToken", news.consistencyToken());
      json.writeStringField("traceId", news.traceId());
      json.writeStringField("occurredAt", time(news.occurredAt()));
    });
  }

  /// `RUNNING` for `JOB_STATE_RUNNING`.
  public static String state(String enumName) {
    return enumName.startsWith(STATE_PREFIX) ? enumName.substring(STATE_PREFIX.length()) : enumName;
  }

  private static String ofJobs(String type, List<String> jobIds) {
    return write(json -> {
      json.writeStringField("type", type);
      names(json, "jobIds", jobIds);
    });
  }

  private static void error(JsonGenerator json, String code, String detail) throws IOException {
    json.writeStringField("type", "error");
    json.writeStringField("code", code);
    json.writeStringField("detail", detail);
  }

  private static void job(JsonGenerator json, Job job) throws IOException {
    json.writeStringField("jobId", job.getJobId());
    json.writeStringField("kind", job.getKind());
    json.writeStringField("state", state(job.getState().name()));
    json.writeNumberField("progress", job.getProgress());
    names(json, "done", job.getDoneList());
    names(json, "pending", job.getPendingList());
    json.writeStringField("subjectId", job.getSubjectId());
    json.writeStringField("consistencyToken", job.getConsistencyToken());
    json.writeStringField("errorCode", job.getErrorCode());
    json.writeNumberField("sequence", job.getSequence());
    if (job.hasIssuedAt()) {
      json.writeStringField("issuedAt", time(job.getIssuedAt()));
    }
    if (job.hasCompletedAt()) {
      json.writeStringField("completedAt", time(job.getCompletedAt()));
    }
    json.writeStringField("expiresAt", time(job.getExpiresAt()));
  }

  private static void names(JsonGenerator json, String field, List<String> names)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
  }

  private static String write(Body body) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory does not fail to be written", impossible);
    }
    return text.toString();
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }
}
