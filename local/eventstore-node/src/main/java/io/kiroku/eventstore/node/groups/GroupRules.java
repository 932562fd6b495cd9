package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.GroupRefused.Kind;

/// What settings must be like, in the words of EventStoreDB, which clients show.
final class GroupRules {
  private static final String START = "Invalid Start From position: ";

  private GroupRules() {}

  /// Fails with [GroupRefused] if there is no such strategy or place.
  static void checkStart(GroupId id, GroupSettings settings, long end) {
    if (!Dispatch.exists(settings.strategy())) {
      throw failed(id, "Consumer strategy " + settings.strategy() + " does not exist.");
    }
    if (id.ofAll()) {
      checkPosition(id, settings.start(), settings.startPrepare(), end);
    } else if (settings.start() < GroupSettings.END) {
      throw failed(id, START + "event number must be greater than or equal to -1.");
    }
  }

  private static void checkPosition(GroupId id, long commit, long prepare, long end) {
    if (prepare > commit) {
      throw failed(
          id, START + "prepare position must be less than or equal to the commit position.");
    }
    if (commit >= end) {
      throw failed(
          id,
          START
              + "commit position must be less than or equal to the last commit position in the"
              + " transaction file.");
    }
    if (Math.min(commit, prepare) < 0
        && (commit != GroupSettings.END || prepare != GroupSettings.END)) {
      throw failed(
          id,
          START
              + "prepare and commit positions must be greater than or equal to 0 or both equal to"
              + " -1.");
    }
  }

  /// Fails with [GroupRefused] if nothing could ever be read into the buffer.
  static void checkBuffers(GroupId id, GroupSettings settings) {
    if (settings.readBatchSize() >= settings.historyBufferSize()) {
      throw failed(
          id,
          "Specified argument was out of the range of valid values. (Parameter 'ReadBatchSize may"
              + " not be greater than or equal to BufferSize')");
    }
  }

  private static GroupRefused failed(GroupId id, String reason) {
    return new GroupRefused(Kind.FAILED, id, reason);
  }
}
