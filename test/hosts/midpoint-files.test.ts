import { describe, expect, it } from '@jest/globals';
import { type Element, XMLSerializer } from '@xmldom/xmldom';
import { discover } from './discovered.js';
import {
  all,
  children,
  configured,
  first,
  midpointFiles,
  namespaces,
  parseFile,
  qualifiedName,
  textOf,
} from './midpoint-xml.js';

const resources = ['resource.xml', 'resource-4.9.xml'];

/** midPoint's own identifiers, as it shows them for attributes of ConnId. */
const identifiers: Readonly<Record<string, string>> = { name: '__NAME__', uid: '__UID__' };

/** The name in the schema of the connector for a reference to an attribute. */
function attributeName(reference: Element): string {
  const { namespace, name } = qualifiedName(reference);
  if (namespace === namespaces.attributes) return name;
  if (namespace === namespaces.identifiers) return identifiers[name] ?? name;
  throw new Error(`${name} is no attribute of a resource`);
}

function objectTypes(file: string): readonly Element[] {
  return all(parseFile(file), 'objectType').filter((type) => children(type, 'delineation').length > 0);
}

function classOf(type: Element): string {
  return qualifiedName(first(all(type, 'objectClass'))).name;
}

describe.each(midpointFiles())('%s', (file) => {
  it('is well-formed, and each prefix of a reference is declared', () => {
    const document = parseFile(file);
    const qualified = [
      'ref',
      'objectClass',
      'associationAttribute',
      'valueAttribute',
      'primaryBindingAttributeRef',
    ];
    for (const name of qualified) {
      for (const element of all(document, name)) expect(() => qualifiedName(element)).not.toThrow();
    }
    expect(document.documentElement?.getAttribute('oid')).toMatch(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    expect(document.documentElement?.namespaceURI).toBe(namespaces.common);
  });

  it('refers to objects of these files, or to those that midPoint has from the start', () => {
    const known = midpointFiles().map((each) => parseFile(each).documentElement?.getAttribute('oid'));
    const references = ['resourceRef', 'targetRef', 'archetypeRef', 'ownerRef'].flatMap((name) =>
      all(parseFile(file), name).map((reference) => reference.getAttribute('oid') ?? ''),
    );
    const others = references.filter((oid) => !oid.startsWith('00000000-0000-0000-0000-0000000'));
    expect(known).toEqual(expect.arrayContaining(others));
  });
});

describe.each(resources)('the resource of %s', (file) => {
  it('names the connector that midPoint discovers, with properties that it has', async () => {
    const found = await discover();
    const { bundleName, connectorName } = found.key;
    expect(textOf(first(all(parseFile(file), 'filter')), 'text')).toBe(
      `connectorType = "${connectorName ?? ''}"`,
    );
    for (const property of children(first(all(parseFile(file), 'configurationProperties')))) {
      expect(property.namespaceURI).toBe(`${namespaces.bundles}/${bundleName ?? ''}/${connectorName ?? ''}`);
      expect([...found.properties.keys()]).toContain(property.localName);
    }
    const values = configured(file, found.properties);
    await expect(found.host.with(values).result('ValidateApiOp', 'validate')).resolves.toBeNull();
    await expect(found.host.with(values).result('TestApiOp', 'test')).resolves.toBeNull();
  });

  it('maps attributes of the classes, in directions that they have', async () => {
    const { classes } = await discover();
    const mapped = objectTypes(file).flatMap((type) =>
      children(type, 'attribute').map((attribute) => ({ attribute, className: classOf(type) })),
    );
    expect(mapped.length).toBeGreaterThan(8);
    for (const { attribute, className } of mapped) {
      const name = attributeName(first(children(attribute, 'ref')));
      const flags = classes.get(className)?.get(name);
      expect([className, name, flags]).toEqual([className, name, expect.any(Array)]);
      const [writes, reads] = ['outbound', 'inbound'].map(
        (direction) => children(attribute, direction).length > 0,
      );
      if (writes === true) expect([name, ...(flags ?? [])]).not.toContain('NOT_UPDATEABLE');
      if (writes === false && reads === false)
        expect(textOf(first(all(attribute, 'access')), 'modify')).toBe('false');
      if (reads === true) expect([name, ...(flags ?? [])]).not.toContain('NOT_READABLE');
    }
  });

  it('connects users and groups by the ids that users have', async () => {
    const { classes } = await discover();
    const bindings = ['associationAttribute', 'valueAttribute', 'primaryBindingAttributeRef'].flatMap(
      (name) => all(parseFile(file), name).map(attributeName),
    );
    expect(bindings).toEqual(['GROUP_IDS', '__UID__']);
    expect(classes.get('ZoomUser')?.get('GROUP_IDS')).toEqual(['MULTIVALUED']);
    expect(all(parseFile(file), 'direction').map((element) => element.textContent)).toEqual([
      'subjectToObject',
    ]);
  });
});

it('both resources differ in nothing but the form of the association', () => {
  const forms = ['association', 'associationType', 'references'];
  const [older, newer] = resources.map((file) => {
    const document = parseFile(file);
    for (const element of forms.flatMap((name) => all(document, name)))
      element.parentNode?.removeChild(element);
    return new XMLSerializer().serializeToString(first(all(document, 'resource'))).replaceAll(/\s+/g, ' ');
  });
  expect(newer).toBe(older);
});

describe('roles and tasks', () => {
  const [resource = ''] = resources;
  const kindsOf = (file: string, parent: string): string[] =>
    all(parseFile(file), parent).map((element) => `${textOf(element, 'kind')}/${textOf(element, 'intent')}`);

  it.each(midpointFiles().filter((name) => /^(role|archetype|task)/.test(name)))(
    '%s names object types',
    (file) => {
      const known = objectTypes(resource).map((type) => `${textOf(type, 'kind')}/${textOf(type, 'intent')}`);
      const named = [
        ...kindsOf(file, 'construction'),
        ...kindsOf(file, 'projectionDiscriminator'),
        ...kindsOf(file, 'resourceObjects'),
      ];
      expect(known).toEqual(['account/default', 'entitlement/group']);
      expect(known).toEqual(expect.arrayContaining(named));
    },
  );

  it('set the licence, an attribute of users', async () => {
    const { classes } = await discover();
    const constructions = all(parseFile('role-licensed.xml'), 'attribute');
    const names = constructions.map((attribute) => attributeName(first(children(attribute, 'ref'))));
    expect(names).toEqual(['TYPE']);
    expect(classes.get('ZoomUser')?.get('TYPE')).toEqual([]);
  });
});
