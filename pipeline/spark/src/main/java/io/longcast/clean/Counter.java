package io.longcast.clean;

import io.longcast.settings.SettingException;
import io.longcast.state.StateFields;
import java.util.Arrays;
import java.util.Locale;

/**
 * Turns the readings of a counter, which rises and starts again at zero (meters, packet counts),
 * into what was counted since the reading before. A reading below the one before follows a reset:
 * then the reading itself is what was counted. Readings come in the order of time.
 */
final class Counter {

  /** What is made of two readings. */
  enum Kind {
    /** The increase. */
    DIFFERENCE,
    /** The increase a second. */
    RATE;

    /**
     * The kind of a setting.
     *
     * @throws IllegalArgumentException if the word is none
     */
    static Kind of(String column, String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new SettingException(
                      "clean.counters." + column,
                      "a counter is read as difference or rate, found \"%s\"".formatted(word)));
    }
  }

  private final Kind kind;
  private double last = Double.NaN;
  private long lastMicros;

  Counter(Kind kind) {
    this.kind = kind;
  }

  /** The counter as it is now, as fields of a state. */
  void fields(StateFields fields) {
    last = fields.real(last);
    lastMicros = fields.number(lastMicros);
  }

  /** An independent copy. */
  Counter copy() {
    Counter copy = new Counter(kind);
    copy.last = last;
    copy.lastMicros = lastMicros;
    return copy;
  }

  /**
   * What was counted up to a reading; NaN for an absent or the first one, and for a rate without
   * times.
   */
  double next(double reading, long micros) {
    if (Double.isNaN(reading)) {
      return Double.NaN;
    }
    double counted = reading < last ? reading : reading - last;
    boolean timed = micros != SeriesBuffer.NO_TIME && lastMicros != SeriesBuffer.NO_TIME;
    double seconds = timed && micros > lastMicros ? (micros - lastMicros) / 1e6 : Double.NaN;
    last = reading;
    lastMicros = micros;
    return kind == Kind.RATE ? counted / seconds : counted;
  }
}
