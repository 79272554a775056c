/**
 * A trained model as a handful of named files with a manifest.
 *
 * <p>In: bytes by name. Out: the same, verified. Always holds: the model id is a hash of the
 * content; a changed, missing or unknown file is refused by name; bundles of older formats keep
 * loading, one of a newer format is refused.
 */
package io.longcast.model.bundle;
