package dev.espalier.driver.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.page.JobPage;
import dev.espalier.driver.app.search.SearchedJob;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.page.Browser;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.driver.service.queue.JobBoard;
import dev.espalier.driver.service.queue.Services;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** Pages over HTTP. */
class PagesServerTest {

  @TempDir private Path root;
  private Home home;
  private Services services;
  private JobFolder job;
  private PagesServer server;

  @BeforeEach
  void serve() {
    home = new Home(root);
    services = Services.in(home);
    job = SearchedJob.in(services.jobs());
    server = start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void list_anyJobs_linksToTheirPagesAndRefreshes() throws Exception {
    end(Stage.DONE);
    services.queue().submit(Services.file("next", 0), services.jobs(), false);
    Files.delete(
        services
            .jobs()
            .accept(Services.file("bad", 0))
            .folder()
            .local()
            .orElseThrow()
            .resolve("job.json"));

    HttpResponse<String> list = get("/");

    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body())
        .contains("<a href=\"/jobs/demo-1\">demo-1</a></td><td>done</td><td>resnet20</td>")
        .contains("<td>60</td><td>61.25%</td>")
        .contains("<a href=\"/jobs/next-1\">next-1</a></td><td>queued</td>")
        .contains("<a href=\"/jobs/bad-1\">bad-1</a></td><td>broken</td>");
    assertThat(list.headers().firstValue("Refresh")).contains("5");
  }

  @Test
  void page_jobThatRuns_isThatOfTheReportAndRefreshes() throws Exception {
    try (ProcessLock lock = ProcessLock.take(job.local().orElseThrow().lock()).orElseThrow()) {
      HttpResponse<String> page = get("/jobs/demo-1");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).isEqualTo(JobPage.of(JobView.of(home, job)).html());
      assertThat(page.body())
          .contains("60 of 60 structures measured")
          .contains("<dt>evaluation time</dt><dd>median 1ms, p95 1ms, n 51</dd>");
      assertThat(page.headers().firstValue("Refresh")).contains("5");
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }
  }

  @Test
  void page_jobThatIsDone_doesNotRefresh() throws Exception {
    end(Stage.DONE);

    assertThat(get("/jobs/demo-1").headers().firstValue("Refresh")).isEmpty();
  }

  @Test
  void page_jobOfWhichNothingIsKnown_saysSoUntilItIs() throws Exception {
    services.queue().submit(Services.file("next", 0), services.jobs(), false);

    HttpResponse<String> page = get("/jobs/next-1");

    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.body()).contains("data set 'absent' does not exist");
    assertThat(page.headers().firstValue("Refresh")).contains("5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs/demo-2",
        "/jobs/",
        "/jobs",
        "/jobs/demo-1/",
        "/jobs/demo-1/status.json",
        "/jobs/..",
        "/jobs/../jobs/demo-1",
        "/jobs/%2e%2e",
        "/jobs/..%2Fjobs%2Fdemo-1",
        "/jobs/demo-1%00",
        "/jobs/DEMO-1",
        "//jobs/demo-1",
        "/favicon.ico"
      })
  void get_whatIsNoJob_isNotFound(String path) throws Exception {
    String answer =
        raw("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));

    assertThat(answer).startsWith("HTTP/1.1 404 ").doesNotContain("\"stage\"", "<h1>demo-1");
  }

  @Test
  void get_linkOutOfTheStore_isNotFollowed() throws Exception {
    Path outside = Files.createDirectory(root.resolve("outside"));
    for (String file : new String[] {"job.yaml", "job.json", "status.json"}) {
      Files.writeString(outside.resolve(file), "{\"private\": 1}");
    }
    Files.createSymbolicLink(root.resolve("jobs/linked-1"), outside);

    assertThat(get("/jobs/linked-1").statusCode()).isIn(404, 503);
    assertThat(get("/jobs/linked-1").body()).doesNotContain("private");
    assertThat(get("/").body()).doesNotContain("private");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
  void request_thatMayChangeSomething_isNotAllowed(String method) throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder().method(method, HttpRequest.BodyPublishers.ofString("x")), "/");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void head_anyPage_isItsHeadersAlone() throws Exception {
    HttpResponse<String> whole = get("/jobs/demo-1");
    HttpResponse<String> head =
        send(
            HttpRequest.newBuilder().method("HEAD", HttpRequest.BodyPublishers.noBody()),
            "/jobs/demo-1");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(whole.body().getBytes(StandardCharsets.UTF_8).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080"})
  void request_toANameOfLoopback_isAnswered(String host) throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host)))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:80",
        "Host: localhost.evil.example",
        "Host: evil.example@localhost",
        "Host: 127.0.0.1.evil.example",
        "Host: localhost\r\nHost: evil.example",
        "Host:",
        "X: no host"
      })
  void request_toAnotherName_isRefused(String header) throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n".formatted(header)))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContain("demo-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/jobs/demo-1", "/jobs/absent-1"})
  void answer_anyPage_tellsBrowsersToTrustNothingElse(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void start_portTaken_isBadInput() {
    assertThatThrownBy(() -> start(server.port()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--pages-port: port " + server.port() + " cannot be used");
  }

  @Test
  void browser_anyPage_runsItsOwnScriptsAndKeepsWhatWasPicked() throws Exception {
    ChromeDriver browser = Browser.start(true);
    try {
      browser.get(server.url());
      browser.executeScript("window.old = true");
      awaitRefresh(browser);
      browser.findElement(By.linkText("demo-1")).click();
      assertThat(browser.findElement(By.tagName("h1")).getText()).isEqualTo("demo-1");
      int last = browser.findElements(By.cssSelector("#front tbody tr")).size();
      By row = By.cssSelector("#front tbody tr:nth-child(%d)".formatted(last));
      assertThat(last).isGreaterThan(1);
      browser.findElement(row).click();
      String picked = browser.findElement(By.id("picked")).getText();
      browser.navigate().refresh();

      assertThat(browser.findElement(row).getText()).startsWith(picked);
      assertThat(browser.findElement(By.id("picked")).getText()).isEqualTo(picked);
      assertThat(browser.executeScript("return getComputedStyle(document.body).maxWidth"))
          .isEqualTo("1120px");
      assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
          .filteredOn(entry -> !entry.getMessage().contains("favicon.ico"))
          .isEmpty();
      // What got into a page by a name would not run.
      browser.executeScript(
          "const bad = document.createElement('script'); bad.textContent = 'window.bad = 1';"
              + " document.body.append(bad)");
      assertThat(browser.executeScript("return window.bad")).isNull();
    } finally {
      browser.quit();
    }
  }

  private static void awaitRefresh(ChromeDriver browser) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (browser.executeScript("return window.old") != null) {
      assertThat(System.nanoTime()).as("loaded again").isLessThan(until);
      Thread.sleep(200);
    }
  }

  private void end(Stage stage) {
    job.write(
        job.status()
            .with(new JobStatus.Counts(60, 9, 0, 0), 0.6125)
            .at(stage, "ended", services.clock().instant()));
  }

  private PagesServer start(int port) {
    return PagesServer.start(
        "--pages-port", port, new JobSite(home, new JobBoard(services.jobs(), services.queue())));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(), path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    URI uri = URI.create(server.url()).resolve(path);
    return HttpClient.newHttpClient()
        .send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
