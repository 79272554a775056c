package io.longcast.drift;

import io.longcast.series.Segment;
import io.longcast.table.DriftTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** A fleet compared with the training data of a model; holds the figures of all series. */
public final class DriftComparison implements AutoCloseable {
  private final SparkSession spark;
  private final DriftStage.Plan plan;
  private final Timestamp at;
  private final JavaRDD<SeriesDrift> series;

  private DriftComparison(
      SparkSession spark, DriftStage.Plan plan, Timestamp at, JavaRDD<SeriesDrift> series) {
    this.spark = spark;
    this.plan = plan;
    this.at = at;
    this.series = series;
  }

  /**
   * Compares series with a reference, see {@link DriftStage#compare}.
   *
   * @param newest time of the newest row of all series
   */
  public static DriftComparison of(
      SparkSession spark,
      JavaRDD<Segment> segments,
      Dataset<Row> reference,
      DriftStage.Plan plan,
      Instant newest) {
    JavaRDD<SeriesDrift> series =
        DriftStage.compare(segments, reference, plan, newest).persist(StorageLevel.DISK_ONLY());
    return new DriftComparison(spark, plan, Timestamp.from(newest), series);
  }

  /** The verdict; runs a job. */
  public DriftReport report() {
    return series.aggregate(new DriftReport(plan), DriftReport::add, DriftReport::merge);
  }

  /** Rows of {@link DriftTable}: the fleet, its channels, and the series that have drifted. */
  public Dataset<Row> rows(DriftReport report) {
    Timestamp time = at;
    DriftStage.Plan what = plan;
    return spark
        .createDataFrame(report.rows(at), DriftTable.SCHEMA)
        .unionByName(
            spark.createDataFrame(
                series
                    .filter(each -> each.isDrift(what.spec()))
                    .flatMap(each -> rows(each, what, time)),
                DriftTable.SCHEMA));
  }

  private static Iterator<Row> rows(SeriesDrift each, DriftStage.Plan plan, Timestamp at) {
    ChannelProfile.Figures now = each.recent();
    ChannelProfile.Figures usual = each.usual();
    DriftSpec spec = plan.spec();
    List<Row> rows = new ArrayList<>();
    boolean shifted = each.hasShifted(spec);
    rows.add(row(each, plan, at, "stability", now.stability(), usual.stability(), shifted));
    rows.add(row(each, plan, at, "shift", now.shift(), usual.shift(), false));
    rows.add(row(each, plan, at, "season", now.season(), usual.season(), each.hasLostSeason(spec)));
    rows.add(row(each, plan, at, "missing", now.missing(), usual.missing(), each.isMissing(spec)));
    return rows.iterator();
  }

  private static Row row(
      SeriesDrift each,
      DriftStage.Plan plan,
      Timestamp at,
      String metric,
      double value,
      double usual,
      boolean drifts) {
    return RowFactory.create(
        plan.modelId(),
        at,
        "series",
        each.seriesId(),
        plan.channels().get(each.channel()),
        metric,
        Double.isNaN(value) ? null : (Double) value,
        Double.isNaN(usual) ? null : (Double) usual,
        drifts,
        each.recent().values());
  }

  @Override
  public void close() {
    series.unpersist();
  }
}
