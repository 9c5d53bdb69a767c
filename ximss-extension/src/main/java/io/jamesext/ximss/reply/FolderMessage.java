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
package io.jamesext.ximss.reply;

import java.util.Optional;

import io.jamesext.ximss.xml.Element;
import io.jamesext.ximss.xml.XimssWriter;

/**
 * A message or a part of one. XIMSS, "Message Operations", folderMessage: the attributes are copies of the request's.
 *
 * @param folder the folder's name
 * @param uid the message's UID
 * @param partId the part, when one was asked for
 * @param mode the mode, when there was one
 * @param body the XML presentation
 */
public record FolderMessage(String folder, long uid, Optional<String> partId, Optional<String> mode, Element body)
        implements DataMessage {
    @Override
    public void writeTo(XimssWriter writer) {
        writer.open("folderMessage")
            .attribute("folder", folder)
            .attribute("UID", uid)
            .attribute("partID", partId)
            .attribute("mode", mode)
            .element(body)
            .close();
    }
}
