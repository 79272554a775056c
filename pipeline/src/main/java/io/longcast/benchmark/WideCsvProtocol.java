package io.longcast.benchmark;

import io.longcast.evaluate.ErrorScale;
import io.longcast.evaluate.ForecastScores;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.OverallWeightedAverage;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One forecast a series from its last training value, judged by sMAPE, MASE and OWA. */
final class WideCsvProtocol implements ForecastProtocol {
  private final WideCsvSpec spec;
  private final List<Segment> training = new ArrayList<>();
  private final List<ForecastRun.Place> places = new ArrayList<>();

  WideCsvProtocol(WideCsvSpec spec, Path data) {
    this.spec = spec;
    DelimitedFile train = DelimitedFile.read(data.resolve(spec.trainFile()), ',');
    DelimitedFile test = DelimitedFile.read(data.resolve(spec.testFile()), ',');
    for (int i = 0; i < train.rows().size(); i++) {
      add(train.rows().get(i), test.rows().get(i));
    }
  }

  private void add(String[] train, String[] test) {
    if (!train[0].equals(test[0])) {
      throw new IllegalArgumentException(
          "train and test must name the same series, found " + train[0] + " and " + test[0]);
    }
    float[] past = values(train);
    float[] future = values(test);
    float[] whole = new float[past.length + spec.horizon()];
    System.arraycopy(past, 0, whole, 0, past.length);
    System.arraycopy(future, 0, whole, past.length, spec.horizon());
    training.add(Segment.of(train[0], new RowAxis(0, null), past));
    places.add(
        new ForecastRun.Place(
            Segment.of(train[0], new RowAxis(0, null), whole),
            0,
            past.length,
            ErrorScale.of(past, 0, past.length, spec.season())));
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
    metrics.add(
        new OverallWeightedAverage(spec.referenceSmape(), spec.referenceMase())
            .of(scores.points()));
    metrics.addAll(scores.metrics());
    return metrics;
  }
}
