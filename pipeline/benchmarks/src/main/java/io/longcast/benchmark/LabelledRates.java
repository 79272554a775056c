package io.longcast.benchmark;

import io.longcast.evaluate.RowInterval;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled series of one channel in the layout of the AIOPS competition: {@code series.csv} with
 * the columns series, step_seconds and anomalous_rows, and {@code data/NAME.csv.gz} with the
 * columns epoch, value and label.
 */
public final class LabelledRates {
  private LabelledRates() {}

  /**
   * Reads series of one rate that have labels.
   *
   * @param name of the row
   * @param folder of the collection
   * @param seconds a step
   * @param most series to read, in the order of the list
   */
  public static BudgetBenchmark.Data read(String name, Path folder, int seconds, int most) {
    DelimitedFile list = DelimitedFile.read(folder.resolve("series.csv"), ',');
    double[] steps = list.numbers(list.column("step_seconds"));
    double[] anomalous = list.numbers(list.column("anomalous_rows"));
    Frequency frequency = Frequency.parse(seconds + "s");
    List<Segment> segments = new ArrayList<>();
    List<List<RowInterval>> labels = new ArrayList<>();
    for (int i = 0; i < steps.length && segments.size() < most; i++) {
      if (steps[i] == seconds && anomalous[i] > 0) {
        String id = list.cell(i, list.column("series"));
        DelimitedFile file =
            DelimitedFile.read(folder.resolve("data").resolve(id + ".csv.gz"), ',');
        segments.add(segment(id, file, frequency));
        labels.add(labels(file));
      }
    }
    return new BudgetBenchmark.Data(name, SeriesLayout.of("value"), frequency, segments, labels);
  }

  private static Segment segment(String id, DelimitedFile file, Frequency frequency) {
    double[] numbers = file.numbers(file.column("value"));
    float[] values = new float[numbers.length];
    for (int t = 0; t < values.length; t++) {
      values[t] = (float) numbers[t];
    }
    long start = (long) file.numbers(file.column("epoch"))[0];
    GridAxis axis = new GridAxis(Instant.ofEpochSecond(start), frequency, ZoneOffset.UTC);
    return Segment.of(id, axis, values);
  }

  private static List<RowInterval> labels(DelimitedFile file) {
    double[] flags = file.numbers(file.column("label"));
    boolean[] on = new boolean[flags.length];
    for (int t = 0; t < on.length; t++) {
      on[t] = flags[t] != 0;
    }
    return RowInterval.runs(on);
  }
}
