/**
 * JSON as a small tree: bounded and strict reading, typed access that knows where it is, exact
 * writing.
 */
package io.belljar.spec.json;
