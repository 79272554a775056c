package io.longcast.window;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesValues;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Small seeded series whose value at step t of channel c is 1000 c + t + a fraction of the series.
 */
public final class SampleSeries {
  static final GridAxis HOURLY =
      new GridAxis(Instant.parse("2024-01-01T00:00:00Z"), Frequency.parse("1h"), ZoneOffset.UTC);

  private SampleSeries() {}

  /** A whole series with gaps at seeded places. */
  public static Segment series(String id, int length, int channels, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[channels][length];
    long[][] observed = new long[channels][(length + 63) / 64];
    for (int c = 0; c < channels; c++) {
      for (int t = 0; t < length; t++) {
        values[c][t] = 1000 * c + t + Math.floorMod(seed, 100) / 128f;
        if (random.nextInt(10) > 0) {
          observed[c][t >> 6] |= 1L << (t & 63);
        }
      }
    }
    return Segment.whole(id, HOURLY, length, values, observed, new int[0]);
  }

  /** A fleet of lengths from 1 to a few hundred and one long series. */
  public static List<Segment> fleet(int series, int channels, long seed) {
    Random random = new Random(seed);
    List<Segment> fleet = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      int length = i == 0 ? 3000 : 1 + random.nextInt(300);
      fleet.add(series("s" + i, length, channels, seed * 1000 + i));
    }
    return fleet;
  }

  /** The same without a number in the first rows from a step on. */
  static Segment poisoned(Segment segment, int rows, int from) {
    SeriesValues[] values = new SeriesValues[segment.rows()];
    long[][] observed = new long[segment.observedChannels()][];
    for (int row = 0; row < values.length; row++) {
      values[row] = segment.row(row);
      if (row < rows) {
        float[] poisoned = values[row].toFloats();
        Arrays.fill(poisoned, from, segment.length(), Float.NaN);
        values[row] = SeriesValues.of(poisoned);
      }
    }
    Arrays.setAll(observed, segment::observed);
    return Segment.whole(
        segment.seriesId(),
        segment.axis(),
        segment.length(),
        values,
        observed.length == 0 ? null : observed,
        segment.statics());
  }

  /** The same with a level added to every value, in double precision. */
  static Segment lifted(Segment segment, double level) {
    SeriesValues[] values = new SeriesValues[segment.rows()];
    Arrays.setAll(
        values,
        row ->
            SeriesValues.of(
                Arrays.stream(segment.row(row).toDoubles()).map(x -> x + level).toArray()));
    long[][] observed = new long[segment.observedChannels()][];
    Arrays.setAll(observed, segment::observed);
    return Segment.whole(
        segment.seriesId(),
        segment.axis(),
        segment.length(),
        values,
        observed.length == 0 ? null : observed,
        segment.statics());
  }
}
