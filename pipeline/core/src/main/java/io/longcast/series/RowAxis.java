package io.longcast.series;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows kept as they were read: step {@code i} is row {@code firstRow + i}. Timestamps may repeat,
 * step back or be absent; steps past the last row have a row number and no time.
 */
public final class RowAxis implements TimeAxis {
  private static final long serialVersionUID = 1L;

  /** Stands for a row without a timestamp. */
  public static final long ABSENT = Long.MIN_VALUE;

  private final long firstRow;
  private final long[] micros;
  private final int offset;

  /**
   * @param firstRow row number of step 0
   * @param micros microseconds since the epoch for each row, {@link #ABSENT} for a row without a
   *     timestamp; null where the data have no time
   */
  public RowAxis(long firstRow, long[] micros) {
    this(firstRow, micros == null ? null : micros.clone(), 0);
  }

  private RowAxis(long firstRow, long[] micros, int offset) {
    this.firstRow = firstRow;
    this.micros = micros;
    this.offset = offset;
  }

  @Override
  public Optional<Instant> instant(long step) {
    long at = micros(step);
    return at == ABSENT ? Optional.empty() : Optional.of(Instant.EPOCH.plus(at, ChronoUnit.MICROS));
  }

  @Override
  public Optional<Long> row(long step) {
    return Optional.of(firstRow + step);
  }

  @Override
  public TimeAxis from(long step) {
    return new RowAxis(firstRow + step, micros, Math.toIntExact(offset + step));
  }

  @Override
  public TimeAxis slice(int from, int length) {
    if (micros == null) {
      return from(from);
    }
    int start = Math.max(0, Math.min(micros.length, offset + from));
    int end = Math.max(start, Math.min(micros.length, offset + from + length));
    return new RowAxis(firstRow + from, Arrays.copyOfRange(micros, start, end), 0);
  }

  @Override
  public TimeAxis followedBy(int length, TimeAxis next) {
    RowAxis rows = (RowAxis) next;
    if (micros == null) {
      return this;
    }
    int more = rows.timedSteps();
    long[] all = Arrays.copyOfRange(micros, offset, offset + length + more);
    System.arraycopy(rows.micros, rows.offset, all, length, more);
    return new RowAxis(firstRow, all, 0);
  }

  /** Microseconds since the epoch of a step, or {@link #ABSENT} where it has no time. */
  public long micros(long step) {
    long at = offset + step;
    return micros == null || at < 0 || at >= micros.length ? ABSENT : micros[(int) at];
  }

  /** Row number of step 0. */
  public long firstRow() {
    return firstRow;
  }

  /** Steps from step 0 on for which a time is held. */
  public int timedSteps() {
    return micros == null ? 0 : Math.max(0, micros.length - offset);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowAxis that
        && firstRow == that.firstRow
        && offset == that.offset
        && Arrays.equals(micros, that.micros);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(firstRow) * 31 + Arrays.hashCode(micros);
  }
}
