/** {@code process}: the program and what it may do (runtime-spec, config.md). */
package io.belljar.spec.process;
