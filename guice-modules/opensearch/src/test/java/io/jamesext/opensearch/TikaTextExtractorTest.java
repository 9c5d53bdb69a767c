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
package io.jamesext.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.apache.james.mailbox.model.ContentType;
import org.apache.james.util.ClassLoaderUtils;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.common.io.BaseEncoding;

import io.jamesext.converter.Converter;

/** Documents that are what they say, and documents that are made to do harm. */
class TikaTextExtractorTest {
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String CONTENT_TYPES = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
        + "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\""
        + "/word/document.xml\" ContentType=\"" + DOCX + ".main+xml\"/></Types>";
    private static final String RELATIONS = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + "<Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\""
        + " Target=\"word/document.xml\"/></Relationships>";
    private static final String WORD = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
        + "<w:p><w:r><w:t>";
    private static final String WORD_END = "</w:t></w:r></w:p></w:body></w:document>";

    private static final TikaTextExtractor EXTRACTOR = new TikaTextExtractor();

    @AfterAll
    static void close() {
        EXTRACTOR.close();
    }

    @Test
    void textOfOfficeDocumentsShouldBeFound() throws Exception {
        XWPFDocument word = new XWPFDocument();
        word.createParagraph().createRun().setText("minutes of the meeting");
        assertThat(extract(bytes(word::write), DOCX)).contains("minutes of the meeting");
        assertThat(extract(workbook(new XSSFWorkbook()), XLSX)).contains("balance sheet");
        assertThat(extract(workbook(new HSSFWorkbook()), "application/vnd.ms-excel")).contains("balance sheet");
        assertThat(extract("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 rich words\\par}".getBytes(UTF_8), "application/rtf"))
            .contains("rich words");
        assertThat(extract(ClassLoaderUtils.getSystemResourceAsByteArray("eml/attachment.pdf"), "application/pdf"))
            .contains("beautiful banana");
    }

    @Test
    void htmlShouldGiveItsWordsAndNoScript() throws Exception {
        assertThat(extract("<p>one</p><p>two</p><script>evil()</script><!-- hidden -->".getBytes(UTF_8), "text/html"))
            .contains("one").contains("two").doesNotContain("onetwo").doesNotContain("evil").doesNotContain("hidden");
        assertThat(EXTRACTOR.extractContent(new ByteArrayInputStream("caf\u00e9".getBytes("ISO-8859-1")),
            ContentType.of("text/html; charset=ISO-8859-1")).getTextualContent()).get().asString().contains("caf\u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/zip", "application/x-tar", "application/octet-stream", "video/mp4", "message/rfc822",
        "application/x-msdownload", "application/java-archive", "x/y"})
    void typesWithoutTextShouldNotBeTried(String type) throws Exception {
        assertThat(EXTRACTOR.applicable(ContentType.of(type))).isFalse();
        assertThat(EXTRACTOR.extractContent(new ByteArrayInputStream(new byte[100]), ContentType.of(type)).getTextualContent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/pdf", DOCX, XLSX, "application/msword", "application/vnd.ms-excel", "application/rtf", "text/html",
        "application/vnd.oasis.opendocument.text", "application/xml", "application/vnd.ms-powerpoint", "application/epub+zip"})
    @Timeout(60)
    void noiseShouldGiveNothingOrLittle(String type) throws Exception {
        Random random = new Random(7);
        for (int size : List.of(0, 1, 100, 100_000)) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            assertThat(extract(noise, type).length()).isLessThan(size + 100);
        }
    }

    @Test
    @Timeout(60)
    void brokenPdfShouldGiveNothing() throws Exception {
        byte[] pdf = ClassLoaderUtils.getSystemResourceAsByteArray("eml/attachment.pdf");
        assertThat(extract(Arrays.copyOf(pdf, pdf.length / 2), "application/pdf")).isNotNull();
        String loop = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            + "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>endobj\n"
            + "trailer<</Root 1 0 R/Size 3>>\n%%EOF";
        assertThat(extract(loop.getBytes(UTF_8), "application/pdf")).isBlank();
    }

    @Test
    @Timeout(60)
    void documentThatUnfoldsShouldBeStopped() throws Exception {
        byte[] bomb = docx(out -> {
            byte[] words = "bomb ".repeat(200_000).getBytes(UTF_8);
            for (int i = 0; i < 1000; i++) {
                out.write(words);
            }
        });
        assertThat(bomb.length).isLessThan(5_000_000);
        assertThat(extract(bomb, DOCX).length()).isLessThanOrEqualTo(512 * 1024);
    }

    @Test
    @Timeout(60)
    void deepXmlShouldNotOverflowTheStack() throws Exception {
        String deep = "<a>".repeat(200_000) + "x" + "</a>".repeat(200_000);
        assertThat(extract(deep.getBytes(UTF_8), "application/xml").length()).isLessThan(deep.length());
        assertThat(extract(docx(out -> out.write(deep.getBytes(UTF_8))), DOCX).length()).isLessThan(deep.length());
        assertThat(extract(("<div>".repeat(100_000) + "x").getBytes(UTF_8), "text/html").length()).isLessThan(500_000);
        assertThat(extract("<p>still here</p>".getBytes(UTF_8), "text/html")).contains("still here");
    }

    @Test
    @Timeout(60)
    void entitiesShouldNeitherReadFilesNorAskTheNetworkNorGrow() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread listener = new Thread(() -> {
                try {
                    server.accept().close();
                    asked.set(true);
                } catch (IOException e) {
                    // The test ended.
                }
            });
            listener.start();
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/x.dtd";
            for (String declaration : List.of("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                    "<!DOCTYPE a SYSTEM \"" + url + "\">",
                    "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + url + "\">]>", "<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + url + "\"> %p;]>")) {
                String xml = "<?xml version=\"1.0\"?>" + declaration + "<a>&e;</a>";
                assertThat(extract(xml.getBytes(UTF_8), "application/xml")).doesNotContain("root:");
                assertThat(extract(docx(out -> out.write(xml.getBytes(UTF_8))), DOCX)).doesNotContain("root:");
            }
            extract(("<img src=\"" + url + "\"><link rel=stylesheet href=\"" + url + "\">").getBytes(UTF_8), "text/html");
        }
        assertThat(asked).isFalse();
        StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY l").append(i).append(" \"").append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
        }
        assertThat(extract(laughs.append("]><a>&l29;</a>").toString().getBytes(UTF_8), "application/xml").length()).isLessThan(1_000_000);
    }

    /** PDFBox unfolds a stream with two filters as a whole, before any text is told. */
    @Test
    @Timeout(60)
    void documentThatTakesAllMemoryShouldCostItsProcessOnly() throws Exception {
        byte[] bomb = pdf(out -> {
            byte[] spaces = " ".repeat(1 << 20).getBytes(UTF_8);
            for (int i = 0; i < 500; i++) {
                out.write(spaces);
            }
        });
        assertThat(bomb.length).isLessThan(2_000_000);
        assertThat(heapPeakOf(() -> assertThat(extract(bomb, "application/pdf")).isBlank())).isLessThan(100 << 20);
        assertThat(extract(pdf(out -> out.write("BT /F 12 Tf (still here) Tj ET".getBytes(UTF_8))), "application/pdf"))
            .contains("still here");
        byte[] html = "<a>".repeat(3_000_000).getBytes(UTF_8);
        assertThat(heapPeakOf(() -> extract(html, "text/html"))).isLessThan(100 << 20);
        assertThat(extract("<p>still here</p>".getBytes(UTF_8), "text/html")).contains("still here");
    }

    /** A process that is stopped is one that hangs. */
    @Test
    @Timeout(60)
    void whatHangsShouldBeKilledAndLaterDocumentsRead() throws Exception {
        Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
        try (TikaTextExtractor hasty = new TikaTextExtractor(new Converter.Limits(1000, 1000, 0, Duration.ofSeconds(5), 1, 256))) {
            assertThat(extract(hasty, "<p>fine</p>")).contains("fine");
            ProcessHandle process = ProcessHandle.current().children().filter(child -> !before.contains(child)).findFirst().orElseThrow();
            assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor()).isZero();
            assertThat(extract(hasty, "<p>fine</p>")).isEmpty();
            process.onExit().get();
            assertThat(extract(hasty, "<p>fine</p>")).contains("fine");
        }
        // A killed process is gone a moment after close() has ended it.
        for (ProcessHandle left : ProcessHandle.current().children().filter(child -> !before.contains(child)).toList()) {
            left.onExit().get();
        }
    }

    @Test
    @Timeout(60)
    void manyAtATimeShouldAllBeRead() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        for (Future<String> text : threads.invokeAll(Collections.<Callable<String>>nCopies(100, () -> extract(EXTRACTOR, "<p>fine</p>")))) {
            assertThat(text.get()).contains("fine");
        }
        threads.shutdown();
    }

    @Test
    void onlySoMuchShouldBeReadAndKept() throws Exception {
        try (TikaTextExtractor small = new TikaTextExtractor(new Converter.Limits(1000, 150, 0, Duration.ofSeconds(10), 1, 256))) {
            assertThat(extract(small, "word ".repeat(1_000_000))).hasSize(50);
            assertThat(extract(small, "\u4f1a".repeat(1_000_000))).hasSize(50);
        }
    }

    private static String extract(byte[] document, String type) throws Exception {
        return extract(EXTRACTOR, document, type);
    }

    private static String extract(TikaTextExtractor extractor, String html) throws Exception {
        return extract(extractor, html.getBytes(UTF_8), "text/html; charset=utf-8");
    }

    private static String extract(TikaTextExtractor extractor, byte[] document, String type) throws Exception {
        return extractor.extractContent(new ByteArrayInputStream(document), ContentType.of(type)).getTextualContent().orElse("");
    }

    private static long heapPeakOf(ThrowingRunnable work) throws Exception {
        System.gc();
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        work.run();
        return pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() - before;
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toByteArray();
    }

    private static byte[] workbook(Workbook workbook) throws IOException {
        workbook.createSheet().createRow(0).createCell(0).setCellValue("balance sheet");
        return bytes(workbook::write);
    }

    private static byte[] docx(Writing body) throws IOException {
        return bytes(out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(CONTENT_TYPES.getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("_rels/.rels"));
            zip.write(RELATIONS.getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(WORD.getBytes(UTF_8));
            body.to(zip);
            zip.write(WORD_END.getBytes(UTF_8));
            zip.finish();
        });
    }

    /** Of one page, whose content has two filters. */
    private static byte[] pdf(Writing content) throws IOException {
        byte[] deflated = bytes(out -> {
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
                content.to(deflater);
            }
        });
        String stream = BaseEncoding.base16().encode(deflated) + ">";
        return ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
            + "4 0 obj<</Filter[/ASCIIHexDecode/FlateDecode]/Length " + stream.length() + ">>stream\n" + stream + "\nendstream endobj\n"
            + "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF").getBytes(UTF_8);
    }
}
