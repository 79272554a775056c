package io.longcast.clean;

import io.longcast.read.ReadResult;
import io.longcast.series.SeriesLayout;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cleans observations into one segment a series. One shuffle, by series; with {@code frequency =
 * infer} two light scans and a small shuffle before it, with static columns one more.
 */
public final class CleanStage {

  private CleanStage() {}

  /**
   * Cleans what a source gave; its rejects become part of the result, so that the source is scanned
   * once.
   *
   * @param read the source's rows
   * @param spec how to clean
   * @param codes codes of the static columns as training learnt them; empty to learn them here
   */
  public static CleanResult clean(ReadResult read, CleanSpec spec, Optional<CategoryCodes> codes) {
    throw new UnsupportedOperationException("landing in parts");
  }

  /** Cleans a table of observations that was not read by {@code ReadStage}. */
  public static CleanResult clean(Dataset<Row> observations, SeriesLayout layout, CleanSpec spec) {
    throw new UnsupportedOperationException("landing in parts");
  }
}
