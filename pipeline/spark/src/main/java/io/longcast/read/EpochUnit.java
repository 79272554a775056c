package io.longcast.read;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Units in which times are counted since 1970. */
public enum EpochUnit {
  SECONDS("epoch-seconds", 1_000_000_000L),
  MILLIS("epoch-millis", 1_000_000L),
  MICROS("epoch-micros", 1_000L),
  NANOS("epoch-nanos", 1L);

  private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000L);

  private final String format;
  private final BigDecimal nanos;

  EpochUnit(String format, long nanos) {
    this.format = format;
    this.nanos = BigDecimal.valueOf(nanos);
  }

  /** Its name in the settings, such as {@code epoch-millis}. */
  public String format() {
    return format;
  }

  /**
   * The instant of a count.
   *
   * @throws ArithmeticException if it is beyond what an instant can be
   */
  public Instant instant(BigDecimal time) {
    BigDecimal whole = seconds(time);
    BigDecimal rest = time.multiply(nanos).subtract(whole.multiply(BILLION));
    try {
      return Instant.ofEpochSecond(whole.longValueExact(), rest.longValue());
    } catch (DateTimeException beyond) {
      throw new ArithmeticException(beyond.getMessage());
    }
  }

  /** The unit of a format. */
  static EpochUnit of(String format) {
    return Arrays.stream(values())
        .filter(unit -> unit.format.equals(format))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Why times cannot be counted in this unit: all of them lie outside the years 1990 to 2100, and
   * in another unit all lie inside. Empty where the unit may be right.
   */
  Optional<String> problem(List<BigDecimal> times) {
    if (times.isEmpty() || times.stream().anyMatch(this::isPlausible)) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(unit -> times.stream().allMatch(unit::isPlausible))
        .findFirst()
        .map(
            unit ->
                "%s read as %s is %s; as %s it is %s (key source.time.format)"
                    .formatted(
                        times.get(0).toPlainString(),
                        format,
                        shown(times.get(0)),
                        unit.format,
                        unit.shown(times.get(0))));
  }

  /** Whether a count in this unit lies in the years 1990 to 2100. */
  public boolean isPlausible(BigDecimal time) {
    BigDecimal seconds = seconds(time);
    return seconds.compareTo(BigDecimal.valueOf(FIRST.getEpochSecond())) >= 0
        && seconds.compareTo(BigDecimal.valueOf(LAST.getEpochSecond())) < 0;
  }

  private BigDecimal seconds(BigDecimal time) {
    return time.multiply(nanos).divide(BILLION, 0, RoundingMode.FLOOR);
  }

  private String shown(BigDecimal time) {
    BigDecimal seconds = seconds(time);
    boolean instant =
        seconds.compareTo(BigDecimal.valueOf(Instant.MAX.getEpochSecond())) < 0
            && seconds.compareTo(BigDecimal.valueOf(Instant.MIN.getEpochSecond())) > 0;
    return instant ? Instant.ofEpochSecond(seconds.longValue()).toString() : "beyond any calendar";
  }
}
