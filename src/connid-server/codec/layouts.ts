import {
  type Layout,
  chain,
  classReference,
  items,
  named,
  object,
  positional,
  positionalObject,
  sparseFlag,
  text,
} from './fields.js';

const values = {
  Boolean: { value: positional('boolean') },
  Character: { value: positional('string') },
  Integer: { value: positional('int') },
  Long: { value: positional('long') },
  Float: { value: positional('double') },
  Double: { value: positional('double') },
  Byte: { value: positional('byte') },
  ByteArray: { value: positional('bytes') },
  String: { value: positional('string') },
  URI: { value: positional('string') },
  File: { value: positional('string') },
  BigInteger: { value: positional('string') },
  BigDecimal: { unscaled: text, scale: named('int', 0) },
  ZonedDateTime: { value: positional('string') },
  Class: { value: positional('class') },
  MapEntry: { key: positionalObject, value: positionalObject },
  Map: { caseInsensitive: sparseFlag, items: items('MapEntry') },
  List: { items: items('any') },
  Set: { caseInsensitive: sparseFlag, items: items('any') },
  Locale: { language: named('string', ''), country: named('string', ''), variant: named('string', '') },
  /** The bytes are encrypted. */
  GuardedString: { value: positional('bytes') },
  GuardedByteArray: { value: positional('bytes') },
} as const satisfies Record<string, Layout>;

const metadata = {
  ObjectPoolConfiguration: {
    maxObjects: named('int', 10),
    maxIdle: named('int', 10),
    maxWait: named('long', 150_000n),
    minEvictableIdleTimeMillis: named('long', 120_000n),
    minIdle: named('int', 1),
    maxIdleTimeMillis: named('long', 0n),
  },
  ResultsHandlerConfiguration: {
    enableNormalizingResultsHandler: named('boolean', true),
    enableFilteredResultsHandler: named('boolean', true),
    filteredResultsHandlerInValidationMode: named('boolean', false),
    enableCaseInsensitiveFilter: named('boolean', false),
    enableAttributesToGetSearchResultsHandler: named('boolean', true),
  },
  ConfigurationProperty: {
    order: named('int', 0),
    confidential: named('boolean', false),
    required: named('boolean', false),
    name: text,
    helpMessageKey: text,
    displayMessageKey: text,
    groupMessageKey: text,
    type: classReference,
    value: object('any'),
    operations: object('Set'),
  },
  ConfigurationProperties: { items: items('ConfigurationProperty') },
  APIConfiguration: {
    producerBufferSize: named('int', 0),
    connectorPoolingSupported: named('boolean', false),
    connectorPoolConfiguration: object('ObjectPoolConfiguration'),
    resultsHandlerConfiguration: object('ResultsHandlerConfiguration'),
    ConfigurationProperties: object('ConfigurationProperties'),
    timeoutMap: object('Map'),
    SupportedOperations: object('Set'),
    instanceName: text,
  },
  ConnectorMessages: { catalogs: object('Map') },
  ConnectorKey: { bundleName: text, bundleVersion: text, connectorName: text },
  ConnectorInfo: {
    connectorDisplayNameKey: text,
    connectorCategoryKey: text,
    ConnectorKey: object('ConnectorKey'),
    ConnectorMessages: object('ConnectorMessages'),
    APIConfiguration: object('APIConfiguration'),
  },
} as const satisfies Record<string, Layout>;

const objects = {
  ObjectClass: { type: text },
  Attribute: { name: text, Values: object('List') },
  Uid: { uid: text, revision: text, nameHint: object('Name') },
  Name: { value: positional('string') },
  ConnectorObject: { ObjectClass: object('ObjectClass'), Attributes: object('Set') },
  ConnectorObjectIdentification: { ObjectClass: object('ObjectClass'), Attributes: object('Set') },
  ConnectorObjectReference: { Value: object('any') },
  AttributeDelta: {
    Name: object('String'),
    ValuesToAdd: object('List'),
    ValuesToRemove: object('List'),
    ValuesToReplace: object('List'),
  },
  SearchResult: { pagedResultsCookie: text, remainingPagedResults: named('int', -1) },
  SortKey: { field: text, isAscending: named('boolean', true) },
  QualifiedUid: { ObjectClass: object('ObjectClass'), Uid: object('Uid') },
  OperationOptions: { options: object('Map') },
  SyncToken: { value: object('any') },
  SyncDeltaType: { value: text },
  SyncDelta: {
    SyncDeltaType: object('SyncDeltaType'),
    SyncToken: object('SyncToken'),
    PreviousUid: object('Uid'),
    ObjectClass: object('ObjectClass'),
    Uid: object('Uid'),
    ConnectorObject: object('ConnectorObject'),
  },
  LiveSyncDelta: {
    ObjectClass: object('ObjectClass'),
    Uid: object('Uid'),
    ConnectorObject: object('ConnectorObject'),
  },
  Script: { scriptLanguage: text, scriptText: object('String') },
  ScriptContext: { scriptLanguage: text, scriptArguments: object('Map'), scriptText: object('String') },
  SuggestedValues: { Values: object('List'), ValueListOpenness: object('ValueListOpenness') },
  ValueListOpenness: { value: text },
} as const satisfies Record<string, Layout>;

const schema = {
  Schema: {
    ObjectClassInfos: object('Set'),
    OperationOptionInfos: object('Set'),
    objectClassesByOperation: object('Map'),
    optionsByOperation: object('Map'),
  },
  ObjectClassInfo: {
    type: text,
    container: named('boolean', false),
    auxiliary: named('boolean', false),
    embedded: named('boolean', false),
    AttributeInfos: object('Set'),
    description: text,
  },
  AttributeInfo: {
    name: text,
    type: classReference,
    items: items('AttributeInfoFlag'),
    nativeName: text,
    subtype: text,
    referencedObjectClassName: text,
    roleInReference: text,
    description: text,
  },
  AttributeInfoFlag: { value: text },
  OperationOptionInfo: { name: text, type: classReference },
} as const satisfies Record<string, Layout>;

const comparison = { attribute: object('any') };

const filters = {
  AndFilter: { items: chain },
  OrFilter: { items: chain },
  NotFilter: { filter: positionalObject },
  EqualsFilter: comparison,
  EqualsIgnoreCaseFilter: comparison,
  ContainsFilter: comparison,
  StartsWithFilter: comparison,
  EndsWithFilter: comparison,
  GreaterThanFilter: comparison,
  GreaterThanOrEqualFilter: comparison,
  LessThanFilter: comparison,
  LessThanOrEqualFilter: comparison,
  ContainsAllValuesFilter: comparison,
} as const satisfies Record<string, Layout>;

const message = { message: text };

const exceptions = {
  AlreadyExistsException: message,
  ConfigurationException: message,
  ConnectionBrokenException: message,
  ConnectionFailedException: message,
  ConnectorException: message,
  ConnectorIOException: message,
  ConnectorSecurityException: message,
  Exception: message,
  IllegalArgumentException: message,
  InvalidAttributeValueException: message,
  InvalidCredentialException: message,
  InvalidPasswordException: message,
  OperationTimeoutException: message,
  PasswordExpiredException: { message: text, Uid: object('Uid') },
  PermissionDeniedException: message,
  PreconditionFailedException: message,
  PreconditionRequiredException: message,
  RetryableException: message,
  RuntimeException: message,
  Throwable: message,
  UnknownUidException: message,
  RemoteWrappedException: {
    class: text,
    message: text,
    RemoteWrappedException: object('RemoteWrappedException'),
    stackTrace: text,
  },
} as const satisfies Record<string, Layout>;

const messages = {
  HelloRequest: { infoLevel: named('int', 20) },
  HelloResponse: {
    exception: object('any'),
    serverInfoMap: object('Map'),
    ConnectorInfos: object('List'),
    ConnectorKeys: object('List'),
  },
  OperationRequest: {
    operation: classReference,
    operationMethodName: text,
    ConnectorKey: object('ConnectorKey'),
    connectorFacadeKey: text,
    Arguments: object('List'),
  },
  OperationRequestMoreData: {},
  OperationRequestStopData: {},
  OperationResponsePart: { exception: object('RemoteWrappedException'), result: object('any') },
  OperationResponsePause: {},
  OperationResponseEnd: {},
  EchoMessage: { value: object('any'), objectXml: object('String') },
  ErrorResponse: { exception: object('any') },
} as const satisfies Record<string, Layout>;

/**
 * The types that can be objects, under their names on the wire, each with its fields in the order in which Java writes
 * them. The names of members are those of the fields on the wire, so that nothing has to be translated.
 */
export const layouts = {
  ...values,
  ...metadata,
  ...objects,
  ...schema,
  ...filters,
  ...exceptions,
  ...messages,
};

/** Names that occur only where a class is named: primitive types, and the operations. */
export const classNames = [
  ...(['boolean', 'byte', 'char', 'double', 'float', 'int', 'long', 'Object'] as const),
  ...([
    'AuthenticationApiOp',
    'CreateApiOp',
    'DeleteApiOp',
    'DiscoverConfigurationApiOp',
    'GetApiOp',
    'LiveSyncApiOp',
    'ResolveUsernameApiOp',
    'SchemaApiOp',
    'ScriptOnConnectorApiOp',
    'ScriptOnResourceApiOp',
    'SearchApiOp',
    'SyncApiOp',
    'TestApiOp',
    'UpdateApiOp',
    'UpdateDeltaApiOp',
    'ValidateApiOp',
  ] as const),
] as const;
