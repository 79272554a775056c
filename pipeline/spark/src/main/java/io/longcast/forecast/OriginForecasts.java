package io.longcast.forecast;

import io.longcast.model.ForecastBatch;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Point forecasts of segments from their end, and their errors from origins one, two and more
 * horizons earlier, in batches. Not thread-safe.
 */
public final class OriginForecasts {
  private final ForecastPlan plan;
  private final WindowForecaster forecaster;
  private final int first;
  private final int last;
  private final BatchCutter cutter;
  private final WindowBatch windows;
  private final ForecastBatch forecasts;
  private final List<Place> places = new ArrayList<>();

  /**
   * @param forecaster of the plan's model, closed by the caller
   * @param first horizons between the end and the newest origin: 0 to forecast from the end, 1 for
   *     errors alone
   * @param last horizons between the end and the oldest origin, 0 for no errors
   */
  public OriginForecasts(ForecastPlan plan, WindowForecaster forecaster, int first, int last) {
    this.plan = plan;
    this.forecaster = forecaster;
    this.first = first;
    this.last = last;
    cutter = plan.cutter().open();
    windows = cutter.newBatch(plan.spec().batchSize());
    forecasts =
        new ForecastBatch(
            windows.capacity(), windows.horizon(), forecaster.quantileLevels().size());
  }

  /**
   * What was forecast of one channel of a segment.
   *
   * @param segment the series
   * @param channel which one
   * @param points {@code [horizon]} in the unit of the channel; null where none is asked for, there
   *     are too few observed values, or the model gave no finite number
   * @param errors actual less forecast, {@code [last * horizon]}, the newest origin first; 0 where
   *     either is not known
   * @param known how many of the errors are
   */
  public record SeriesForecast(
      Segment segment, int channel, double[] points, double[] errors, int known) {

    /** Mean square of the known errors, 0 without any. */
    public double variance() {
      double sum = 0;
      for (double error : errors) {
        sum += error * error;
      }
      return known == 0 ? 0 : sum / known;
    }
  }

  /** Which origin of which series a window is. */
  private record Place(Building of, int back) {}

  /** A forecast in the making. */
  private static final class Building {
    private final Segment segment;
    private final int channel;
    private final double[] errors;
    private double[] points;
    private int known;

    Building(Segment segment, int channel, int errors) {
      this.segment = segment;
      this.channel = channel;
      this.errors = new double[errors];
    }

    SeriesForecast built() {
      return new SeriesForecast(segment, channel, points, errors, known);
    }
  }

  /** The forecasts of some segments, channel by channel. */
  public List<SeriesForecast> of(List<Segment> segments) {
    List<Building> all = new ArrayList<>();
    for (Segment segment : segments) {
      for (int channel = 0; channel < plan.layout().channels().size(); channel++) {
        Building one = new Building(segment, channel, last * windows.horizon());
        all.add(one);
        for (int back = first; back <= last; back++) {
          cut(one, back);
        }
      }
    }
    flush();
    return all.stream().map(Building::built).toList();
  }

  /**
   * The forecasts of many segments, some at a time.
   *
   * @param to takes each
   */
  public void each(Iterator<Segment> segments, Consumer<SeriesForecast> to) {
    List<Segment> some = new ArrayList<>();
    while (segments.hasNext()) {
      some.add(segments.next());
      if (some.size() == windows.capacity() || !segments.hasNext()) {
        of(some).forEach(to);
        some.clear();
      }
    }
  }

  private boolean isForecast(Segment segment, int channel, int origin) {
    return origin >= 1
        && observed(segment, channel, origin, windows.contextLength()) >= plan.spec().minContext();
  }

  private void cut(Building of, int back) {
    int origin = of.segment.length() - back * windows.horizon();
    if (!isForecast(of.segment, of.channel, origin)) {
      return;
    }
    cutter.cut(of.segment, of.channel, origin, windows);
    places.add(new Place(of, back));
    if (windows.size() == windows.capacity()) {
      flush();
    }
  }

  private void flush() {
    if (windows.size() > 0) {
      forecaster.forecast(windows, forecasts);
    }
    for (int i = 0; i < windows.size(); i++) {
      double[] points = points(windows, forecasts, i);
      if (Arrays.stream(points).allMatch(Double::isFinite)) {
        take(places.get(i), i, points);
      }
    }
    windows.clear();
    places.clear();
  }

  private void take(Place place, int i, double[] points) {
    if (place.back == 0) {
      place.of.points = points;
      return;
    }
    for (int t = 0; t < points.length; t++) {
      int at = i * points.length + t;
      if (windows.targetObserved()[at] != 0) {
        place.of.errors[(place.back - 1) * points.length + t] =
            windows.offset(i) + windows.target()[at] - points[t];
        place.of.known++;
      }
    }
  }

  /** The points of window {@code i} in the unit of its channel, {@code [horizon]}. */
  static double[] points(WindowBatch windows, ForecastBatch forecasts, int i) {
    double[] points = new double[windows.horizon()];
    for (int t = 0; t < points.length; t++) {
      points[t] = windows.offset(i) + forecasts.point(i, t);
    }
    return points;
  }

  /** Observed values of a channel in the context before an origin. */
  public static int observed(Segment segment, int channel, int origin, int context) {
    int from = Math.max(0, origin - context);
    if (segment.observed(channel) == null) {
      return origin - from;
    }
    int count = 0;
    for (int step = from; step < origin; step++) {
      count += segment.isObserved(channel, step) ? 1 : 0;
    }
    return count;
  }
}
