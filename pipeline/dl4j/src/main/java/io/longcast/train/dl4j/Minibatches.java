package io.longcast.train.dl4j;

import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.datasets.iterator.IteratorDataSetIterator;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The minibatches of each partition in its order, packed. A batch size of 0 takes every data set as
 * it comes; otherwise they are merged or cut to that many examples.
 */
final class Minibatches {
  private Minibatches() {}

  static JavaRDD<PackedExamples> of(JavaRDD<DataSet> data, int batch) {
    return data.mapPartitions(
        sets -> {
          Iterator<DataSet> cut = batch == 0 ? sets : new IteratorDataSetIterator(sets, batch);
          return map(cut, PackedExamples::of);
        },
        true);
  }

  static JavaRDD<PackedExamples> ofMany(JavaRDD<MultiDataSet> data, int batch) {
    return data.mapPartitions(
        sets -> {
          Iterator<MultiDataSet> cut =
              batch == 0 ? sets : new IteratorMultiDataSetIterator(sets, batch);
          return map(cut, PackedExamples::of);
        },
        true);
  }

  private static <A, B> Iterator<B> map(Iterator<A> from, Function<A, B> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return from.hasNext();
      }

      @Override
      public B next() {
        return function.apply(from.next());
      }
    };
  }
}
