package io.longcast.model.dl4j.onnx;

import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.NetworkShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of the recurrent steps as nodes, {@code [windows, steps, numbers]}, in the order of
 * the network's own step inputs.
 *
 * @param window the window's values
 * @param statics numbers of the static categories, {@code [windows, width]}; null for none
 * @param front output of the convolution, {@code [windows, contextLength, channels]}; null for none
 */
record StepGraph(
    GraphWriter g,
    ModelSpec model,
    NetworkInputs inputs,
    NetworkShape shape,
    WindowGraph window,
    String statics,
    String front) {

  private int perCovariate() {
    return shape.patch() == 1 ? 1 : 2;
  }

  private int channels() {
    return front == null ? 1 : model.convolution().channels();
  }

  /** The patches of the context that are read, the newest. */
  String context() {
    int patches = shape.contextPatches();
    int steps = patches * shape.patch();
    int context = inputs.contextLength();
    List<String> parts = new ArrayList<>();
    String values = front == null ? window.context() : front;
    parts.add(
        g.reshape(
            g.slice(values, 1, context - steps, context),
            0,
            patches,
            (long) shape.patch() * channels()));
    String missing = g.sub(g.single(1), window.observed());
    String patched =
        g.reshape(g.slice(missing, 1, context - steps, context), 0, patches, shape.patch());
    parts.add(g.reduce("ReduceMean", patched, 2));
    if (inputs.pastCovariates() > 0) {
      parts.add(covariates(window.past(), inputs.pastCovariates(), context - steps, context));
    }
    if (inputs.knownCovariates() > 0) {
      parts.add(covariates(window.known(), inputs.knownCovariates(), context - steps, context));
    }
    parts.addAll(ofWindow(patches));
    return g.concat(2, parts);
  }

  private String covariates(String x, int columns, int from, int to) {
    String part = g.slice(x, 2, from, to);
    return window.covariates().patches(part, columns, to - from, shape.patch());
  }

  /** The patches of the horizon, whose values are not known, for the layers of the context. */
  String horizon() {
    int patches = shape.horizonPatches();
    int values = shape.patch() * channels();
    List<String> parts = new ArrayList<>();
    parts.add(window.same(0, patches, values));
    parts.add(window.same(1, patches, 1));
    if (inputs.pastCovariates() > 0) {
      parts.add(window.same(0, patches, perCovariate() * inputs.pastCovariates()));
    }
    parts.addAll(knownAhead());
    parts.addAll(ofWindow(patches));
    return g.concat(2, parts);
  }

  /** What a decoder reads of all patches of the horizon beside their values. */
  String beside() {
    int patches = shape.horizonPatches();
    List<String> parts = new ArrayList<>();
    parts.add(window.same(0, patches, 1));
    parts.addAll(knownAhead());
    parts.addAll(ofWindow(patches));
    return g.concat(2, parts);
  }

  private List<String> knownAhead() {
    int context = inputs.contextLength();
    return inputs.knownCovariates() == 0
        ? List.of()
        : List.of(
            covariates(
                window.known(), inputs.knownCovariates(), context, context + inputs.horizon()));
  }

  /** Statistics and categories, the same at each step. */
  private List<String> ofWindow(int steps) {
    List<String> parts = new ArrayList<>();
    if (model.scaling().statistics()) {
      parts.add(g.expand(g.unsqueeze(window.statistics(), 1), 1, steps, 1));
    }
    if (statics != null) {
      parts.add(g.expand(g.unsqueeze(statics, 1), 1, steps, 1));
    }
    return parts;
  }
}
