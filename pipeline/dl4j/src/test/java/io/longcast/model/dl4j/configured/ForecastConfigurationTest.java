package io.longcast.model.dl4j.configured;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.model.Dl4jSpec;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.Specs;
import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What does not fit is refused with what was found, what would fit, and the key. */
@Tag("once")
class ForecastConfigurationTest {
  private static final NetworkInputs INPUTS = new NetworkInputs(12, 3, 0, 2, 1, List.of(3));

  private static void assertRefused(MultiLayerConfiguration layers, String... parts) {
    assertRefused(layers.toJson(), parts);
  }

  private static void assertRefused(String json, String... parts) {
    ConfiguredNetwork network =
        new ConfiguredNetwork(
            Specs.recipe(4, 8, List.of(), true).withDl4j(new Dl4jSpec(json)), INPUTS);
    assertThatThrownBy(network::requireFits)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.dl4j.configuration")
        .hasMessageContainingAll(parts);
  }

  private static MultiLayerConfiguration lstm(Layer output) {
    return Configurations.start(new Adam(.01))
        .list()
        .layer(new LSTM.Builder().nOut(8).build())
        .layer(output)
        .build();
  }

  private static Layer output(LossFunction loss, Activation activation) {
    return Configurations.eachStep(loss).activation(activation).nIn(8).nOut(3).build();
  }

  @Test
  void refusesAnotherInputSizeAndNamesTheColumns() {
    MultiLayerConfiguration layers = Configurations.twoLstms(3);
    ((LSTM) layers.getConf(0).getLayer()).setNIn(1);
    assertRefused(
        layers,
        "nIn = 1",
        "the windows bring 13",
        "value, observed, 3 known covariates, 3 known covariates a horizon later",
        "2 statistics of the window (model.scaling.statistics)",
        "3 static categories (model.statics.encoding)");
  }

  @Test
  void refusesAnotherOutputSize() {
    assertRefused(
        Configurations.twoLstms(5), "nOut = 3", "or 1", "found nOut = 5", "window.horizon");
    assertRefused(
        Configurations.lastState(new LSTM.Builder().nOut(8).build(), 1),
        "OutputLayer must have nOut = 3, the horizon; found nOut = 1");
  }

  @Test
  void refusesLossesAndActivationsThatScaledValuesDoNotFit() {
    assertRefused(lstm(output(LossFunction.MCXENT, Activation.SOFTMAX)), "LossMCXENT", "LossMSE");
    assertRefused(lstm(output(LossFunction.POISSON, Activation.IDENTITY)), "LossPoisson");
    assertRefused(
        lstm(output(LossFunction.MEAN_ABSOLUTE_PERCENTAGE_ERROR, Activation.IDENTITY)), "LossMAPE");
    assertRefused(lstm(output(LossFunction.MSE, Activation.SIGMOID)), "identity", "sigmoid");
  }

  @Test
  void refusesOtherEndsAndKindsOfTraining() {
    assertRefused(
        lstm(new RnnLossLayer.Builder(LossFunction.MSE).build()),
        "RnnOutputLayer or OutputLayer, found RnnLossLayer");
    MultiLayerConfiguration truncated = Configurations.twoLstms(3);
    truncated.setBackpropType(BackpropType.TruncatedBPTT);
    assertRefused(truncated, "backpropType must be Standard");
    MultiLayerConfiguration doubles = Configurations.twoLstms(3);
    doubles.getConfs().forEach(conf -> conf.setDataType(DataType.DOUBLE));
    assertRefused(doubles, "dataType must be FLOAT, found DOUBLE");
    MultiLayerConfiguration search = Configurations.twoLstms(3);
    search.getConf(0).setOptimizationAlgo(OptimizationAlgorithm.LBFGS);
    assertRefused(search, "STOCHASTIC_GRADIENT_DESCENT, found LBFGS");
  }

  @Test
  void refusesLayersThatDoNotFitOneAnother() {
    MultiLayerConfiguration inner = Configurations.twoLstms(3);
    ((LSTM) inner.getConf(1).getLayer()).setNIn(7);
    assertRefused(inner, "DL4J fails on sequences [batch, inputs, time] = [2, 13, 12]");
    assertRefused(
        Configurations.start(new Adam(.01))
            .list()
            .layer(new Convolution1D.Builder(3).stride(2).padding(1).nOut(6).build())
            .layer(new LSTM.Builder().nIn(6).nOut(8).build())
            .layer(Configurations.eachStep(LossFunction.MSE).nIn(8).nOut(3).build())
            .build(),
        "[2, 3, 12]",
        "[2, 3, 6]");
    MultiLayerConfiguration timeFirst = Configurations.twoLstms(3);
    ((LSTM) timeFirst.getConf(0).getLayer()).setRnnDataFormat(RNNFormat.NWC);
    assertRefused(timeFirst, "RNNFormat.NCW");
  }

  @Test
  void refusesWhatIsNoConfiguration() {
    assertRefused("{ \"confs\": ", "no JSON");
    assertRefused("{ \"confs\": [] }", "no layers");
    assertRefused("{}", "no layers");
    assertRefused("{ \"confs\": [ { \"layer\": 3 } ] }", "no MultiLayerConfiguration");
  }

  /** Spelt with an escape as well: the key is looked at after parsing. */
  @Test
  void makesNoObjectsOfOtherClasses() {
    String json = Configurations.twoLstms(3).toJson();
    String lstm = "org.deeplearning4j.nn.conf.layers.LSTM";
    assertRefused(json.replace(lstm, "com.example.Gadget"), "class com.example.Gadget");
    assertRefused(
        json.replace("\"@class\" : \"" + lstm, "\"\\u0040class\" : \"com.example.Gadget"),
        "class com.example.Gadget");
  }
}
