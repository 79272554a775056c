package io.longcast.anomaly;

import io.longcast.series.Segment;
import io.longcast.table.DetectorStatesTable;
import java.io.Serializable;
import java.sql.Timestamp;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/** The state of a scored series as a row of {@link DetectorStatesTable}, and back. */
final class StateRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String modelId;

  StateRows(String modelId) {
    this.modelId = modelId;
  }

  Row of(ScoredSeries series) {
    return RowFactory.create(
        series.segment().seriesId(),
        series.segment().axis().instant(series.to()).map(Timestamp::from).orElse(null),
        series.segment().seriesStep() + series.to(),
        series.state(),
        modelId);
  }

  /** A series without new steps. */
  Row of(SavedSeries series) {
    Segment past = series.past();
    return RowFactory.create(
        past.seriesId(),
        past.axis().instant(past.length()).map(Timestamp::from).orElse(null),
        past.seriesStep() + past.length(),
        series.toBytes(),
        modelId);
  }

  static JavaPairRDD<String, byte[]> bySeries(Dataset<Row> states) {
    return states
        .select(DetectorStatesTable.SERIES_ID, DetectorStatesTable.STATE)
        .toJavaRDD()
        .mapToPair(row -> new Tuple2<>(row.getString(0), row.<byte[]>getAs(1)));
  }
}
