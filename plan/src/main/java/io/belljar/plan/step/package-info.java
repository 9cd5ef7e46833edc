/** The steps, a family for each concept, and the system calls that each makes. */
package io.belljar.plan.step;
