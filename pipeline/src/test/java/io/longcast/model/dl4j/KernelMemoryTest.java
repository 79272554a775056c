package io.longcast.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.Numerics;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
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
  private static final int BATCH = 8;
  private static final int STEPS = 4;
  private static final long MIB = 1 << 20;

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(1e-3))
                .list()
                .layer(
                    new LastTimeStep(
                        new KernelRecurrent.Builder(CellKind.LSTM).nIn(3).nOut(16).build()))
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(16)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    return network;
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
    float[] x = new float[BATCH * STEPS * 3];
    float[] y = new float[BATCH * 2];
    try (Backend backend = Numerics.open(BlasBackend::new)) {
      StepEngine engine = new StepEngine(network(), BATCH, STEPS, backend);
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

  private static void steps(StepEngine engine, float[] x, float[] y, int count) {
    for (int i = 0; i < count; i++) {
      engine.fit(x, y, BATCH, STEPS);
    }
  }
}
