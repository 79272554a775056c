package io.longcast.bench;

import io.longcast.anomaly.AnomalySpec;
import io.longcast.anomaly.DetectorConfig;
import io.longcast.anomaly.DetectorContext;
import io.longcast.anomaly.LocalDetection;
import io.longcast.benchmark.BenchmarkReport;
import io.longcast.forecast.IntervalCalibration;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.ModelSpec;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.CutterSpec;
import io.longcast.window.WindowSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Microseconds a point and bytes of state of the combined score, with and without a forecaster,
 * beside AWS's Random Cut Forest on the same points.
 */
public final class AnomalyBench {
  private static final int SEASON = 24;
  private static final WindowSpec WINDOW = new WindowSpec(336, SEASON, 1);
  private static final double WEEK = 168;

  private final AnomalyBenchSpec bench;
  private final AnomalySpec spec;
  private final ModelSpec model;
  private final List<Segment> series = new ArrayList<>();

  /**
   * @param spec the parts
   * @param model the forecaster; its parameters are random
   */
  public AnomalyBench(AnomalyBenchSpec bench, AnomalySpec spec, ModelSpec model) {
    this.bench = bench;
    this.spec = spec;
    this.model = model;
    for (int i = 0; i < bench.series(); i++) {
      series.add(wave(i));
    }
  }

  private Segment wave(int number) {
    SplittableRandom random = new SplittableRandom(number);
    float[] values = new float[bench.points()];
    for (int t = 0; t < values.length; t++) {
      values[t] = (float) (50 + 10 * Math.sin(2 * Math.PI * t / SEASON) + 3 * random.nextDouble());
    }
    GridAxis axis =
        new GridAxis(
            Instant.parse("2024-01-01T00:00:00Z"),
            new Frequency(1, Frequency.Unit.HOUR),
            ZoneOffset.UTC);
    return Segment.of("wave-" + number, axis, values);
  }

  /**
   * Runs Longcast's detectors three times each and counts the fastest pass; the forest in its own
   * process.
   */
  public BenchResult run() {
    long start = System.nanoTime();
    DetectorConfig detection = detection(RandomNetwork.of(model, bench.hiddenSize(), WINDOW));
    double parts = best(() -> LocalDetection.withoutForecasts(series, detection));
    double all = best(() -> LocalDetection.events(series, detection));
    int bytes = LocalDetection.stateBytes(series.get(0), detection);
    List<String> lines = new ArrayList<>();
    lines.add(line("all parts, control and events, no forecaster", parts, bytes));
    lines.add(
        line(
            "with an LSTM of %d, stride %d".formatted(bench.hiddenSize(), spec.stride()),
            all,
            bytes));
    List<String> forest = ForestProcess.lines(bench);
    lines.addAll(forest);
    Map<String, Double> metrics =
        new TreeMap<>(
            Map.of(
                "microseconds_a_point", parts,
                "microseconds_a_point_with_forecaster", all,
                "state_bytes", (double) bytes));
    double took = (System.nanoTime() - start) / 1e9;
    return new BenchResult(
        lines, BenchmarkReport.of("anomaly", metrics, ForestProcess.figures(forest), bench, took));
  }

  private DetectorConfig detection(ForecasterFactory factory) {
    DetectorContext plan =
        new DetectorContext(
            new CutterSpec(WINDOW, SeriesLayout.of("value"), CalendarSpec.NONE, false),
            factory,
            IntervalCalibration.none(model.output().quantileLevels()),
            SEASON,
            spec);
    return DetectorConfig.of(
        plan,
        LocalDetection.calibrate(series.subList(0, 1), plan, Segment::length),
        WEEK,
        series.size(),
        "");
  }

  private double best(Runnable pass) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      pass.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e3);
    }
    return best / ((double) bench.series() * bench.points());
  }

  private static String line(String name, double micros, long bytes) {
    return String.format(
        Locale.ROOT, "%-48s %8.2f us a point %10d bytes of state", name, micros, bytes);
  }
}
