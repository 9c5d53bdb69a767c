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
package io.jamesext.groupware.file;

/**
 * How much a user may keep: protects the server's storage.
 *
 * @param entries files and directories together
 * @param fileOctets of one file
 * @param totalOctets of all files
 */
public record FileLimits(int entries, long fileOctets, long totalOctets) {
    /** 10,000 files and directories, 50 MiB in a file, 500 MiB in all. */
    public static final FileLimits DEFAULT = new FileLimits(10_000, 50L << 20, 500L << 20);
}
