/** The files of a source: which there are, what is in them, and whether they can be read. */
package io.longcast.read.file;
