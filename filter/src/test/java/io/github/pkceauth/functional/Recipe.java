package io.github.pkceauth.functional;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The init-params of one recipe, as a page of the documentation has its readers copy them.
 *
 * @param name what the mark before them calls it
 * @param page the whole page
 * @param params the values by parameter
 */
record Recipe(String name, String page, Map<String, String> params) {

    static final Path FOLDER = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .normalize()
            .resolveSibling("docs")
            .resolve("recipes");

    private static final Pattern MARKED = Pattern.compile("<!-- recipe: (\\S+) -->\n```xml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("`(https://www\\.example\\.com/app[^`\\s]*)`");

    /** Every recipe of every page, and those of providers.md. */
    static Stream<Recipe> all() throws IOException {
        Stream<Recipe> others = of(FOLDER.resolveSibling("providers.md"));
        return Stream.concat(pages().stream().flatMap(Recipe::of), others);
    }

    /** The one of this name; fails the test when there is none. */
    static Recipe named(String name) throws IOException {
        return all().filter(recipe -> recipe.name.equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("No recipe " + name + " in " + FOLDER));
    }

    /** The pages, the index among them. */
    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    /** The addresses of the application that the page has its readers register. */
    String[] registered() {
        return ADDRESS.matcher(page)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toArray(String[]::new);
    }

    private static Stream<Recipe> of(Path file) {
        try {
            String page = Files.readString(file);
            return MARKED.matcher(page)
                    .results()
                    .map(block -> new Recipe(block.group(1), page, params(block.group(2))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> params(String block) {
        Map<String, String> params = new LinkedHashMap<>();
        NodeList all = parsed("<filter>" + block + "</filter>").getElementsByTagName("init-param");
        for (int i = 0; i < all.getLength(); i++) {
            Element param = (Element) all.item(i);
            String name = text(param, "param-name");
            if (params.put(name, text(param, "param-value")) != null) {
                throw new AssertionError(name + " stands twice in " + block);
            }
        }
        return params;
    }

    private static Element parsed(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError("Not to be pasted into a web.xml: " + xml, e);
        }
    }

    private static String text(Element param, String child) {
        NodeList found = param.getElementsByTagName(child);
        if (found.getLength() != 1) {
            throw new AssertionError("No one " + child + " in " + param.getTextContent());
        }
        return found.item(0).getTextContent();
    }

    @Override
    public String toString() {
        return name;
    }
}
