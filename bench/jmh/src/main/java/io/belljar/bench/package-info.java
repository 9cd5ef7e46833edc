/** Benchmarks of what a planner does for a request, without a launcher and without root. */
package io.belljar.bench;
