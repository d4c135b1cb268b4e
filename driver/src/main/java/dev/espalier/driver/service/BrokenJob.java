package dev.espalier.driver.service;

import dev.espalier.driver.service.store.Folder;

/**
 * A job whose files cannot be read.
 *
 * @param id the job
 * @param folder where its files are
 * @param trouble what is wrong with them
 */
public record BrokenJob(JobId id, Folder folder, String trouble) implements ListedJob {}
