/**
 * Settings: a run file and {@code key=value} words in, one checked {@link
 * io.longcast.config.RunSpec} out.
 *
 * <p>Always holds: every key is in {@code reference.conf} with its default; a spec that was handed
 * out has no unknown key, no wrong type and no value out of range; no message and no rendering
 * shows a secret. Only {@code flow} and {@code jobs} use this package.
 */
package io.longcast.config;
