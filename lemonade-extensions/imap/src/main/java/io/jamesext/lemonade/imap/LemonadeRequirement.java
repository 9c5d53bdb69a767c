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

package io.jamesext.lemonade.imap;

import java.util.List;
import java.util.Optional;

/**
 * One row of the Lemonade profile, RFC 5550, and how far James with this bundle meets it. The README's table says the same in words; a
 * test holds the
 * two together, and another asks a running listener for the capabilities.
 *
 * @param capability what the row is called in a CAPABILITY response, where it is called anything
 */
public record LemonadeRequirement(String name, String document, Status status, Optional<String> capability, Advertised advertised) {
    /** How far a requirement is met. */
    public enum Status {
        WORKS("works"), PARTIAL("partial: "), NOT_YET("not yet");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** What the README's cell starts with, or is. */
        public String word() {
            return word;
        }
    }

    /** Whether every listener advertises the capability, or none. */
    public enum Advertised {
        ALWAYS, NEVER, DEPENDS
    }

    /** RFC 5550 section 3.2 and 5: the message store. */
    public static final List<LemonadeRequirement> MESSAGE_STORE = List.of(
        new LemonadeRequirement("IMAP4rev1", "RFC 3501", Status.WORKS, Advertised.ALWAYS, "IMAP4rev1"),
        new LemonadeRequirement("CAPABILITY response code in the greeting and after log-in", "RFC 3501", Status.WORKS),
        new LemonadeRequirement("NAMESPACE", "RFC 2342", Status.WORKS, Advertised.ALWAYS, "NAMESPACE"),
        new LemonadeRequirement("CONDSTORE", "RFC 4551", Status.WORKS, Advertised.ALWAYS, "CONDSTORE"),
        new LemonadeRequirement("QRESYNC", "RFC 5162", Status.WORKS, Advertised.ALWAYS, "QRESYNC"),
        new LemonadeRequirement("ENABLE", "RFC 5161", Status.WORKS, Advertised.ALWAYS, "ENABLE"),
        new LemonadeRequirement("STARTTLS", "RFC 3501", Status.WORKS),
        new LemonadeRequirement("UIDPLUS", "RFC 4315", Status.WORKS, Advertised.ALWAYS, "UIDPLUS"),
        new LemonadeRequirement("CATENATE", "RFC 4469", Status.WORKS, Advertised.ALWAYS, "CATENATE"),
        new LemonadeRequirement("URLAUTH", "RFC 4467", Status.WORKS, Advertised.ALWAYS, "URLAUTH"),
        new LemonadeRequirement("URL-PARTIAL", "RFC 5550", Status.WORKS, Advertised.ALWAYS, "URL-PARTIAL"),
        new LemonadeRequirement("BINARY", "RFC 3516", Status.WORKS, Advertised.ALWAYS, "BINARY"),
        new LemonadeRequirement("APPEND of binary to any folder", "RFC 3516", Status.WORKS),
        new LemonadeRequirement("CONVERT", "RFC 5259", Status.WORKS, Advertised.ALWAYS, "CONVERT"),
        new LemonadeRequirement("COMPRESS=DEFLATE", "RFC 4978", Status.WORKS, Advertised.ALWAYS, "COMPRESS=DEFLATE"),
        new LemonadeRequirement("TLS DEFLATE for IMAP", "RFC 3749", Status.NOT_YET),
        new LemonadeRequirement("IDLE", "RFC 2177", Status.WORKS, Advertised.ALWAYS, "IDLE"),
        new LemonadeRequirement("NOTIFY", "RFC 5465", Status.WORKS, Advertised.ALWAYS, "NOTIFY"),
        new LemonadeRequirement("ESEARCH", "RFC 4731", Status.WORKS, Advertised.ALWAYS, "ESEARCH"),
        new LemonadeRequirement("SORT", "RFC 5256", Status.WORKS, Advertised.ALWAYS, "SORT"),
        new LemonadeRequirement("ESORT", "RFC 5267", Status.WORKS, Advertised.ALWAYS, "ESORT"),
        new LemonadeRequirement("CONTEXT=SEARCH", "RFC 5267", Status.WORKS, Advertised.ALWAYS, "CONTEXT=SEARCH"),
        new LemonadeRequirement("CONTEXT=SORT", "RFC 5267", Status.WORKS, Advertised.ALWAYS, "CONTEXT=SORT"),
        new LemonadeRequirement("I18NLEVEL=1", "RFC 5255", Status.WORKS, Advertised.ALWAYS, "I18NLEVEL=1"),
        new LemonadeRequirement("LITERAL+", "RFC 7888", Status.WORKS, Advertised.ALWAYS, "LITERAL+"),
        new LemonadeRequirement("SASL-IR", "RFC 4959", Status.WORKS, Advertised.ALWAYS, "SASL-IR"),
        new LemonadeRequirement("$Forwarded", "RFC 5550", Status.WORKS),
        new LemonadeRequirement("$SubmitPending and $Submitted", "RFC 5550", Status.WORKS),
        new LemonadeRequirement("Forward without download, end to end", "RFC 5550", Status.WORKS),
        new LemonadeRequirement("External notification", "RFC 5550", Status.NOT_YET));

    /** RFC 5550 section 3.1 and 4: the submission server. */
    public static final List<LemonadeRequirement> SUBMISSION = List.of(
        new LemonadeRequirement("SUBMIT with AUTH", "RFC 4409, RFC 4954", Status.WORKS),
        new LemonadeRequirement("PIPELINING", "RFC 2920", Status.WORKS),
        new LemonadeRequirement("DSN", "RFC 3461", Status.WORKS),
        new LemonadeRequirement("SIZE", "RFC 1870", Status.WORKS),
        new LemonadeRequirement("ENHANCEDSTATUSCODES", "RFC 2034", Status.WORKS),
        new LemonadeRequirement("STARTTLS for submission", "RFC 3207", Status.WORKS),
        new LemonadeRequirement("TLS DEFLATE for submission", "RFC 3749", Status.NOT_YET),
        new LemonadeRequirement("BURL", "RFC 4468", Status.WORKS),
        new LemonadeRequirement("CHUNKING", "RFC 3030", Status.WORKS),
        new LemonadeRequirement("BINARYMIME", "RFC 3030", Status.WORKS),
        new LemonadeRequirement("8BITMIME", "RFC 6152", Status.WORKS),
        new LemonadeRequirement("TLS between BURL and its IMAP server", "RFC 4468", Status.WORKS));

    /** RFC 5550 section 3.3 and 6: delivery. */
    public static final List<LemonadeRequirement> DELIVERY = List.of(
        new LemonadeRequirement("Sieve", "RFC 5228", Status.WORKS),
        new LemonadeRequirement("Sieve vacation", "RFC 5230", Status.PARTIAL),
        new LemonadeRequirement("Sieve enotify", "RFC 5435", Status.NOT_YET),
        new LemonadeRequirement("Sieve variables", "RFC 5229", Status.NOT_YET),
        new LemonadeRequirement("Sieve relational", "RFC 5231", Status.NOT_YET),
        new LemonadeRequirement("Sieve imap4flags", "RFC 5232", Status.NOT_YET),
        new LemonadeRequirement("Sieve comparator-i;unicode-casemap", "RFC 5051", Status.NOT_YET),
        new LemonadeRequirement("ManageSieve", "RFC 5804", Status.PARTIAL));

    private LemonadeRequirement(String name, String document, Status status) {
        this(name, document, status, Optional.empty(), Advertised.DEPENDS);
    }

    private LemonadeRequirement(String name, String document, Status status, Advertised advertised, String capability) {
        this(name, document, status, Optional.of(capability), advertised);
    }
}
