import static org.identityconnectors.framework.common.objects.filter.FilterBuilder.equalTo;

import java.util.Map;
import java.util.Set;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorInfo;
import org.identityconnectors.framework.common.exceptions.InvalidCredentialException;
import org.identityconnectors.framework.common.objects.*;

/** Every class of exception by which hosts decide what they do. */
final class Failures {
  private static final String READ = "{\"method\":\"GET\",\"path\":\"/users/{userId}\"}";
  private static final String CHANGE = "{\"method\":\"PATCH\",\"path\":\"/users/{userId}\"}";
  private static final Uid NOBODY = new Uid("AAAAAAAAAAAAAAAAAAAAAA");

  private final Service service;
  private final ConnectorInfo info;
  private final ConnectorFacade facade;

  Failures(Service service, ConnectorInfo info) {
    this.service = service;
    this.info = info;
    this.facade = Service.facade(info, Map.of("ioErrorRetries", 0));
  }

  void run() {
    keys();
    requests();
    configurations();
    Uid user = Checks.search(facade, null).stream()
        .filter(each -> Boolean.TRUE.equals(AttributeUtil.getSingleValue(each.getAttributeByName("__ENABLE__"))))
        .reduce((first, second) -> second).orElseThrow().getUid();
    answersOfZoom(user);
  }

  private void keys() {
    Checks.check("a wrong key is refused in an operation", () -> {
      ConnectorFacade stranger = Service.facade(service.discovered("a-key-that-nobody-has-set"), Map.of());
      Checks.fails(Checks.EXCEPTIONS + "InvalidCredentialException", stranger::test);
      service.discovered();
    });
  }

  private void requests() {
    Checks.check("UnknownUidException", () -> {
      Checks.fails(Checks.EXCEPTIONS + "UnknownUidException", () -> facade.delete(Checks.USER, NOBODY, null));
      Checks.fails(Checks.EXCEPTIONS + "UnknownUidException", () -> change(NOBODY));
      Checks.require(facade.getObject(Checks.USER, NOBODY, null) == null, NOBODY);
    });
    Checks.check("InvalidAttributeValueException", () ->
        Checks.fails(Checks.EXCEPTIONS + "InvalidAttributeValueException", () -> facade.create(
            Checks.USER, Set.of(new Name("x@example.com"), AttributeBuilder.build("NO_SUCH", "x")), null)));
    Checks.check("UnsupportedOperationException", () -> {
      Checks.fails("java.lang.UnsupportedOperationException", () ->
          facade.getObject(new ObjectClass("NONEXISTING"), NOBODY, null));
      Checks.fails("java.lang.UnsupportedOperationException", () -> facade.delete(Checks.GROUP, NOBODY, null));
    });
    Checks.check("IllegalArgumentException", () ->
        Checks.fails("java.lang.IllegalArgumentException", () -> facade.search(
            Checks.USER, null, object -> true, new OperationOptionsBuilder().setPageSize(-1).build())));
  }

  private void configurations() {
    Checks.check("ConfigurationException", () -> {
      ConnectorFacade wrong = Service.facade(info, Map.of("ioErrorRetries", 500));
      Checks.fails(Checks.EXCEPTIONS + "ConfigurationException", wrong::validate);
      Checks.fails(Checks.EXCEPTIONS + "ConfigurationException", wrong::schema);
    });
    Checks.check("ConnectionFailedException", () -> {
      ConnectorFacade unreachable = Service.facade(info, Map.of(
          "target", "zoom", "ioErrorRetries", 0, "accountId", "nobody", "clientId", "nobody",
          "clientSecret", new GuardedString("nobody".toCharArray()),
          "serviceUrl", "http://127.0.0.1:1/v2", "tokenUrl", "http://127.0.0.1:1/oauth/token"));
      Checks.fails(Checks.EXCEPTIONS + "ConnectionFailedException", unreachable::test);
    });
  }

  private void answersOfZoom(Uid user) {
    failing("PermissionDeniedException", READ, status(400, 4711), () -> read(user));
    failing("PreconditionFailedException", CHANGE, status(400, 1123), () -> change(user));
    failing("ConnectionBrokenException", READ, "{\"kind\":\"drop\",\"when\":\"after\"}", () -> read(user));
    failing("ConnectorIOException", READ, "{\"kind\":\"html\",\"status\":200}", () -> read(user));
  }

  private static String status(int status, int code) {
    return "{\"kind\":\"status\",\"status\":" + status + ",\"body\":{\"code\":" + code + ",\"message\":\"No.\"}}";
  }

  private void failing(String exception, String calls, String action, Checks.Check operation) {
    Checks.check(exception, () -> {
      service.fault(calls, action);
      try {
        Checks.fails(Checks.EXCEPTIONS + exception, operation);
      } finally {
        service.healthy();
      }
      operation.run();
    });
  }

  private void read(Uid user) {
    facade.search(Checks.USER, equalTo(user), object -> true, null);
  }

  private void change(Uid user) {
    facade.update(Checks.USER, user, Set.of(AttributeBuilder.build("DEPT", "Interop " + System.nanoTime())), null);
  }
}
