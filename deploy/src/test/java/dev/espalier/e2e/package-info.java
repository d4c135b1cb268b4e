/** The whole program as a user runs it: real processes, real files, one home per test. */
package dev.espalier.e2e;
