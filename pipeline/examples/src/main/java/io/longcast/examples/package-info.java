/** Small programs that use the public API, each on a table that it generates. */
package io.longcast.examples;
