package io.longcast.model.dl4j.onnx;

import static io.longcast.model.dl4j.onnx.GraphWriter.DOUBLE;

import io.longcast.model.ModelOutput;
import io.longcast.model.network.loss.OutputLoss;
import io.longcast.model.network.loss.Outputs;
import java.util.List;

/** From the outputs of the members to quantiles in scaled units, as nodes in double. */
final class QuantileGraph {
  private static final double GAP_BEND = 0.01;
  private static final double LEAST_SCALE = 1e-3;
  private static final double QUARTILES_TO_DEVIATION = 1.349;

  private final GraphWriter g;
  private final ModelOutput output;
  private final List<Double> levels;
  private final int extras;

  QuantileGraph(GraphWriter g, ModelOutput output) {
    this.g = g;
    this.output = output;
    levels = output.quantileLevels();
    extras = OutputLoss.of(output).extras();
  }

  /** Outputs per step in addition to the point. */
  int extras() {
    return extras;
  }

  boolean isWanted() {
    return !levels.isEmpty();
  }

  /**
   * The quantiles of one member, {@code [windows, horizon, levels]}: the point, and further away
   * the more gaps, or scales, lie between.
   */
  String of(String point, String extra) {
    String middle = g.unsqueeze(point, 2);
    if (extras == 0) {
      return g.add(middle, g.doubles(new double[levels.size()], 1, 1, levels.size()));
    }
    boolean gaps =
        switch (output.loss()) {
          case MAE, MSE, HUBER -> true;
          default -> false;
        };
    String a = g.cast(extra, DOUBLE);
    String root = g.op("Sqrt", g.add(g.square(a), g.real(gaps ? GAP_BEND : 1)));
    String half = g.mul(g.real(0.5), g.add(a, root));
    String widths = gaps ? half : g.add(half, g.real(LEAST_SCALE));
    double[] table = gaps ? gapsBetween() : standardQuantiles();
    return g.add(middle, g.op("MatMul", widths, g.doubles(table, extras, levels.size())));
  }

  /** Which gaps lie between the point and a level, {@code [extras, levels]}. */
  private double[] gapsBetween() {
    List<Double> outer = levels.stream().filter(level -> level != 0.5).toList();
    double[] table = new double[extras * levels.size()];
    for (int gap = 0; gap < extras; gap++) {
      double edge = outer.get(gap);
      for (int q = 0; q < levels.size(); q++) {
        double level = levels.get(q);
        boolean below = edge < 0.5 && level <= edge;
        boolean above = edge > 0.5 && level >= edge;
        table[gap * levels.size() + q] = below ? -1 : above ? 1 : 0;
      }
    }
    return table;
  }

  /** Quantiles of the loss's distribution around 0 at scale 1, which the loss itself gives. */
  private double[] standardQuantiles() {
    Outputs zero = new Outputs(1, 1, extras);
    double[] quantiles = new double[levels.size()];
    OutputLoss.of(output).quantiles(zero, 0, quantiles);
    for (int q = 0; q < quantiles.length; q++) {
      quantiles[q] /= 0.5 + LEAST_SCALE;
    }
    return quantiles;
  }

  /** The mean of the members. */
  String mean(List<String> members) {
    return members.size() == 1
        ? members.get(0)
        : g.div(members.stream().reduce(g::add).orElseThrow(), g.real(members.size()));
  }

  /** The quantiles of all members together, moved out by what their medians differ. */
  String ofEnsemble(List<String> members) {
    String own = mean(members);
    int median = levels.indexOf(.5);
    int lower = levels.indexOf(.25);
    int upper = levels.indexOf(.75);
    if (members.size() == 1 || lower < 0 || median < 0 || upper < 0) {
      return own;
    }
    String middle = level(own, median);
    String squares = mean(members.stream().map(each -> g.square(level(each, median))).toList());
    double unbiased = (double) members.size() / (members.size() - 1);
    String between = g.mul(g.max(g.real(0), g.sub(squares, g.square(middle))), g.real(unbiased));
    String range = g.sub(level(own, upper), level(own, lower));
    String deviation = g.div(range, g.real(QUARTILES_TO_DEVIATION));
    String isWide = g.op("Greater", deviation, g.real(0));
    String safe = g.where(isWide, deviation, g.real(1));
    String stretch = g.op("Sqrt", g.add(g.real(1), g.div(between, g.square(safe))));
    return g.where(isWide, g.add(middle, g.mul(g.sub(own, middle), stretch)), own);
  }

  private String level(String quantiles, int level) {
    return g.slice(quantiles, 2, level, level + 1L);
  }
}
