package io.longcast.benchmark;

import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.RowInterval;
import io.longcast.settings.SettingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The labelled series of a collection.
 *
 * @param name of the collection
 * @param series in the order of their names; what detectors see of telemetry is its value alone
 * @param rowsPerWeek of each series; where rows have no time a budget of one alarm a week stands
 *     for one in 10,000 rows
 */
record LabelledCollection(String name, List<LabelledSeries> series, List<Double> rowsPerWeek) {
  private static final double WEEK = 7 * 86_400;
  private static final double WITHOUT_TIME = 10_000;
  private static final double NAB_SECONDS = 300;

  /** Reads a collection below the folder of public data. */
  static LabelledCollection read(String name, Path data) {
    return switch (name) {
      case "ucr" -> ucr(data.resolve("ucr"));
      case "kpi", "wsd" -> webService(name, data.resolve(name));
      case "nab" ->
          of(name, new NabProtocol(nab(), data.resolve("nab")).series(), WEEK / NAB_SECONDS);
      case "msl" -> msl(data.resolve("smap_msl"));
      case "skab" -> of(name, new PointwiseProtocol(skab(), data.resolve("skab")).series(), WEEK);
      default ->
          throw new SettingException(
              "benchmark.detectionCollections.names",
              "expected any of ucr, kpi, wsd, nab, msl, skab, found " + name);
    };
  }

  private static LabelledCollection of(String name, List<LabelledSeries> series, double perWeek) {
    return new LabelledCollection(name, series, series.stream().map(each -> perWeek).toList());
  }

  private static NabSpec nab() {
    return new NabSpec("data", "labels/combined_windows.json", 1, 0);
  }

  private static PointwiseSpec skab() {
    return new PointwiseSpec(
        List.of("valve1", "valve2", "other"), ";", "anomaly", List.of("changepoint"), 400, 1, 1);
  }

  private static LabelledCollection msl(Path folder) {
    TelemetrySpec spec =
        new TelemetrySpec("MSL", "labeled_anomalies.csv", 1, 0, 0, 0, 1, List.of());
    List<LabelledSeries> values =
        new TelemetryProtocol(spec, folder)
            .series().stream()
                .map(each -> new LabelledSeries(each.series().first(1), each.labels()))
                .toList();
    return of("msl", values, WITHOUT_TIME);
  }

  private static LabelledCollection ucr(Path folder) {
    DelimitedFile index = DelimitedFile.read(folder.resolve("series.csv"), ',').withRows();
    double[] train = index.numbers(index.column("train_rows"));
    double[] begin = index.numbers(index.column("anomaly_begin"));
    double[] end = index.numbers(index.column("anomaly_end"));
    List<LabelledSeries> series = new ArrayList<>();
    for (int i = 0; i < train.length; i++) {
      String id = index.rows().get(i)[index.column("series")];
      DelimitedFile file = file(folder, id);
      RowInterval label = new RowInterval((int) begin[i], (int) end[i] - 1);
      series.add(series(id, file.numbers(file.column("value")), (int) train[i], List.of(label)));
    }
    return of("ucr", series, WITHOUT_TIME);
  }

  private static LabelledCollection webService(String name, Path folder) {
    DelimitedFile index = DelimitedFile.read(folder.resolve("series.csv"), ',').withRows();
    double[] train = index.numbers(index.column("train_rows"));
    double[] seconds = index.numbers(index.column("step_seconds"));
    List<LabelledSeries> series = new ArrayList<>();
    List<Double> perWeek = new ArrayList<>();
    for (int i = 0; i < train.length; i++) {
      String id = index.rows().get(i)[index.column("series")];
      DelimitedFile file = file(folder, id);
      double[] marks = file.numbers(file.column("label"));
      boolean[] flags = new boolean[marks.length];
      for (int row = 0; row < flags.length; row++) {
        flags[row] = marks[row] > 0;
      }
      double[] values = file.numbers(file.column("value"));
      series.add(series(id, values, (int) train[i], RowInterval.runs(flags)));
      perWeek.add(WEEK / seconds[i]);
    }
    return new LabelledCollection(name, series, perWeek);
  }

  private static DelimitedFile file(Path folder, String id) {
    return DelimitedFile.read(folder.resolve("data").resolve(id + ".csv.gz"), ',').withRows();
  }

  private static LabelledSeries series(
      String id, double[] values, int train, List<RowInterval> labels) {
    double[][] rows = new double[values.length][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new double[] {values[row]};
    }
    return new LabelledSeries(new RowSeries(id, null, rows, train), labels);
  }

  /** Some of the series, evenly spread; all where as many are asked for, or none. */
  LabelledCollection sample(int count) {
    if (count == 0 || count >= series.size()) {
      return this;
    }
    List<LabelledSeries> some = new ArrayList<>();
    List<Double> perWeek = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = (int) ((long) i * series.size() / count);
      some.add(series.get(at));
      perWeek.add(rowsPerWeek.get(at));
    }
    return new LabelledCollection(name, some, perWeek);
  }

  /** Channels of a series. */
  int channels() {
    return series.get(0).series().rows()[0].length;
  }
}
