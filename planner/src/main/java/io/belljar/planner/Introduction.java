package io.belljar.planner;

/**
 * What a launcher says first.
 *
 * @param request what is asked
 * @param proof that it is the process that it says
 * @param world the hash by which it chooses its planner, see docs/protocol.md
 */
record Introduction(Request request, LauncherProof proof, long world) {}
