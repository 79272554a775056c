package io.longcast.model.dl4j;

import io.longcast.model.recurrent.Transposition;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * Copies between INDArrays of floats and heap arrays. DL4J's sequences are {@code [batch, features,
 * time]}; the kernels' {@code [time][batch][features]}.
 */
public final class HeapCopy {

  private HeapCopy() {}

  /** Copies the elements of an array that lie one after the other. */
  public static void read(INDArray from, float[] to, int at) {
    pointer(from).get(to, at, Math.toIntExact(from.length()));
  }

  /** Writes the elements of an array that lie one after the other. */
  public static void write(float[] from, int at, INDArray to) {
    pointer(to).put(from, at, Math.toIntExact(to.length()));
  }

  private static FloatPointer pointer(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "data type must be FLOAT for the kernels, found " + array.dataType());
    }
    return new FloatPointer(array.data().addressPointer());
  }

  /** An array whose elements lie in the given order, itself if it is one already. */
  public static INDArray ordered(INDArray array, char order) {
    INDArray floats = array.dataType() == DataType.FLOAT ? array : array.castTo(DataType.FLOAT);
    return floats.ordering() == order && Shape.hasDefaultStridesForShape(floats) && !floats.isView()
        ? floats
        : floats.dup(order);
  }

  /** Reads {@code [batch, features, time]} into {@code [time][batch][features]}. */
  static void readSequence(INDArray from, float[] scratch, float[] to) {
    int batch = (int) from.size(0);
    int features = (int) from.size(1);
    int steps = (int) from.size(2);
    read(ordered(from, 'f'), scratch, 0);
    for (int t = 0; t < steps; t++) {
      int at = t * batch * features;
      Transposition.copy(scratch, at, batch, features, batch, to, at, features);
    }
  }

  /** Writes {@code [time][batch][features]} into a column-major {@code [batch, features, time]}. */
  static void writeSequence(float[] from, float[] scratch, INDArray to) {
    int batch = (int) to.size(0);
    int features = (int) to.size(1);
    int steps = (int) to.size(2);
    for (int t = 0; t < steps; t++) {
      int at = t * batch * features;
      Transposition.copy(from, at, features, batch, features, scratch, at, batch);
    }
    write(scratch, 0, to);
  }
}
