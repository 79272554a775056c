package io.longcast.benchmark;

import io.longcast.evaluate.ErrorScale;
import io.longcast.evaluate.ForecastScores;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.OverallWeightedAverage;
import io.longcast.evaluate.PointErrors;
import io.longcast.model.baseline.Baseline;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One forecast per series from its last training value, evaluated by sMAPE, MASE and OWA. */
final class WideCsvProtocol implements ForecastProtocol {
  private final WideCsvSpec spec;
  private final List<Segment> training = new ArrayList<>();
  private final List<ForecastRun.Place> places = new ArrayList<>();
  private OverallWeightedAverage reference;

  /**
   * @param validation whether the last horizon of the training file is forecast in place of the
   *     test file, which is not read
   */
  WideCsvProtocol(WideCsvSpec spec, Path data, boolean validation) {
    this.spec = spec;
    List<String[]> train = DelimitedFile.readRagged(data.resolve(spec.trainFile()), ',').rows();
    List<String[]> test =
        validation
            ? List.of()
            : DelimitedFile.readRagged(data.resolve(spec.testFile()), ',').rows();
    for (int i = 0; i < train.size(); i++) {
      String id = train.get(i)[0];
      float[] values = values(train.get(i));
      if (!validation) {
        requireSame(id, test.get(i)[0]);
        add(id, values, values(test.get(i)));
      } else if (values.length > spec.horizon()) {
        int end = values.length - spec.horizon();
        add(id, Arrays.copyOf(values, end), Arrays.copyOfRange(values, end, values.length));
      }
    }
  }

  private static void requireSame(String train, String test) {
    if (!train.equals(test)) {
      throw new IllegalArgumentException(
          "train and test must name the same series, found " + train + " and " + test);
    }
  }

  private void add(String id, float[] past, float[] future) {
    float[] whole = Arrays.copyOf(past, past.length + spec.horizon());
    System.arraycopy(future, 0, whole, past.length, spec.horizon());
    training.add(Segment.of(id, new RowAxis(0, null), past));
    places.add(
        new ForecastRun.Place(
            Segment.of(id, new RowAxis(0, null), whole),
            0,
            past.length,
            ErrorScale.of(SeriesValues.of(past), 0, past.length, spec.season())));
  }

  private static float[] values(String[] cells) {
    int length = cells.length;
    while (length > 1 && cells[length - 1].isBlank()) {
      length--;
    }
    float[] values = new float[length - 1];
    for (int t = 0; t < values.length; t++) {
      values[t] = Float.parseFloat(cells[t + 1]);
    }
    return values;
  }

  @Override
  public List<Task> tasks() {
    ForecastTask task =
        new ForecastTask("all", training, SeriesLayout.of("value"), spec.horizon(), spec.season());
    return List.of(new Task(task, places, ""));
  }

  @Override
  public BaselinesSpec baselines() {
    return spec.baselines();
  }

  @Override
  public List<Metric> metrics(Task task, ForecastRun.Outcome outcome) {
    ForecastScores scores = outcome.scores();
    List<Metric> metrics = new ArrayList<>();
    metrics.add(reference(task).of(scores.points()));
    metrics.addAll(scores.metrics());
    return metrics;
  }

  private OverallWeightedAverage reference(Task task) {
    if (reference == null) {
      reference =
          spec.referenceSmape().isPresent()
              ? new OverallWeightedAverage(
                  spec.referenceSmape().get(), spec.referenceMase().orElseThrow())
              : naive2(task);
    }
    return reference;
  }

  private OverallWeightedAverage naive2(Task task) {
    int context = spec.baselines().contextLength();
    ForecasterTrainer naive2 = new BaselineTrainer(Baseline.NAIVE2, context, List.of());
    ForecasterTrainer.Trained trained = naive2.train(task.training());
    PointErrors errors = new ForecastRun(trained).over(task.places()).scores().points();
    return new OverallWeightedAverage(errors.smape().value(), errors.mase().value());
  }
}
