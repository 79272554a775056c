package io.longcast.spark;

import io.longcast.table.ClassesTable;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Learns the class of the newest steps of a window: with a horizon of 1 one label per window, with
 * more a label for each of so many newest steps.
 */
public final class SequenceClassifier
    extends LongcastEstimator<SequenceClassifierModel, SequenceClassifier> {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "sequence_classifier";

  private final SettingParam<String> labelCol;

  /** A classifier with the defaults of {@code reference.conf}. */
  public SequenceClassifier() {
    this(Identifiable$.MODULE$.randomUID(PREFIX));
  }

  /** A classifier with a given id, as the reader of saved estimators needs it. */
  public SequenceClassifier(String uid) {
    super(uid);
    labelCol =
        SettingParam.of(
            this, "labelCol", "labels.column", "number column of class codes 0, 1, and so on");
    set("model.output.loss", "cross-entropy");
    set("model.output.quantileLevels", java.util.List.of());
    set("window.horizon", 1);
  }

  @Override
  SequenceClassifier self() {
    return this;
  }

  /** Number column of class codes. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** Sets the number column of class codes 0, 1, and so on; not needed to classify. */
  public SequenceClassifier setLabelCol(String name) {
    return with(labelCol, name);
  }

  /**
   * Trains on all rows.
   *
   * @throws IllegalArgumentException if labels are missing, or no series is left to learn from
   */
  @Override
  public SequenceClassifierModel fit(Dataset<?> rows) {
    return Fitting.of(this, rows)
        .fit(
            (trained, summary) ->
                new SequenceClassifierModel(
                    uid() + "_model", trained.bundle(), Optional.of(summary)))
        .setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Fitting.requireColumns(run().readingLabels(), schema);
    return ClassesTable.SCHEMA;
  }

  /** Reads what {@code write()} saved. */
  public static MLReader<SequenceClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads what {@code save} saved. */
  public static SequenceClassifier load(String path) {
    return read().load(path);
  }
}
