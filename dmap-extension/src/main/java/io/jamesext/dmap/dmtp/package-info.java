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
 * DMTP, the Dark Mail Transfer Protocol: the server by which other organisations ask for signets and hand over messages. PROTOCOL.md
 * section 10.
 *
 * <p>TLS -> wire/DmtpDecoder -> DmtpFrame -> op/Verb -> accept -> James's spool queue -> reply. MAIL and RCPT name organisations; who
 * writes to whom stands in the message, where the destination alone can read its half. A message is answered with 250 when it is in the
 * queue, and never before.
 */
@NullMarked
package io.jamesext.dmap.dmtp;

import org.jspecify.annotations.NullMarked;
