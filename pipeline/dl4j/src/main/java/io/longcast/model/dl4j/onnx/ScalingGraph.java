package io.longcast.model.dl4j.onnx;

import static io.longcast.model.dl4j.onnx.GraphWriter.DOUBLE;
import static io.longcast.model.dl4j.onnx.GraphWriter.FLOAT;
import static io.longcast.model.dl4j.onnx.GraphWriter.INT64;
import static io.longcast.scale.WindowScaler.DEVIATION_SHARE;
import static io.longcast.scale.WindowScaler.LOG_FLOOR;
import static io.longcast.scale.WindowScaler.MAD_TO_DEVIATION;
import static io.longcast.scale.WindowScaler.ROUNDING;
import static io.longcast.scale.WindowScaler.STATISTIC_FLOOR;
import static io.longcast.scale.WindowScaler.TINY;

import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Transform;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scaling of windows as nodes, in double: what {@link io.longcast.scale.WindowScaler} does,
 * with the same constants. Shapes are {@code [windows, contextLength]}, and {@code [windows, 1]} of
 * what a window has one of.
 */
final class ScalingGraph {
  private final GraphWriter g;
  private final ScalingSpec spec;
  private final int season;
  private final int length;

  /** 1 where a value counts. */
  private final String counts;

  /** How many count. */
  private final String n;

  /** The values, transformed. */
  private final String u;

  /** Whether the window is transformed. */
  private final String transformed;

  /** What asinh divides by. */
  private final String unit;

  /** Position of the newest value that counts. */
  private final String newest;

  private final String size;
  private final String deviation;
  private final String change;
  private final String level;
  private final String spread;
  private final String isConstant;
  private final String value;

  /**
   * @param context raw values, float
   * @param observed 1 where a value was observed, else 0, float
   */
  ScalingGraph(
      GraphWriter g, ScalingSpec spec, int season, int length, String context, String observed) {
    this.g = g;
    this.spec = spec;
    this.season = Math.min(season, length);
    this.length = length;
    String raw = g.cast(context, DOUBLE);
    counts = counts(g.cast(observed, DOUBLE));
    n = g.sum(counts, 1);
    boolean asinh = spec.transform() == Transform.ASINH;
    String meanSize = asinh ? g.div(g.sum(g.mul(g.op("Abs", raw), counts), 1), n) : null;
    transformed =
        switch (spec.transform()) {
          case LOG ->
              g.op("GreaterOrEqual", g.reduce("ReduceMin", raw, 1), g.real(Float.MIN_NORMAL));
          case ASINH -> g.op("Greater", meanSize, g.real(TINY));
          default -> null;
        };
    unit = asinh ? g.where(transformed, meanSize, g.real(1)) : null;
    u = transformed == null ? raw : g.where(transformed, forth(raw), raw);
    newest = g.cast(g.reduce("ReduceMax", g.mul(counts, positions()), 1), INT64);
    value = g.pick(raw, 1, newest);
    size = g.div(g.sum(g.mul(g.op("Abs", u), counts), 1), n);
    deviation = deviation(u, counts);
    change = seasonalDifference();
    level = level();
    spread = spread();
    isConstant =
        spec.spread().isOfChange()
            ? g.op("LessOrEqual", deviation, g.mul(g.real(ROUNDING), size))
            : null;
  }

  /** Observed values, or all of a window of which none was observed. */
  private String counts(String observed) {
    String none = g.op("Equal", g.sum(observed, 1), g.real(0));
    return g.max(observed, g.cast(none, DOUBLE));
  }

  private String positions() {
    return g.doubles(IntStream.range(0, length).asDoubleStream().toArray(), 1, length);
  }

  private String forth(String raw) {
    if (spec.transform() == Transform.LOG) {
      return g.op("Log", g.max(raw, g.real(Float.MIN_NORMAL)));
    }
    String x = g.div(raw, unit);
    String a = g.op("Abs", x);
    String root = g.op("Sqrt", g.add(g.square(a), g.real(1)));
    return g.mul(g.op("Sign", x), g.op("Log", g.add(a, root)));
  }

  private String mean(String x, String counting) {
    return g.div(g.sum(g.mul(x, counting), 1), g.max(g.sum(counting, 1), g.real(1)));
  }

  /** Standard deviation of the values that count; 0 of a single one. */
  private String deviation(String x, String counting) {
    String squares = g.mul(g.square(g.sub(x, mean(x, counting))), counting);
    String freedom = g.max(g.sub(g.sum(counting, 1), g.real(1)), g.real(1));
    return g.op("Sqrt", g.div(g.sum(squares, 1), freedom));
  }

  private String seasonalDifference() {
    if (season == length) {
      return g.mul(n, g.real(0));
    }
    String later = g.slice(u, 1, season, length);
    String earlier = g.slice(u, 1, 0, length - season);
    String pairs =
        g.mul(g.slice(counts, 1, season, length), g.slice(counts, 1, 0, length - season));
    return mean(g.op("Abs", g.sub(later, earlier)), pairs);
  }

  private String level() {
    return switch (spec.level()) {
      case LAST_SEASON -> newestMean(season);
      case LAST_VALUE -> newestMean(1);
      case MEAN -> mean(u, counts);
      case MEDIAN -> median(u);
      case ZERO -> g.mul(n, g.real(0));
    };
  }

  /**
   * Mean of the values that count among the newest; the newest that counts if none of them does.
   */
  private String newestMean(int steps) {
    String counting = g.slice(counts, 1, length - steps, length);
    String any = g.op("Greater", g.sum(counting, 1), g.real(0));
    return g.where(
        any, mean(g.slice(u, 1, length - steps, length), counting), g.pick(u, 1, newest));
  }

  /** The median of the values that count: others are sorted behind them. */
  private String median(String x) {
    String yes = g.op("Greater", counts, g.real(0));
    String sortable = g.where(yes, x, g.real(Double.POSITIVE_INFINITY));
    String sorted =
        g.node(
                "TopK",
                List.of(sortable, g.longs(length)),
                2,
                GraphWriter.number("axis", 1),
                GraphWriter.number("largest", 0))
            .get(0);
    String whole = g.cast(n, INT64);
    String lower = g.pick(sorted, 1, g.div(g.sub(whole, g.longs(1)), g.longs(2)));
    String upper = g.pick(sorted, 1, g.div(whole, g.longs(2)));
    return g.mul(g.real(0.5), g.add(lower, upper));
  }

  private String spread() {
    String relative = g.mul(g.real(ROUNDING), size);
    String floor = choose(g.real(LOG_FLOOR), relative);
    String share =
        choose(g.real(10 * LOG_FLOOR), g.add(g.mul(g.real(DEVIATION_SHARE), deviation), relative));
    return switch (spec.spread()) {
      case DEVIATION -> g.max(g.real(TINY), g.add(deviation, floor));
      case MEDIAN_DEVIATION -> {
        String distance = g.op("Abs", g.sub(u, median(u)));
        String typical = g.mul(g.real(MAD_TO_DEVIATION), median(distance));
        yield g.max(g.real(TINY), g.add(typical, share));
      }
      case SEASONAL_DIFFERENCE -> g.max(g.real(TINY), g.add(change, share));
      case MEAN_ABSOLUTE -> g.where(g.op("Greater", size, g.real(TINY)), size, g.real(1));
      case ONE -> g.add(g.mul(n, g.real(0)), g.real(1));
    };
  }

  /** One of two by whether the window is transformed. */
  private String choose(String ifTransformed, String otherwise) {
    return transformed == null ? otherwise : g.where(transformed, ifTransformed, otherwise);
  }

  /** The context in network units, float. */
  String context() {
    String rate = g.div(g.real(1), spread);
    double bound = (float) spec.clamp();
    String z = g.mul(g.sub(u, level), rate);
    return g.cast(g.clip(z, g.real(-bound), g.real(bound)), FLOAT);
  }

  /** The two statistics, float {@code [windows, 2]}. */
  String statistics() {
    String usual = g.add(deviation, g.add(g.mul(g.real(ROUNDING), size), g.real(TINY)));
    String counting = g.slice(counts, 1, length - season, length);
    String last = deviation(g.slice(u, 1, length - season, length), counting);
    String spreads = choose(g.op("Log", spread), logarithm(g.div(last, usual)));
    List<String> both = List.of(spreads, logarithm(g.div(change, usual)));
    return g.cast(g.mul(g.real(0.5), g.concat(1, both)), FLOAT);
  }

  private String logarithm(String share) {
    return g.op("Log", g.add(share, g.real(STATISTIC_FLOOR)));
  }

  /** Network values, double, in raw units, float; more dimensions than two are further values. */
  String raw(String z, int dimensions) {
    String back = g.add(own(level, dimensions), g.mul(own(spread, dimensions), z));
    if (transformed != null) {
      back = g.where(own(transformed, dimensions), undone(back, dimensions), back);
    }
    String bounded = g.clip(back, g.real(-Float.MAX_VALUE), g.real(Float.MAX_VALUE));
    String repeated =
        isConstant == null
            ? bounded
            : g.where(own(isConstant, dimensions), own(value, dimensions), bounded);
    return g.cast(repeated, FLOAT);
  }

  private String undone(String back, int dimensions) {
    String e = g.op("Exp", back);
    return spec.transform() == Transform.LOG
        ? e
        : g.mul(g.mul(g.real(0.5), g.sub(e, g.div(g.real(1), e))), own(unit, dimensions));
  }

  private String own(String figure, int dimensions) {
    return dimensions == 2 ? figure : g.unsqueeze(figure, 2);
  }
}
