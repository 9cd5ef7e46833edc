/**
 * Black-box tests: each types a command as a person or an engine would, and looks at the result on
 * the real kernel. The program under test is {@code -Dbelljar.oci=PATH}, by default the
 * distribution's {@code belljar-oci}; what is pure OCI runs with any runtime that has runc's
 * command line.
 */
package io.belljar.conformance;
