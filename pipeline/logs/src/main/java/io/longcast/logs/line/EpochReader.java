package io.longcast.logs.line;

import io.longcast.read.EpochUnit;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Reads times that are counted since 1970, whole or with a fraction ({@code 1704067200.25}, {@code
 * 1.70406720025e9}). A count that is no time of our days in the declared unit, and is one in
 * another, is rejected: it was written in the other.
 */
final class EpochReader {
  private static final int MAX_LENGTH = 64;
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final EpochUnit unit;

  EpochReader(EpochUnit unit) {
    this.unit = unit;
  }

  /**
   * The instant of a count.
   *
   * @throws RejectedLine if the text is no number, or counts another unit
   */
  Instant read(String text) {
    BigDecimal count = number(text);
    if (!unit.isPlausible(count)) {
      requireNoOtherUnit(text, count);
    }
    try {
      Instant instant = unit.instant(count);
      if (!instant.isBefore(FIRST) && !instant.isAfter(LAST)) {
        return instant;
      }
      throw rejected(text, "beyond the years 1 to 9999");
    } catch (ArithmeticException beyond) {
      throw rejected(text, "beyond the years 1 to 9999");
    }
  }

  private void requireNoOtherUnit(String text, BigDecimal count) {
    for (EpochUnit other : EpochUnit.values()) {
      if (other.isPlausible(count)) {
        throw new RejectedLine(
            RejectReason.WRONG_EPOCH_UNIT,
            "timestamp: %s is no time of our days in %s, but one in %s"
                .formatted(text, unit.format(), other.format()));
      }
    }
  }

  private BigDecimal number(String text) {
    if (text.length() > MAX_LENGTH) {
      throw rejected(text.substring(0, MAX_LENGTH) + "…", "too long for a number");
    }
    try {
      BigDecimal number = new BigDecimal(text);
      long whole = (long) number.precision() - number.scale();
      if (Math.abs(whole) <= MAX_LENGTH && Math.abs((long) number.scale()) <= MAX_LENGTH) {
        return number;
      }
      throw rejected(text, "out of range");
    } catch (NumberFormatException notANumber) {
      throw rejected(text, "not a number");
    }
  }

  private RejectedLine rejected(String text, String why) {
    return new RejectedLine(
        RejectReason.BAD_TIMESTAMP,
        "timestamp: \"%s\" is %s (format %s)".formatted(text, why, unit.format()));
  }
}
