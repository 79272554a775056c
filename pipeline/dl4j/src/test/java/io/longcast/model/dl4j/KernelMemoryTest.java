package io.longcast.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.Numerics;
import io.longcast.testing.ChildJvm;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Heap and native memory: opened and closed back ends and long training leave nothing behind. */
class KernelMemoryTest {
  static final int BATCH = 8;
  static final int STEPS = 4;
  static final int INPUTS = 3;
  static final int UNITS = 16;
  static final int OUTPUTS = 2;
  private static final long MIB = 1 << 20;

  static MultiLayerNetwork network(Layer layer) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(1e-3))
                .list()
                .layer(new LastTimeStep(layer))
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(UNITS)
                        .nOut(OUTPUTS)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    return network;
  }

  static Layer ours() {
    return new KernelRecurrent.Builder(CellKind.LSTM).nIn(INPUTS).nOut(UNITS).build();
  }

  private static long heap() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void product(Backend backend) {
    int n = 64;
    float[] a = new float[n * n];
    backend.product().multiply(false, false, n, n, n, a, 0, n, a, 0, n, false, a, 0, n);
  }

  @Test
  void aThousandBackEndsOpenedAndClosedLeaveNothing() {
    for (int i = 0; i < 10; i++) {
      try (Backend backend = new BlasBackend()) {
        product(backend);
      }
    }
    long heap = heap();
    long open = Pointer.totalBytes();
    for (int i = 0; i < 1000; i++) {
      try (Backend backend = new BlasBackend();
          Backend other = Numerics.open()) {
        product(backend);
        product(other);
      }
    }
    assertThat(Pointer.totalBytes()).as("native bytes").isLessThan(open + 65_536);
    assertThat(heap() - heap).as("bytes of heap").isLessThan(4 * MIB);
  }

  @Test
  @Tag("long")
  void aHundredThousandTrainingStepsDoNotGrow() {
    float[] x = new float[BATCH * STEPS * INPUTS];
    float[] y = new float[BATCH * OUTPUTS];
    try (Backend backend = Numerics.open(BlasBackend::new)) {
      StepEngine engine = new StepEngine(network(ours()), BATCH, STEPS, backend);
      steps(engine, x, y, 5_000);
      long heap = heap();
      long resident = Pointer.physicalBytes();
      steps(engine, x, y, 100_000);
      long heapGrowth = heap() - heap;
      long growth = Pointer.physicalBytes() - resident;
      System.out.printf(
          "100,000 steps: heap %+d kB, resident %+d kB%n", heapGrowth / 1024, growth / 1024);
      assertThat(heapGrowth).as("bytes of heap").isLessThan(4 * MIB);
      assertThat(growth).as("resident bytes").isLessThan(64 * MIB);
    }
  }

  /**
   * In DL4J's own {@code fit}, beside the same network with DL4J's own layer. Neither grows: what
   * looks so right after the last call is garbage that nd4j's deallocators have not yet let go.
   */
  @Test
  @Tag("long")
  void twentyThousandFitsOfDl4jDoNotGrow() throws IOException, InterruptedException {
    List<String> lines =
        ChildJvm.lines(FitMemory.class, "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
    assertThat(lines).extracting(line -> line.split(" ")[0]).containsExactly("ours", "dl4j");
    for (String line : lines) {
      String[] words = line.split(" ");
      System.out.printf("20,000 fits, %s: heap %s kB, beside it %s kB%n", (Object[]) words);
      assertThat(Long.parseLong(words[1])).as("kB of heap: " + line).isLessThan(8 * 1024);
      assertThat(Long.parseLong(words[2])).as("resident kB: " + line).isLessThan(64 * 1024);
    }
  }

  private static void steps(StepEngine engine, float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      engine.fit(x, y, BATCH, STEPS);
    }
  }
}
