package io.longcast.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.recurrent.Numerics;
import io.longcast.window.WindowBatch;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Truncated backpropagation holds activations of one chunk, however long the context. */
class TruncationTest {
  private static final int BATCH = 8;
  private static final int HIDDEN = 32;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"MANY_TO_ONE", "MANY_TO_MANY", "SEQ2SEQ"})
  void activationMemoryIsConstantInTheContextLength(Shape shape) {
    // The scaled copy of the inputs grows, one float a step and row, and so does its scratch space.
    assertThat(bytesAStep(shape, 50)).isLessThan(2 * 4 * BATCH);
    assertThat(bytesAStep(shape, 0)).isGreaterThan(5 * 4 * BATCH * HIDDEN);
  }

  /** What a further step of context costs. */
  private static long bytesAStep(Shape shape, int backpropSteps) {
    // The first network of a JVM also allocates what its classes hold.
    allocated(shape, 100, backpropSteps);
    return (allocated(shape, 8000, backpropSteps) - allocated(shape, 1000, backpropSteps)) / 7000;
  }

  /** Bytes of a network's first step: what it holds from then on. */
  private static long allocated(Shape shape, int context, int backpropSteps) {
    ModelSpec spec = GradientTest.cut(Specs.plain(shape, Cell.LSTM, HIDDEN), backpropSteps);
    NetworkInputs inputs = NetworkInputs.of(context, 4);
    WindowBatch batch = Windows.random(inputs, BATCH, 1);
    try (ForecastNetwork network = new ForecastNetwork(spec, inputs, Numerics.plain())) {
      float[] parameters = new float[network.layout().length()];
      float[] gradient = new float[parameters.length];
      network.initialize(parameters, 1);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      network.lossAndGradient(batch, parameters, gradient, new StepSettings(0, 0, 1));
      return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
  }
}
