package io.longcast.train.dl4j;

import java.io.Serializable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One minibatch on the Java heap: what is cached between rounds, so that the memory Spark counts is
 * the memory there is. Native arrays exist while a minibatch is trained on.
 */
final class PackedExamples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int examples;
  private final Packed[] features;
  private final Packed[] labels;
  private final Packed[] featureMasks;
  private final Packed[] labelMasks;

  /** An array with its shape, in row-major order. */
  private static final class Packed implements Serializable {
    private static final long serialVersionUID = 1L;
    private final long[] shape;
    private final float[] values;

    Packed(INDArray array) {
      shape = array.shape();
      values = Vectors.values(array.castTo(DataType.FLOAT));
    }

    /** Time steps, 0 where the array is no sequence. */
    long steps() {
      return shape.length == 3 ? shape[2] : 0;
    }

    INDArray unpack() {
      return Nd4j.create(values, shape, 'c');
    }
  }

  private PackedExamples(
      int examples,
      INDArray[] features,
      INDArray[] labels,
      INDArray[] featureMasks,
      INDArray[] labelMasks) {
    this.examples = examples;
    this.features = pack(features);
    this.labels = pack(labels);
    this.featureMasks = pack(featureMasks);
    this.labelMasks = pack(labelMasks);
  }

  static PackedExamples of(DataSet data) {
    return new PackedExamples(
        data.numExamples(),
        new INDArray[] {data.getFeatures()},
        new INDArray[] {data.getLabels()},
        new INDArray[] {data.getFeaturesMaskArray()},
        new INDArray[] {data.getLabelsMaskArray()});
  }

  static PackedExamples of(org.nd4j.linalg.dataset.api.MultiDataSet data) {
    return new PackedExamples(
        Math.toIntExact(data.getFeatures(0).size(0)),
        data.getFeatures(),
        data.getLabels(),
        data.getFeaturesMaskArrays(),
        data.getLabelsMaskArrays());
  }

  private static Packed[] pack(INDArray[] arrays) {
    if (arrays == null) {
      return null;
    }
    Packed[] packed = new Packed[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      packed[i] = arrays[i] == null ? null : new Packed(arrays[i]);
    }
    return packed;
  }

  private static INDArray[] unpack(Packed[] packed) {
    if (packed == null) {
      return null;
    }
    INDArray[] arrays = new INDArray[packed.length];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = packed[i] == null ? null : packed[i].unpack();
    }
    return arrays;
  }

  /** Examples in the minibatch. */
  int examples() {
    return examples;
  }

  /** Whether inputs and labels are sequences of one length, {@code [examples, features, time]}. */
  boolean labelsEachStep() {
    long steps = features[0].steps();
    boolean equal = steps > 0;
    for (Packed[] arrays : new Packed[][] {features, labels}) {
      for (Packed array : arrays) {
        equal &= array.steps() == steps;
      }
    }
    return equal;
  }

  DataSet dataSet() {
    return new DataSet(
        unpack(features)[0], unpack(labels)[0], unpack(featureMasks)[0], unpack(labelMasks)[0]);
  }

  MultiDataSet multiDataSet() {
    return new MultiDataSet(
        unpack(features), unpack(labels), unpack(featureMasks), unpack(labelMasks));
  }
}
