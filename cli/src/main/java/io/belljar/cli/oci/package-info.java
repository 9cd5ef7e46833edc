/**
 * {@code belljar-oci}: runc's command line. A file for each verb; what it does is a verb of {@code
 * io.belljar.runtime.lifecycle}.
 */
package io.belljar.cli.oci;
