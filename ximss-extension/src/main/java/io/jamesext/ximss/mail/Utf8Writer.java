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
package io.jamesext.ximss.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * Writes fields that were made here in UTF-8 (RFC 6532 section 3.1). The writer of mime4j takes the low octet of each character, so a
 * letter as harmless as U+010D would come out as the end of the field, and what is behind it as another one.
 */
class Utf8Writer extends DefaultMessageWriter {
    @Override
    public void writeField(Field field, OutputStream out) throws IOException {
        if (field.getRaw() != null) {
            super.writeField(field, out);
            return;
        }
        String text = field.getName() + ": " + (field.getBody() == null ? "" : field.getBody());
        out.write(MimeUtil.fold(text, 0).getBytes(StandardCharsets.UTF_8));
        out.write('\r');
        out.write('\n');
    }
}
