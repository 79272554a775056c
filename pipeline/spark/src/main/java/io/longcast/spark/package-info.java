/**
 * The public API: estimators and models in the conventions of spark.ml. DataFrames go in and come
 * out, in the caller's session and time zone; nothing is written, cached or set globally.
 */
package io.longcast.spark;
