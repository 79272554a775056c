package io.longcast.model.dl4j;

import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.ResetGate;
import io.longcast.model.recurrent.RnnActivation;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of one recurrent layer on the kernels: LSTM without peepholes, GRU or plain RNN.
 *
 * <p>Used like DL4J's own layers: {@code new KernelRecurrent.Builder(CellKind.LSTM).nIn(4).nOut(64)
 * .build()}, alone, in {@code LastTimeStep} or in {@code Bidirectional}. Activations are fixed by
 * the kind; an activation set in the network's defaults does not apply. Parameters of LSTM and RNN
 * have DL4J's names and order, so that networks convert by copying ({@link Conversion}).
 *
 * <p>A masked step keeps the state and outputs 0. DL4J's own layers clear the state instead; the
 * two agree wherever masks pad the start or the end of a sequence.
 */
public final class KernelRecurrent extends BaseRecurrentLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private CellKind kind;
  @JsonProperty private ResetGate reset;
  @JsonProperty private RnnActivation cellActivation;
  @JsonProperty private double forgetBias;

  /** For JSON. */
  KernelRecurrent() {}

  private KernelRecurrent(Builder builder) {
    super(builder);
    kind = builder.kind;
    reset = builder.reset;
    cellActivation = builder.cellActivation;
    forgetBias = builder.forgetBias;
    initializeConstraints(builder);
  }

  /** The cell for the kernels. */
  public CellSpec cell() {
    return new CellSpec(kind, Math.toIntExact(nIn), Math.toIntExact(nOut), reset, cellActivation);
  }

  /** First value of the forget gate's bias, LSTM only. */
  double forgetBias() {
    return forgetBias;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    LayerValidation.assertNInNOutSet("KernelRecurrent", getLayerName(), index, getNIn(), getNOut());
    KernelRecurrentLayer layer = new KernelRecurrentLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return CellParameters.INSTANCE;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    InputType output = getOutputType(-1, input);
    long parameters = cell().parameters();
    long state = getIUpdater() == null ? 0 : getIUpdater().stateSize(parameters);
    return new LayerMemoryReport.Builder(layerName, KernelRecurrent.class, input, output)
        .standardMemory(parameters, state)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KernelRecurrent that
        && super.equals(that)
        && kind == that.kind
        && reset == that.reset
        && cellActivation == that.cellActivation
        && forgetBias == that.forgetBias;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof KernelRecurrent;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), kind, reset, cellActivation, forgetBias);
  }

  /** Builds a layer, with DL4J's own settings and these. */
  public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {
    private final CellKind kind;
    private ResetGate reset = ResetGate.AFTER_PRODUCT;
    private RnnActivation cellActivation = RnnActivation.TANH;
    private double forgetBias = 1;

    /** A layer of a kind in its usual form. */
    public Builder(CellKind kind) {
      this.kind = kind;
      activationFn = new ActivationTanH();
    }

    /** Where a GRU applies its reset gate. */
    public Builder resetGate(ResetGate where) {
      reset = where;
      return this;
    }

    /** Activation of a plain recurrent cell. */
    public Builder cellActivation(RnnActivation activation) {
      cellActivation = activation;
      activationFn = activation == RnnActivation.RELU ? new ActivationReLU() : new ActivationTanH();
      return this;
    }

    /** First value of an LSTM's forget gate bias. */
    public Builder forgetBias(double value) {
      forgetBias = value;
      return this;
    }

    /** The layer; DL4J declares the method with its own type variable. */
    @Override
    @SuppressWarnings("unchecked")
    public <E extends org.deeplearning4j.nn.conf.layers.Layer> E build() {
      return (E) new KernelRecurrent(this);
    }
  }
}
