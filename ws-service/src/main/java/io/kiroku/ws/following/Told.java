package io.kiroku.ws.following;

import io.kiroku.ws.protocol.JobNews;
import io.kiroku.ws.protocol.ServerMessages;

/// News and the text that tells them, written once for all who follow the job.
public record Told(JobNews news, String text) {
  public static Told of(JobNews news) {
    return new Told(news, ServerMessages.event(news));
  }

  long sequence() {
    return news.sequence();
  }
}
