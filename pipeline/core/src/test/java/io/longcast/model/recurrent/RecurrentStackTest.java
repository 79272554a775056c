package io.longcast.model.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stack as its callers use it: repetition, reuse with other shapes, dropout, memory. */
class RecurrentStackTest {
  private static final int BATCH = 6;
  private static final int STEPS = 5;
  private final float[] x = draw(BATCH * STEPS * 3, 1);

  private static float[] draw(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian() * .5f;
    }
    return values;
  }

  private static RecurrentStack stack(CellKind kind, double dropout, Backend backend) {
    List<CellSpec> cells = RecurrentStack.uniform(CellSpec.of(kind, 3, 18), 2);
    RecurrentStack stack = new RecurrentStack(cells, dropout, BATCH, STEPS, backend);
    stack.load(draw(stack.parameters(), 2), 0);
    return stack;
  }

  private float[] gradient(RecurrentStack stack, int batch, int steps, long seed) {
    stack.begin(batch, steps);
    stack.input(x, 0);
    stack.forwardTraining(seed);
    float[] last = new float[batch * stack.hidden()];
    stack.lastState(last, 0);
    stack.gradientOfLastState(last, 0);
    float[] gradient = new float[stack.parameters()];
    stack.backward(gradient, 0);
    return gradient;
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void givesTheSameBitsAfterWorkOnOtherShapes(CellKind kind) {
    RecurrentStack stack = stack(kind, 0, Numerics.open());
    float[] first = gradient(stack, BATCH, STEPS, 0);
    gradient(stack, 1, 2, 0);
    gradient(stack, 5, STEPS, 0);
    assertThat(gradient(stack, BATCH, STEPS, 0)).isEqualTo(first);
    assertThat(gradient(stack(kind, 0, Numerics.open()), BATCH, STEPS, 0)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void backEndsAgreeWithin2e5(CellKind kind) {
    float[] plain = gradient(stack(kind, 0, Numerics.plain()), BATCH, STEPS, 0);
    float[] vector = gradient(stack(kind, 0, Numerics.open()), BATCH, STEPS, 0);
    for (int i = 0; i < plain.length; i++) {
      assertThat(Math.abs(plain[i] - vector[i])).isLessThan(2e-5f);
    }
  }

  @Test
  void dropoutDependsOnTheSeedAlone() {
    RecurrentStack stack = stack(CellKind.GRU, .5, Numerics.open());
    float[] first = gradient(stack, BATCH, STEPS, 4);
    assertThat(gradient(stack, BATCH, STEPS, 5)).isNotEqualTo(first);
    assertThat(gradient(stack, BATCH, STEPS, 4)).isEqualTo(first);
    float[] plain = gradient(stack(CellKind.GRU, .5, Numerics.plain()), BATCH, STEPS, 4);
    for (int i = 0; i < plain.length; i++) {
      assertThat(Math.abs(plain[i] - first[i])).isLessThan(5e-5f);
    }
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void aNotANumberInTheInputShowsInTheState(CellKind kind) {
    RecurrentStack stack = stack(kind, 0, Numerics.open());
    float[] poisoned = x.clone();
    poisoned[0] = Float.NaN;
    stack.begin(BATCH, STEPS);
    stack.input(poisoned, 0);
    stack.forward();
    float[] last = new float[BATCH * 18];
    stack.lastState(last, 0);
    assertThat(last[0]).isNaN();
    assertThat(last[18]).isNotNaN();
    assertThat(gradient(stack, BATCH, STEPS, 0)).doesNotContain(Float.NaN);
  }

  @Test
  void stepsWithAStateEqualTheSequence() {
    RecurrentStack stack = stack(CellKind.LSTM, 0, Numerics.open());
    stack.begin(BATCH, STEPS);
    stack.input(x, 0);
    stack.forward();
    float[] expected = new float[BATCH * 18];
    stack.lastState(expected, 0);
    float[] state = new float[BATCH * stack.stateSize()];
    float[] found = new float[BATCH * 18];
    for (int t = 0; t < STEPS; t++) {
      stack.step(BATCH, Arrays.copyOfRange(x, t * BATCH * 3, (t + 1) * BATCH * 3), state, found);
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void refusesLayersThatDoNotFit() {
    List<CellSpec> cells =
        List.of(CellSpec.of(CellKind.GRU, 2, 4), CellSpec.of(CellKind.GRU, 3, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecurrentStack(cells, 0, 1, 1, Numerics.plain()))
        .withMessage("inputs of layer 1 must be 4, found 3");
  }

  @Test
  void aStepAllocatesNothing() {
    allocates(300, 2_000);
  }

  @Test
  @Tag("long")
  void aHundredThousandStepsAllocateNothing() {
    allocates(300, 100_000);
  }

  private void allocates(int warm, int steps) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    RecurrentStack stack = stack(CellKind.LSTM, 0, Numerics.plain());
    float[] last = new float[BATCH * 18];
    float[] gradient = new float[stack.parameters()];
    long before = 0;
    for (int i = -warm; i < steps; i++) {
      before = i == 0 ? threads.getThreadAllocatedBytes(Thread.currentThread().getId()) : before;
      stack.begin(BATCH, STEPS);
      stack.input(x, 0);
      stack.forward();
      stack.lastState(last, 0);
      stack.gradientOfLastState(last, 0);
      stack.backward(gradient, 0);
    }
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(bytes).isLessThan(20_000);
  }
}
