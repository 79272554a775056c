package io.longcast.spark;

import io.longcast.config.InvalidSettingsException;
import io.longcast.config.RunSpec;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/**
 * An estimator whose settings are those of {@code reference.conf}, by their keys.
 *
 * @param <M> the model that fitting gives
 * @param <E> the estimator itself, which setters return
 */
public abstract class SettingsEstimator<M extends Model<M>, E extends SettingsEstimator<M, E>>
    extends Estimator<M> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  SettingsEstimator(String uid) {
    this.uid = uid;
  }

  /** The estimator itself. */
  abstract E self();

  @Override
  public final String uid() {
    return uid;
  }

  /** Sets any setting of {@code reference.conf} by its key. */
  public final E set(String key, String value) {
    return with(getParam(key), value);
  }

  /** Sets any setting of {@code reference.conf} by its key. */
  public final E set(String key, long value) {
    return with(getParam(key), value);
  }

  /** Sets any setting of {@code reference.conf} by its key. */
  public final E set(String key, double value) {
    return with(getParam(key), value);
  }

  /** Sets any setting of {@code reference.conf} by its key. */
  public final E set(String key, boolean value) {
    return with(getParam(key), value);
  }

  /** Sets any setting of {@code reference.conf} by its key. */
  public final E set(String key, List<?> values) {
    return with(getParam(key), values);
  }

  final <T> E with(Param<T> param, T value) {
    set(param, value);
    return self();
  }

  /** The declared Params and those of other settings that are set. */
  @Override
  public Param<?>[] params() {
    return Words.withSettings(super.params(), paramMap());
  }

  /** A Param by its name, or that of a settings key. */
  @Override
  public Param<Object> getParam(String name) {
    return super.hasParam(name) ? super.getParam(name) : SettingParam.ofKey(this, name);
  }

  /** Every name is one of a Param or a settings key, which is checked when it is set. */
  @Override
  public boolean hasParam(String name) {
    return true;
  }

  /** The settings as words {@code key=value}, by key. */
  final List<String> words() {
    return Words.of(extractParamMap());
  }

  /**
   * The checked settings.
   *
   * @throws InvalidSettingsException with every problem
   */
  final RunSpec run() {
    return Fitting.run(words());
  }

  @Override
  public E copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
  }
}
