/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.jamesext.ximss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The web page in a browser. */
@Timeout(120)
class WebPageTest {
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final String MAIL = """
        <messageAppend id="m" targetMailbox="INBOX"><EMail><From realName="Bob">bob@example.org</From><To>alice@example.org</To>\
        <Subject>%s</Subject>%s</EMail></messageAppend>""" + "\0";

    private static ChromeDriver browser;

    @TempDir
    Path folder;

    private XimssTestServer server;
    private XimssTestClient other;

    @BeforeAll
    static void startBrowser() {
        assumeTrue(DRIVER.canExecute(), "Chromium is not installed (Debian: apt-get install chromium chromium-driver)");
        browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build(),
            new ChromeOptions().addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"));
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void openPage() throws Exception {
        server = XimssTestServer.start(folder, XimssTestServer.PLAIN + "<transport>http</transport>");
        other = server.client().logIn();
        browser.get("http://127.0.0.1:" + server.port + "/");
    }

    @AfterEach
    void stop() throws IOException {
        browser.get("about:blank");
        other.close();
        server.close();
    }

    @Test
    void wrongPasswordShouldBeSaid() {
        type("#login [name=user]", "alice@example.org");
        type("#login [name=password]", "wrong");
        click("#login button");

        awaitText("#status", "authentication failed");
    }

    @Test
    void newMessageShouldAppearByItself() throws Exception {
        logIn();

        append("first", "");
        awaitText("#rows tr:first-child", "first");
        append("second", "");
        awaitText("#rows tr:first-child", "second");
        awaitText("#mailboxes", "INBOX (2)");
        assertThat(browser.getTitle()).isEqualTo("(2) INBOX - Mail");
    }

    @Test
    void messagesShouldComeInPages() throws Exception {
        for (int i = 1; i <= 60; i++) {
            append("number " + i, "");
        }
        logIn();
        awaitText("#rows tr:nth-child(50)", "number");

        click("#more");
        awaitText("#rows tr:nth-child(60)", "number");
        assertThat(find("#more").isDisplayed()).isFalse();
    }

    @Test
    void messageShouldBeReadAndDeleted() throws Exception {
        append("words", "<MIME type=\"text\">Guten Tag</MIME>");
        logIn();

        click("#rows tr");
        awaitText("#message pre", "Guten Tag");
        awaitText("#message .field", "From: Bob <bob@example.org>");
        await("#rows tr.is-Seen");
        button("Delete").click();
        awaitGone("#rows tr");
    }

    @Test
    void programsInMailShouldNotRun() throws Exception {
        append("&lt;img src=x onerror=&quot;document.title='hacked'&quot;>", """
            <MIME type="text" subtype="html">&lt;p id="text">shown&lt;/p>&lt;script>parent.document.title='hacked'&lt;/script>\
            &lt;img src="/x" onerror="parent.document.title='hacked'"></MIME>""");
        logIn();
        click("#rows tr");
        await("#message iframe");

        assertThat(browser.getTitle()).doesNotContain("hacked");
        browser.switchTo().frame(find("#message iframe"));
        assertThat(find("#text").getText()).isEqualTo("shown");
        browser.switchTo().defaultContent();
        assertThat(browser.getTitle()).doesNotContain("hacked");
        assertThat(find("#message h2").getText()).isEqualTo("<img src=x onerror=\"document.title='hacked'\">");
    }

    /** Who could make the page ask for something would know that the message was read, when, and where. */
    @Test
    void mailShouldReachNobody() throws Exception {
        try (ServerSocket tracker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String there = "http://127.0.0.1:" + tracker.getLocalPort() + "/";
            append("tracked", "<MIME type=\"text\" subtype=\"html\">" + escape("""
                <link rel="preconnect" href="%1$s"><link rel="dns-prefetch" href="%1$s"><link rel="prefetch" href="%1$s">
                <link rel="preload" as="image" href="%1$s"><link rel="stylesheet" href="%1$s"><link rel="icon" href="%1$s">
                <link rel="modulepreload" href="%1$s"><link rel="prerender" href="%1$s"><link rel="manifest" href="%1$s">
                <meta http-equiv="refresh" content="0; url=%1$s"><meta http-equiv="x-dns-prefetch-control" content="on">
                <base href="%1$s"><img src="x.png" srcset="y.png 2x"><picture><source srcset="z.png"></picture>
                <style>@import "%1$s"; @font-face { font-family: f; src: url(%1$s) } p { background: url(%1$s); font-family: f }</style>
                <p id="end" style="list-style-image: url(%1$s); content: url(%1$s)">end</p>
                <video src="%1$s" poster="%1$s" autoplay></video><audio src="%1$s" autoplay></audio><embed src="%1$s">
                <object data="%1$s"></object><iframe src="%1$s"></iframe><input type="image" src="%1$s">
                <svg><image href="%1$s"/><use href="%1$s#x"/><style>p { cursor: url(%1$s) }</style></svg><body background="%1$s">
                <form action="%1$s"><button id="submit">Go</button></form><a href="%1$s" ping="%1$s">away</a>
                """.formatted(there)) + "</MIME>");
            logIn();
            click("#rows tr");
            await("#message iframe");
            browser.switchTo().frame(find("#message iframe"));
            awaitText("#end", "end");
            browser.switchTo().defaultContent();

            tracker.setSoTimeout(3000);
            assertThatThrownBy(tracker::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static String escape(String html) {
        return html.replace("&", "&amp;").replace("<", "&lt;");
    }

    @Test
    void messageWithAttachmentShouldBeSentAndShown() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "in the file");
        logIn();
        click("#compose");
        type("#mail [name=to]", "\"Smith, Bob\" <bob@example.org>, carol@example.org");
        type("#mail [name=subject]", "Greetings");
        type("#mail textarea", "two\nlines");
        type("#mail [name=files]", file.toString());
        click("#mail button");

        SubmittedMail.Sent sent = server.mail.next();
        assertThat(sent.mail().getRecipients()).extracting(Object::toString)
            .containsExactlyInAnyOrder("bob@example.org", "carol@example.org");
        assertThat(sent.text()).contains("Subject: Greetings");
        openMailbox("Sent");
        click("#rows tr");
        awaitText("#message .attachment", "notes.txt");
        awaitText("#message", "Smith, Bob <bob@example.org>");
        assertThat(download(find("#message .attachment a"))).isEqualTo("in the file");
    }

    @Test
    void forwardedMessageShouldBeAttachedByTheServer() throws Exception {
        append("old", "<MIME type=\"text\">old text</MIME>");
        logIn();
        click("#rows tr");
        await("#message pre");
        button("Forward").click();
        type("#mail [name=to]", "bob@example.org");
        click("#mail button");

        assertThat(server.mail.next().text()).contains("Subject: Fwd: old").contains("message/rfc822").contains("old text");
    }

    @Test
    void replyShouldQuote() throws Exception {
        append("question", "<MIME type=\"text\">Why?</MIME>");
        logIn();
        click("#rows tr");
        await("#message pre");
        button("Reply").click();
        wait("the quotation is there", shown -> shown.get(0).getDomProperty("value").contains("> Why?"), "#mail textarea");
        click("#mail button");

        SubmittedMail.Sent sent = server.mail.next();
        assertThat(sent.text()).contains("Subject: Re: question");
        assertThat(sent.mail().getRecipients()).extracting(Object::toString).containsExactly("bob@example.org");
    }

    @Test
    void contactsShouldBeAddedUsedAndRemoved() {
        logIn();
        click("#contacts");
        type("#card [name=name]", "Bob \"B\" Smith");
        type("#card [name=address]", "bob@example.org");
        button("Add").click();
        awaitText("#cards li button", "Bob \"B\" Smith <bob@example.org>");
        assertThat(find("#known option").getDomAttribute("value")).isEqualTo("\"Bob \\\"B\\\" Smith\" <bob@example.org>");

        click("#cards li button");
        assertThat(find("#mail [name=to]").getDomProperty("value")).isEqualTo("\"Bob \\\"B\\\" Smith\" <bob@example.org>");
        click("#discard");
        click("#contacts");
        click("#cards li button:last-child");
        awaitGone("#cards li");
    }

    private void logIn() {
        type("#login [name=user]", "alice@example.org");
        type("#login [name=password]", "secret");
        click("#login button");
        awaitText("#mailboxes [aria-current]", "INBOX");
    }

    private void append(String subject, String parts) throws IOException {
        other.send(MAIL.formatted(subject, parts));
        assertThat(other.readUntil("<response id=\"m\"")).isEqualTo("<response id=\"m\"/>");
    }

    private void openMailbox(String name) {
        wait(name + " is there", shown -> shown.stream().anyMatch(entry -> entry.getText().equals(name)), "#mailboxes button");
        button(name).click();
        awaitText("#mailboxes [aria-current]", name);
    }

    /** What the browser gets when it follows the link. */
    private static Object download(WebElement link) {
        return browser.executeAsyncScript("fetch(arguments[0].href).then(answer => answer.text()).then(arguments[1])", link);
    }

    private static WebElement button(String name) {
        return browser.findElement(By.xpath("//button[text()='" + name + "']"));
    }

    private static WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    private static void type(String selector, String text) {
        find(selector).sendKeys(text);
    }

    private static void click(String selector) {
        await(selector);
        find(selector).click();
    }

    private static void await(String selector) {
        wait(selector + " is there", shown -> !shown.isEmpty(), selector);
    }

    private static void awaitGone(String selector) {
        wait(selector + " is gone", List::isEmpty, selector);
    }

    private static void awaitText(String selector, String text) {
        wait(selector + " has " + text, shown -> !shown.isEmpty() && shown.get(0).getText().contains(text), selector);
    }

    private static void wait(String what, Predicate<List<WebElement>> condition, String selector) {
        new WebDriverWait(browser, Duration.ofSeconds(20)).withMessage(what)
            .ignoring(StaleElementReferenceException.class)
            .until(ready -> condition.test(browser.findElements(By.cssSelector(selector))));
    }
}
