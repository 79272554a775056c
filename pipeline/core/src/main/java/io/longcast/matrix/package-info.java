/** Small dense systems of linear equations. */
package io.longcast.matrix;
