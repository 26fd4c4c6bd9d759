package memory;

import java.util.ArrayList;
import java.util.List;
import org.identityconnectors.framework.common.objects.*;
import org.identityconnectors.framework.common.objects.filter.Filter;
import org.identityconnectors.framework.common.objects.filter.FilterTranslator;
import org.identityconnectors.framework.spi.AbstractConfiguration;
import org.identityconnectors.framework.spi.Configuration;
import org.identityconnectors.framework.spi.ConfigurationProperty;
import org.identityconnectors.framework.spi.ConnectorClass;
import org.identityconnectors.framework.spi.PoolableConnector;
import org.identityconnectors.framework.spi.operations.SchemaOp;
import org.identityconnectors.framework.spi.operations.SearchOp;

/** A connector that has its users in memory: the least work that a search can be. */
@ConnectorClass(displayNameKey = "memory", configurationClass = MemoryConnector.Settings.class)
public final class MemoryConnector implements PoolableConnector, SchemaOp, SearchOp<Filter> {

  /** How many users there are, and the attributes of each as `NAME=value`; a name alone has no value. */
  public static final class Settings extends AbstractConfiguration {
    private Integer users = 0;
    private String[] attributes = {};

    @ConfigurationProperty(order = 1)
    public Integer getUsers() {
      return users;
    }

    public void setUsers(Integer users) {
      this.users = users;
    }

    @ConfigurationProperty(order = 2)
    public String[] getAttributes() {
      return attributes;
    }

    public void setAttributes(String[] attributes) {
      this.attributes = attributes;
    }

    @Override
    public void validate() {}
  }

  private Settings settings;
  private final List<ConnectorObject> objects = new ArrayList<>();

  @Override
  public Configuration getConfiguration() {
    return settings;
  }

  @Override
  public void init(Configuration configuration) {
    settings = (Settings) configuration;
    for (int index = 0; index < settings.getUsers(); index += 1) objects.add(user(index));
  }

  private ConnectorObject user(int index) {
    ConnectorObjectBuilder builder = new ConnectorObjectBuilder()
        .setObjectClass(new ObjectClass("ZoomUser"))
        .setUid("uid-of-a-user-" + index)
        .setName("user" + index + "@example.com");
    for (String attribute : settings.getAttributes()) {
      String[] parts = attribute.split("=", 2);
      if (parts.length == 2) builder.addAttribute(parts[0], parts[1]);
      else builder.addAttribute(AttributeBuilder.build(parts[0]));
    }
    return builder.build();
  }

  @Override
  public void checkAlive() {}

  @Override
  public void dispose() {}

  @Override
  public Schema schema() {
    SchemaBuilder schema = new SchemaBuilder(MemoryConnector.class);
    schema.defineObjectClass(new ObjectClassInfoBuilder().setType("ZoomUser").build());
    return schema.build();
  }

  @Override
  public FilterTranslator<Filter> createFilterTranslator(ObjectClass objectClass, OperationOptions options) {
    return filter -> List.of();
  }

  @Override
  public void executeQuery(ObjectClass objectClass, Filter query, ResultsHandler handler, OperationOptions options) {
    for (ConnectorObject object : objects) if (!handler.handle(object)) return;
  }
}
