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
 * XIMSS over HTTP. The text ends before its HTTP binding: this is the one that CommuniGate's own library and other clients speak.
 *
 * <pre>
 * POST /XIMSSLogin/                      log-in by parameters, or operations before the log-in as XML
 * POST /Session/{urlID}/sync?reqSeq=     requests and their answers
 * POST /Session/{urlID}/async?reqSeq=    requests; the answers come with
 * GET  /Session/{urlID}/?ackSeq=&amp;maxWait=   what happened: a long poll
 * POST /Session/{urlID}/KILL             the end of the session
 * GET  /Session/{urlID}/MIME/{folder}/{UID}-{part}.{any}    a part of a message
 * POST /Session/{urlID}/UPLOAD/{uploadID}?fileName=         a file for the uploaded file set
 * GET  /XIMSS                            WebSocket: one message of text for each of XIMSS
 * </pre>
 *
 * <p>A connection whose first byte is {@code <} is XIMSS over TCP. The session, not the connection, is what a user has: it ends after
 * ten minutes without a request. Its urlID is all that opens it, so it is random, and never in a log, a cookie or a Referer.
 *
 * <p>{@link io.jamesext.ximss.http.HttpConnection} reads one request at a time; {@link io.jamesext.ximss.http.Router} decides what it
 * is, as soon as its head is there; {@link io.jamesext.ximss.http.HttpSession} runs its operations and keeps the last answer for a
 * client that did not get it.
 */
@NullMarked
package io.jamesext.ximss.http;

import org.jspecify.annotations.NullMarked;
