package dev.espalier.driver.service;

import java.nio.file.Path;

/**
 * A job whose files cannot be read.
 *
 * @param id the job
 * @param folder where its files are
 * @param trouble what is wrong with them
 */
public record BrokenJob(JobId id, Path folder, String trouble) implements ListedJob {}
