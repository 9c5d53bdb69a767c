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
 * Submission as the Lemonade profile wants it (RFC 5550), in the {@code handlerchain} of James's own {@code smtpserver.xml}.
 *
 * <p>{@link io.jamesext.lemonade.smtp.LemonadeHandlers} takes the place of James's core handlers; {@code burl} and {@code release} are
 * named by the operator where they belong, on the submission server. James's hooks and the operator's run as before, on every message:
 * however it came, its last step is {@link io.jamesext.lemonade.smtp.data.MessageAcceptance}. What becomes of it then is for the mailets of
 * {@code relay}.
 */
@NullMarked
package io.jamesext.lemonade.smtp;

import org.jspecify.annotations.NullMarked;
