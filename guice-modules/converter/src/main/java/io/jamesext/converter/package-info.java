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
/**
 * Converts pictures, HTML and documents that come from anybody, in processes of its own: what a decoder does with hostile octets
 * stays there.
 *
 * <pre>
 * Converter (the server) -> thread of a pool -> ConverterProcess -> stdin/stdout -> ConverterMain (a JVM) -> Pictures, HtmlText,
 * Documents, Words
 * </pre>
 *
 * <p>The process has a small heap, no environment, a directory of its own that is removed with it, and ends when the server does. It is
 * killed when a conversion takes too long, or when nobody waits for it, and started again by the next one. It keeps decoders from the
 * server's memory and threads, and not from its files and the network: it runs as the same user. {@code HeaderText} and {@code SentDate}
 * alone work in the server: they are what both the index and those who compare texts and dates take header fields for.
 */
@NullMarked
package io.jamesext.converter;

import org.jspecify.annotations.NullMarked;
