package io.longcast.model.dl4j;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Program of {@link KernelMemoryTest}: for our layer and DL4J's own, how many kilobytes 20,000
 * calls of DL4J's {@code fit} add to the heap and to the memory beside it. In a JVM of its own,
 * whose heap is resident from the start, so that what grows is not heap.
 */
final class FitMemory {
  private static final int WARM = 5_000;
  private static final int FITS = 20_000;
  private static final int MOST_WAITS = 60;

  private FitMemory() {}

  public static void main(String[] words) throws InterruptedException {
    report("ours", KernelMemoryTest.ours());
    report(
        "dl4j",
        new LSTM.Builder()
            .nIn(KernelMemoryTest.INPUTS)
            .nOut(KernelMemoryTest.UNITS)
            .activation(Activation.TANH)
            .build());
  }

  private static void report(String name, Layer layer) throws InterruptedException {
    MultiLayerNetwork network = KernelMemoryTest.network(layer);
    DataSet data =
        new DataSet(
            Nd4j.randn(KernelMemoryTest.BATCH, KernelMemoryTest.INPUTS, KernelMemoryTest.STEPS),
            Nd4j.randn(KernelMemoryTest.BATCH, KernelMemoryTest.OUTPUTS));
    fit(network, data, WARM);
    long heap = settledHeap();
    long resident = Pointer.physicalBytes();
    fit(network, data, FITS);
    long heapGrowth = settledHeap() - heap;
    long growth = Pointer.physicalBytes() - resident;
    System.out.println(name + " " + heapGrowth / 1024 + " " + growth / 1024);
  }

  private static void fit(MultiLayerNetwork network, DataSet data, int count) {
    for (int i = 0; i < count; i++) {
      network.fit(data);
    }
  }

  /** Collects until nd4j's deallocators, which follow the collector, have let go of everything. */
  private static long settledHeap() throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < MOST_WAITS; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(500);
      Runtime runtime = Runtime.getRuntime();
      long now = runtime.totalMemory() - runtime.freeMemory();
      if (now > used - 65_536) {
        return now;
      }
      used = now;
    }
    throw new IllegalStateException("the heap does not settle: " + used + " bytes and falling");
  }
}
