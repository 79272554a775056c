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

  private static TrainingSpec spec(double maxGradientNorm, int maxRecoveries) {
    TrainingSpec plain = SegmentShards.spec(2, 5, 20);
    return TrainingSpecs.withDivergence(
        plain, new DivergenceSpec(maxGradientNorm, 1000, 1e6, 0.5, 0.1, maxRecoveries, false));
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
        first.layers().stream().mapToDouble(RoundRecord.Layer::maxGradientNorm).max().orElseThrow();
    assertThat(most).isPositive().isLessThanOrEqualTo(first.maxGradientNorm());
    assertThat(first.layers().stream().mapToDouble(RoundRecord.Layer::clippedShare).sum())
        .isEqualTo(first.clippedShare());
    assertThat(first.parameterNorm()).isPositive();
    assertThat(first.updateNorm()).isPositive().isLessThan(first.parameterNorm());
  }

  private static TrainingSpec byTimeStep(double maxGradientNorm) {
    return TrainingSpecs.withDivergence(
        SegmentShards.spec(2, 5, 20),
        new DivergenceSpec(maxGradientNorm, 1000, 1e6, 0.5, 0.1, 0, true));
  }

  @Test
  void aVanishingGradientShowsInTheNormsByTimeStep() {
    TrainableFactory vanishing = () -> new ScaledWeights(rnn().open(), 0.1f);

    TrainingResult result = fit(vanishing, byTimeStep(1e6), SERIES);

    List<Double> norms = result.history().get(0).timeStepNorms();
    assertThat(norms).hasSize(12).allMatch(norm -> norm > 0);
    assertThat(norms.get(0)).isLessThan(1e-3 * norms.get(11));
    // To look does not touch: the bits are those of a run that records nothing.
    TrainingResult plain = fit(vanishing, spec(1e6, 0), SERIES);
    assertThat(result.parametersSha256()).isEqualTo(plain.parametersSha256());
    assertThat(plain.history().get(0).timeStepNorms()).isEmpty();
  }

  @Test
  void theDiagnosisTellsAtWhichTimeStepTheGradientIsLongest() {
    double longest = fit(exploding(), spec(1e6, 0), SERIES).history().get(0).maxGradientNorm();

    assertThatThrownBy(() -> fit(exploding(), byTimeStep(longest / 2), SERIES))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("by time step")
        .hasMessageContaining("at the first of 12");
  }

  /**
   * A missing value that reached a window: the names of the window and of the input are reported.
   */
  @Test
  void aNotANumberInOneShardIsLocatedAndLeftOut() {
    List<Segment> poisoned = new ArrayList<>(SERIES);
    float[] values = SERIES.get(3).row(0).toFloats();
    values[30] = Float.NaN;
    poisoned.set(3, SegmentShards.segment("poisoned", values));

    TrainingResult result = fit(rnn(), spec(1e6, 60), poisoned);

    // Segments are assigned in turn: the fourth is the second shard's.
    assertThat(result.recoveries())
        .isNotEmpty()
        .allMatch(one -> one.action() == TrainingRecovery.Action.EXCLUDE_WINDOWS)
        .allMatch(one -> one.faults().stream().allMatch(fault -> fault.shard() == 1))
        .allMatch(one -> one.excluded().get(0).contains("poisoned, channel 0, origin"))
        .allMatch(one -> one.toString().contains("= NaN"));
    assertThat(result.recoveries().get(0).toString()).contains("not finite in layer ");
    assertThat(result.steps()).isEqualTo(20);
    assertThat(result.parameters()).doesNotContain(Float.NaN);
    assertThat(result.history()).hasSize(4).allMatch(r -> Double.isFinite(r.trainLoss()));
    assertThatThrownBy(() -> fit(rnn(), spec(1e6, 1), poisoned))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("1 allowed by training.divergence.maxRecoveries");
  }

  /** Recurrent weights of 3 at the start: the gradient grows from step to step. */
  private static TrainableFactory exploding() {
    NetworkFactory factory = rnn();
    return () -> new ScaledWeights(factory.open(), 3);
  }

  @Test
  void anExplodingNetworkIsCutAndTheLayerNamed() {
    double longest = fit(exploding(), spec(1e6, 0), SERIES).history().get(0).maxGradientNorm();

    TrainingResult result = fit(exploding(), spec(longest / 2, 3), SERIES);

    assertThat(result.recoveries().get(0).action())
        .isEqualTo(TrainingRecovery.Action.LOWER_CLIP_NORM);
    assertThat(result.recoveries().get(0).toString())
        .containsPattern("shard \\d, step \\d: gradient norm of")
        .contains("longest in layer ")
        .endsWith("gradients clipped to 0.1 of model.updater.gradientNorm");
    assertThat(result.steps()).isEqualTo(20);
  }

  @Test
  void aHugeValueIsNamedAndLeftOut() {
    List<Segment> poisoned = new ArrayList<>(SERIES);
    float[] values = SERIES.get(3).row(0).toFloats();
    values[30] = 1e30f;
    poisoned.set(3, SegmentShards.segment("poisoned", values));

    TrainingResult result = fit(rnn(), spec(1e6, 60), poisoned);

    assertThat(result.recoveries())
        .isNotEmpty()
        .allMatch(one -> one.toString().contains("poisoned"));
    assertThat(result.recoveries().get(0).toString()).contains("= 1.0E30", "excluded");
    assertThat(result.steps()).isEqualTo(20);
    assertThatThrownBy(() -> fit(rnn(), spec(1e6, 0), poisoned))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("poisoned, channel 0, origin");
  }

  /** A network whose weights are drawn larger or smaller by a factor. */
  private static final class ScaledWeights extends DelegatingTrainable {
    private final float factor;

    ScaledWeights(Trainable inner, float factor) {
      super(inner);
      this.factor = factor;
    }

    @Override
    public void initialize(long seed) {
      super.initialize(seed);
      float[] parameters = new float[parameterCount()];
      store(parameters, null);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= factor;
      }
      load(parameters, null);
    }
  }
}
