package io.github.pkceauth.doctor;

import io.github.pkceauth.config.Deployment;
import io.github.pkceauth.oidc.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * What a deployment descriptor says about the filter (Jakarta Servlet 6.0 section 14). It is read as it stands: what
 * a container makes of placeholders, and of annotations and fragments, it does not have.
 *
 * @param contextParams the parameters of the application
 * @param filters the filters of our kind
 * @param servletMappings the URL patterns of the servlets by servlet name
 */
record WebXml(
        Map<String, String> contextParams, List<FilterEntry> filters, Map<String, Collection<String>> servletMappings) {

    private static final String FILTER_CLASS = "io.github.pkceauth.PkceAuthFilter";
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /**
     * A filter of our kind.
     *
     * @param name its name
     * @param initParams its parameters
     * @param urlPatterns what it is mapped to
     * @param servletNames the servlets that it is mapped to
     */
    record FilterEntry(
            String name, Map<String, String> initParams, List<String> urlPatterns, List<String> servletNames) {}

    static WebXml read(Path file) throws Unusable {
        try (InputStream in = Files.newInputStream(file)) {
            return of(parser().parse(in).getDocumentElement());
        } catch (NoSuchFileException e) {
            throw new Unusable("--web-xml names the file '" + file + "', which does not exist");
        } catch (IOException | ParserConfigurationException e) {
            throw new Unusable("--web-xml names the file '" + file + "', which cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        } catch (SAXParseException e) {
            throw new Unusable("--web-xml names the file '" + file + "', which is not XML that is read here: line "
                    + e.getLineNumber() + ", " + Printable.of(e.getMessage()));
        } catch (SAXException e) {
            throw new Unusable(
                    "--web-xml names the file '" + file + "', which is no XML: " + Printable.of(e.getMessage()));
        }
    }

    /** Without document type there are no entities: nothing is fetched, and nothing grows. */
    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature(NO_DOCTYPE, true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(new Strict());
        return parser;
    }

    private static WebXml of(Element root) {
        List<FilterEntry> filters = new ArrayList<>();
        for (Element filter : children(root, "filter")) {
            if (text(filter, "filter-class").equals(FILTER_CLASS)) {
                filters.add(filter(root, filter));
            }
        }
        Map<String, Collection<String>> servlets = new LinkedHashMap<>();
        for (Element mapping : children(root, "servlet-mapping")) {
            servlets.computeIfAbsent(text(mapping, "servlet-name"), name -> new ArrayList<>())
                    .addAll(texts(mapping, "url-pattern"));
        }
        return new WebXml(parameters(root, "context-param"), filters, servlets);
    }

    private static FilterEntry filter(Element root, Element filter) {
        String name = text(filter, "filter-name");
        List<String> urlPatterns = new ArrayList<>();
        List<String> servletNames = new ArrayList<>();
        for (Element mapping : children(root, "filter-mapping")) {
            if (text(mapping, "filter-name").equals(name)) {
                urlPatterns.addAll(texts(mapping, "url-pattern"));
                servletNames.addAll(texts(mapping, "servlet-name"));
            }
        }
        return new FilterEntry(
                name.isEmpty() ? Deployment.UNNAMED : name,
                parameters(filter, "init-param"),
                urlPatterns,
                servletNames);
    }

    private static Map<String, String> parameters(Element parent, String kind) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Element parameter : children(parent, kind)) {
            values.put(text(parameter, "param-name"), text(parameter, "param-value"));
        }
        return values;
    }

    /** The one that is meant, by its name where there are several. */
    FilterEntry filter(Optional<String> named) throws Unusable {
        List<String> names = filters.stream().map(FilterEntry::name).toList();
        if (filters.isEmpty()) {
            throw new Unusable("web.xml has no filter of the class " + FILTER_CLASS
                    + ": without --web-xml, system properties and the environment alone count");
        }
        if (named.isEmpty() && filters.size() > 1) {
            throw new Unusable(
                    "web.xml has several filters of the kind, " + Printable.of(names) + ": name one with --filter");
        }
        String name = named.orElse(names.get(0));
        return filters.stream()
                .filter(filter -> filter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Unusable("web.xml has no filter of the name '" + Printable.of(name)
                        + "' and the class " + FILTER_CLASS + ": name one of " + Printable.of(names)));
    }

    Set<String> namesBeside(FilterEntry filter) {
        Set<String> names = new LinkedHashSet<>();
        filters.forEach(other -> names.add(other.name()));
        names.remove(filter.name());
        return names;
    }

    /** What leads to the filter; "/" of a servlet is whatever no other servlet has (Jakarta Servlet 6.0 section 12.2). */
    Optional<Collection<String>> mappingsOf(FilterEntry filter) {
        List<String> mappings = new ArrayList<>(filter.urlPatterns());
        for (String servlet : filter.servletNames()) {
            for (String mapping : servletMappings.getOrDefault(servlet, List.of())) {
                mappings.add(mapping.equals("/") ? "/*" : mapping);
            }
        }
        return mappings.isEmpty() ? Optional.empty() : Optional.of(mappings);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getLocalName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static List<String> texts(Element parent, String name) {
        return children(parent, name).stream()
                .map(element -> element.getTextContent().strip())
                .toList();
    }

    private static String text(Element parent, String name) {
        return texts(parent, name).stream().findFirst().orElse("");
    }

    /** Says nothing by itself, and goes on after nothing. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // Nothing that changes what is read.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
