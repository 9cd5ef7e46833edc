package io.belljar.conformance;

import org.junit.jupiter.api.Tag;

/** A test of the runtime's own command line on this kernel. */
@Tag("integration")
public abstract class OciTest extends RuntimeTest {}
