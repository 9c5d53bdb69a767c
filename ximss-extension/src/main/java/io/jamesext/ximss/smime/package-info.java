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
 * S/MIME (RFC 8551): keys at rest and unlocked, signatures and encryption. XIMSS, "Secure Messaging". Bouncy Castle, in the version that
 * James brings, reads and writes the syntax; the arithmetic (but that of GCM, OAEP and PSS in what is read) is done by the JDK's own
 * providers, which are the ones that get mended. What comes from outside is measured ({@link io.jamesext.ximss.smime.Asn1}) before Bouncy
 * Castle sees it.
 */
@NullMarked
package io.jamesext.ximss.smime;

import org.jspecify.annotations.NullMarked;
