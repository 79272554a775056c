package io.longcast.model.dl4j.onnx;

import static io.longcast.model.dl4j.onnx.GraphWriter.DOUBLE;
import static io.longcast.model.dl4j.onnx.GraphWriter.FLOAT;

import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.ForecastNetwork;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.NetworkForecaster;
import io.longcast.model.network.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;

/**
 * Writes a forecast network, or an ensemble of several, with its scaling as one ONNX graph.
 *
 * <p>Inputs, where n is the number of windows: {@code context} float [n, contextLength], raw
 * values, filled where none was observed; {@code observed} float [n, contextLength], 1 or 0; {@code
 * padding} int64 [n], steps before the first of the series; {@code past} float [n, past,
 * contextLength] and {@code known} float [n, known, contextLength + horizon] in raw units, {@code
 * static} int64 [n, columns], where the network has them. Outputs: {@code point} float [n, horizon]
 * and {@code quantiles} float [n, horizon, levels], in raw units. A window is what {@link
 * io.longcast.window.WindowBatch} says.
 */
public final class OnnxExport {
  /** Of operator set 14. */
  private static final int IR_VERSION = 7;

  /** What one message of protocol buffers can hold, with room for the nodes. */
  private static final long MAX_PARAMETERS = (Integer.MAX_VALUE - (64L << 20)) / Float.BYTES;

  private final GraphWriter g = new GraphWriter();
  private final ModelSpec model;
  private final NetworkInputs inputs;

  private OnnxExport(ModelSpec model, NetworkInputs inputs) {
    this.model = model;
    this.inputs = inputs;
  }

  /**
   * Writes a network.
   *
   * @param parameters those of the members of an ensemble one after the other
   * @param notes what a reader should know, by name; become properties of the file beside the shape
   *     of the windows
   * @throws IllegalArgumentException if the network cannot be written; the message names what
   */
  public static byte[] write(
      NetworkDefinition network, float[] parameters, Map<String, String> notes) {
    requireWritable(network, parameters.length);
    OnnxExport export = new OnnxExport(network.model(), network.inputs());
    export.graph(parameters);
    ModelProto.Builder file =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("longcast")
            .setGraph(export.g.build());
    file.addOpsetImportBuilder().setDomain("").setVersion(GraphWriter.OPERATORS);
    Map<String, String> all = new TreeMap<>(notes);
    all.put("context_length", "" + network.inputs().contextLength());
    all.put("horizon", "" + network.inputs().horizon());
    all.put("quantile_levels", network.model().output().quantileLevels().toString());
    all.forEach((key, value) -> file.addMetadataPropsBuilder().setKey(key).setValue(value));
    return file.build().toByteArray();
  }

  private static void requireWritable(NetworkDefinition network, int parameters) {
    ModelSpec model = network.model();
    if (model.dl4j().isPresent()) {
      throw refused("a network of DL4J's configuration (model.dl4j.configuration)");
    }
    if (model.pretrained() != ModelSpec.Pretrained.NONE) {
      throw refused("the pretrained network (model.pretrained)");
    }
    if (!(network instanceof NetworkFactory)) {
      throw refused("a network of " + network.getClass().getName());
    }
    if (model.output().loss() == Loss.CROSS_ENTROPY) {
      throw refused("a classifier (model.output.loss = cross-entropy)");
    }
    if (model.output().loss() == Loss.NEGATIVE_BINOMIAL) {
      throw refused("quantiles of counts (model.output.loss = negative-binomial)");
    }
    if (parameters > MAX_PARAMETERS) {
      throw refused(
          "a network of %,d parameters, at most %,d".formatted(parameters, MAX_PARAMETERS));
    }
  }

  private static IllegalArgumentException refused(String what) {
    return new IllegalArgumentException(
        "ONNX cannot hold %s: expected the built-in forecast network".formatted(what));
  }

  private void graph(float[] parameters) {
    ParameterLayout layout;
    try (ForecastNetwork network = new ForecastNetwork(model, inputs)) {
      layout = network.layout();
    }
    WindowGraph window = new WindowGraph(g, model, inputs);
    QuantileGraph quantiles = new QuantileGraph(g, model.output());
    List<String> points = new ArrayList<>();
    List<String> levels = new ArrayList<>();
    for (float[] member : NetworkForecaster.members(layout.length(), parameters)) {
      NetworkGraph.Outputs outputs =
          new NetworkGraph(g, model, inputs, window, layout, member, quantiles.extras()).write();
      String point = g.cast(outputs.point(), DOUBLE);
      points.add(point);
      if (quantiles.isWanted()) {
        levels.add(quantiles.of(point, outputs.extra()));
      }
    }
    String point = quantiles.mean(points);
    g.output(window.scaling().raw(point, 2), "point", FLOAT, inputs.horizon());
    if (quantiles.isWanted()) {
      int count = model.output().quantileLevels().size();
      String all = quantiles.ofEnsemble(levels);
      g.output(window.scaling().raw(all, 3), "quantiles", FLOAT, inputs.horizon(), count);
    }
  }
}
