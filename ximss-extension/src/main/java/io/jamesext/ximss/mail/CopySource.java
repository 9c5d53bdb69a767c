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

import com.google.common.io.ByteSource;

import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.upload.UploadedFile;
import io.jamesext.ximss.xml.Element;

/** Where the messages are that copyMIME elements name, and the files of MIME elements. */
@FunctionalInterface
public interface CopySource {
    /**
     * The message of a copyMIME element. Blocks.
     *
     * @throws ProtocolException when there is none that the user may read
     */
    ByteSource message(Element copyMime);

    /**
     * The file of an uploadID. A message that the server itself makes has none.
     *
     * @throws ProtocolException when there is none in the uploaded file set
     */
    default UploadedFile upload(String uploadId) {
        throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "no such uploaded file");
    }

    /**
     * The file of a fileName. A message that the server itself makes has none. Blocks.
     *
     * @throws ProtocolException when there is none of that name in the user's own storage
     */
    default ByteSource file(String fileName) {
        throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "file is not found");
    }
}
