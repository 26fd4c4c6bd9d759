import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.contract.data.DataProvider;
import org.identityconnectors.contract.exceptions.ObjectNotFoundException;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.OperationalAttributes;
import org.identityconnectors.framework.spi.Configuration;

/**
 * The data of the contract suite. A value stays the same for as long as one test runs, and no two names are the same.
 * Attributes without a value here stand in no create and no update of the suite.
 */
public final class ContractData implements DataProvider {
  private static int made;

  /** The properties of the connector: what is deleted is gone. */
  private static final Map<String, Object> CONFIGURATION = Map.of(
      "target", "simulator",
      "deactivateOnDelete", false,
      "entitlementDeletionEnabled", true,
      "deepGet", true,
      "deepImport", true);

  private static final Map<String, Supplier<Object>> USER = Map.ofEntries(
      Map.entry(Name.NAME, () -> "contract" + next() + "@example.com"),
      Map.entry(OperationalAttributes.PASSWORD_NAME, () -> new GuardedString(("Contract-passw0rd" + next()).toCharArray())),
      Map.entry(OperationalAttributes.ENABLE_NAME, () -> true),
      Map.entry("CREATE_ACTION", () -> "autoCreate"),
      Map.entry("TYPE", () -> 1),
      Map.entry("FIRST_NAME", ContractData::word),
      Map.entry("LAST_NAME", ContractData::word),
      Map.entry("DISPLAY_NAME", ContractData::word),
      Map.entry("DEPT", ContractData::word),
      Map.entry("JOB_TITLE", ContractData::word),
      Map.entry("COMPANY", ContractData::word),
      Map.entry("LOCATION", ContractData::word),
      Map.entry("COST_CENTER", ContractData::word),
      Map.entry("PRONOUNS", ContractData::word),
      Map.entry("LANGUAGE", () -> "en-US"),
      Map.entry("TIME_ZONE", () -> "Europe/Berlin"),
      Map.entry("PROFILE_PHONE_NUMBERS", () -> List.of("tel:+1202555" + (1000 + next() % 9000) + ";label=Office;country=US")));

  private static final Map<String, Supplier<Object>> GROUP = Map.of(Name.NAME, ContractData::word);

  private static final Map<String, Map<String, Supplier<Object>>> CLASSES = Map.of("ZoomUser", USER, "ZoomGroup", GROUP);

  private static final List<String> BOTH = List.copyOf(CLASSES.keySet());

  /** Every operation of the object classes. */
  private static final Map<String, List<String>> OPERATIONS = Stream.of(
          "SearchApiOp", "GetApiOp", "CreateApiOp", "UpdateApiOp", "UpdateDeltaApiOp", "DeleteApiOp")
      .collect(Collectors.toMap(name -> name, name -> BOTH));

  /** What the suite asks about the connector: what it has, and what the suite may not expect of it. */
  private static final Map<String, Object> SUITE = Map.ofEntries(
      Map.entry("Validate.invalidConfig", List.of(Map.of("ioErrorRetries", 500))),
      Map.entry("Test.invalidConfig", List.of(Map.of("ioErrorRetries", 500))),
      Map.entry("Schema.strictCheck", false),
      Map.entry("Schema.oclasses", BOTH),
      Map.entry("Schema.attributes.ZoomUser.oclasses", List.copyOf(USER.keySet())),
      Map.entry("Schema.attributes.ZoomGroup.oclasses", List.of(Name.NAME, "TOTAL_MEMBERS", "MEMBER_IDS", "ADMIN_EMAILS")),
      Map.entry("Schema.operations", OPERATIONS),
      // Zoom tells uids that differ in case apart.
      Map.entry("Search.disable.caseinsensitive", true),
      // CREATED_AT of a pending user changes from one read to the next.
      Map.entry("Search.compareExistingObjectsByUidOnly", true),
      // These always have a value; Zoom makes a display name of first and last name.
      Map.entry("Update.updateToNullValue.skippedAttributes", List.of(
          "ZOOM_PHONE_FEATURE", "DISPLAY_NAME", "TYPE", "ROLE_ID", "PRONOUNS_OPTION", "PERSONAL_MEETING_ID", "USE_PMI",
          "DIVISION_IDS")));

  private final Map<String, Object> values = new HashMap<>();

  private static int next() {
    made += 1;
    return made;
  }

  private static String word() {
    return "Contract " + next();
  }

  @Override
  public Object get(Class<?> type, String name, String test, int number, boolean isMultiValued) {
    String key = String.join("/", test, name, String.valueOf(number));
    if (!values.containsKey(key)) values.put(key, made(name));
    return values.get(key);
  }

  /** Names are `class.attribute` and `class.occasion.attribute`. */
  private static Object made(String name) {
    String objectClass = name.substring(0, name.indexOf('.'));
    Supplier<Object> value = CLASSES.getOrDefault(objectClass, Map.of()).get(name.substring(name.lastIndexOf('.') + 1));
    if (value == null) throw new ObjectNotFoundException("No value for " + name);
    return value.get();
  }

  @Override
  public Object get(Class<?> type, String name, String test) {
    return get(type, name, test, -1, false);
  }

  @Override
  public String getString(String name, String test, int number) {
    return (String) get(String.class, name, test, number, false);
  }

  @Override
  public String getString(String name, String test) {
    return getString(name, test, -1);
  }

  @Override
  public Object getConnectorAttribute(String name) {
    return found(CONFIGURATION, name);
  }

  /** What the script knows about the service. */
  @Override
  public Object getTestSuiteAttribute(String name) {
    String value = System.getProperty("contract." + name);
    if (value == null) throw new ObjectNotFoundException("No value for " + name);
    return name.equals("serverPort") ? Integer.valueOf(value) : value;
  }

  @Override
  public Object getTestSuiteAttribute(String name, String test) {
    return found(SUITE, test + "." + name);
  }

  private static Object found(Map<String, Object> all, String name) {
    Object value = all.get(name);
    if (value == null) throw new ObjectNotFoundException("No value for " + name);
    return value;
  }

  @Override
  public void dispose() {
    values.clear();
  }

  @Override
  public Object get(String name) {
    throw new ObjectNotFoundException("No value for " + name);
  }

  @Override
  public Object get(String name, int number) {
    return get(name);
  }

  @Override
  public Object generate(String pattern, Class<?> type) {
    throw new UnsupportedOperationException(pattern);
  }

  @Override
  public Object generate(String pattern) {
    throw new UnsupportedOperationException(pattern);
  }

  @Override
  public void loadConfiguration(String name, Configuration configuration) {
    throw new UnsupportedOperationException(name);
  }

  @Override
  public Set<Attribute> getAttributeSet(String name) {
    throw new UnsupportedOperationException(name);
  }
}
