import { type ConfigProperty, configProperties, connectorSchema, isSecret } from './schema.js';

/** The types that properties have for hosts. */
export type HostPropertyType = 'String' | 'GuardedString' | 'Boolean' | 'Integer' | 'String[]';

/** A property of the configuration that hosts set. It stands for a property of `connector.json`. */
export interface HostProperty {
  /** The name in ConnId. Hosts save values under it. */
  readonly name: string;
  /** Hosts show the properties in this order. */
  readonly order: number;
  readonly display: string;
  readonly help: string;
  readonly type: HostPropertyType;
  readonly required: boolean;
  readonly confidential: boolean;
  /** The value for hosts that set none. */
  readonly initial: string | number | boolean | null;
  /** The default of the Java connector, where ours is another. */
  readonly javaDefault?: number | boolean;
  readonly target: ConfigProperty;
  /** The property has pairs of names, which hosts write as `NAME=VALUE`. */
  readonly pairs?: 'object' | 'customAttributes';
}

interface Row extends Partial<
  Pick<HostProperty, 'required' | 'confidential' | 'pairs' | 'initial' | 'javaDefault'>
> {
  /** The path in `connector.json`, with dots. */
  readonly path: string;
  readonly order: number;
  /** Default: the last part of the path. */
  readonly name?: string;
  /** Default: the title of the property in the schema. */
  readonly display?: string;
}

const oauth = 'security.authenticator.oauth2ClientCredentials';

/** Properties of the Java connector for Zoom, with its names, order and texts. */
const carriedOver: readonly Row[] = [
  { order: 701, path: 'custom.accountId', display: 'Zoom Account Id', required: true },
  { order: 1001, path: 'rest.ioErrorRetries', display: 'IO Error Retries' },
  { order: 1101, path: 'results.deepGet', display: 'Deep Get Enabled', javaDefault: false },
  { order: 1102, path: 'results.deepImport', display: 'Deep Import Enabled', javaDefault: false },
  // A number for hosts; 0 stands for `auto`.
  {
    order: 1103,
    path: 'results.importBatchSize',
    display: 'Import Batch Size',
    required: true,
    initial: 0,
    javaDefault: 50,
  },
  { order: 1104, path: 'results.pagination', display: 'Pagination Enabled', javaDefault: false },
  { order: 1201, path: 'service.serviceUrl', display: 'Service URL', required: true },
  { order: 1202, path: 'service.duplicateErrorReturnsId', display: 'Duplicate Error Returns Id' },
  { order: 2901, path: `${oauth}.tokenUrl`, display: 'OAuth2 Token URL', required: true },
  { order: 2902, path: `${oauth}.clientId`, display: 'OAuth2 Client Id', required: true, confidential: true },
  { order: 2903, path: `${oauth}.clientSecret`, display: 'OAuth2 Client Secret', required: true },
  { order: 2904, path: `${oauth}.scope`, display: 'OAuth2 Scope' },
  { order: 3020, path: 'custom.deactivateOnDelete', display: 'Deactivate On Delete' },
  { order: 3030, path: 'custom.disassociateOnDelete', display: 'Disassociate On Delete' },
  { order: 3040, path: 'custom.immediateLogoutOnDeactivate', display: 'Immediate Logout on Deactivate' },
  { order: 3050, path: 'custom.entitlementDeletionEnabled', display: 'Entitlement Deletion Enabled' },
  { order: 3060, path: 'custom.ignoreUpdateErrorOnDisabledUser', display: 'Ignore Error on Disabled User' },
  {
    order: 3070,
    path: 'custom.removePhoneFeatureOnDisabledUser',
    display: 'Remove Phone Feature on Disabled User',
  },
  { order: 3080, path: 'custom.updateDisabledUsers', display: 'Update Disabled Users' },
  { order: 3090, path: 'custom.userCreateAction', display: 'User Create Action' },
];

/** Properties that only this connector has. */
const ours: readonly Row[] = [
  { order: 4010, path: 'service.target' },
  { order: 4020, path: 'service.api' },
  { order: 4030, path: 'service.scimUrl' },
  { order: 4040, path: 'service.scimFallback' },
  { order: 4050, path: 'security.scim.bearerToken', name: 'scimBearerToken', display: 'SCIM bearer token' },
  { order: 4060, path: 'service.verifyWrites' },
  { order: 4070, path: 'results.verifyTotals' },
  { order: 4080, path: 'results.maxSortedResults' },
  { order: 4110, path: 'custom.pendingUpdatePolicy' },
  { order: 4120, path: 'custom.emailChangeRefusal' },
  ...[
    'email',
    'meetings',
    'webinars',
    'recordings',
    'whiteboards',
    'clipFiles',
    'notes',
    'visitors',
    'docs',
  ].map((member, index) => ({
    order: 4130 + index,
    path: `custom.transferOnDelete.${member}`,
    name: `transferOnDelete${member.charAt(0).toUpperCase()}${member.slice(1)}`,
    display: `Transfer on delete: ${member}`,
  })),
  { order: 4150, path: 'custom.customAttributes', pairs: 'customAttributes' },
  { order: 4160, path: 'custom.attributeNames', pairs: 'object' },
  { order: 4170, path: 'custom.phoneBundleTypes' },
];

const helpOfPairs: Readonly<Record<NonNullable<HostProperty['pairs']>, string>> = {
  customAttributes: 'One entry for each attribute: ATTRIBUTE=Name in Zoom.',
  object: 'One entry for each attribute: NAME=OTHER_NAME.',
};

const properties = new Map(
  configProperties(connectorSchema).map((property) => [property.path.join('.'), property]),
);

/** The properties of the configuration that hosts set, in their order. What is not among them is in `connector.json`. */
export const hostProperties: readonly HostProperty[] = [...carriedOver, ...ours].map(propertyOf);

function propertyOf({ path, ...row }: Row): HostProperty {
  const target = properties.get(path);
  if (target === undefined) throw new Error(`The schema has no property ${path}`);
  const { node } = target;
  const type = row.pairs === undefined ? typeOf(target) : 'String[]';
  const description = node.description ?? '';
  return {
    name: target.path.at(-1) ?? '',
    display: node.title ?? '',
    required: false,
    initial: isPlain(node.default) ? node.default : null,
    ...row,
    help: row.pairs === undefined ? description : `${description} ${helpOfPairs[row.pairs]}`,
    type,
    confidential: row.confidential === true || type === 'GuardedString',
    target,
  };
}

function typeOf({ node }: ConfigProperty): HostPropertyType {
  const types = [node, ...(node.anyOf ?? [])].flatMap(({ type }) => type ?? []);
  if (isSecret(node)) return 'GuardedString';
  if (types.includes('array')) return 'String[]';
  if (types.includes('boolean')) return 'Boolean';
  return types.includes('integer') ? 'Integer' : 'String';
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
