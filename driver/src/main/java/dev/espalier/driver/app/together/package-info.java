/**
 * Long works of jobs: each made once, whoever asks for it, by one process and in turn with other
 * trainings of it; several of one job side by side on its workers.
 *
 * <p>Depends on {@code app.watch}, {@code driver.service.file} and {@code driver.spark.slice};
 * {@code app.train} and {@code app.finetune} depend on it.
 */
@NullMarked
package dev.espalier.driver.app.together;

import org.jspecify.annotations.NullMarked;
