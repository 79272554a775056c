package io.longcast.bench;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.longcast.benchmark.PeerProcess;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.util.LongAccumulator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * AWS's Random Cut Forest as the function of a stateful operator: 50 trees of 256 points, shingles
 * of 8, its state in the bytes of Kryo. Its library is loaded from the local Maven repository, for
 * one machine. The value of a row is its third column.
 */
final class ForestOperator implements FlatMapGroupsWithStateFunction<String, Row, byte[], Double> {
  private static final long serialVersionUID = 1L;
  private static final String PACKAGE = "com.amazon.randomcutforest.";
  private static final int SHINGLE = 8;
  private static final int TREES = 50;
  private static final int SAMPLE = 256;
  private static final int VALUE = 2;
  private static final int STATE_BYTES = 1 << 16;
  private static final int MAX_STATE_BYTES = 1 << 28;
  private static final Path JAR =
      PeerProcess.localJar("software.amazon.randomcutforest", "randomcutforest-core", "4.3.0");

  private final LongAccumulator states;
  private final LongAccumulator stateBytes;
  private transient Library library;

  /**
   * @param states counts those that are written
   * @param stateBytes counts their bytes
   */
  ForestOperator(LongAccumulator states, LongAccumulator stateBytes) {
    this.states = states;
    this.stateBytes = stateBytes;
  }

  static boolean isAvailable() {
    return JAR.toFile().canRead();
  }

  static String hint() {
    return "no row of Random Cut Forest, which needs " + JAR;
  }

  @Override
  public Iterator<Double> call(String series, Iterator<Row> rows, GroupState<byte[]> state)
      throws Exception {
    if (library == null) {
      library = new Library();
    }
    Object forest = state.exists() ? library.read(state.get()) : library.forest();
    List<Row> inOrder = new ArrayList<>();
    rows.forEachRemaining(inOrder::add);
    inOrder.sort((a, b) -> a.getTimestamp(1).compareTo(b.getTimestamp(1)));
    List<Double> scores = new ArrayList<>();
    for (Row row : inOrder) {
      scores.add(library.score(forest, (float) row.getDouble(VALUE)));
    }
    byte[] bytes = library.write(forest);
    state.update(bytes);
    states.add(1);
    stateBytes.add(bytes.length);
    return scores.iterator();
  }

  /** Loaded once in a JVM. */
  private static final class Loaded {
    static final ClassLoader LOADER = loader();

    private static ClassLoader loader() {
      try {
        return new URLClassLoader(
            new URL[] {JAR.toUri().toURL()}, ForestOperator.class.getClassLoader());
      } catch (MalformedURLException impossible) {
        throw new IllegalStateException("no URL of " + JAR, impossible);
      }
    }
  }

  /** What of the library is called, by name: it is not on the class path. Not thread-safe. */
  private static final class Library {
    private final Kryo kryo = new Kryo();
    private final Object mapper;
    private final Class<?> builder;
    private final Method toState;
    private final Method toModel;
    private final Method score;
    private final Method update;

    Library() throws ReflectiveOperationException {
      kryo.setClassLoader(Loaded.LOADER);
      kryo.setInstantiatorStrategy(
          new Kryo.DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
      Class<?> forest = Loaded.LOADER.loadClass(PACKAGE + "RandomCutForest");
      Class<?> state = Loaded.LOADER.loadClass(PACKAGE + "state.RandomCutForestState");
      Class<?> mapping = Loaded.LOADER.loadClass(PACKAGE + "state.RandomCutForestMapper");
      builder = forest.getMethod("builder").getReturnType();
      mapper = mapping.getConstructor().newInstance();
      call(mapper, "setSaveExecutorContextEnabled", true);
      call(mapper, "setSaveTreeStateEnabled", true);
      toState = mapping.getMethod("toState", forest);
      toModel = mapping.getMethod("toModel", state);
      score = forest.getMethod("getAnomalyScore", float[].class);
      update = forest.getMethod("update", float[].class);
    }

    Object forest() throws ReflectiveOperationException {
      Object building =
          Loaded.LOADER.loadClass(PACKAGE + "RandomCutForest").getMethod("builder").invoke(null);
      call(building, "dimensions", SHINGLE);
      call(building, "shingleSize", SHINGLE);
      call(building, "internalShinglingEnabled", true);
      call(building, "numberOfTrees", TREES);
      call(building, "sampleSize", SAMPLE);
      call(building, "randomSeed", 1L);
      call(building, "parallelExecutionEnabled", false);
      return builder.getMethod("build").invoke(building);
    }

    private static void call(Object on, String name, Object argument)
        throws ReflectiveOperationException {
      Method method =
          Arrays.stream(on.getClass().getMethods())
              .filter(each -> each.getName().equals(name) && each.getParameterCount() == 1)
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException(on.getClass() + "." + name));
      method.invoke(on, argument);
    }

    double score(Object forest, float value) throws ReflectiveOperationException {
      float[] point = {value};
      double scored = ((Number) score.invoke(forest, (Object) point)).doubleValue();
      update.invoke(forest, (Object) point);
      return scored;
    }

    byte[] write(Object forest) throws ReflectiveOperationException {
      Output out = new Output(STATE_BYTES, MAX_STATE_BYTES);
      kryo.writeClassAndObject(out, toState.invoke(mapper, forest));
      return out.toBytes();
    }

    Object read(byte[] bytes) throws ReflectiveOperationException {
      return toModel.invoke(mapper, kryo.readClassAndObject(new Input(bytes)));
    }
  }
}
