import type { CreateRequest, DeleteRequest, UpdateDeltaRequest } from '../../connector/connector.js';
import { jsonAnswer, objectOperation, ok, targetFailures, type Operation } from './operation.js';

const v1Write = {
  access: 'write',
  method: 'post',
  query: ['dryRun'],
  effect: 'write',
  deadline: true,
} as const;

/** ConnId's write operations. All of them have dry runs. */
export const writeOperations: readonly Operation[] = [
  objectOperation<CreateRequest>({
    ...v1Write,
    id: 'create',
    path: '/v1/create',
    ofConnector: true,
    summary: 'Create an object',
    description:
      'Creates the object and applies everything in the request. A request that is repeated after a lost answer never creates a second object.',
    request: 'create-request',
    answers: [
      jsonAnswer(201, 'The object was created.', 'create-answer'),
      jsonAnswer(
        200,
        'An existing object was adopted, or the plan of a dry run.',
        'create-answer',
        'plan-answer',
      ),
    ],
    failures: [...targetFailures, 'alreadyExists', 'preconditionFailed', 'invalidAttributeValue'],
    run: async (request, { connector, context }) => {
      const { adopted, ...body } = await connector.create(request, context);
      return { kind: 'json', status: adopted ? 200 : 201, body };
    },
    plan: (request, { connector, context }) => connector.planCreate(request, context),
  }),
  objectOperation<UpdateDeltaRequest>({
    ...v1Write,
    id: 'updateDelta',
    path: '/v1/update-delta',
    ofConnector: true,
    summary: 'Change an object',
    description:
      'Applies all deltas, or reports which attributes were applied and which were not. Returns side effects only.',
    request: 'update-delta-request',
    answers: [
      jsonAnswer(
        200,
        'The object was changed, or the plan of a dry run.',
        'update-delta-answer',
        'plan-answer',
      ),
    ],
    failures: [
      ...targetFailures,
      'unknownUid',
      'alreadyExists',
      'preconditionFailed',
      'invalidAttributeValue',
    ],
    run: async (request, { connector, context }) => ok(await connector.updateDelta(request, context)),
    plan: (request, { connector, context }) => connector.planUpdateDelta(request, context),
  }),
  objectOperation<DeleteRequest>({
    ...v1Write,
    id: 'delete',
    path: '/v1/delete',
    ofConnector: true,
    summary: 'Delete an object',
    description: 'Deactivates, disassociates or deletes the object, as the configuration says.',
    request: 'delete-request',
    answers: [
      { status: 204, description: 'The object is gone or deactivated.', content: {} },
      jsonAnswer(200, 'The plan of a dry run.', 'plan-answer'),
    ],
    failures: [...targetFailures, 'unknownUid', 'preconditionFailed'],
    run: async (request, { connector, context }) => {
      await connector.delete(request, context);
      return { kind: 'empty', status: 204 };
    },
    plan: (request, { connector, context }) => connector.planDelete(request, context),
  }),
];
