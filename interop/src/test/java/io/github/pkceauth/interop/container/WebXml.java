package io.github.pkceauth.interop.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An element of a {@code web.xml}, for a container that reads none. */
record WebXml(Element element) {

    /** The {@code web-app} of an application that is unpacked there. */
    static WebXml of(Path application) throws IOException {
        try {
            DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            Path file = application.resolve("WEB-INF").resolve("web.xml");
            return new WebXml(parser.parse(file.toFile()).getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("Not a web.xml: " + application, e);
        }
    }

    /** The elements of that name right below this one. */
    List<WebXml> all(String name) {
        List<WebXml> found = new ArrayList<>();
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            Node child = children.item(i);
            if (child instanceof Element below && below.getTagName().equals(name)) {
                found.add(new WebXml(below));
            }
        }
        return found;
    }

    /** The first of them, if there is any. */
    Optional<WebXml> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The texts of the elements of that name right below this one. */
    List<String> texts(String name) {
        return all(name).stream().map(WebXml::text).toList();
    }

    /** The text of the first of them; there must be one. */
    String text(String name) {
        return first(name).orElseThrow().text();
    }

    /** Whether the first of them says so. */
    boolean isTrue(String name) {
        return first(name).map(WebXml::text).orElse("").equals("true");
    }

    private String text() {
        return element.getTextContent().strip();
    }
}
