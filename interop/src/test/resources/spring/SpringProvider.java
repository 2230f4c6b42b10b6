import io.github.pkceauth.example.launcher.provider.DevelopmentProvider;
import java.lang.reflect.Constructor;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.server.Server;

/**
 * The example's development provider by itself, with a client whose secret is told to it: started as a source file on the
 * class path of the example's jar, since the client's secret is otherwise nobody's to know. Arguments: the provider's
 * port, the application's, and the secret.
 */
final class SpringProvider {

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Constructor<?> client = Class.forName(DevelopmentProvider.class.getPackageName() + ".ExampleClient")
                .getDeclaredConstructor(String.class, String.class, int.class, String.class, String.class);
        client.setAccessible(true);
        Constructor<?> provider = DevelopmentProvider.class.getDeclaredConstructor(
                URI.class, client.getDeclaringClass(), String.class, String.class);
        provider.setAccessible(true);
        DevelopmentProvider made = (DevelopmentProvider) provider.newInstance(
                URI.create("http://127.0.0.1:" + port),
                client.newInstance("shop", arguments[2], Integer.parseInt(arguments[1]), "/callback", "/"),
                "pkce.",
                "PROVIDER_SESSION");

        Server server = new Server(new InetSocketAddress("127.0.0.1", port));
        server.setHandler(made.handler());
        server.start();
        System.out.println("The provider listens");
    }
}
