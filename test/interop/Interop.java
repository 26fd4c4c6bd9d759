import static org.identityconnectors.framework.common.objects.filter.FilterBuilder.*;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorFacadeFactory;
import org.identityconnectors.framework.api.ConnectorInfo;
import org.identityconnectors.framework.api.ConnectorInfoManagerFactory;
import org.identityconnectors.framework.api.RemoteFrameworkConnectionInfo;
import org.identityconnectors.framework.common.exceptions.InvalidCredentialException;
import org.identityconnectors.framework.common.objects.*;
import org.identityconnectors.framework.common.objects.filter.Filter;
import org.identityconnectors.framework.impl.api.remote.RemoteWrappedException;
import org.identityconnectors.framework.spi.SearchResultsHandler;

/** A real host that calls the service, as midPoint and Syncope do. Arguments: host, port, key, plain or tls, users. */
public final class Interop {
  private static final ObjectClass USER = new ObjectClass("ZoomUser");
  private static final ObjectClass GROUP = new ObjectClass("ZoomGroup");
  private static final String EXCEPTIONS = "org.identityconnectors.framework.common.exceptions.";

  private static int passed;
  private static int failed;

  private interface Check {
    void run() throws Exception;
  }

  private static void check(String name, Check check) {
    try {
      check.run();
      passed += 1;
    } catch (Throwable error) {
      failed += 1;
      System.out.println("not ok: " + name + ": " + error);
    }
  }

  private static void require(boolean holds, Object seen) {
    if (!holds) throw new IllegalStateException("unexpected: " + seen);
  }

  private static void fails(String className, Check check) throws Exception {
    try {
      check.run();
    } catch (RemoteWrappedException error) {
      require(className.equals(error.getExceptionClass()), error.getExceptionClass() + ": " + error.getMessage());
      return;
    }
    throw new IllegalStateException("no exception");
  }

  private static RemoteFrameworkConnectionInfo connection(String[] args, String key) {
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
    return new RemoteFrameworkConnectionInfo(
        args[0],
        Integer.parseInt(args[1]),
        new GuardedString(key.toCharArray()),
        args[3].equals("tls"),
        List.of(trusting),
        60_000);
  }

  private static ConnectorFacade facade(ConnectorInfo info, boolean deep) {
    APIConfiguration api = info.createDefaultAPIConfiguration();
    api.getConfigurationProperties().setPropertyValue("target", "simulator");
    api.getConfigurationProperties().setPropertyValue("deepImport", deep);
    return ConnectorFacadeFactory.getInstance().newInstance(api);
  }

  private static Set<Attribute> user(String name) {
    Set<Attribute> attributes = new HashSet<>();
    attributes.add(new Name(name));
    attributes.add(AttributeBuilder.build("CREATE_ACTION", "custCreate"));
    attributes.add(AttributeBuilder.build("TYPE", 1));
    attributes.add(AttributeBuilder.build("FIRST_NAME", "Ada"));
    attributes.add(AttributeBuilder.build("JOB_TITLE"));
    attributes.add(AttributeBuilder.build("STATUS", List.of()));
    return attributes;
  }

  private static List<ConnectorObject> search(ConnectorFacade facade, Filter filter) {
    List<ConnectorObject> found = new ArrayList<>();
    facade.search(USER, filter, found::add, null);
    return found;
  }

  private static Object value(ConnectorObject object, String name) {
    Attribute attribute = object.getAttributeByName(name);
    return attribute == null ? null : AttributeUtil.getSingleValue(attribute);
  }

  public static void main(String[] args) throws Exception {
    int users = Integer.parseInt(args[4]);
    ConnectorInfoManagerFactory factory = ConnectorInfoManagerFactory.getInstance();
    check("a wrong key is refused", () -> {
      try {
        factory.getRemoteManager(connection(args, "a-key-that-nobody-has-set"));
      } catch (InvalidCredentialException expected) {
        return;
      }
      throw new IllegalStateException("accepted");
    });
    factory.clearRemoteCache();
    ConnectorInfo info = factory.getRemoteManager(connection(args, args[2])).getConnectorInfos().get(0);
    ConnectorFacade facade = facade(info, false);
    discovery(info, facade);
    writes(facade);
    filters(facade);
    pages(facade, users);
    failures(info, facade);
    concurrency(info);
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }

  private static void discovery(ConnectorInfo info, ConnectorFacade facade) {
    check("texts are found", () -> {
      String display = info.createDefaultAPIConfiguration()
          .getConfigurationProperties().getProperty("accountId").getDisplayName(null);
      require(display.equals("Zoom Account Id"), display);
    });
    check("validate", facade::validate);
    check("test", facade::test);
    check("schema", () -> {
      Schema schema = facade.schema();
      ObjectClassInfo users = schema.findObjectClassInfo("ZoomUser");
      require(users != null && schema.findObjectClassInfo("ZoomGroup") != null, schema);
      Set<String> names = users.getAttributeInfo().stream().map(AttributeInfo::getName).collect(Collectors.toSet());
      require(names.contains(Name.NAME) && names.contains("FIRST_NAME"), names);
    });
  }

  private static void writes(ConnectorFacade facade) {
    String name = "interop" + System.nanoTime() + "@example.com";
    Uid[] made = new Uid[1];
    check("create", () -> made[0] = facade.create(USER, user(name), null));
    check("get", () -> {
      ConnectorObject object = facade.getObject(USER, made[0], null);
      require("Ada".equals(value(object, "FIRST_NAME")) && object.getName().getNameValue().equals(name), object);
      require(object.getAttributeByName("DEPT").getValue() == null, object.getAttributeByName("DEPT"));
      require(object.getAttributeByName("GROUP_IDS").getValue().isEmpty(), object.getAttributeByName("GROUP_IDS"));
    });
    check("update with everything that is mapped", () -> {
      Set<Attribute> attributes = new HashSet<>(user(name));
      attributes.removeIf(attribute -> attribute.is("FIRST_NAME") || attribute.is("STATUS") || attribute.is(Name.NAME));
      attributes.add(AttributeBuilder.build("FIRST_NAME", "Grace"));
      attributes.add(AttributeBuilder.build("STATUS", "active"));
      attributes.add(AttributeBuilder.buildEnabled(true));
      Uid uid = facade.update(USER, made[0], attributes, null);
      require(uid.equals(made[0]), uid);
      require("Grace".equals(value(facade.getObject(USER, uid, null), "FIRST_NAME")), uid);
    });
    check("update by the address as uid", () -> {
      Uid uid = facade.update(USER, new Uid(name), Set.of(AttributeBuilder.build("DEPT", "Sales")), null);
      require(uid.getUidValue().equals(made[0].getUidValue()), uid);
    });
    check("updateDelta by replace, and by add and remove", () -> {
      Set<AttributeDelta> deltas = new HashSet<>();
      deltas.add(AttributeDeltaBuilder.build("LAST_NAME", "Hopper"));
      deltas.add(AttributeDeltaBuilder.build("DEPT", List.of("Research"), List.of("Sales")));
      Set<AttributeDelta> effects = facade.updateDelta(USER, made[0], deltas, null);
      require(effects.isEmpty(), effects);
      require("Research".equals(value(facade.getObject(USER, made[0], null), "DEPT")), "DEPT");
    });
    check("addAttributeValues and removeAttributeValues", () -> {
      List<ConnectorObject> groups = new ArrayList<>();
      facade.search(GROUP, null, groups::add, null);
      Set<Attribute> member = Set.of(AttributeBuilder.build("GROUP_IDS", groups.get(0).getUid().getUidValue()));
      facade.addAttributeValues(USER, made[0], member, null);
      int joined = facade.getObject(USER, made[0], null).getAttributeByName("GROUP_IDS").getValue().size();
      facade.removeAttributeValues(USER, made[0], member, null);
      int left = facade.getObject(USER, made[0], null).getAttributeByName("GROUP_IDS").getValue().size();
      require(joined == 1 && left == 0, joined + " " + left);
    });
    check("create with a password", () -> {
      Set<Attribute> attributes = new HashSet<>(user("p" + name));
      attributes.removeIf(attribute -> attribute.is("CREATE_ACTION"));
      attributes.add(AttributeBuilder.build("CREATE_ACTION", "autoCreate"));
      attributes.add(AttributeBuilder.buildPassword("Interop-passw0rd".toCharArray()));
      facade.create(USER, attributes, null);
    });
    check("create of a name that is taken", () ->
        fails(EXCEPTIONS + "AlreadyExistsException", () -> facade.create(USER, user(name), null)));
    check("delete, and the object is inactive", () -> {
      facade.delete(USER, made[0], null);
      require("inactive".equals(value(facade.getObject(USER, made[0], null), "STATUS")), made[0]);
    });
  }

  private static void filters(ConnectorFacade facade) {
    List<ConnectorObject> all = search(facade, null);
    ConnectorObject one = all.stream().filter(each -> value(each, "FIRST_NAME") != null).findFirst().orElseThrow();
    String name = one.getName().getNameValue();
    Attribute first = AttributeBuilder.build("FIRST_NAME", value(one, "FIRST_NAME"));
    String start = value(one, "FIRST_NAME").toString().substring(0, 1);
    long alike = all.stream().filter(each -> value(one, "FIRST_NAME").equals(value(each, "FIRST_NAME"))).count();
    check("equals by name, by uid and by an attribute", () -> {
      require(search(facade, equalTo(one.getName())).size() == 1, name);
      require(search(facade, equalTo(one.getUid())).size() == 1, one.getUid());
      require(search(facade, equalTo(first)).size() == alike, first);
    });
    check("a name that is a uid finds nothing", () ->
        require(search(facade, equalTo(new Name("q6gBJVO5TzexKYTb_I2rpg"))).isEmpty(), "found"));
    check("startsWith, endsWith, contains, not, and, or", () -> {
      Attribute part = AttributeBuilder.build("FIRST_NAME", start);
      int starting = search(facade, startsWith(part)).size();
      require(starting >= alike, starting);
      require(search(facade, not(startsWith(part))).size() == all.size() - starting, starting);
      require(search(facade, contains(part)).size() >= starting, starting);
      require(search(facade, endsWith(first)).size() >= alike, alike);
      require(search(facade, and(startsWith(part), equalTo(first))).size() == alike, alike);
      require(search(facade, or(equalTo(first), equalTo(one.getUid()))).size() == alike, alike);
    });
    check("comparisons, with a number as text, too", () -> {
      int licensed = search(facade, greaterThan(AttributeBuilder.build("TYPE", 1))).size();
      int basic = search(facade, equalTo(AttributeBuilder.build("TYPE", "1"))).size();
      require(search(facade, greaterThanOrEqualTo(AttributeBuilder.build("TYPE", 1))).size() >= licensed + basic, basic);
      require(search(facade, lessThan(AttributeBuilder.build("TYPE", 2))).size() == basic, basic);
      require(search(facade, lessThanOrEqualTo(AttributeBuilder.build("TYPE", 1))).size() == basic, basic);
    });
    check("containsAllValues, and a disjunction of 300 values", () -> {
      require(search(facade, containsAllValues(AttributeBuilder.build("GROUP_IDS", "no-such-group"))).isEmpty(), "found");
      List<Filter> names = all.stream().limit(300).map(each -> (Filter) equalTo(each.getUid())).collect(Collectors.toList());
      Filter any = names.stream().reduce((left, right) -> or(right, left)).orElseThrow();
      require(search(facade, any).size() == names.size(), names.size());
    });
  }

  private static void pages(ConnectorFacade facade, int users) {
    check("a search of everything, with pauses", () -> {
      int size = search(facade, null).size();
      require(size >= users, size);
    });
    check("a handler that stops", () -> {
      int[] seen = new int[1];
      facade.search(USER, null, object -> ++seen[0] < 3, null);
      require(seen[0] == 3, seen[0]);
    });
    check("pages by cookie, as Syncope reads them", () -> {
      Set<String> seen = new HashSet<>();
      String[] cookie = new String[1];
      int pages = 0;
      do {
        OperationOptionsBuilder options = new OperationOptionsBuilder().setPageSize(100).setPagedResultsOffset(-1);
        if (cookie[0] != null) options.setPagedResultsCookie(cookie[0]);
        cookie[0] = null;
        facade.search(USER, null, new SearchResultsHandler() {
          @Override
          public void handleResult(SearchResult result) {
            cookie[0] = result.getPagedResultsCookie();
          }

          @Override
          public boolean handle(ConnectorObject object) {
            require(seen.add(object.getUid().getUidValue()), object);
            return true;
          }
        }, options.build());
        pages += 1;
      } while (cookie[0] != null && pages < users);
      require(seen.size() >= users, seen.size());
    });
    check("pages by offset with a plain handler, as midPoint reads them", () -> {
      Set<String> seen = new HashSet<>();
      for (int offset = 1; ; offset += 100) {
        int before = seen.size();
        OperationOptions options = new OperationOptionsBuilder()
            .setPageSize(100).setPagedResultsOffset(offset)
            .setOption("ALLOW_PARTIAL_ATTRIBUTE_VALUES", true).build();
        SearchResult result = facade.search(USER, null, object -> seen.add(object.getUid().getUidValue()), options);
        require(result != null, "no result");
        if (seen.size() == before) break;
      }
      require(seen.size() >= users, seen.size());
    });
  }

  private static void failures(ConnectorInfo info, ConnectorFacade facade) {
    Uid nobody = new Uid("AAAAAAAAAAAAAAAAAAAAAA");
    check("unknown uids", () -> {
      fails(EXCEPTIONS + "UnknownUidException", () -> facade.delete(USER, nobody, null));
      fails(EXCEPTIONS + "UnknownUidException", () ->
          facade.update(USER, nobody, Set.of(AttributeBuilder.build("DEPT", "x")), null));
      require(facade.getObject(USER, nobody, null) == null, nobody);
    });
    check("unknown attributes and classes", () -> {
      fails(EXCEPTIONS + "InvalidAttributeValueException", () ->
          facade.create(USER, Set.of(new Name("x@example.com"), AttributeBuilder.build("NO_SUCH", "x")), null));
      fails("java.lang.UnsupportedOperationException", () ->
          facade.getObject(new ObjectClass("NONEXISTING"), nobody, null));
    });
    check("a wrong configuration", () -> {
      APIConfiguration api = info.createDefaultAPIConfiguration();
      api.getConfigurationProperties().setPropertyValue("ioErrorRetries", 500);
      ConnectorFacade wrong = ConnectorFacadeFactory.getInstance().newInstance(api);
      fails(EXCEPTIONS + "ConfigurationException", wrong::validate);
      fails(EXCEPTIONS + "ConfigurationException", wrong::schema);
    });
  }

  private static void concurrency(ConnectorInfo info) {
    check("16 facades at once", () -> {
      ExecutorService pool = Executors.newFixedThreadPool(16);
      List<Callable<Integer>> work = new ArrayList<>();
      for (int index = 0; index < 16; index += 1) {
        ConnectorFacade facade = facade(info, index % 2 == 0);
        work.add(() -> search(facade, equalTo(new Name("nobody@example.com"))).size());
      }
      for (Future<Integer> result : pool.invokeAll(work)) require(result.get() == 0, result.get());
      pool.shutdown();
    });
  }
}
