import org.apache.syncope.common.lib.types.AnyTypeKind
import org.apache.syncope.common.lib.types.ResourceOperation
import org.apache.syncope.core.persistence.api.dao.AnySearchDAO
import org.apache.syncope.core.persistence.api.dao.UserDAO
import org.apache.syncope.core.persistence.api.dao.search.AttrCond
import org.apache.syncope.core.persistence.api.dao.search.SearchCond
import org.apache.syncope.core.persistence.api.entity.task.PropagationTask
import org.apache.syncope.core.provisioning.api.propagation.PropagationActions
import org.identityconnectors.framework.common.objects.AttributeBuilder
import org.identityconnectors.framework.common.objects.ConnectorObject
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.transaction.annotation.Transactional

/**
 * Memberships of Syncope's groups become those of Zoom's groups, where the group has zoomManaged. Other groups stay as
 * the mapping of zoomGroupIds has them.
 */
class ZoomMemberships implements PropagationActions {

  @Autowired
  UserDAO users

  @Autowired
  AnySearchDAO search

  @Override
  @Transactional(readOnly = true)
  void before(PropagationTask task, ConnectorObject existing) {
    if (task.anyTypeKind != AnyTypeKind.USER || task.operation == ResourceOperation.DELETE) return
    def user = users.find(task.entityKey)
    if (user == null) return

    def isManaged = new AttrCond(AttrCond.Type.EQ)
    isManaged.schema = 'zoomManaged'
    isManaged.expression = 'true'
    def managed = search.search(SearchCond.getLeaf(isManaged), AnyTypeKind.GROUP)
    def idsOf = { groups -> groups.collectMany { it.getPlainAttr('zoomGroupId').map { a -> a.valuesAsStrings }.orElse([]) } }

    def keys = users.findAllGroupKeys(user)
    def attributes = new HashSet(task.attributes)
    def mapped = attributes.find { it.name == 'GROUP_IDS' }
    def ids = new LinkedHashSet((mapped?.value ?: []) - idsOf(managed)) + idsOf(managed.findAll { it.key in keys })
    if (mapped != null) attributes.remove(mapped)
    attributes.add(AttributeBuilder.build('GROUP_IDS', new ArrayList(ids)))
    task.attributes = attributes
  }
}
