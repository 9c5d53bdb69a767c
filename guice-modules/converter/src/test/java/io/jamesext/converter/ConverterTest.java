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
package io.jamesext.converter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.converter.Outcome.Result;
import io.jamesext.converter.Task.Picture;

/** Real processes, with content that is what it says and content that is made to do harm. */
@Timeout(120)
class ConverterTest {
    private static final Converter CONVERTER = new Converter(
        new Converter.Limits(20 << 20, 2 << 20, 4_000_000, Duration.ofSeconds(30), 1, 128));
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String PARTS = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
        + "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\""
        + "/word/document.xml\" ContentType=\"" + DOCX + ".main+xml\"/></Types>";
    private static final String RELATIONS = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + "<Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\""
        + " Target=\"word/document.xml\"/></Relationships>";

    @AfterAll
    static void end() {
        CONVERTER.close();
    }

    @ParameterizedTest
    @CsvSource({"png, image/jpeg", "png, image/gif", "png, image/png", "jpeg, image/png", "gif, image/jpeg", "bmp, image/png",
        "tiff, image/jpeg"})
    void picturesShouldChangeTheirType(String from, String to) throws Exception {
        Outcome outcome = picture(file(red(64, 32), from), to, Picture.ANY);
        assertThat(outcome.result()).isEqualTo(Result.CONVERTED);
        BufferedImage made = read(outcome, to);
        assertThat(List.of(made.getWidth(), made.getHeight())).containsExactly(64, 32);
        assertThat(new Color(made.getRGB(30, 15)).getRed()).isGreaterThan(200);
        assertThat(new Color(made.getRGB(30, 15)).getGreen()).isLessThan(60);
    }

    /** RFC 5259 section 7: "a rescaled image in JPEG format with width=128, height=96". */
    @ParameterizedTest
    @CsvSource({"128, 96, 128, 96", "32, 0, 32, 16", "0, 8, 16, 8", "1, 1, 1, 1", "640, 0, 640, 320"})
    void picturesShouldBeAsWideAndHighAsIsAsked(int width, int height, int madeWidth, int madeHeight) throws Exception {
        BufferedImage made = read(picture(file(red(64, 32), "png"), "image/jpeg", new Picture(width, height, 0)), "image/jpeg");
        assertThat(List.of(made.getWidth(), made.getHeight())).containsExactly(madeWidth, madeHeight);
    }

    @ParameterizedTest
    @CsvSource({"1, image/png, 1", "8, image/png, 8", "24, image/png, 24", "8, image/jpeg, 8", "1, image/gif, 1"})
    void picturesShouldHaveTheDepthThatIsAsked(int depth, String type, int bits) throws Exception {
        BufferedImage made = read(picture(file(red(64, 32), "png"), type, new Picture(0, 0, depth)), type);
        assertThat(made.getColorModel().getPixelSize()).isEqualTo(bits);
    }

    @Test
    void transparentPixelsShouldBecomeWhiteInJpeg() throws Exception {
        BufferedImage clear = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        BufferedImage made = read(picture(file(clear, "png"), "image/jpeg", Picture.ANY), "image/jpeg");
        assertThat(new Color(made.getRGB(8, 8)).getBlue()).isGreaterThan(240);
        assertThat(read(picture(file(clear, "png"), "image/png", Picture.ANY), "image/png").getColorModel().hasAlpha()).isTrue();
        // Transparency would take it to 32 bits.
        assertThat(read(picture(file(clear, "png"), "image/png", new Picture(0, 0, 24)), "image/png").getColorModel().getPixelSize())
            .isEqualTo(24);
    }

    /** Exif orientation 6: what is stored is to be turned clockwise. */
    @Test
    void pictureOfATurnedCameraShouldStandUpright() throws Exception {
        BufferedImage stored = red(64, 32);
        Graphics2D graphics = stored.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, 0, 16, 32);
        graphics.dispose();
        byte[] jpeg = file(stored, "jpeg");
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg, 0, 2);
        turned.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3,
            0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0});
        turned.write(jpeg, 2, jpeg.length - 2);
        BufferedImage made = read(picture(turned.toByteArray(), "image/png", Picture.ANY), "image/png");
        assertThat(List.of(made.getWidth(), made.getHeight())).containsExactly(32, 64);
        // Turned clockwise, the left side is the top.
        assertThat(new Color(made.getRGB(16, 4)).getBlue()).isGreaterThan(200);
        assertThat(new Color(made.getRGB(16, 40)).getRed()).isGreaterThan(200);
    }

    @Test
    void htmlShouldKeepItsStructure() throws Exception {
        String html = "<html><head><title>No</title><style>p{}</style></head><body><h1>Head</h1><p>One  two\n<b>three</b><br>four</p>"
            + "<script>evil()</script><ul><li>a<li>b<ul><li>c</ul></ul><table><tr><th>x<th>y<tr><td>1<td>2</table>"
            + "<pre>  k\n  l</pre><a href='https://example.org/'>link</a> <img alt='picture' src=x>&eacute;";
        assertThat(text(html(html))).isEqualTo("Head\r\n\r\nOne two three\r\nfour\r\n\r\n- a\r\n- b\r\n  - c\r\n\r\nx\ty\r\n1\t2\r\n\r\n"
            + "  k\r\n  l\r\n\r\nlink <https://example.org/> [picture]\u00e9\r\n");
    }

    /** Office programs put a paragraph into each cell, and mail puts whole pages. */
    @Test
    void cellsShouldStandBesideEachOtherWhereTheyHaveOneLine() throws Exception {
        assertThat(text(html("<p>x<table><tr><td><p>a</p></td><td><p>b</p><td></td><td>d</tr><tr><td><div>c</div></table>y")))
            .isEqualTo("x\r\n\r\na\tb\t\td\r\nc\r\n\r\ny\r\n");
        assertThat(text(html("<table><tr><td><table><tr><td>1<td>2<tr><td>3</table><td>left<br>or<td>right</table>")))
            .isEqualTo("1\t2\r\n3\r\nleft\r\nor\r\nright\r\n");
    }

    @Test
    void htmlShouldBeReadInItsCharset() throws Exception {
        byte[] latin = "<meta charset=iso-8859-1><p>caf\u00e9".getBytes("ISO-8859-1");
        assertThat(text(done(new Task(Task.Kind.HTML, "text/html", "text/plain", "", Picture.ANY, latin)))).isEqualTo("caf\u00e9\r\n");
        assertThat(text(done(new Task(Task.Kind.HTML, "text/html", "text/plain", "ISO-8859-15", Picture.ANY,
            "<p>\u20ac".getBytes("ISO-8859-15"))))).isEqualTo("\u20ac\r\n");
    }

    @Test
    void documentsShouldGiveTheirText() throws Exception {
        XWPFDocument word = new XWPFDocument();
        word.createParagraph().createRun().setText("minutes of the meeting");
        word.createParagraph().createRun().setText("second paragraph");
        assertThat(text(document(bytes(word::write), DOCX))).contains("minutes of the meeting\r\n").contains("second paragraph");
        Workbook workbook = new XSSFWorkbook();
        workbook.createSheet().createRow(0).createCell(0).setCellValue("balance sheet");
        assertThat(text(document(bytes(workbook::write), XLSX))).contains("balance sheet");
        byte[] rich = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 rich words\\par}".getBytes(UTF_8);
        assertThat(text(document(rich, "text/rtf"))).contains("rich words");
        String pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
            + "4 0 obj<</Length 38>>stream\nBT /F 12 Tf 9 99 Td (portable) Tj ET    \nendstream endobj\n"
            + "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF";
        assertThat(text(document(pdf.getBytes(UTF_8), "application/pdf"))).contains("portable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/pdf", DOCX, XLSX, "application/msword", "application/rtf", "text/html"})
    void noiseAndHalvesShouldHarmNobody(String type) throws Exception {
        Random random = new Random(7);
        for (int size : List.of(0, 1, 100, 100_000)) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            assertThat(type.startsWith("image/") ? picture(noise, "image/png", Picture.ANY).result() : document(noise, type).result())
                .isIn(Result.BROKEN, Result.CONVERTED);
        }
        byte[] png = file(red(200, 200), "png");
        assertThat(picture(Arrays.copyOf(png, png.length / 2), "image/png", Picture.ANY).result()).isEqualTo(Result.BROKEN);
        assertThat(picture(png, "image/png", Picture.ANY).result()).isEqualTo(Result.CONVERTED);
    }

    /** A header is enough to claim 2,000,000,000 pixels. */
    @Test
    void pictureOfHugeDimensionsShouldNotBeDecoded() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        byte[] header = ByteBuffer.allocate(17).put("IHDR".getBytes(UTF_8)).putInt(50_000).putInt(40_000)
            .put(new byte[] {8, 2, 0, 0, 0}).array();
        CRC32 crc = new CRC32();
        crc.update(header);
        png.write(ByteBuffer.allocate(25).putInt(13).put(header).putInt((int) crc.getValue()).array());
        assertThat(picture(png.toByteArray(), "image/jpeg", new Picture(10, 10, 0)).result()).isEqualTo(Result.TOO_LARGE);
        assertThat(picture(file(red(64, 32), "png"), "image/png", new Picture(99_999, 0, 0)).result()).isEqualTo(Result.TOO_LARGE);
    }

    @Test
    void documentThatUnfoldsShouldBeStopped() throws Exception {
        byte[] words = "bomb ".repeat(200_000).getBytes(UTF_8);
        String begin = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>";
        byte[] bomb = docx(begin, out -> {
            for (int i = 0; i < 500; i++) {
                out.write(words);
            }
        });
        assertThat(bomb.length).isLessThan(5_000_000);
        assertThat(document(bomb, DOCX).result()).isIn(Result.TOO_LARGE, Result.BROKEN, Result.FATAL);
        assertThat(text(html("<p>still here"))).isEqualTo("still here\r\n");
    }

    @Test
    void entitiesShouldNotGrow() throws Exception {
        StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY l").append(i).append(" \"").append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
        }
        byte[] bomb = docx(laughs.append("]><a>&l29;</a>").toString(), out -> { });
        assertThat(document(bomb, DOCX).content().length).isLessThan(1_000_000);
    }

    @Test
    void pdfThatLoopsShouldEnd() throws Exception {
        String loop = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            + "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>endobj\n"
            + "trailer<</Root 1 0 R/Size 3>>\n%%EOF";
        assertThat(document(loop.getBytes(UTF_8), "application/pdf").content().length).isLessThan(100);
    }

    /** The heap is that of the process, and so is the end of it. */
    @Test
    void contentThatTakesAllMemoryShouldCostTheProcessOnly() throws Exception {
        assertThat(html("<a>".repeat(6_000_000)).result()).isEqualTo(Result.FATAL);
        assertThat(text(html("<p>still here"))).isEqualTo("still here\r\n");
    }

    @Test
    void htmlThatGrowsWhileItIsReadShouldEnd() throws Exception {
        assertThat(html("<b><i><u><p>".repeat(200_000)).result()).isIn(Result.TIMED_OUT, Result.FATAL, Result.TOO_LARGE);
        assertThat(text(html("<p>still here"))).isEqualTo("still here\r\n");
    }

    private static Outcome done(Task task) throws Exception {
        return CONVERTER.convert(task).get();
    }

    private static Outcome picture(byte[] file, String to, Picture picture) throws Exception {
        return done(new Task(Task.Kind.PICTURE, "image/png", to, "", picture, file));
    }

    private static Outcome html(String html) throws Exception {
        return done(new Task(Task.Kind.HTML, "text/html", "text/plain", "UTF-8", Picture.ANY, html.getBytes(UTF_8)));
    }

    private static Outcome document(byte[] file, String type) throws Exception {
        return done(new Task(Task.Kind.DOCUMENT, type, "text/plain", "", Picture.ANY, file));
    }

    private static String text(Outcome outcome) {
        assertThat(outcome.result()).isEqualTo(Result.CONVERTED);
        return new String(outcome.content(), UTF_8);
    }

    private static BufferedImage read(Outcome outcome, String type) throws Exception {
        assertThat(outcome.result()).isEqualTo(Result.CONVERTED);
        var reader = ImageIO.getImageReadersByMIMEType(type).next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(outcome.content())));
        return reader.read(0);
    }

    private static BufferedImage red(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private static byte[] file(BufferedImage image, String format) throws IOException {
        return bytes(out -> assertThat(ImageIO.write(image, format, out)).isTrue());
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toByteArray();
    }

    private static byte[] docx(String begin, Writing body) throws IOException {
        return bytes(out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(PARTS.getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("_rels/.rels"));
            zip.write(RELATIONS.getBytes(UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(begin.getBytes(UTF_8));
            body.to(zip);
            zip.finish();
        });
    }
}
