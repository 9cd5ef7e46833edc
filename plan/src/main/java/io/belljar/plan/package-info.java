/**
 * Plans: steps in their order, their binary form, their explanation; what is said when one fails.
 */
package io.belljar.plan;
