/**
 * OCI runtime documents as immutable records: strict reading, exact writing.
 *
 * <p>{@code json} is the tree that every document is read into and written from, and what other
 * modules use for their own files. The other exported packages hold one part of the runtime
 * specification each; {@code config} puts them together and validates the whole.
 */
module io.belljar.spec {
  requires tools.jackson.core;

  exports io.belljar.spec.config;
  exports io.belljar.spec.features;
  exports io.belljar.spec.json;
  exports io.belljar.spec.linux;
  exports io.belljar.spec.process;
  exports io.belljar.spec.resources;
  exports io.belljar.spec.seccomp;
  exports io.belljar.spec.state;
}
