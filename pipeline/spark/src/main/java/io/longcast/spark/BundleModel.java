package io.longcast.spark;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/**
 * What all models share: a bundle, which is also what is saved, and settings that may be changed
 * for serving by their keys.
 *
 * @param <M> the model itself
 */
public abstract class BundleModel<M extends BundleModel<M>> extends Model<M> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient ModelBundle bundle;
  private final transient Optional<TrainingSummary> summary;

  BundleModel(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    this.uid = uid;
    this.bundle = bundle;
    this.summary = summary;
  }

  /** The model itself. */
  abstract M self();

  /** The same model in a copy. */
  abstract M again(String uid, ModelBundle bundle, Optional<TrainingSummary> summary);

  @Override
  public final String uid() {
    return uid;
  }

  /** The id: a hash of the model's content. */
  public final String modelId() {
    return bundle.manifest().modelId();
  }

  /** SHA-256 of the parameters as little-endian floats. */
  public final String parametersSha256() {
    return bundle.manifest().parametersSha256();
  }

  /** The manifest as JSON: settings, metrics, versions and hashes. */
  public final String manifest() {
    return new String(bundle.files().get(Manifest.FILE), StandardCharsets.UTF_8);
  }

  /** Whether the model was fitted in this session, so that it has a summary. */
  public final boolean hasSummary() {
    return summary.isPresent();
  }

  /**
   * How training went.
   *
   * @throws IllegalStateException if the model was loaded
   */
  public final TrainingSummary summary() {
    return summary.orElseThrow(
        () ->
            new IllegalStateException(
                "the model "
                    + modelId()
                    + " was loaded and has no summary; its metrics are in manifest()"));
  }

  final ModelBundle bundle() {
    return bundle;
  }

  /** Sets a setting of serving by its key, such as {@code forecast.nonNegative}. */
  public final M set(String key, String value) {
    return with(getParam(key), value);
  }

  /** Sets a setting of serving by its key. */
  public final M set(String key, long value) {
    return with(getParam(key), value);
  }

  /** Sets a setting of serving by its key. */
  public final M set(String key, double value) {
    return with(getParam(key), value);
  }

  /** Sets a setting of serving by its key. */
  public final M set(String key, boolean value) {
    return with(getParam(key), value);
  }

  private M with(Param<Object> param, Object value) {
    set(param, value);
    return self();
  }

  /** The declared Params and those of settings that are set. */
  @Override
  public Param<?>[] params() {
    return Words.withSettings(super.params(), paramMap());
  }

  /** A Param by its name, or that of a settings key. */
  @Override
  public Param<Object> getParam(String name) {
    return super.hasParam(name) ? super.getParam(name) : SettingParam.ofKey(this, name);
  }

  /** Every name with a dot is one of a settings key, which is checked when it is set. */
  @Override
  public boolean hasParam(String name) {
    return super.hasParam(name) || name.indexOf('.') > 0;
  }

  /** The settings that the model was trained with, under those set here. */
  RunSpec run() {
    return run(List.of());
  }

  /** The same over further words. */
  final RunSpec run(List<String> more) {
    List<String> words = new ArrayList<>();
    bundle.manifest().settings().forEach((key, value) -> words.add(key + "=" + value));
    words.addAll(more);
    words.addAll(Words.of(extractParamMap()));
    return RunFile.read(Optional.empty(), words).spec();
  }

  @Override
  public M copy(ParamMap extra) {
    M copy = copyValues(again(uid, bundle, summary), extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return new BundleMlWriter(this);
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + modelId();
  }
}
