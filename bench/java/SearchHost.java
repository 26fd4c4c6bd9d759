import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorFacadeFactory;
import org.identityconnectors.framework.api.ConnectorInfoManagerFactory;
import org.identityconnectors.framework.api.RemoteFrameworkConnectionInfo;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.Uid;

/**
 * Searches all users in two connectors, in turns. It prints a line for each search: the name of the connector, the
 * number of objects, the milliseconds to the first and to the last.
 */
public final class SearchHost {
  private static final int RUNS = Integer.getInteger("host.runs");

  public static void main(String[] args) {
    String key = System.getProperty("host.key");
    ConnectorFacade ours = facade(Integer.getInteger("host.ours"), key, Map.of(
        "accountId", given("accountId"), "clientId", given("clientId"),
        "clientSecret", new GuardedString(given("clientSecret").toCharArray()), "serviceUrl", given("serviceUrl"),
        "tokenUrl", given("tokenUrl"), "deepImport", false));
    List<ConnectorObject> first = new ArrayList<>();
    ours.search(new ObjectClass("ZoomUser"), null, object -> {
      first.add(object);
      return false;
    }, null);
    ConnectorFacade memory = facade(Integer.getInteger("host.memory"), key, Map.of(
        "users", Integer.getInteger("host.users"), "attributes", likeThoseOf(first.get(0))));
    for (int run = 0; run < RUNS; run += 1) {
      search("service", ours);
      search("memory", memory);
    }
    System.exit(0);
  }

  private static String given(String property) {
    return System.getProperty("property." + property);
  }

  private static ConnectorFacade facade(int port, String key, Map<String, Object> properties) {
    APIConfiguration api = ConnectorInfoManagerFactory.getInstance()
        .getRemoteManager(new RemoteFrameworkConnectionInfo("127.0.0.1", port, new GuardedString(key.toCharArray())))
        .getConnectorInfos().get(0).createDefaultAPIConfiguration();
    properties.forEach((name, value) -> api.getConfigurationProperties().setPropertyValue(name, value));
    return ConnectorFacadeFactory.getInstance().newInstance(api);
  }

  private static String[] likeThoseOf(ConnectorObject object) {
    List<String> attributes = new ArrayList<>();
    for (Attribute attribute : object.getAttributes()) {
      if (attribute.is(Name.NAME) || attribute.is(Uid.NAME)) continue;
      List<Object> values = attribute.getValue();
      boolean isEmpty = values == null || values.isEmpty();
      attributes.add(isEmpty ? attribute.getName() : attribute.getName() + "=" + values.get(0));
    }
    return attributes.toArray(new String[0]);
  }

  private static void search(String name, ConnectorFacade facade) {
    long start = System.nanoTime();
    long[] seen = new long[2];
    facade.search(new ObjectClass("ZoomUser"), null, object -> {
      if (seen[0] == 0) seen[1] = System.nanoTime();
      seen[0] += 1;
      return true;
    }, null);
    long end = System.nanoTime();
    System.out.println(name + "\t" + seen[0] + "\t" + (seen[1] - start) / 1e6 + "\t" + (end - start) / 1e6);
  }
}
