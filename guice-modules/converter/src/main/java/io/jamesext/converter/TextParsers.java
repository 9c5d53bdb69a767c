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

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.parser.CompositeParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.parser.xml.DcXMLParser;
import org.apache.tika.sax.SecureContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * The parsers of Tika for documents that hold text, and no others: none that runs a program (OCR, external converters), unpacks archives or
 * looks at pictures. Tika's own XML readers know no external entities. A small document that would unfold to a huge one is stopped.
 */
public final class TextParsers {
    private static final CompositeParser PARSERS = new CompositeParser(MediaTypeRegistry.getDefaultRegistry(), List.<Parser>of(
        new PDFParser(), new OfficeParser(), new OOXMLParser(), new OpenDocumentParser(), new RTFParser(), new EpubParser(),
        new DcXMLParser(), new JSoupParser()));
    private static final Set<String> TYPES = PARSERS.getSupportedTypes(new ParseContext()).stream()
        .map(MediaType::toString).map(type -> type.toLowerCase(Locale.US)).collect(Collectors.toUnmodifiableSet());
    private static final EmbeddedDocumentExtractor NOTHING_EMBEDDED = new EmbeddedDocumentExtractor() {
        @Override
        public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
        }

        @Override
        public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {
        }
    };
    private static final int MAX_COMPRESSION = 200;
    private static final int MAX_NESTING = 200;

    /** Whether documents of this type, in lower case and without parameters, are read. */
    public boolean knows(String mediaType) {
        return TYPES.contains(mediaType) || mediaType.equals("text/rtf");
    }

    /** Reads a document, whose type the metadata tell, and tells its text; blocks, and may take long where nobody stops it. */
    void parse(InputStream document, ContentHandler text, Metadata metadata) throws IOException, TikaException, SAXException {
        try (TikaInputStream stream = TikaInputStream.get(document)) {
            SecureContentHandler secure = new SecureContentHandler(text, stream);
            secure.setMaximumCompressionRatio(MAX_COMPRESSION);
            secure.setMaximumDepth(MAX_NESTING);
            PARSERS.parse(stream, secure, metadata, context());
        }
    }

    private static ParseContext context() {
        ParseContext context = new ParseContext();
        context.set(EmbeddedDocumentExtractor.class, NOTHING_EMBEDDED);
        PDFParserConfig pdf = new PDFParserConfig();
        pdf.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
        pdf.setExtractInlineImages(false);
        pdf.setMaxMainMemoryBytes(32L * 1024 * 1024);
        context.set(PDFParserConfig.class, pdf);
        OfficeParserConfig office = new OfficeParserConfig();
        office.setUseSAXDocxExtractor(true);
        office.setUseSAXPptxExtractor(true);
        office.setExtractMacros(false);
        context.set(OfficeParserConfig.class, office);
        return context;
    }
}
