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
 * CONVERSIONS, CONVERT and UID CONVERT: body parts in other types, charsets and sizes. RFC 5259.
 *
 * <pre>
 * ConvertParser -> ConvertRequest -> ConvertProcessor -> ConvertRun -> PartConversions -> TextCharsets, or the converter's process
 *                                                                   -> HeaderConversion
 * </pre>
 *
 * <p>{@code Conversions} is the table of what becomes what, with which parameters. {@code PartConversions} keeps what was made. Charsets
 * are changed here; whatever reads a format (pictures, HTML, documents) does so in the processes of {@code io.jamesext.converter}.
 */
@NullMarked
package io.jamesext.lemonade.imap.convert;

import org.jspecify.annotations.NullMarked;
