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
package io.jamesext.ximss.mail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.common.base.Splitter;

import io.jamesext.ximss.xml.Element;

/**
 * What folderRead composes: XIMSS, "Message Operations", folderRead, modes replyFrom and replyAll; and forward. Addresses and references as
 * in RFC 5322 section 3.6.2 to 3.6.4, the text quoted.
 */
public final class Reply {
    private static final String RE = "Re: ";
    /** As many as messageSubmit takes. */
    private static final int MAX_RECIPIENTS = 1000;

    private Reply() {
    }

    /**
     * Composes a reply.
     *
     * @param email the message's EMail element
     * @param all whether to all its recipients, not only to who has sent it
     * @param own the user's addresses, who needs no copy
     * @param user the one of them that the reply is from
     */
    public static Element to(Element email, boolean all, Collection<String> own, String user) {
        List<Element> reply = new ArrayList<>(List.of(Element.text("From", user)));
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<Element> answered = email.elements("Reply-To").toList();
        Stream<Element> to = answered.isEmpty() ? email.elements("From") : answered.stream();
        to.filter(address -> known.add(address.text())).forEach(address -> reply.add(named("To", address)));
        if (all) {
            Stream.of("To", "Cc").flatMap(email::elements)
                .filter(address -> address.text().contains("@") && known.add(address.text()) && !own.contains(address.text()))
                .limit(MAX_RECIPIENTS)
                .forEach(address -> reply.add(named("Cc", address)));
        }
        reply.add(Element.text("Subject", RE + subject(email, "re:")));
        field(email, "Message-Id").map(id -> "<" + id + ">").ifPresent(id -> {
            reply.add(Element.text("In-Reply-To", id));
            reply.add(Element.text("References",
                field(email, "References").or(() -> field(email, "In-Reply-To")).map(before -> before + " ").orElse("") + id));
        });
        reply.add(Element.of("MIME", Map.of("type", "text", "subtype", "plain"), Element.text("MIME", quoted(email)).body()));
        return Element.of("EMail", Map.of(), reply);
    }

    /**
     * Composes a message that has the text of another one in it, with who has sent that, when and to whom. Its other parts are for the
     * client to add by copyMIME.
     *
     * @param email the message's EMail element
     * @param user the address that it is from
     */
    public static Element forward(Element email, String user) {
        StringBuilder text = new StringBuilder("\n\n-------- ").append(subject(email, "")).append(" --------\n");
        for (String name : List.of("From", "To", "Cc", "Date", "Subject")) {
            String values = email.elements(name).map(Reply::shown).limit(MAX_RECIPIENTS).collect(Collectors.joining(", "));
            if (!values.isEmpty()) {
                text.append(name).append(": ").append(values).append('\n');
            }
        }
        text.append('\n').append(plainText(email).stripTrailing()).append('\n');
        return Element.of("EMail", Map.of(), List.of(
            Element.text("From", user),
            Element.text("Subject", "Fwd: " + subject(email, "fwd:")),
            Element.of("MIME", Map.of("type", "text", "subtype", "plain"), Element.text("MIME", text.toString()).body())));
    }

    /** With the name in front of the address, or the time as it is here. */
    private static String shown(Element field) {
        return field.attribute("localTime").orElseGet(() -> field.attribute("realName")
            .map(name -> name + " <" + field.text() + ">").orElseGet(field::text));
    }

    private static Element named(String name, Element address) {
        return Element.of(name, address.attributes(), address.body());
    }

    private static Optional<String> field(Element email, String name) {
        return email.elements(name).findFirst().map(Element::text).filter(text -> !text.isBlank());
    }

    /** Once, however often it went to and fro: without the prefixes, which are in small letters. */
    private static String subject(Element email, String prefix) {
        String subject = field(email, "Subject").orElse("");
        int start = 0;
        while (!prefix.isEmpty() && subject.regionMatches(true, start, prefix, 0, prefix.length())) {
            start += prefix.length();
            while (start < subject.length() && subject.charAt(start) == ' ') {
                start++;
            }
        }
        return subject.substring(start);
    }

    private static String quoted(Element email) {
        String who = email.elements("From").findFirst().map(from -> from.attribute("realName").orElseGet(from::text)).orElse("");
        String when = email.elements("Date").findFirst().map(date -> date.attribute("localTime").orElseGet(date::text)).orElse("");
        String text = plainText(email);
        return Stream.of(when, who).filter(known -> !known.isEmpty()).collect(Collectors.joining(", ", "", ":\n"))
            + Splitter.on('\n').splitToStream(text.stripTrailing()).map(line -> line.startsWith(">") ? ">" + line : "> " + line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String plainText(Element email) {
        return email.find(element -> element.name().equals("MIME") && element.attribute("type").equals(Optional.of("text"))
            && element.attribute("subtype").equals(Optional.of("plain"))).map(Element::text).orElse("");
    }
}
