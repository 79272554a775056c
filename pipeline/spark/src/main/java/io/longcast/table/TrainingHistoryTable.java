package io.longcast.table;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Training history: one row a round of each network. */
public final class TrainingHistoryTable {
  /** The model. */
  public static final String MODEL_ID = "model_id";

  /** The member of the ensemble, from 1. */
  public static final String MEMBER = "member";

  /** The round, from 1. */
  public static final String ROUND = "round";

  /** Updates a shard has made so far. */
  public static final String STEPS = "steps";

  /** Windows trained so far, over all shards. */
  public static final String WINDOWS = "windows";

  /** Mean loss over the round's windows, in the scaled space. */
  public static final String TRAINING_LOSS = "training_loss";

  /** Loss on the validation windows; null where it was not measured. */
  public static final String VALIDATION_LOSS = "validation_loss";

  /** Rate at the end of the round. */
  public static final String LEARNING_RATE = "learning_rate";

  /** Largest gradient norm of the round, before clipping. */
  public static final String GRADIENT_NORM = "gradient_norm";

  /** Norm of the averaged parameters. */
  public static final String PARAMETER_NORM = "parameter_norm";

  /** Norm of the round's change of the parameters. */
  public static final String UPDATE_NORM = "update_norm";

  /** Share of the steps whose gradient was clipped. */
  public static final String CLIPPED_SHARE = "clipped_share";

  /** Mean gradient norm by layer, before clipping; null where the model reports no layers. */
  public static final String GRADIENT_NORM_BY_LAYER = "gradient_norm_by_layer";

  /** Share of the steps that were clipped with the layer's gradient the longest. */
  public static final String CLIPPED_SHARE_BY_LAYER = "clipped_share_by_layer";

  /**
   * Mean gradient norm at the inputs of each recurrent time step, in order of time; null unless
   * requested.
   */
  public static final String GRADIENT_NORM_BY_TIME_STEP = "gradient_norm_by_time_step";

  /** Windows trained on in a second of the round. */
  public static final String WINDOWS_PER_SECOND = "windows_per_second";

  /** Compute time of the busiest shard over the mean shard's, minus 1. */
  public static final String STRAGGLER_SHARE = "straggler_share";

  /**
   * What happened in the round: null; {@code clipped} where gradients were clipped; or, where the
   * round failed and was repeated, {@code windows-excluded}, {@code clip-norm-lowered} or {@code
   * rate-lowered}.
   */
  public static final String EVENT = "event";

  /** The event of a round without a recovery, some of whose gradients were clipped. */
  public static final String CLIPPED = "clipped";

  /** Wall seconds of the round, a validation pass after it apart. */
  public static final String SECONDS = "seconds";

  /**
   * Seconds by part: compute, broadcast, reduce and wait add up to the round; validation comes
   * after it, 0 where no pass was made.
   */
  public static final String SECONDS_BY_PART = "seconds_by_part";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(MODEL_ID, DataTypes.StringType, true),
            DataTypes.createStructField(MEMBER, DataTypes.IntegerType, true),
            DataTypes.createStructField(ROUND, DataTypes.IntegerType, true),
            DataTypes.createStructField(STEPS, DataTypes.LongType, true),
            DataTypes.createStructField(WINDOWS, DataTypes.LongType, true),
            DataTypes.createStructField(TRAINING_LOSS, DataTypes.DoubleType, true),
            DataTypes.createStructField(VALIDATION_LOSS, DataTypes.DoubleType, true),
            DataTypes.createStructField(LEARNING_RATE, DataTypes.DoubleType, true),
            DataTypes.createStructField(GRADIENT_NORM, DataTypes.DoubleType, true),
            DataTypes.createStructField(PARAMETER_NORM, DataTypes.DoubleType, true),
            DataTypes.createStructField(UPDATE_NORM, DataTypes.DoubleType, true),
            DataTypes.createStructField(CLIPPED_SHARE, DataTypes.DoubleType, true),
            byName(GRADIENT_NORM_BY_LAYER),
            byName(CLIPPED_SHARE_BY_LAYER),
            DataTypes.createStructField(
                GRADIENT_NORM_BY_TIME_STEP,
                DataTypes.createArrayType(DataTypes.DoubleType, true),
                true),
            DataTypes.createStructField(WINDOWS_PER_SECOND, DataTypes.DoubleType, true),
            DataTypes.createStructField(STRAGGLER_SHARE, DataTypes.DoubleType, true),
            DataTypes.createStructField(EVENT, DataTypes.StringType, true),
            DataTypes.createStructField(SECONDS, DataTypes.DoubleType, true),
            byName(SECONDS_BY_PART)
          });

  private static StructField byName(String column) {
    return DataTypes.createStructField(
        column, DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, true), true);
  }

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(MODEL_ID, MEMBER, ROUND);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE =
      new TableShape("training_history", SCHEMA, KEY, PARTITIONS);

  private TrainingHistoryTable() {}
}
