package io.longcast.spark;

import io.longcast.clean.RowCounts;
import io.longcast.evaluate.Metric;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.TrainedModel;
import io.longcast.train.HistoryRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How the training of a model went, as DataFrames of the caller's session. */
public final class TrainingSummary {
  private final UtcSession session;
  private final SeriesDataset data;
  private final TrainedModel trained;

  TrainingSummary(UtcSession session, SeriesDataset data, TrainedModel trained) {
    this.session = session;
    this.data = data;
    this.trained = trained;
  }

  /** Whether the model beats every baseline on the validation windows. */
  public boolean beatsBaselines() {
    return trained.evaluation().subjectWins();
  }

  /** Rows read, used and rejected, and series seen and kept. */
  public RowCounts rows() {
    return data.counts();
  }

  /**
   * The model and its baselines on the same validation windows, before the model was trained again
   * on all rows: one row a model, one column per metric, the model under test first.
   */
  public Dataset<Row> comparison() {
    Map<String, List<Metric>> models = trained.evaluation().metrics();
    Set<String> names = new LinkedHashSet<>();
    models.values().forEach(metrics -> metrics.forEach(metric -> names.add(metric.name())));
    StructType schema = new StructType().add("model", DataTypes.StringType, false);
    for (String name : names) {
      schema = schema.add(name, DataTypes.DoubleType, true);
    }
    List<Row> rows = new ArrayList<>();
    models.forEach((model, metrics) -> rows.add(row(model, metrics, names)));
    return session.leave(session.spark().createDataFrame(rows, schema));
  }

  private static Row row(String model, List<Metric> metrics, Set<String> names) {
    Map<String, Double> values = new TreeMap<>();
    metrics.forEach(metric -> values.put(metric.name(), metric.value()));
    List<Object> columns = new ArrayList<>();
    columns.add(model);
    names.forEach(name -> columns.add(values.get(name)));
    return RowFactory.create(columns.toArray());
  }

  /** One row per training round: losses, rate, norms. */
  public Dataset<Row> history() {
    return session.leave(HistoryRows.of(session.spark(), trained.model().id(), trained.training()));
  }

  /** Rows that were not used, each with its reason; computed again from the data. */
  public Dataset<Row> rejects() {
    return session.leave(data.rejects());
  }

  /** One row per series with its status and counts; computed again from the data. */
  public Dataset<Row> statuses() {
    return session.leave(data.statuses());
  }
}
