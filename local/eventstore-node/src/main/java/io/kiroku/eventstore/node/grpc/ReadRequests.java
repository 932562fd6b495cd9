package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Filter;
import io.kiroku.eventstore.node.log.Filter.Subject;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.AllOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.ReadDirection;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.StreamOptions;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Takes a `Streams.Read` request apart: of a stream or of all, once or for ever, in which
/// direction, filtered or not.
final class ReadRequests {
  /// Start of a read: as far back as there is.
  static final long START = -1;

  /// Start of a read: where the stream or log ends at that moment.
  static final long END = Long.MAX_VALUE;

  private static final int WINDOW_DEFAULT = 32;

  private ReadRequests() {}

  static Runnable parse(Options options, EventLog log, Sink sink) {
    boolean structured =
        switch (options.getUuidOption().getContentCase()) {
          case STRING -> false;
          case STRUCTURED, CONTENT_NOT_SET -> true;
        };
    if (!options.hasUuidOption()) {
      throw Errors.invalid("uuid_option is missing");
    }
    StreamEvents events = new StreamEvents(log, options.getResolveLinks(), structured);
    boolean backwards = options.getReadDirection() == ReadDirection.Backwards;
    if (options.hasSubscription() && backwards) {
      throw Errors.invalid("A subscription reads forwards");
    }
    return switch (options.getStreamOptionCase()) {
      case STREAM -> ofStream(options, log, sink, events, backwards);
      case ALL -> ofAll(options, log, sink, events, backwards);
      case STREAMOPTION_NOT_SET -> throw Errors.invalid("Neither a stream nor $all");
    };
  }

  private static Runnable ofStream(
      Options options, EventLog log, Sink sink, StreamEvents events, boolean backwards) {
    if (options.hasFilter()) {
      throw Errors.invalid("Only $all can be filtered");
    }
    String stream = Wire.stream(options.getStream().getStreamIdentifier());
    long from = start(options.getStream());
    return switch (options.getCountOptionCase()) {
      case COUNT -> {
        boolean bounds = options.getControlOption().getCompatibility() >= 1;
        long count = count(options.getCount());
        yield new StreamRead(log, sink, events, stream, from, count, backwards, bounds);
      }
      case SUBSCRIPTION -> new StreamSubscription(log, sink, events, stream, from);
      case COUNTOPTION_NOT_SET -> throw Errors.invalid("Neither a count nor a subscription");
    };
  }

  private static Runnable ofAll(
      Options options, EventLog log, Sink sink, StreamEvents events, boolean backwards) {
    long from = start(options.getAll());
    Filter filter = options.hasFilter() ? filter(options.getFilter()) : null;
    AllFilter wanted = allFilter(filter);
    return switch (options.getCountOptionCase()) {
      case COUNT ->
          new AllRead(log, sink, events, wanted, from, count(options.getCount()), backwards);
      case SUBSCRIPTION -> {
        long interval = filter == null ? 0 : checkpointInterval(options.getFilter());
        yield new AllSubscription(log, sink, events, wanted, from, interval);
      }
      case COUNTOPTION_NOT_SET -> throw Errors.invalid("Neither a count nor a subscription");
    };
  }

  private static AllFilter allFilter(@Nullable Filter filter) {
    try {
      return AllFilter.of(filter);
    } catch (PatternSyntaxException e) {
      throw Errors.invalid("The filter is no regular expression: " + e.getDescription());
    }
  }

  private static long count(long count) {
    if (count == 0) {
      throw Errors.unknown("Unexpected ReadStreamResult: Error");
    }
    return count < 0 ? Long.MAX_VALUE : count;
  }

  private static long start(StreamOptions options) {
    return switch (options.getRevisionOptionCase()) {
      case REVISION -> options.getRevision() == -1 ? END : Wire.unsigned(options.getRevision());
      case START -> START;
      case END -> END;
      case REVISIONOPTION_NOT_SET -> throw Errors.invalid("No start");
    };
  }

  private static long start(AllOptions options) {
    return switch (options.getAllOptionCase()) {
      case POSITION -> {
        long commit = options.getPosition().getCommitPosition();
        long prepare = options.getPosition().getPreparePosition();
        if (commit == -1 && prepare == -1) {
          yield END;
        }
        if (Long.compareUnsigned(commit, prepare) < 0) {
          throw Errors.unknown(
              "The commit position must be greater than or equal to the prepare position");
        }
        yield Wire.unsigned(commit);
      }
      case START -> START;
      case END -> END;
      case ALLOPTION_NOT_SET -> throw Errors.invalid("No start");
    };
  }

  private static long checkpointInterval(FilterOptions options) {
    long multiplier = bounded(options.getCheckpointIntervalMultiplier());
    long window = options.hasMax() ? bounded(options.getMax()) : WINDOW_DEFAULT;
    if (multiplier == 0 || window == 0) {
      throw Errors.invalid("The checkpoint interval must be greater than 0");
    }
    return window * multiplier;
  }

  private static long bounded(int unsigned) {
    return Math.min(Integer.toUnsignedLong(unsigned), Integer.MAX_VALUE);
  }

  static Filter filter(FilterOptions options) {
    return switch (options.getFilterCase()) {
      case STREAM_IDENTIFIER -> filter(Subject.STREAM, options.getStreamIdentifier());
      case EVENT_TYPE -> filter(Subject.TYPE, options.getEventType());
      case FILTER_NOT_SET -> throw Errors.invalid("The filter is empty");
    };
  }

  private static Filter filter(Subject subject, FilterOptions.Expression expression) {
    return new Filter(subject, expression.getRegex(), List.copyOf(expression.getPrefixList()));
  }
}
