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
package io.jamesext.ximss.upload;

import java.nio.file.Path;
import java.util.Optional;

import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;

/**
 * A file of the uploaded file set.
 *
 * @param contentType as the upload had it: "copied from the Content-Type field of the HTTP request"
 * @param name what the user calls it, without folders
 * @param size in octets
 * @param path where its octets are
 */
public record UploadedFile(String contentType, Optional<String> name, long size, Path path) {
    /** What it holds; fails when the file has been cleared since. */
    public ByteSource octets() {
        return MoreFiles.asByteSource(path);
    }
}
