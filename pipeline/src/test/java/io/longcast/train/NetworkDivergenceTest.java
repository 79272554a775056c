package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.TrainableFactory;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.Specs;
import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Gradients by layer, and what becomes of an exploding network and a poisoned window. */
class NetworkDivergenceTest {
  private static final List<Segment> SERIES = SegmentShards.segments(6, 1);

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }

  private static NetworkFactory rnn() {
    ModelSpec spec = Specs.plain(Shape.MANY_TO_ONE, Cell.RNN, 8);
    return new NetworkFactory(spec, NetworkInputs.of(12, 3));
  }

  private static TrainingSpec spec(double mostGradientNorm, int mostRemedies) {
    TrainingSpec plain = SegmentShards.spec(2, 5, 20);
    return TrainerTest.withDivergence(
        plain, new DivergenceSpec(mostGradientNorm, 1000, 1e6, 0.5, 0.1, mostRemedies));
  }

  private static TrainingResult fit(TrainableFactory factory, TrainingSpec spec, List<Segment> on) {
    return new Trainer(spark(), factory, spec, TrainingProgress.silent())
        .fit(SegmentShards.data(spark(), on, 2));
  }

  @Test
  void recordsGradientNormsAndClippedStepsByLayer() {
    RoundRecord first = fit(rnn(), spec(1e6, 0), SERIES).history().get(0);

    assertThat(first.layers()).extracting(RoundRecord.Layer::name).containsExactly("rnn0", "head");
    // One step after the other, the square of the whole norm is the sum of the layers' squares.
    double most =
        first.layers().stream()
            .mapToDouble(RoundRecord.Layer::mostGradientNorm)
            .max()
            .orElseThrow();
    assertThat(most).isPositive().isLessThanOrEqualTo(first.mostGradientNorm());
    assertThat(first.layers().stream().mapToDouble(RoundRecord.Layer::clippedShare).sum())
        .isEqualTo(first.clippedShare());
    assertThat(first.parameterNorm()).isPositive();
    assertThat(first.updateNorm()).isPositive().isLessThan(first.parameterNorm());
  }

  /** Recurrent weights of 3 at the start: the gradient grows from step to step. */
  private static TrainableFactory exploding() {
    NetworkFactory factory = rnn();
    return () -> new LargeWeights(factory.open());
  }

  @Test
  void anExplodingNetworkIsCutAndTheLayerNamed() {
    double longest = fit(exploding(), spec(1e6, 0), SERIES).history().get(0).mostGradientNorm();

    TrainingResult result = fit(exploding(), spec(longest / 2, 3), SERIES);

    assertThat(result.remedies().get(0))
        .containsPattern("shard \\d, step \\d: gradient norm of")
        .contains("longest in layer ")
        .endsWith("gradients cut to 0.1 of model.updater.gradientNorm");
    assertThat(result.steps()).isEqualTo(20);
  }

  @Test
  void aHugeValueIsNamedAndLeftOut() {
    List<Segment> poisoned = new ArrayList<>(SERIES);
    float[] values = SERIES.get(3).row(0).clone();
    values[30] = 1e30f;
    poisoned.set(3, SegmentShards.segment("poisoned", values));

    TrainingResult result = fit(rnn(), spec(1e6, 60), poisoned);

    assertThat(result.remedies()).isNotEmpty().allMatch(line -> line.contains("poisoned"));
    assertThat(result.remedies().get(0)).contains("= 1.0E30", "left out");
    assertThat(result.steps()).isEqualTo(20);
    assertThatThrownBy(() -> fit(rnn(), spec(1e6, 0), poisoned))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("poisoned, channel 0, origin");
  }

  /** A network whose weights are drawn three times as large. */
  private record LargeWeights(Trainable inner) implements Trainable {
    @Override
    public void initialize(long seed) {
      inner.initialize(seed);
      float[] parameters = new float[inner.parameterCount()];
      inner.store(parameters, null);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 3;
      }
      inner.load(parameters, null);
    }

    @Override
    public int parameterCount() {
      return inner.parameterCount();
    }

    @Override
    public int updaterStateCount() {
      return inner.updaterStateCount();
    }

    @Override
    public void load(float[] parameters, float[] updaterState) {
      inner.load(parameters, updaterState);
    }

    @Override
    public void store(float[] parameters, float[] updaterState) {
      inner.store(parameters, updaterState);
    }

    @Override
    public StepReport step(WindowBatch batch, StepSettings settings) {
      return inner.step(batch, settings);
    }

    @Override
    public LossSum loss(WindowBatch batch) {
      return inner.loss(batch);
    }

    @Override
    public List<String> layers() {
      return inner.layers();
    }

    @Override
    public void layerNorms(double[] into) {
      inner.layerNorms(into);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
