package io.kiroku.inventory;

import io.kiroku.decider.Upcast;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The first version had one free text for what is a reason and a note today.
final class StockAdjustedV1 implements Upcast {
  @Override
  public Map<String, Object> next(Map<String, Object> old) {
    Map<String, Object> next = new HashMap<>(old);
    next.put("note", Objects.requireNonNull(old.get("reason"), "reason"));
    next.put("reason", AdjustmentReason.OTHER.name());
    return next;
  }
}
