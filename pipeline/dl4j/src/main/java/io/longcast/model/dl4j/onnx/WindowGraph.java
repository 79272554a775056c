package io.longcast.model.dl4j.onnx;

import static io.longcast.model.dl4j.onnx.GraphWriter.FLOAT;
import static io.longcast.model.dl4j.onnx.GraphWriter.INT64;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import java.util.Arrays;

/** The inputs of the graph and what every member of an ensemble reads of them, computed once. */
final class WindowGraph {
  private final GraphWriter g;
  private final String observed;
  private final String context;
  private final String statistics;
  private final String past;
  private final String known;
  private final String codes;
  private final CovariateGraph covariates;
  private final ScalingGraph scaling;

  WindowGraph(GraphWriter g, ModelSpec model, NetworkInputs inputs) {
    this.g = g;
    int length = inputs.contextLength();
    String raw = g.input("context", FLOAT, length);
    observed = g.input("observed", FLOAT, length);
    String padding = g.input("padding", INT64);
    scaling = new ScalingGraph(g, model.scaling(), model.seasonalPeriod(), length, raw, observed);
    context = scaling.context();
    statistics = model.scaling().statistics() ? scaling.statistics() : null;
    covariates = new CovariateGraph(g, inputs, padding);
    int pasts = inputs.pastCovariates();
    past = pasts == 0 ? null : covariates.past(g.input("past", FLOAT, pasts, length));
    int knowns = inputs.knownCovariates();
    known =
        knowns == 0
            ? null
            : covariates.known(g.input("known", FLOAT, knowns, length + inputs.horizon()));
    codes =
        inputs.categories().isEmpty() ? null : g.input("static", INT64, inputs.categories().size());
  }

  /** Scaled values, {@code [windows, contextLength]}. */
  String context() {
    return context;
  }

  /** 1 where a value was observed. */
  String observed() {
    return observed;
  }

  /** {@code [windows, 2]}. */
  String statistics() {
    return statistics;
  }

  /** {@code [windows, past, contextLength]}; null for none. */
  String past() {
    return past;
  }

  /** {@code [windows, known, contextLength + horizon]}; null for none. */
  String known() {
    return known;
  }

  /** {@code [windows, columns]}; null for none. */
  String codes() {
    return codes;
  }

  CovariateGraph covariates() {
    return covariates;
  }

  ScalingGraph scaling() {
    return scaling;
  }

  /** A number {@code [windows, rows, columns]} times. */
  String same(float number, int rows, int columns) {
    float[] numbers = new float[rows * columns];
    Arrays.fill(numbers, number);
    String zero = g.unsqueeze(g.mul(g.slice(observed, 1, 0, 1), g.single(0)), 2);
    return g.add(zero, g.floats(numbers, 1, rows, columns));
  }
}
