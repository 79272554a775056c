package io.longcast.benchmark;

import io.longcast.evaluate.ClassCounts;
import io.longcast.evaluate.ClusteredShare;
import io.longcast.evaluate.ErrorScale;
import io.longcast.evaluate.Metric;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * One day ahead from every day of the test period: scaled errors divide by the random walk's mean
 * absolute error over the same days of the same ticker, so that {@code mase} is 1 for the last
 * value; {@code accuracy} and {@code mcc} evaluate the sign of the forecast change on the days with
 * a price change. All stocks of a day move together: {@code accuracy_lower} and {@code
 * accuracy_upper} count the {@code days} as independent, not the samples.
 */
final class PricesProtocol implements ForecastProtocol {
  private static final double CONFIDENCE = 0.95;

  private final PricesSpec spec;
  private final List<Segment> training = new ArrayList<>();
  private final List<ForecastRun.Place> places = new ArrayList<>();

  /** The day that each place forecasts. */
  private final List<String> days = new ArrayList<>();

  /** Up, or not, on the days of training that moved. */
  private final ClassCounts learned = new ClassCounts(2);

  PricesProtocol(PricesSpec spec, Path data) {
    this.spec = spec;
    for (Path path : DelimitedFile.below(data.resolve(spec.folder()), ".csv")) {
      DelimitedFile file = DelimitedFile.read(path, ',');
      int price = file.column(spec.priceColumn());
      file.rows().removeIf(row -> row[price].equals("null"));
      add(file, price);
    }
  }

  private void add(DelimitedFile file, int price) {
    int date = file.column(spec.dateColumn());
    String name = file.path().getFileName().toString().replace(".csv", "");
    int trainRows = daysUntil(file, date, spec.trainTo());
    int from = daysBefore(file, date, spec.testFrom());
    int to = daysUntil(file, date, spec.testTo());
    double[] numbers = file.numbers(price);
    float[] values = new float[to];
    for (int t = 0; t < to; t++) {
      values[t] = (float) numbers[t];
    }
    for (int t = 1; t < trainRows; t++) {
      move(values, t).ifPresent(up -> learned.add(up, up));
    }
    if (trainRows > 0) {
      float[] known = Arrays.copyOf(values, trainRows);
      training.add(Segment.of(name, new RowAxis(0, null), known));
    }
    Segment whole = Segment.of(name, new RowAxis(0, null), values);
    int first = Math.max(1, from);
    ErrorScale scale = ErrorScale.of(SeriesValues.of(values), first - 1, to, 1);
    for (int origin = first; origin < to; origin++) {
      places.add(new ForecastRun.Place(whole, 0, origin, scale));
      days.add(file.rows().get(origin)[date]);
    }
  }

  private static int daysUntil(DelimitedFile file, int date, String last) {
    return (int) file.rows().stream().filter(row -> row[date].compareTo(last) <= 0).count();
  }

  private static int daysBefore(DelimitedFile file, int date, String first) {
    return (int) file.rows().stream().filter(row -> row[date].compareTo(first) < 0).count();
  }

  @Override
  public BaselinesSpec baselines() {
    return spec.baselines();
  }

  @Override
  public List<Task> tasks() {
    ForecastTask task =
        new ForecastTask("next-day", training, SeriesLayout.of(spec.priceColumn()), 1, 1);
    return List.of(new Task(task, places, ""));
  }

  @Override
  public List<Metric> metrics(Task task, ForecastRun.Outcome outcome) {
    List<Metric> metrics = new ArrayList<>(direction(i -> outcome.first()[i] >= last(i)));
    long samples = metrics.get(0).count();
    metrics.add(new Metric("samples", samples, samples));
    metrics.addAll(outcome.scores().metrics());
    return metrics;
  }

  /** What a direction costs nothing to say. */
  @Override
  public Map<String, List<Metric>> rules() {
    boolean mostlyUp = learned.mostFrequent() == 1;
    return new TreeMap<>(
        Map.of(
            "always up", direction(i -> true),
            "as yesterday", direction(this::roseYesterday),
            "as most days of training", direction(i -> mostlyUp)));
  }

  private List<Metric> direction(IntPredicate up) {
    ClassCounts counts = new ClassCounts(2);
    ClusteredShare.Counts hits = new ClusteredShare.Counts();
    for (int i = 0; i < places.size(); i++) {
      int said = up.test(i) ? 1 : 0;
      OptionalInt moved = move(places.get(i).segment().row(0).toFloats(), places.get(i).origin());
      if (moved.isPresent()) {
        counts.add(moved.getAsInt(), said);
        hits.add(days.get(i), moved.getAsInt() == said);
      }
    }
    ClusteredShare share = hits.share(CONFIDENCE);
    List<Metric> metrics = new ArrayList<>(counts.metrics());
    metrics.add(new Metric("accuracy_lower", share.lower(), share.trials()));
    metrics.add(new Metric("accuracy_upper", share.upper(), share.trials()));
    metrics.add(new Metric("days", share.clusters(), share.trials()));
    return metrics;
  }

  /** Whether a day went up (1) or down (0); empty where it did neither. */
  private OptionalInt move(float[] prices, int day) {
    double change = (double) prices[day] / prices[day - 1] - 1;
    boolean up = change > spec.upAbove();
    return up || change <= spec.downAtMost() ? OptionalInt.of(up ? 1 : 0) : OptionalInt.empty();
  }

  private float last(int place) {
    return (float) places.get(place).segment().row(0).get(places.get(place).origin() - 1);
  }

  private boolean roseYesterday(int place) {
    int origin = places.get(place).origin();
    return origin < 2 || last(place) >= places.get(place).segment().row(0).get(origin - 2);
  }
}
