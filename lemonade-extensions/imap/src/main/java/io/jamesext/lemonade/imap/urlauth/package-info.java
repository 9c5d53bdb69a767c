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
 * GENURLAUTH, URLFETCH and RESETKEY. RFC 4467, with the access identifiers of RFC 5593 and the metadata of RFC 5524.
 *
 * <p>The commands read and write IMAP; what a URL says, who may use it and whether its token is right is decided in
 * {@link io.jamesext.urlauth.AuthorizedUrls}, for IMAP and for submission alike. Applications such as the submission server log in as
 * configured users, and {@link io.jamesext.lemonade.imap.urlauth.EntityGate} lets these do nothing but fetch URLs.
 */
@NullMarked
package io.jamesext.lemonade.imap.urlauth;

import org.jspecify.annotations.NullMarked;
