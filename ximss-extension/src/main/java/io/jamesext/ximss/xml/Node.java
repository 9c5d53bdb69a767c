package io.jamesext.ximss.xml;

/** What an element's body is made of. */
public sealed interface Node permits Element, Text {
}
