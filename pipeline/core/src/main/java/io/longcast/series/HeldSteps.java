package io.longcast.series;

import java.util.Arrays;

/** Brings a series that ends early to the end of others. */
public final class HeldSteps {
  private HeldSteps() {}

  /**
   * A whole series with more steps at its end, which hold its last values and count as not
   * observed. Known covariates keep the values they have there.
   *
   * @param series a whole series of at least one step
   * @param channels number of its channels
   * @param more steps to add, at least 1
   */
  public static Segment after(Segment series, int channels, int more) {
    int length = series.length() + more;
    SeriesValues[] rows = new SeriesValues[series.rows()];
    for (int r = 0; r < rows.length; r++) {
      SeriesValues row = series.row(r);
      int missing = length - row.length();
      boolean ends = missing > 0 && row.length() > 0;
      rows[r] = ends ? row.followedBy(row.length(), held(row, missing)) : row;
    }
    long[][] bits = new long[channels][];
    for (int c = 0; c < channels; c++) {
      bits[c] = Bits.join(series.observed(c), series.length(), new long[(more + 63) / 64], more);
    }
    return Segment.whole(series.seriesId(), series.axis(), length, rows, bits, series.statics());
  }

  private static SeriesValues held(SeriesValues row, int more) {
    double[] values = new double[more];
    Arrays.fill(values, row.get(row.length() - 1));
    return SeriesValues.of(values);
  }
}
