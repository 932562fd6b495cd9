package io.kiroku.shared;

import java.util.Currency;

/// An amount in the smallest unit of its currency (yen, cents).
public record Money(long minorUnits, Currency currency) {
  /// No single price is higher; it keeps every sum the rules make far from overflow.
  public static final long PRICE_MINOR_UNITS_MAX = 1_000_000_000_000L;

  public static Money yen(long yen) {
    return new Money(yen, Currency.getInstance("JPY"));
  }

  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /// Both must be of one currency; fails with [IllegalArgumentException] if they are not.
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
    }
    return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
  }

  public Money times(int quantity) {
    return new Money(Math.multiplyExact(minorUnits, quantity), currency);
  }
}
