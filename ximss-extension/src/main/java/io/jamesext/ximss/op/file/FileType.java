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
package io.jamesext.ximss.op.file;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.xml.Element;

/** How the body of fileWrite and fileData holds a file: their attribute type. */
enum FileType {
    /** Without the attribute: text in UTF-8. */
    TEXT(""),
    /** A base64 element. */
    BINARY("binary"),
    /** The document's element. */
    XML("xml"),
    /** A vCard element, as a client reads it. */
    VCARD("vcard");

    private final String attribute;

    FileType(String attribute) {
        this.attribute = attribute;
    }

    static FileType of(Element element) {
        String attribute = element.attribute("type").orElse("");
        for (FileType type : values()) {
            if (type.attribute.equals(attribute)) {
                return type;
            }
        }
        throw new ProtocolException(Failure.NOT_SUPPORTED, "the type of a file is binary, xml or vcard, and text without a type");
    }
}
