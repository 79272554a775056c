package io.longcast.model.dl4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.longcast.model.Dl4jSpec;
import io.longcast.model.ForecastBatch;
import io.longcast.model.ModelOutput;
import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Convolution;
import io.longcast.model.ModelSpec.Decoder;
import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.ModelSpec.Gate;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.ModelSpec.Skip;
import io.longcast.model.ModelSpec.Statics;
import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.ForecastNetwork;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.Specs;
import io.longcast.model.network.Windows;
import io.longcast.scale.Level;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Spread;
import io.longcast.scale.Transform;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime gives the forecasts of the network, to 1e-5 of a window's largest value. */
@Tag("once")
class OnnxExportTest {
  private static final double TOLERANCE = 1e-5;
  private static final NetworkInputs PLAIN = NetworkInputs.of(24, 7);
  private static final NetworkInputs RICH = new NetworkInputs(26, 7, 2, 2, 1, List.of(3, 5));
  private static final ScalingSpec SCALING =
      new ScalingSpec(Transform.LOG, Level.LAST_SEASON, Spread.DEVIATION, 20, true);

  /** What tests vary; the network is small. */
  private record Draft(
      Shape shape,
      Cell cell,
      int layers,
      int patch,
      ScalingSpec scaling,
      boolean paths,
      int convolutions,
      Encoding encoding,
      Loss loss) {

    static Draft of(Shape shape, Cell cell) {
      return new Draft(shape, cell, 1, 4, SCALING, true, 0, Encoding.EMBEDDING, Loss.MAE);
    }

    ModelSpec spec() {
      return new ModelSpec(
          shape,
          cell,
          6,
          layers,
          0.1,
          8,
          patch,
          scaling,
          new Skip(paths, List.of(1, 2)),
          new Gate(paths ? 2 : 0),
          new Convolution(convolutions, 3, 5),
          new Statics(encoding, 4),
          new ModelOutput(loss, .5, Specs.LEVELS, 1, false, 0),
          new Decoder(200),
          new Updater(.9, .999, 1e-7, 1));
    }

    Draft with(int layers, int patch) {
      return new Draft(shape, cell, layers, patch, scaling, paths, convolutions, encoding, loss);
    }

    Draft with(ScalingSpec other) {
      return new Draft(shape, cell, layers, patch, other, paths, convolutions, encoding, loss);
    }

    Draft with(int convolutions, Encoding encoding, Loss loss, boolean paths) {
      return new Draft(shape, cell, layers, patch, scaling, paths, convolutions, encoding, loss);
    }
  }

  private static float[] parameters(ModelSpec spec, NetworkInputs inputs, int members) {
    try (ForecastNetwork network = new ForecastNetwork(spec, inputs)) {
      int length = network.layout().length();
      float[] all = new float[members * length];
      SplittableRandom random = new SplittableRandom(5);
      for (int member = 0; member < members; member++) {
        float[] own = new float[length];
        network.initialize(own, member);
        System.arraycopy(own, 0, all, member * length, length);
      }
      for (int i = 0; i < all.length; i++) {
        all[i] += (float) (0.15 * random.nextGaussian());
      }
      return all;
    }
  }

  private static void check(ModelSpec spec, NetworkInputs inputs) throws OrtException {
    check(spec, inputs, 1, Windows.random(inputs, 9, 3));
  }

  private static void check(ModelSpec spec, NetworkInputs inputs, int members, WindowBatch windows)
      throws OrtException {
    NetworkFactory factory = new NetworkFactory(spec, inputs);
    float[] parameters = parameters(spec, inputs, members);
    int levels = spec.output().quantileLevels().size();
    ForecastBatch expected = new ForecastBatch(windows.size(), inputs.horizon(), levels);
    try (var forecaster = factory.forecaster(parameters);
        var session = new OnnxSession(OnnxExport.write(factory, parameters, Map.of()))) {
      forecaster.forecast(windows, expected);
      ForecastBatch found = session.forecast(windows, levels);
      int horizon = inputs.horizon();
      for (int i = 0; i < windows.size(); i++) {
        close("point of window " + i, found.point(), expected.point(), i, horizon);
        close("quantiles of " + i, found.quantiles(), expected.quantiles(), i, horizon * levels);
      }
    }
  }

  private static void close(String what, float[] found, float[] expected, int i, int length) {
    double largest =
        IntStream.range(i * length, (i + 1) * length)
            .mapToDouble(at -> Math.abs(expected[at]))
            .max()
            .orElse(0);
    for (int at = i * length; at < (i + 1) * length; at++) {
      double difference = Math.abs((double) found[at] - expected[at]);
      assertThat(difference / Math.max(1e-30, largest))
          .as("%s at %d: %s for %s", what, at, found[at], expected[at])
          .isLessThanOrEqualTo(TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void everyShapeWithEveryKindOfInput(Shape shape) throws OrtException {
    for (Cell cell : Cell.values()) {
      check(Draft.of(shape, cell).spec(), RICH);
      check(Draft.of(shape, cell).spec(), PLAIN);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 4", "2, 24", "2, 5"})
  void layersAndPatches(int layers, int patch) throws OrtException {
    for (Cell cell : Cell.values()) {
      check(Draft.of(Shape.MANY_TO_ONE, cell).with(layers, patch).spec(), RICH);
      check(Draft.of(Shape.MANY_TO_MANY, cell).with(layers, patch).spec(), RICH);
      check(Draft.of(Shape.SEQ2SEQ, cell).with(layers, patch).spec(), RICH);
    }
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void everyScaling(Level level) throws OrtException {
    for (Spread spread : Spread.values()) {
      for (Transform transform : List.of(Transform.NONE, Transform.LOG, Transform.ASINH)) {
        ScalingSpec scaling = new ScalingSpec(transform, level, spread, 3, true);
        check(Draft.of(Shape.MANY_TO_ONE, Cell.LSTM).with(scaling).spec(), PLAIN);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      names = {"MAE", "MSE", "HUBER", "GAUSSIAN", "STUDENT_T"})
  void lossesConvolutionsAndCategories(Loss loss) throws OrtException {
    Draft draft = Draft.of(Shape.MANY_TO_ONE, Cell.GRU);
    check(draft.with(0, Encoding.ONE_HOT, loss, false).spec(), RICH);
    check(draft.with(2, Encoding.NONE, loss, true).spec(), RICH);
    Draft steps = Draft.of(Shape.MANY_TO_MANY, Cell.LSTM);
    check(steps.with(1, Encoding.EMBEDDING, loss, false).spec(), RICH);
  }

  @Test
  void anEnsemble() throws OrtException {
    ModelSpec spec = Draft.of(Shape.MANY_TO_ONE, Cell.LSTM).spec();
    check(spec, RICH, 3, Windows.random(RICH, 5, 8));
  }

  /** Constant, negative, huge, tiny, nowhere observed and with an unknown category. */
  @Test
  void windowsAtTheirLimits() throws OrtException {
    List<UnaryOperator<Float>> values =
        List.of(x -> 7f, x -> -x, x -> 1e6f + x, x -> x * 1e-9f, x -> x * 1e12f, x -> x - 3);
    WindowBatch windows = Windows.random(RICH, values.size() + 1, 4);
    int context = RICH.contextLength();
    for (int i = 0; i < values.size(); i++) {
      for (int j = i * context; j < (i + 1) * context; j++) {
        windows.context()[j] = values.get(i).apply(windows.context()[j]);
      }
    }
    Arrays.fill(
        windows.contextObserved(), values.size() * context, (values.size() + 1) * context, 0);
    windows.statics()[0] = 99;
    windows.statics()[3] = -1;
    for (Transform transform : List.of(Transform.LOG, Transform.ASINH, Transform.NONE)) {
      ScalingSpec scaling = SCALING.with(transform);
      ModelSpec spec = Draft.of(Shape.MANY_TO_ONE, Cell.LSTM).with(scaling).spec();
      check(spec, RICH, 1, windows);
    }
  }

  @Test
  void theFileSaysWhatItReads() throws OrtException {
    ModelSpec spec = Draft.of(Shape.MANY_TO_ONE, Cell.LSTM).spec();
    byte[] file =
        OnnxExport.write(
            new NetworkFactory(spec, PLAIN), parameters(spec, PLAIN, 1), Map.of("model_id", "abc"));
    try (OnnxSession session = new OnnxSession(file)) {
      assertThat(session.properties())
          .containsEntry("model_id", "abc")
          .containsEntry("context_length", "24")
          .containsEntry("horizon", "7")
          .containsEntry("quantile_levels", Specs.LEVELS.toString());
    }
  }

  @Test
  void whatCannotBeExportedIsRefusedByName() {
    ModelSpec plain = Draft.of(Shape.MANY_TO_ONE, Cell.LSTM).spec();
    ModelOutput classes = new ModelOutput(Loss.CROSS_ENTROPY, .5, List.of(), 1, false, 3);
    refuses(plain.withOutput(classes), "classifier");
    ModelSpec counts =
        Draft.of(Shape.MANY_TO_ONE, Cell.LSTM)
            .with(new ScalingSpec(Transform.NONE, Level.ZERO, Spread.MEAN_ABSOLUTE, 20, true))
            .with(0, Encoding.EMBEDDING, Loss.NEGATIVE_BINOMIAL, true)
            .spec();
    refuses(counts, "model.output.loss = negative-binomial");
    refuses(plain.withDl4j(new Dl4jSpec("{}")), "model.dl4j.configuration");
  }

  private static void refuses(ModelSpec spec, String why) {
    NetworkFactory factory = new NetworkFactory(spec, PLAIN);
    assertThatThrownBy(() -> OnnxExport.write(factory, new float[0], Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
