package io.longcast.benchmark;

import io.longcast.evaluate.Metric;
import io.longcast.model.baseline.Baseline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is forecast in a benchmark and how it is evaluated. */
interface ForecastProtocol {

  /**
   * One unit of training and evaluation.
   *
   * @param training what the trainer gets
   * @param places the windows that are evaluated
   * @param suffix of its metrics' names; empty for the one with plain names
   */
  record Task(ForecastTask training, List<ForecastRun.Place> places, String suffix) {}

  /** All tasks; the first has plain metric names. */
  List<Task> tasks();

  /** The metrics of a task's outcome. */
  default List<Metric> metrics(Task task, ForecastRun.Outcome outcome) {
    return outcome.scores().metrics();
  }

  /** Figures of rules that need no forecaster, by the name of their row. */
  default Map<String, List<Metric>> rules() {
    return Map.of();
  }

  /** The baselines run for comparison. */
  BaselinesSpec baselines();

  /** What is compared with the model, by the name of its row, in the order of the report. */
  default Map<String, ForecasterTrainer> beside(List<Double> levels) {
    Map<String, ForecasterTrainer> rows = new LinkedHashMap<>();
    for (Baseline baseline : baselines().forecasters()) {
      rows.put(baseline.word(), new BaselineTrainer(baseline, baselines().contextLength(), levels));
    }
    return rows;
  }
}
