package io.longcast.model.dl4j.onnx;

import static io.longcast.model.dl4j.onnx.GraphWriter.INT32;
import static io.longcast.model.dl4j.onnx.GraphWriter.INT64;
import static io.longcast.model.dl4j.onnx.GraphWriter.NONE;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.NetworkShape;
import io.longcast.model.network.ParameterLayout;
import io.longcast.model.network.ParameterLayout.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One member of a network as nodes: from the scaled window to its outputs in scaled units. */
final class NetworkGraph {
  private final GraphWriter g;
  private final ModelSpec model;
  private final NetworkInputs inputs;
  private final NetworkShape shape;
  private final WindowGraph window;
  private final float[] parameters;
  private final int extras;
  private final Map<String, Slice> slices = new HashMap<>();

  /**
   * What comes out, in scaled units.
   *
   * @param point {@code [windows, horizon]}
   * @param extra {@code [windows, horizon, extras]}; null for none
   */
  record Outputs(String point, String extra) {}

  /**
   * @param parameters of this member
   * @param extras outputs per step in addition to the point
   */
  NetworkGraph(
      GraphWriter g,
      ModelSpec model,
      NetworkInputs inputs,
      WindowGraph window,
      ParameterLayout layout,
      float[] parameters,
      int extras) {
    this.g = g;
    this.model = model;
    this.inputs = inputs;
    this.window = window;
    this.parameters = parameters;
    this.extras = extras;
    shape = NetworkShape.of(model, inputs);
    layout.slices().forEach(slice -> slices.put(slice.name(), slice));
  }

  private String weight(String name) {
    Slice slice = slices.get(name);
    return g.range(parameters, slice.offset(), slice.length(), slice.rows(), slice.columns());
  }

  /** {@code x W + b}; x may have further dimensions in front. */
  private String linear(String name, String x) {
    Slice bias = slices.get(name + ".b");
    String b = g.range(parameters, bias.offset(), bias.length(), bias.length());
    return g.add(g.op("MatMul", x, weight(name + ".W")), b);
  }

  /** All nodes of the member. */
  Outputs write() {
    StepGraph steps = new StepGraph(g, model, inputs, shape, window, statics(), convolution());
    RecurrentGraph.Result read = encoder(steps);
    boolean decodes = model.shape() == Shape.SEQ2SEQ;
    boolean direct = shape.horizonPatches() == 0;
    String state = direct || decodes ? read.last(g) : ofContext(read.states());
    String base = scaledPaths(state);
    if (direct) {
      return direct(state, base);
    }
    String states = decodes ? decoded(read, steps, base) : ofHorizon(read.states());
    return byStep(states, base);
  }

  /** Patches of padding come first in a window and are skipped: the others move to the front. */
  private RecurrentGraph.Result encoder(StepGraph steps) {
    boolean beyond = shape.stepsBeyond(model.shape() == Shape.SEQ2SEQ) > 0;
    String x = beyond ? g.concat(1, List.of(steps.context(), steps.horizon())) : steps.context();
    String name = model.cell().name().toLowerCase(Locale.ROOT);
    RecurrentGraph layers = new RecurrentGraph(g, model, name, parameters, slices::get);
    if (shape.contextPatches() == 1) {
      return layers.run(g.transpose(x, 1, 0, 2), NONE);
    }
    int count = steps();
    int width = slices.get(name + "0.W").columns();
    String padded = padded();
    String from = g.min(g.add(CovariateGraph.positions(g, count), padded), g.longs(count - 1L));
    String moved = g.pick(x, 1, g.expand(g.unsqueeze(from, 2), 1, 1, width));
    String lengths = g.cast(g.squeeze(g.sub(g.longs(count), padded), 1), INT32);
    return layers.run(g.transpose(moved, 1, 0, 2), lengths);
  }

  private int steps() {
    return shape.contextPatches() + shape.stepsBeyond(model.shape() == Shape.SEQ2SEQ);
  }

  private String padded() {
    return window.covariates().paddedPatches(shape.contextPatches(), shape.patch());
  }

  /** The state after the context, {@code [windows, hidden]}. */
  private String ofContext(String states) {
    return g.squeeze(at(states, shape.contextPatches() - 1, 1), 1);
  }

  /** The states over the horizon, {@code [windows, patches, hidden]}. */
  private String ofHorizon(String states) {
    return at(states, shape.contextPatches(), shape.horizonPatches());
  }

  /** States of steps, counted as if no padding had been skipped. */
  private String at(String states, int from, int count) {
    String byWindow = g.transpose(states, 1, 0, 2);
    if (shape.contextPatches() == 1) {
      return g.slice(byWindow, 1, from, from + (long) count);
    }
    String positions = g.add(CovariateGraph.positions(g, count), g.longs(from));
    String moved = g.unsqueeze(g.sub(positions, padded()), 2);
    return g.pick(byWindow, 1, g.expand(moved, 1, 1, model.hiddenSize()));
  }

  /** Static categories as numbers, {@code [windows, width]}; null for none. */
  private String statics() {
    List<String> parts = new ArrayList<>();
    for (int k = 0; window.codes() != null && k < inputs.categories().size(); k++) {
      long known = inputs.categories().get(k);
      String code = g.squeeze(g.slice(window.codes(), 1, k, k + 1L), 1);
      String valid =
          g.op("And", g.op("GreaterOrEqual", code, g.longs(0)), g.op("Less", code, g.longs(known)));
      String safe = g.mul(code, g.cast(valid, INT64));
      if (model.statics().encoding() == Encoding.EMBEDDING) {
        parts.add(g.op("Gather", weight("embedding" + k + ".W"), safe));
      } else if (model.statics().encoding() == Encoding.ONE_HOT) {
        parts.add(g.op("OneHot", safe, g.longs(known), g.floats(new float[] {0, 1}, 2)));
      }
    }
    return parts.isEmpty() ? null : g.concat(1, parts);
  }

  /** The convolution's output, {@code [windows, contextLength, channels]}; null for none. */
  private String convolution() {
    if (model.convolution().layers() == 0) {
      return null;
    }
    int context = inputs.contextLength();
    List<String> rows = new ArrayList<>(List.of(g.unsqueeze(window.context(), 1)));
    if (window.past() != null) {
      rows.add(window.past());
    }
    if (window.known() != null) {
      rows.add(g.slice(window.known(), 2, 0, context));
    }
    String x = g.concat(1, rows);
    int kernel = model.convolution().kernel();
    for (int l = 0; l < model.convolution().layers(); l++) {
      Slice bias = slices.get("conv" + l + ".b");
      String b = g.range(parameters, bias.offset(), bias.length(), bias.length());
      List<String> operands = List.of(x, kernelWeights("conv" + l + ".W", kernel), b);
      var pads = GraphWriter.numbers("pads", kernel - 1L, 0);
      x = g.op("Relu", g.node("Conv", operands, 1, pads).get(0));
    }
    return g.transpose(x, 0, 2, 1);
  }

  /** Weights {@code [kernel, inputs, outputs]} as {@code [outputs, inputs, kernel]}. */
  private String kernelWeights(String name, int kernel) {
    Slice slice = slices.get(name);
    int in = slice.rows() / kernel;
    int out = slice.columns();
    float[] turned = new float[slice.length()];
    for (int j = 0; j < kernel; j++) {
      for (int c = 0; c < in; c++) {
        for (int o = 0; o < out; o++) {
          turned[(o * in + c) * kernel + j] = parameters[slice.offset() + (j * in + c) * out + o];
        }
      }
    }
    return g.floats(turned, out, in, kernel);
  }

  /** What skip and gates add to the point, {@code [windows, horizon]}; null for nothing. */
  private String scaledPaths(String state) {
    List<String> parts = new ArrayList<>();
    if (model.skip().enabled()) {
      parts.add(linear("skip", window.context()));
    }
    if (model.gate().seasons() > 0) {
      parts.add(seasonalGate(state));
    }
    if (inputs.knownCovariates() > 0) {
      int context = inputs.contextLength();
      String ahead = g.slice(window.known(), 2, context, context + (long) inputs.horizon());
      String weights = g.unsqueeze(linear("known", state), 1);
      parts.add(g.squeeze(g.op("MatMul", weights, ahead), 1));
    }
    return parts.stream().reduce(g::add).orElse(null);
  }

  private String seasonalGate(String state) {
    int context = inputs.contextLength();
    int period = Math.min(model.seasonalPeriod(), context);
    int seasons = Math.min(model.gate().seasons(), context / period);
    int blocks = (inputs.horizon() + period - 1) / period;
    String newest = g.slice(window.context(), 1, context - (long) seasons * period, context);
    String values = g.reshape(newest, 0, seasons, period);
    String weights = g.reshape(linear("gate", state), 0, blocks, seasons);
    String steps = g.reshape(g.op("MatMul", weights, values), 0, (long) blocks * period);
    return g.slice(steps, 1, 0, inputs.horizon());
  }

  private Outputs direct(String state, String base) {
    String extra =
        extras == 0 ? null : g.reshape(linear("extras", state), 0, inputs.horizon(), extras);
    return new Outputs(plus(linear("head", state), base), extra);
  }

  private String plus(String point, String base) {
    return base == null ? point : g.add(point, base);
  }

  /** The outputs of states {@code [windows, patches, hidden]}. */
  private Outputs byStep(String states, String base) {
    int all = shape.horizonPatches() * shape.patch();
    String points = g.reshape(linear("head", states), 0, all);
    String point = plus(g.slice(points, 1, 0, inputs.horizon()), base);
    if (extras == 0) {
      return new Outputs(point, null);
    }
    String others = g.reshape(linear("extras", states), 0, all, extras);
    return new Outputs(point, g.slice(others, 1, 0, inputs.horizon()));
  }

  /** The decoder, step by step: each reads the patch that the one before it has put out. */
  private String decoded(RecurrentGraph.Result read, StepGraph steps, String base) {
    RecurrentGraph layers = new RecurrentGraph(g, model, "decoder", parameters, slices::get);
    int patch = shape.patch();
    int context = inputs.contextLength();
    String beside = steps.beside();
    String values = g.slice(window.context(), 1, context - (long) patch, context);
    RecurrentGraph.Result state = read;
    List<String> states = new ArrayList<>();
    for (int d = 0; d < shape.horizonPatches(); d++) {
      String rest = g.slice(beside, 1, d, d + 1L);
      String x = g.concat(2, List.of(g.unsqueeze(values, 1), rest));
      state = layers.run(g.transpose(x, 1, 0, 2), NONE, state);
      states.add(g.unsqueeze(state.last(g), 1));
      if (d + 1 < shape.horizonPatches()) {
        String made = linear("head", state.last(g));
        values =
            base == null ? made : g.add(made, g.slice(base, 1, (long) d * patch, (d + 1L) * patch));
      }
    }
    return g.concat(1, states);
  }
}
