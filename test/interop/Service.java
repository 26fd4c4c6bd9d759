import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorFacadeFactory;
import org.identityconnectors.framework.api.ConnectorInfo;
import org.identityconnectors.framework.api.ConnectorInfoManagerFactory;
import org.identityconnectors.framework.api.RemoteFrameworkConnectionInfo;

/** The service that is called: its address for hosts, its configuration file, and its simulator. */
final class Service {
  private final String host = System.getProperty("service.host");
  private final int port = Integer.getInteger("service.port");
  private final String key = System.getProperty("service.key");
  private final boolean hasTls = Boolean.getBoolean("service.tls");
  private final URI simulator = URI.create(System.getProperty("service.simulator"));
  private final Path configuration = Path.of(System.getProperty("service.configuration"));

  /** Asks for the connector with the right key. */
  ConnectorInfo discovered() {
    ConnectorInfoManagerFactory factory = ConnectorInfoManagerFactory.getInstance();
    factory.clearRemoteCache();
    return discovered(key);
  }

  /** Takes the answer from the cache of the client, if the address is known. */
  ConnectorInfo discovered(String shownKey) {
    return ConnectorInfoManagerFactory.getInstance().getRemoteManager(connection(shownKey)).getConnectorInfos().get(0);
  }

  private RemoteFrameworkConnectionInfo connection(String shownKey) {
    TrustManager trusting = new X509TrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type) {}

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
      }
    };
    GuardedString guarded = new GuardedString(shownKey.toCharArray());
    return new RemoteFrameworkConnectionInfo(host, port, guarded, hasTls, List.of(trusting), 60_000);
  }

  static ConnectorFacade facade(ConnectorInfo info, Map<String, Object> properties) {
    APIConfiguration api = info.createDefaultAPIConfiguration();
    api.getConfigurationProperties().setPropertyValue("target", "simulator");
    properties.forEach((name, value) -> api.getConfigurationProperties().setPropertyValue(name, value));
    return ConnectorFacadeFactory.getInstance().newInstance(api);
  }

  /** Lets calls to Zoom fail until `healthy` is called. */
  void fault(String match, String action) throws Exception {
    String body = "{\"match\":" + match + ",\"action\":" + action + "}";
    send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), 201);
  }

  void healthy() throws Exception {
    send(HttpRequest.newBuilder().DELETE(), 200);
  }

  private void send(HttpRequest.Builder request, int expected) throws Exception {
    HttpRequest built = request.uri(simulator.resolve("/simulator/faults")).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(built, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != expected) throw new IllegalStateException(answer.body());
  }

  /** Changes the configuration file, as an administrator does while hosts are at work. */
  void reconfigure(String from, String to) throws Exception {
    String before = Files.readString(configuration, StandardCharsets.UTF_8);
    if (!before.contains(from)) throw new IllegalStateException("The configuration has no " + from);
    Files.writeString(configuration, before.replace(from, to), StandardCharsets.UTF_8);
  }
}
