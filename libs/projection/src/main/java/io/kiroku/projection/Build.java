package io.kiroku.projection;

import java.time.Duration;
import java.util.List;

/// One building of a read model from the log, with documents, a subscription group, a watermark and
/// markers of its own: several can stand side by side.
///
/// @param number from 1; none is given twice
public record Build(Projection declared, int number) implements Projection {
  public static final int FIRST = 1;

  @Override
  public String name() {
    return declared.name();
  }

  @Override
  public int version() {
    return declared.version();
  }

  @Override
  public List<Contribution<?, ?>> contributions() {
    return declared.contributions();
  }

  @Override
  public List<Index> indexes() {
    return declared.indexes();
  }

  @Override
  public Duration linger() {
    return declared.linger();
  }

  /// The first is named as if there were no others: `order-view-v1`, then `order-view-v1-b2`.
  @Override
  public String id() {
    return number == FIRST ? declared.id() : declared.id() + "-b" + number;
  }
}
