package io.longcast.train.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies between nd4j's arrays of floats and the heap, each as one block of memory. */
final class Vectors {
  private Vectors() {}

  /** The values in row-major order; nd4j's own {@code asFloat} reads them one by one. */
  static float[] values(INDArray array) {
    INDArray rows = array.dup('c');
    float[] values = new float[Math.toIntExact(rows.length())];
    ((FloatPointer) rows.data().pointer()).get(values);
    rows.close();
    return values;
  }

  static void assign(INDArray array, float[] values) {
    INDArray source = Nd4j.create(values, array.shape(), 'c');
    array.assign(source);
    source.close();
  }
}
