/** What an intruder brings along; on the class path of the processes that {@code e2e} attacks. */
package intruder;
