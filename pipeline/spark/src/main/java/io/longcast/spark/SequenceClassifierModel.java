package io.longcast.spark;

import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.Serving;
import io.longcast.table.ClassesTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A trained classifier. */
public final class SequenceClassifierModel extends LongcastModel<SequenceClassifierModel> {
  private static final long serialVersionUID = 1L;

  SequenceClassifierModel(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    super(uid, bundle, summary);
  }

  @Override
  SequenceClassifierModel self() {
    return this;
  }

  @Override
  SequenceClassifierModel again(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    return new SequenceClassifierModel(uid, bundle, summary);
  }

  /** Names of the classes by code. */
  public List<String> classes() {
    return served().state().classes();
  }

  /** Classes of every series with their probabilities, in the shape of {@link ClassesTable}. */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    UtcSession session = UtcSession.of(rows);
    return session.leave(
        new Serving(session.spark(), run(), served()).classes(prepared(session, rows)));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Fitting.requireColumns(run(), schema);
    return ClassesTable.SCHEMA;
  }

  /** Reads what {@code write()} saved, or the bundle of a model that the command line trained. */
  public static MLReader<SequenceClassifierModel> read() {
    return new BundleMlReader<>(
        "sequence_classifier_model",
        (uid, bundle) -> new SequenceClassifierModel(uid, bundle, Optional.empty()));
  }

  /** Loads what {@code save} saved, or the bundle of a model that the command line trained. */
  public static SequenceClassifierModel load(String path) {
    return read().load(path);
  }
}
