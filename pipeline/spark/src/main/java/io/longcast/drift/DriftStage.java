package io.longcast.drift;

import io.longcast.drift.ChannelProfile.Figures;
import io.longcast.series.Segment;
import io.longcast.table.DriftReferenceTable;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Profiles of training data without a shuffle, and their comparison with new data with one. */
public final class DriftStage {
  private DriftStage() {}

  /**
   * What is compared.
   *
   * @param channels in layout order
   * @param window steps of a window, at least 1
   * @param season steps of a season, 1 for none
   * @param spec limits
   * @param modelId whose training data
   */
  public record Plan(List<String> channels, int window, int season, DriftSpec spec, String modelId)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Plan {
      channels = List.copyOf(channels);
    }
  }

  /** Rows in the shape of {@link DriftReferenceTable}, one a series and channel. */
  public static Dataset<Row> reference(SparkSession spark, JavaRDD<Segment> segments, Plan plan) {
    return spark.createDataFrame(
        segments.flatMap(segment -> references(segment, plan)), DriftReferenceTable.SCHEMA);
  }

  private static Iterator<Row> references(Segment segment, Plan plan) {
    return IntStream.range(0, plan.channels().size())
        .mapToObj(
            c ->
                row(
                    segment.seriesId(),
                    c,
                    plan,
                    ChannelProfile.of(
                        values(segment, c), plan.window(), plan.season(), plan.spec().minValues())))
        .iterator();
  }

  private static Row row(String seriesId, int channel, Plan plan, ChannelProfile of) {
    return RowFactory.create(
        seriesId,
        plan.channels().get(channel),
        of.edges().toArray(),
        of.shares().toArray(),
        of.spread(),
        nullable(of.season()),
        of.missing(),
        of.values(),
        of.usual().stability(),
        of.usual().shift(),
        nullable(of.usual().season()),
        of.usual().missing(),
        plan.modelId());
  }

  private static Double nullable(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  /**
   * Every series and channel now and in training.
   *
   * @param segments whole series on a grid
   * @param reference in the shape of {@link DriftReferenceTable}, of the plan's model
   * @param newest time of the newest row of all series
   */
  static JavaRDD<SeriesDrift> compare(
      JavaRDD<Segment> segments, Dataset<Row> reference, Plan plan, Instant newest) {
    JavaPairRDD<String, Row> profiles =
        DriftReferenceTable.TABLE
            .select(reference)
            .toJavaRDD()
            .mapToPair(row -> new Tuple2<>(row.getString(0), row));
    return segments
        .mapToPair(segment -> new Tuple2<>(segment.seriesId(), segment))
        .cogroup(profiles)
        .flatMap(both -> compared(both._1, both._2, plan, newest));
  }

  private static Iterator<SeriesDrift> compared(
      String seriesId, Tuple2<Iterable<Segment>, Iterable<Row>> both, Plan plan, Instant newest) {
    Map<String, ChannelProfile> known = new HashMap<>();
    both._2.forEach(row -> known.put(row.getString(1), profile(row)));
    Iterator<Segment> found = both._1.iterator();
    Optional<Segment> segment = found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    List<SeriesDrift> all = new ArrayList<>();
    for (int c = 0; c < plan.channels().size(); c++) {
      ChannelProfile profile = known.get(plan.channels().get(c));
      int channel = c;
      Figures recent =
          segment.flatMap(each -> recent(each, channel, profile, plan, newest)).orElse(null);
      boolean unknown =
          segment.isPresent() && Arrays.stream(segment.get().statics()).anyMatch(code -> code == 0);
      all.add(new SeriesDrift(seriesId, c, recent, profile, unknown));
    }
    return all.iterator();
  }

  /** Of the steps of the window that ends with the newest row of all series. */
  private static Optional<Figures> recent(
      Segment segment, int channel, ChannelProfile profile, Plan plan, Instant newest) {
    int from = firstStep(segment, plan, newest);
    if (from >= segment.length()) {
      return Optional.empty();
    }
    ChannelProfile against =
        profile != null
            ? profile
            : ChannelProfile.of(new double[0], plan.window(), plan.season(), 1);
    return Optional.of(
        against.figures(values(segment, channel), from, segment.length(), plan.season()));
  }

  private static int firstStep(Segment segment, Plan plan, Instant newest) {
    int from = Math.max(0, segment.length() - plan.window());
    while (from < segment.length() && isBefore(segment, from + plan.window() - 1, newest)) {
      from++;
    }
    return from;
  }

  private static boolean isBefore(Segment segment, int step, Instant newest) {
    return segment.axis().instant(step).map(at -> at.isBefore(newest)).orElse(false);
  }

  private static ChannelProfile profile(Row row) {
    return new ChannelProfile(
        row.getList(2),
        row.getList(3),
        row.getDouble(4),
        nan(row, 5),
        row.getDouble(6),
        row.getLong(7),
        new Figures(
            row.getDouble(8), row.getDouble(9), nan(row, 10), row.getDouble(11), row.getLong(7)));
  }

  private static double nan(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }

  /** One a step, NaN where nothing was observed. */
  private static double[] values(Segment segment, int channel) {
    double[] values = segment.row(channel).toDoubles();
    for (int step = 0; step < values.length; step++) {
      values[step] = segment.isObserved(channel, step) ? values[step] : Double.NaN;
    }
    return Arrays.copyOf(values, segment.length());
  }
}
