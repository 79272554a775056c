package io.longcast.benchmark;

import io.longcast.evaluate.ErrorScale;
import io.longcast.model.baseline.LinearMapBaseline;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every window of the test rows of one table, or of its validation rows, in units of the training
 * rows' deviation.
 */
final class SplitCsvProtocol implements ForecastProtocol {
  private final SplitCsvSpec spec;
  private final List<String> columns;
  private final float[][] values;
  private final int from;
  private final int to;

  /**
   * @param validation whether the validation rows are forecast in place of the test rows, which are
   *     then not kept
   */
  SplitCsvProtocol(SplitCsvSpec spec, Path data, boolean validation) {
    this.spec = spec;
    from = validation ? spec.trainRows() : spec.testFrom();
    to = validation ? spec.testFrom() : spec.testTo();
    DelimitedFile file = DelimitedFile.read(data.resolve(spec.file()), ',');
    if (file.rows().size() < spec.testTo()) {
      throw new IllegalArgumentException(
          "the split needs " + spec.testTo() + " rows, found " + file.rows().size());
    }
    columns = file.header().subList(1, file.header().size());
    file.column(spec.target());
    values = new float[columns.size()][];
    for (int c = 0; c < values.length; c++) {
      values[c] = standardised(file.numbers(c + 1));
    }
  }

  private float[] standardised(double[] column) {
    double mean = 0;
    for (int t = 0; t < spec.trainRows(); t++) {
      mean += column[t] / spec.trainRows();
    }
    double variance = 0;
    for (int t = 0; t < spec.trainRows(); t++) {
      variance += (column[t] - mean) * (column[t] - mean) / spec.trainRows();
    }
    float[] scaled = new float[to];
    for (int t = 0; t < scaled.length; t++) {
      scaled[t] = (float) ((column[t] - mean) / Math.sqrt(variance));
    }
    return scaled;
  }

  @Override
  public BaselinesSpec baselines() {
    return spec.baselines();
  }

  @Override
  public Map<String, ForecasterTrainer> beside(List<Double> levels) {
    Map<String, ForecasterTrainer> rows = ForecastProtocol.super.beside(levels);
    for (LinearMapBaseline map : spec.linearMaps()) {
      rows.put(map.word(), new LinearMapTrainer(map, spec.baselines().contextLength()));
    }
    return rows;
  }

  @Override
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (SplitCsvSpec.Variant variant : spec.variants()) {
      for (int horizon : spec.horizons()) {
        tasks.add(task(variant, horizon));
      }
    }
    return tasks;
  }

  private Task task(SplitCsvSpec.Variant variant, int horizon) {
    boolean univariate = variant == SplitCsvSpec.Variant.UNIVARIATE;
    List<String> names = univariate ? List.of(spec.target()) : columns;
    Segment whole = segment(names, to);
    Segment training = segment(names, spec.trainRows());
    List<ForecastRun.Place> places = new ArrayList<>();
    for (int origin = from; origin < from + windows(horizon); origin++) {
      for (int c = 0; c < names.size(); c++) {
        places.add(new ForecastRun.Place(whole, c, origin, ErrorScale.UNIT));
      }
    }
    String suffix =
        (variant == spec.variants().get(0) ? "" : univariate ? "_univariate" : "_multivariate")
            + (horizon == spec.horizons().get(0) ? "" : "_" + horizon);
    String name = (univariate ? "univariate-" : "multivariate-") + horizon;
    SeriesLayout layout = new SeriesLayout(names, List.of(), List.of(), List.of());
    ForecastTask task = new ForecastTask(name, List.of(training), layout, horizon, spec.season());
    return new Task(task, places, suffix);
  }

  private int windows(int horizon) {
    int all = to - from - horizon + 1;
    int batch = spec.dropIncompleteBatch();
    return batch == 0 ? all : all / batch * batch;
  }

  private Segment segment(List<String> names, int rows) {
    float[][] parts = new float[names.size()][];
    for (int c = 0; c < parts.length; c++) {
      parts[c] = java.util.Arrays.copyOf(values[columns.indexOf(names.get(c))], rows);
    }
    return Segment.whole(spec.file(), new RowAxis(0, null), rows, parts, null, new int[0]);
  }
}
