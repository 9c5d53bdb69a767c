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


package io.jamesext.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.BinaryBody;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.BodyFactory;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.CharsetUtil;

import com.google.common.io.FileBackedOutputStream;

/**
 * Finds the attachments of a message that is stored, as James's parser does, but keeps what is large of them in temporary files until the
 * message is stored: James's keeps all parts on the heap, so that a message of 500 MB would need that much.
 */
final class SpoolingMessageParser extends MessageParser {
    /** What of each part stays on the heap. */
    private static final int HEAP_BYTES = 100 * 1024;

    @Override
    public ParsingResult retrieveAttachments(InputStream content) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        builder.setDecodeMonitor(DecodeMonitor.SILENT);
        builder.setBodyFactory(new SpoolingBodyFactory());
        Message message = builder.parseMessage(content);
        return new ParsingResult(retrieveAttachments(message), message::dispose);
    }

    private static final class SpoolingBodyFactory implements BodyFactory {
        @Override
        public BinaryBody binaryBody(InputStream content) throws IOException {
            return new SpooledBinary(spool(content));
        }

        @Override
        public TextBody textBody(InputStream content, String charset) throws IOException {
            return new SpooledText(spool(content), charset);
        }

        private static FileBackedOutputStream spool(InputStream content) throws IOException {
            FileBackedOutputStream spool = new FileBackedOutputStream(HEAP_BYTES);
            boolean spooled = false;
            try (spool) {
                content.transferTo(spool);
                spooled = true;
            } finally {
                if (!spooled) {
                    spool.reset();
                }
            }
            return spool;
        }
    }

    private static void delete(FileBackedOutputStream spool) {
        try {
            spool.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class SpooledBinary extends BinaryBody {
        private final FileBackedOutputStream spool;

        SpooledBinary(FileBackedOutputStream spool) {
            this.spool = spool;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return spool.asByteSource().openStream();
        }

        @Override
        public void dispose() {
            delete(spool);
        }
    }

    private static final class SpooledText extends TextBody {
        private final FileBackedOutputStream spool;
        private final String charsetName;

        SpooledText(FileBackedOutputStream spool, String charsetName) {
            this.spool = spool;
            this.charsetName = charsetName;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return spool.asByteSource().openStream();
        }

        @Override
        public String getMimeCharset() {
            return charsetName;
        }

        @Override
        public Charset getCharset() {
            return Optional.ofNullable(CharsetUtil.lookup(charsetName)).orElse(StandardCharsets.US_ASCII);
        }

        @Override
        public Reader getReader() throws IOException {
            return new InputStreamReader(getInputStream(), getCharset());
        }

        @Override
        public void dispose() {
            delete(spool);
        }
    }
}
