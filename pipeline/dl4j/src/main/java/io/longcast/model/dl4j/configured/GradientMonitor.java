package io.longcast.model.dl4j.configured;

import io.longcast.model.dl4j.HeapCopy;
import io.longcast.model.network.Adam;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Measures the gradient of each update before DL4J's updater changes it, and cuts its norm where
 * that is asked for.
 */
final class GradientMonitor extends BaseTrainingListener {
  private final float[] gradient;
  private final List<String> layers = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private double maxNorm = Double.POSITIVE_INFINITY;
  private double examples = 1;
  private double norm;
  private boolean clipped;

  GradientMonitor(MultiLayerNetwork network) {
    gradient = new float[Math.toIntExact(network.numParams())];
    int end = 0;
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() > 0) {
        end += Math.toIntExact(layer.numParams());
        layers.add(layer.getIndex() + " " + layer.conf().getLayer().getClass().getSimpleName());
        ends.add(end);
      }
    }
  }

  /** Before an update: the largest norm of its gradient. */
  void begin(double most) {
    maxNorm = most;
  }

  @Override
  public void onGradientCalculation(Model model) {
    MultiLayerNetwork network = (MultiLayerNetwork) model;
    HeapCopy.read(network.getFlattenedGradients(), gradient, 0);
    examples = network.conf().isMiniBatch() ? network.batchSize() : 1;
    norm = Adam.norm(gradient) / examples;
    clipped = norm > maxNorm;
    if (clipped) {
      network.getFlattenedGradients().muli(maxNorm / norm);
    }
  }

  /** Norm of the last gradient, a mean over examples, before it was cut. */
  double norm() {
    return norm;
  }

  boolean clipped() {
    return clipped;
  }

  /** Names of the layers with parameters. */
  List<String> layers() {
    return List.copyOf(layers);
  }

  /** Norms of the last gradient by layer, before it was cut. */
  void layerNorms(double[] into) {
    int from = 0;
    for (int l = 0; l < into.length; l++) {
      into[l] = Adam.norm(gradient, from, ends.get(l)) / examples;
      from = ends.get(l);
    }
  }
}
