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

package io.jamesext.lemonade.imap.sort;

/**
 * The base subject. RFC 5256 section 2.1, with the syntax of its section 5. The time is linear in the length of the subject.
 *
 * @param replyOrForward whether a subj-refwd, a "(fwd)" or a subj-fwd-hdr with its subj-fwd-trl was removed: RFC 5256, THREAD
 */
public record BaseSubject(String text, boolean replyOrForward) {
    private static final String FORWARD_HEADER = "[fwd:";
    private static final String FORWARD_TRAILER = "(fwd)";

    /** Of a subject without encoded words. */
    public static BaseSubject of(String subject) {
        return new Extraction(spaced(subject)).run();
    }

    /** Step 1: tabs and continuations become a space, several spaces one. */
    private static String spaced(String subject) {
        StringBuilder spaced = new StringBuilder(subject.length());
        for (int at = 0; at < subject.length(); at++) {
            char c = subject.charAt(at);
            boolean space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (!space) {
                spaced.append(c);
            } else if (spaced.length() == 0 || spaced.charAt(spaced.length() - 1) != ' ') {
                spaced.append(' ');
            }
        }
        return spaced.toString();
    }

    /** Steps 2 to 6, on what is left of the subject between two positions. */
    private static final class Extraction {
        private final String subject;
        private int start;
        private int end;
        private boolean replyOrForward;
        /** Blobs in front of this position lead to no subj-refwd: without it, each of them would look through all behind it again. */
        private int noLeaderBefore;

        Extraction(String subject) {
            this.subject = subject;
            this.end = subject.length();
        }

        BaseSubject run() {
            do {
                removeTrailers();
                noLeaderBefore = start;
                boolean removed = true;
                while (removed) {
                    removed = removeLeader() || removeBlob();
                }
            } while (removeForward());
            return new BaseSubject(subject.substring(start, end), replyOrForward);
        }

        /** Step 2: {@code subj-trailer = "(fwd)" / WSP}. */
        private void removeTrailers() {
            while (end > start) {
                if (subject.charAt(end - 1) == ' ') {
                    end--;
                } else if (end - start >= FORWARD_TRAILER.length() && at(end - FORWARD_TRAILER.length(), FORWARD_TRAILER)) {
                    end -= FORWARD_TRAILER.length();
                    replyOrForward = true;
                } else {
                    return;
                }
            }
        }

        /** Step 3: {@code subj-leader = (*subj-blob subj-refwd) / WSP}. */
        private boolean removeLeader() {
            if (start < end && subject.charAt(start) == ' ') {
                start++;
                return true;
            }
            if (start < noLeaderBefore) {
                return false;
            }
            int at = start;
            for (int next = blobEnd(at); next > at; next = blobEnd(at)) {
                at = next;
            }
            int after = replyEnd(at);
            if (after < 0) {
                noLeaderBefore = at;
                return false;
            }
            start = after;
            replyOrForward = true;
            return true;
        }

        /** Step 4: a subj-blob, unless nothing would be left. */
        private boolean removeBlob() {
            int after = blobEnd(start);
            if (after == start || after >= end) {
                return false;
            }
            start = after;
            return true;
        }

        /** Step 6: {@code subj-fwd = subj-fwd-hdr subject subj-fwd-trl}. */
        private boolean removeForward() {
            if (end - start <= FORWARD_HEADER.length() || subject.charAt(end - 1) != ']' || !at(start, FORWARD_HEADER)) {
                return false;
            }
            start += FORWARD_HEADER.length();
            end--;
            replyOrForward = true;
            return true;
        }

        /** {@code subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"}: its end, or -1. */
        private int replyEnd(int from) {
            int at = from;
            if (at(at, "re")) {
                at += 2;
            } else if (at(at, "fw")) {
                at += at(at, "fwd") ? 3 : 2;
            } else {
                return -1;
            }
            at = blobEnd(spaceEnd(at));
            return at < end && subject.charAt(at) == ':' ? at + 1 : -1;
        }

        /** {@code subj-blob = "[" *BLOBCHAR "]" *WSP}: its end, or where it should begin. */
        private int blobEnd(int from) {
            if (from >= end || subject.charAt(from) != '[') {
                return from;
            }
            int at = from + 1;
            while (at < end && subject.charAt(at) != '[' && subject.charAt(at) != ']') {
                at++;
            }
            return at < end && subject.charAt(at) == ']' ? spaceEnd(at + 1) : from;
        }

        private int spaceEnd(int from) {
            int at = from;
            while (at < end && subject.charAt(at) == ' ') {
                at++;
            }
            return at;
        }

        /** Whether that text stands there; strings of ABNF are of any case. */
        private boolean at(int position, String text) {
            return position + text.length() <= end && subject.regionMatches(true, position, text, 0, text.length());
        }
    }
}
