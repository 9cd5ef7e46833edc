/**
 * The part of Go's text/template that people use with {@code --format}: fields, {@code if}, {@code
 * range}, pipelines and Docker's functions, over JSON values; and Docker's tables.
 */
package io.belljar.cli.template;
