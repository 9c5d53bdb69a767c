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
package io.jamesext.ximss.op.service;

import io.jamesext.ximss.xml.Element;

/**
 * "A picture with the star (*) symbol used as wildcards": XIMSS, "Service Operations", skinList. Matching takes no longer than the
 * product of both lengths.
 *
 * @param text the picture
 */
record Picture(String text) {
    /** The attribute {@code filter} of a request; without one, everything matches. */
    static Picture filter(Element request) {
        return new Picture(request.attribute("filter").orElse("*"));
    }

    boolean matches(String name) {
        String[] pieces = text.split("\\*", -1);
        if (pieces.length == 1) {
            return name.equals(text);
        }
        String last = pieces[pieces.length - 1];
        int begin = pieces[0].length();
        int end = name.length() - last.length();
        if (begin > end || !name.startsWith(pieces[0]) || !name.endsWith(last)) {
            return false;
        }
        // Each piece where it comes first leaves the most for those behind it.
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = name.indexOf(pieces[i], begin);
            if (found < 0 || found + pieces[i].length() > end) {
                return false;
            }
            begin = found + pieces[i].length();
        }
        return true;
    }
}
