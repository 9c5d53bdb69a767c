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
import java.net.URI;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import javax.jms.JMSException;

import org.apache.activemq.blob.BlobTransferPolicy;
import org.apache.activemq.command.ActiveMQBlobMessage;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.queue.activemq.FileSystemBlobStrategy;

/** James's files for the contents of queued mails, on the disk before the envelope is queued. */
final class SyncedBlobs extends FileSystemBlobStrategy {
    SyncedBlobs(BlobTransferPolicy policy, FileSystem fileSystem, int directories) {
        super(policy, fileSystem, directories);
    }

    @Override
    public URL uploadStream(ActiveMQBlobMessage message, InputStream content) throws JMSException, IOException {
        URL url = super.uploadStream(message, content);
        Path file = Path.of(URI.create(url.toString()));
        sync(file, StandardOpenOption.WRITE);
        // A file is there after a loss of power only when its directory entry is.
        sync(file.resolveSibling(""), StandardOpenOption.READ);
        return url;
    }

    private static void sync(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
