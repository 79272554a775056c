package io.longcast.forecast;

import io.longcast.model.ClassBatch;
import io.longcast.series.Segment;
import io.longcast.sparkinternals.EngineRow;
import io.longcast.window.WindowBatch;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/** Turns probabilities into rows of the classes table, column for column, as Spark holds them. */
final class ClassRows {
  private static final int COLUMNS = 8;
  private static final UTF8String OK = UTF8String.fromString("ok");

  private final List<UTF8String> classes;
  private final UTF8String modelId;

  /**
   * @param classes names by code
   * @param modelId the model
   */
  ClassRows(List<String> classes, String modelId) {
    this.classes = classes.stream().map(UTF8String::fromString).toList();
    this.modelId = UTF8String.fromString(modelId);
  }

  /** The one row of a series without a class. */
  EngineRow status(Segment segment, String status) {
    Object[] columns = new Object[COLUMNS];
    columns[0] = UTF8String.fromString(segment.seriesId());
    columns[6] = UTF8String.fromString(status);
    columns[7] = modelId;
    return EngineRow.of(columns);
  }

  /**
   * The row of one labelled step.
   *
   * @param found the classes of the windows
   * @param at window times horizon plus step
   */
  EngineRow row(WindowBatch windows, ClassBatch found, int at) {
    int from = at * classes.size();
    Object[] shares = new Object[classes.size()];
    for (int code = 0; code < shares.length; code++) {
      double share = found.probabilities()[from + code];
      shares[code] = EngineRow.struct(classes.get(code), share);
    }
    int code = found.codes()[at];
    Segment segment = windows.segment(at / windows.horizon());
    int step = windows.origin(at / windows.horizon()) + at % windows.horizon();
    return EngineRow.of(
        new Object[] {
          UTF8String.fromString(segment.seriesId()),
          StepTime.micros(segment.axis(), step),
          segment.axis().row(step).orElse(null),
          classes.get(code),
          (double) found.probabilities()[from + code],
          EngineRow.array(shares),
          OK,
          modelId
        });
  }
}
