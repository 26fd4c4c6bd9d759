import static org.identityconnectors.framework.common.objects.filter.FilterBuilder.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.identityconnectors.common.Version;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorInfo;
import org.identityconnectors.framework.common.FrameworkUtil;
import org.identityconnectors.framework.common.exceptions.InvalidCredentialException;
import org.identityconnectors.framework.common.objects.*;
import org.identityconnectors.framework.common.objects.filter.Filter;
import org.identityconnectors.framework.spi.SearchResultsHandler;

/** A real host that calls the service, as midPoint and Syncope do. The system properties `service.…` say where. */
public final class Interop {
  /** With so many users only those checks run whose result depends on their number. */
  private static final int MANY = 10_000;

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

  private static Object value(ConnectorObject object, String name) {
    Attribute attribute = object.getAttributeByName(name);
    return attribute == null ? null : AttributeUtil.getSingleValue(attribute);
  }

  public static void main(String[] args) {
    int users = Integer.getInteger("service.users");
    Service service = new Service();
    Checks.check("a wrong key is refused", () -> {
      try {
        service.discovered("a-key-that-nobody-has-set");
      } catch (InvalidCredentialException expected) {
        return;
      }
      throw new IllegalStateException("accepted");
    });
    ConnectorInfo info = service.discovered();
    ConnectorFacade facade = Service.facade(info, Map.of());
    pages(facade, users);
    concurrency(info);
    if (users < MANY) {
      discovery(info, facade);
      writes(facade);
      filters(facade);
      new Failures(service, info).run();
    }
    new Reload(service, info, users).run();
    System.exit(Checks.summary());
  }

  private static void discovery(ConnectorInfo info, ConnectorFacade facade) {
    Checks.check("texts are found", () -> {
      String display = info.createDefaultAPIConfiguration()
          .getConfigurationProperties().getProperty("accountId").getDisplayName(null);
      Checks.require(display.equals("Zoom Account Id"), display);
    });
    Checks.check("validate", facade::validate);
    Checks.check("test", facade::test);
    Checks.check("schema", () -> {
      Schema schema = facade.schema();
      ObjectClassInfo users = schema.findObjectClassInfo("ZoomUser");
      Checks.require(users != null && schema.findObjectClassInfo("ZoomGroup") != null, schema);
      Set<String> names = users.getAttributeInfo().stream().map(AttributeInfo::getName).collect(Collectors.toSet());
      Checks.require(names.contains(Name.NAME) && names.contains("FIRST_NAME"), names);
    });
  }

  private static void writes(ConnectorFacade facade) {
    String name = "interop" + System.nanoTime() + "@example.com";
    Uid[] made = new Uid[1];
    Checks.check("create", () -> made[0] = facade.create(Checks.USER, user(name), null));
    Checks.check("get", () -> {
      ConnectorObject object = facade.getObject(Checks.USER, made[0], null);
      Checks.require("Ada".equals(value(object, "FIRST_NAME")) && object.getName().getNameValue().equals(name), object);
      Checks.require(object.getAttributeByName("DEPT").getValue() == null, object.getAttributeByName("DEPT"));
      Checks.require(object.getAttributeByName("GROUP_IDS").getValue().isEmpty(), object.getAttributeByName("GROUP_IDS"));
    });
    Checks.check("update with everything that is mapped", () -> {
      Set<Attribute> attributes = new HashSet<>(user(name));
      attributes.removeIf(attribute -> attribute.is("FIRST_NAME") || attribute.is("STATUS") || attribute.is(Name.NAME));
      attributes.add(AttributeBuilder.build("FIRST_NAME", "Grace"));
      attributes.add(AttributeBuilder.build("STATUS", "active"));
      attributes.add(AttributeBuilder.buildEnabled(true));
      Uid uid = facade.update(Checks.USER, made[0], attributes, null);
      Checks.require(uid.equals(made[0]), uid);
      Checks.require("Grace".equals(value(facade.getObject(Checks.USER, uid, null), "FIRST_NAME")), uid);
    });
    Checks.check("update by the address as uid", () -> {
      Uid uid = facade.update(Checks.USER, new Uid(name), Set.of(AttributeBuilder.build("DEPT", "Sales")), null);
      Checks.require(uid.getUidValue().equals(made[0].getUidValue()), uid);
    });
    Checks.check("updateDelta by replace, and by add and remove", () -> {
      Set<AttributeDelta> deltas = new HashSet<>();
      deltas.add(AttributeDeltaBuilder.build("LAST_NAME", "Hopper"));
      deltas.add(AttributeDeltaBuilder.build("DEPT", List.of("Research"), List.of("Sales")));
      Set<AttributeDelta> effects = facade.updateDelta(Checks.USER, made[0], deltas, null);
      Checks.require(effects.isEmpty(), effects);
      Checks.require("Research".equals(value(facade.getObject(Checks.USER, made[0], null), "DEPT")), "DEPT");
    });
    Checks.check("addAttributeValues and removeAttributeValues", () -> {
      List<ConnectorObject> groups = new ArrayList<>();
      facade.search(Checks.GROUP, null, groups::add, null);
      Set<Attribute> member = Set.of(AttributeBuilder.build("GROUP_IDS", groups.get(0).getUid().getUidValue()));
      facade.addAttributeValues(Checks.USER, made[0], member, null);
      int joined = facade.getObject(Checks.USER, made[0], null).getAttributeByName("GROUP_IDS").getValue().size();
      facade.removeAttributeValues(Checks.USER, made[0], member, null);
      int left = facade.getObject(Checks.USER, made[0], null).getAttributeByName("GROUP_IDS").getValue().size();
      Checks.require(joined == 1 && left == 0, joined + " " + left);
    });
    Checks.check("create with a password", () -> {
      Set<Attribute> attributes = new HashSet<>(user("p" + name));
      attributes.removeIf(attribute -> attribute.is("CREATE_ACTION"));
      attributes.add(AttributeBuilder.build("CREATE_ACTION", "autoCreate"));
      attributes.add(AttributeBuilder.buildPassword("Interop-passw0rd".toCharArray()));
      facade.create(Checks.USER, attributes, null);
    });
    Checks.check("create of a name that is taken", () ->
        Checks.fails(Checks.EXCEPTIONS + "AlreadyExistsException", () -> facade.create(Checks.USER, user(name), null)));
    Checks.check("delete, and the object is inactive", () -> {
      facade.delete(Checks.USER, made[0], null);
      Checks.require("inactive".equals(value(facade.getObject(Checks.USER, made[0], null), "STATUS")), made[0]);
    });
  }

  /** Requires that the host itself has no form for what it should send. */
  private static void refusedByHost(Checks.Check check) throws Exception {
    try {
      check.run();
    } catch (RuntimeException error) {
      Checks.require(error.getMessage().contains("No serializer"), error);
      return;
    }
    throw new IllegalStateException("sent");
  }

  private static void filters(ConnectorFacade facade) {
    List<ConnectorObject> all = Checks.search(facade, null);
    ConnectorObject one = all.stream().filter(each -> value(each, "FIRST_NAME") != null).findFirst().orElseThrow();
    String name = one.getName().getNameValue();
    Attribute first = AttributeBuilder.build("FIRST_NAME", value(one, "FIRST_NAME"));
    String start = value(one, "FIRST_NAME").toString().substring(0, 1);
    long alike = all.stream().filter(each -> value(one, "FIRST_NAME").equals(value(each, "FIRST_NAME"))).count();
    Checks.check("equals by name, by uid and by an attribute", () -> {
      Checks.require(Checks.search(facade, equalTo(one.getName())).size() == 1, name);
      Checks.require(Checks.search(facade, equalTo(one.getUid())).size() == 1, one.getUid());
      Checks.require(Checks.search(facade, equalTo(first)).size() == alike, first);
    });
    Checks.check("a name that is a uid finds nothing", () ->
        Checks.require(Checks.search(facade, equalTo(new Name("q6gBJVO5TzexKYTb_I2rpg"))).isEmpty(), "found"));
    Checks.check("startsWith, endsWith, contains, not, and, or", () -> {
      Attribute part = AttributeBuilder.build("FIRST_NAME", start);
      int starting = Checks.search(facade, startsWith(part)).size();
      Checks.require(starting >= alike, starting);
      Checks.require(Checks.search(facade, not(startsWith(part))).size() == all.size() - starting, starting);
      Checks.require(Checks.search(facade, contains(part)).size() >= starting, starting);
      Checks.require(Checks.search(facade, endsWith(first)).size() >= alike, alike);
      Checks.require(Checks.search(facade, and(startsWith(part), equalTo(first))).size() == alike, alike);
      Checks.require(Checks.search(facade, or(equalTo(first), equalTo(one.getUid()))).size() == alike, alike);
    });
    Checks.check("comparisons, with a number as text, too", () -> {
      int licensed = Checks.search(facade, greaterThan(AttributeBuilder.build("TYPE", 1))).size();
      int basic = Checks.search(facade, equalTo(AttributeBuilder.build("TYPE", "1"))).size();
      Checks.require(Checks.search(facade, greaterThanOrEqualTo(AttributeBuilder.build("TYPE", 1))).size() >= licensed + basic, basic);
      Checks.require(Checks.search(facade, lessThan(AttributeBuilder.build("TYPE", 2))).size() == basic, basic);
      Checks.require(Checks.search(facade, lessThanOrEqualTo(AttributeBuilder.build("TYPE", 1))).size() == basic, basic);
    });
    Checks.check("equalsIgnoreCase, which hosts before 1.5.2.1 cannot send", () -> {
      String upper = value(one, "FIRST_NAME").toString().toUpperCase(Locale.ROOT);
      Filter filter = equalsIgnoreCase(AttributeBuilder.build("FIRST_NAME", upper));
      if (Version.parse("1.5.2.1").compareTo(FrameworkUtil.getFrameworkVersion()) > 0) {
        refusedByHost(() -> Checks.search(facade, filter));
      } else {
        Checks.require(Checks.search(facade, filter).size() == alike, upper);
      }
    });
    Checks.check("containsAllValues, and a disjunction of 250 values", () -> {
      Checks.require(Checks.search(facade, containsAllValues(AttributeBuilder.build("GROUP_IDS", "no-such-group"))).isEmpty(), "found");
      List<Filter> names = all.stream().limit(250).map(each -> (Filter) equalTo(each.getUid())).collect(Collectors.toList());
      Filter any = names.stream().reduce((left, right) -> or(right, left)).orElseThrow();
      Checks.require(Checks.search(facade, any).size() == names.size(), names.size());
    });
  }

  private static void pages(ConnectorFacade facade, int users) {
    Checks.check("a search of everything, with pauses", () -> {
      int size = Checks.search(facade, null).size();
      Checks.require(size >= users, size);
    });
    Checks.check("a handler that stops, of both kinds", () -> {
      int[] seen = new int[2];
      facade.search(Checks.USER, null, object -> ++seen[0] < 3, null);
      facade.search(Checks.USER, null, new SearchResultsHandler() {
        @Override
        public void handleResult(SearchResult result) {}

        @Override
        public boolean handle(ConnectorObject object) {
          return ++seen[1] < 250;
        }
      }, null);
      Checks.require(seen[0] == 3 && seen[1] == 250, seen[0] + " " + seen[1]);
    });
    Checks.check("pages by cookie, as Syncope reads them", () -> {
      Set<String> seen = new HashSet<>();
      String[] cookie = new String[1];
      int pages = 0;
      do {
        OperationOptionsBuilder options = new OperationOptionsBuilder().setPageSize(100).setPagedResultsOffset(-1);
        if (cookie[0] != null) options.setPagedResultsCookie(cookie[0]);
        cookie[0] = null;
        facade.search(Checks.USER, null, new SearchResultsHandler() {
          @Override
          public void handleResult(SearchResult result) {
            cookie[0] = result.getPagedResultsCookie();
          }

          @Override
          public boolean handle(ConnectorObject object) {
            Checks.require(seen.add(object.getUid().getUidValue()), object);
            return true;
          }
        }, options.build());
        pages += 1;
      } while (cookie[0] != null && pages < users);
      Checks.require(seen.size() >= users, seen.size());
    });
    Checks.check("pages by offset with a plain handler, as midPoint reads them", () -> {
      Set<String> seen = new HashSet<>();
      for (int offset = 1; ; offset += 100) {
        int before = seen.size();
        OperationOptions options = new OperationOptionsBuilder()
            .setPageSize(100).setPagedResultsOffset(offset)
            .setOption("ALLOW_PARTIAL_ATTRIBUTE_VALUES", true).build();
        SearchResult result = facade.search(Checks.USER, null, object -> seen.add(object.getUid().getUidValue()), options);
        Checks.require(result != null, "no result");
        if (seen.size() == before) break;
      }
      Checks.require(seen.size() >= users, seen.size());
    });
  }

  private static void concurrency(ConnectorInfo info) {
    Checks.check("16 facades at once: each creates, updates, reads, lists and deletes", () -> {
      ExecutorService pool = Executors.newFixedThreadPool(16);
      List<Callable<String>> work = new ArrayList<>();
      for (int index = 0; index < 16; index += 1) {
        ConnectorFacade facade = Service.facade(info, Map.of("deepImport", index % 2 == 0));
        String name = "facade" + index + "of" + System.nanoTime() + "@example.com";
        work.add(() -> lifeOf(name, facade));
      }
      for (Future<String> result : pool.invokeAll(work)) Checks.require(result.get().equals("inactive"), result.get());
      pool.shutdown();
    });
  }

  /** The life of a user. @return the status at the end */
  private static String lifeOf(String name, ConnectorFacade facade) {
    Uid uid = facade.create(Checks.USER, user(name), null);
    facade.update(Checks.USER, uid, Set.of(AttributeBuilder.build("DEPT", name)), null);
    Checks.require(name.equals(value(facade.getObject(Checks.USER, uid, null), "DEPT")), name);
    Checks.require(Checks.search(facade, equalTo(new Name(name))).size() == 1, name);
    int[] listed = new int[1];
    OperationOptions page = new OperationOptionsBuilder().setPageSize(50).setPagedResultsOffset(1).build();
    facade.search(Checks.USER, null, object -> ++listed[0] > 0, page);
    Checks.require(listed[0] == 50, listed[0]);
    facade.delete(Checks.USER, uid, null);
    return value(facade.getObject(Checks.USER, uid, null), "STATUS").toString();
  }
}
