package dev.espalier.driver.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** The page in a browser. */
class ReportInBrowserTest {

  private static final int STRUCTURES = 40;

  @TempDir private static Path folder;
  private static ChromeDriver browser;

  @BeforeAll
  static void open() {
    browser = Browser.start(true);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void page_ofADoneJob_drawsAllPointsWithoutAnError() throws IOException {
    show(browser, Pages.done(STRUCTURES), 1400);

    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    assertThat(
            browser.executeScript(
                "return espalier.front.data.datasets.map(set => set.data.length)"
                    + ".reduce((a, b) => a + b)"))
        .isEqualTo(STRUCTURES + 1L);
    assertThat(coloured("front-picture")).isGreaterThan(1000);
    assertThat(coloured("widths-picture")).isGreaterThan(1000);
    assertThat(coloured("course-picture")).isGreaterThan(1000);
  }

  @Test
  void page_ofAJobThatHasNothingYet_hasNoError() throws IOException {
    show(browser, Pages.empty("new-1"), 1400);

    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @Test
  void click_onAPointOfTheFront_showsItsWidths() throws IOException {
    ReportPage page = Pages.done(STRUCTURES);
    String id = page.front().get(5).structure().id();
    show(browser, page, 1400);
    assertThat(picked()).isNotEqualTo(id);

    Object place =
        browser.executeScript(
            """
            const chart = espalier.front;
            const set = chart.data.datasets.findIndex(set => set.label === 'front');
            const index = chart.data.datasets[set].data.findIndex(one => one.point.id === '%s');
            const {x, y} = chart.getDatasetMeta(set).data[index];
            return [Math.round(x - chart.width / 2), Math.round(y - chart.height / 2)];
            """
                .formatted(id));
    List<?> offset = (List<?>) place;
    new Actions(browser)
        .moveToElement(
            browser.findElement(By.id("front-picture")),
            ((Number) offset.get(0)).intValue(),
            ((Number) offset.get(1)).intValue())
        .click()
        .perform();

    assertThat(picked()).isEqualTo(id);
    assertThat(browser.findElement(By.id("commands")).getText()).contains("show demo-1 " + id);
    assertThat(browser.findElement(By.cssSelector("tr.picked")).getText()).contains(id);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1400})
  void page_onAnyScreen_isNotWiderThanIt(int width) throws IOException {
    show(browser, Pages.done(STRUCTURES), width);

    assertThat(
            browser.executeScript(
                "return document.documentElement.scrollWidth <= window.innerWidth"))
        .isEqualTo(true);
    // To be looked at by people.
    Path pictures = Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(
        pictures.resolve("report-%d.png".formatted(width)),
        browser.getScreenshotAs(OutputType.BYTES));
  }

  @Test
  void page_withoutScripts_hasTheTable() throws IOException {
    ChromeDriver plain = Browser.start(false);
    try {
      ReportPage page = Pages.done(STRUCTURES);
      show(plain, page, 1400);

      List<WebElement> rows = plain.findElements(By.cssSelector("#front tbody tr"));
      assertThat(rows).hasSize(page.front().size());
      assertThat(rows.get(0).getText()).contains(page.front().get(0).structure().id());
    } finally {
      plain.quit();
    }
  }

  private static String picked() {
    return browser.findElement(By.id("picked")).getText();
  }

  private static void show(ChromeDriver in, ReportPage page, int width) throws IOException {
    in.manage().window().setSize(new Dimension(width, 1800));
    in.get(Files.writeString(folder.resolve("page.html"), page.html()).toUri().toString());
  }

  /** Number of pixels of a picture that are not transparent. */
  private static long coloured(String canvas) {
    return (Long)
        browser.executeScript(
            """
            const canvas = document.getElementById('%s');
            const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return data.filter((value, i) => i %% 4 === 3 && value > 0).length;
            """
                .formatted(canvas));
  }
}
