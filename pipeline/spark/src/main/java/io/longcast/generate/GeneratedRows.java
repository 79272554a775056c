package io.longcast.generate;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The typed rows of one series, in order of time, one at a time. */
final class GeneratedRows implements Iterator<Object[]> {
  private final GenerateSpec spec;
  private final String seriesId;
  private final SeriesStream stream;
  private final String[] statics;
  private final double[] values;
  private final int known;
  private long step;

  GeneratedRows(GenerateSpec spec, long number) {
    this.spec = spec;
    seriesId = spec.seriesId(number);
    stream = spec.kind().open(spec, number);
    statics = stream.statics();
    values = new double[spec.kind().layout().rows()];
    known = spec.kind().layout().firstKnownRow();
  }

  @Override
  public boolean hasNext() {
    return step < spec.steps() + (known < values.length ? spec.ahead() : 0);
  }

  /** Series, timestamp, values (null where missing), static columns. */
  @Override
  public Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the series ends after step " + (step - 1));
    }
    stream.next(step, values);
    if (step >= spec.steps()) {
      Arrays.fill(values, 0, known, Double.NaN);
    }
    Object[] row = new Object[2 + values.length + statics.length];
    row[0] = seriesId;
    row[1] = timestamp(spec.micros(step++));
    for (int i = 0; i < values.length; i++) {
      row[2 + i] = Double.isNaN(values[i]) ? null : StrictMath.rint(values[i] * 1e4) / 1e4;
    }
    System.arraycopy(statics, 0, row, 2 + values.length, statics.length);
    return row;
  }

  static Timestamp timestamp(long micros) {
    return Timestamp.from(
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000));
  }
}
