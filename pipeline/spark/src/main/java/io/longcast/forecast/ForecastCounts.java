package io.longcast.forecast;

import io.longcast.metrics.TaskCounter;
import io.longcast.table.ForecastStatus;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * What was forecast, counted while the rows are made; a task that is run twice counts twice.
 *
 * @param widened ends of intervals that were moved to contain their point
 * @param byStatus series and channels
 * @param metered whether they count in the metrics of the run too
 */
public record ForecastCounts(
    LongAccumulator widened, EnumMap<ForecastStatus, LongAccumulator> byStatus, boolean metered)
    implements Serializable {

  /** Counts of a run. */
  public static ForecastCounts of(SparkSession spark) {
    return of(spark, true);
  }

  /** Counts of groups of series, which are no series of the run. */
  public static ForecastCounts ofGroups(SparkSession spark) {
    return of(spark, false);
  }

  private static ForecastCounts of(SparkSession spark, boolean metered) {
    EnumMap<ForecastStatus, LongAccumulator> byStatus = new EnumMap<>(ForecastStatus.class);
    for (ForecastStatus status : ForecastStatus.values()) {
      byStatus.put(status, spark.sparkContext().longAccumulator("forecasts " + status.word()));
    }
    return new ForecastCounts(
        spark.sparkContext().longAccumulator("widened intervals"), byStatus, metered);
  }

  /** Counts that nobody reads. */
  static ForecastCounts none() {
    EnumMap<ForecastStatus, LongAccumulator> byStatus = new EnumMap<>(ForecastStatus.class);
    for (ForecastStatus status : ForecastStatus.values()) {
      byStatus.put(status, new LongAccumulator());
    }
    return new ForecastCounts(new LongAccumulator(), byStatus, true);
  }

  void add(ForecastStatus status) {
    if (metered) {
      TaskCounter.SERIES_FORECAST.add(1);
    }
    byStatus.get(status).add(1);
  }

  /** Series and channels by the word of their status, those that occur. */
  public Map<String, Long> statuses() {
    Map<String, Long> counts = new LinkedHashMap<>();
    byStatus.forEach(
        (status, count) -> {
          if (count.value() > 0) {
            counts.put(status.word(), count.value());
          }
        });
    return counts;
  }
}
