package io.longcast.tracking;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training as it is logged.
 *
 * @param name of the run, the model's id
 * @param start when the training began
 * @param end when its model was saved
 * @param parameters settings by key
 * @param tags what else is known, by name
 * @param metrics figures and curves
 * @param figures files for people, by path
 * @param bundle the files of the model by name
 * @param promoted whether forecast and detect use the model now
 */
public record TrackedTraining(
    String name,
    Instant start,
    Instant end,
    Map<String, String> parameters,
    Map<String, String> tags,
    List<Point> metrics,
    Map<String, byte[]> figures,
    Map<String, byte[]> bundle,
    boolean promoted) {

  public TrackedTraining {
    parameters = new TreeMap<>(parameters);
    tags = new TreeMap<>(tags);
    metrics = metrics.stream().filter(point -> Double.isFinite(point.value())).toList();
    figures = new TreeMap<>(figures);
    bundle = new TreeMap<>(bundle);
  }

  /**
   * A value of a metric.
   *
   * @param name such as {@code network/mase}
   * @param value only finite ones are logged
   * @param step on its curve; 0 where it is one value
   * @param at when it was known
   */
  public record Point(String name, double value, long step, Instant at) {}
}
