import { isDeepStrictEqual } from 'node:util';
import type { LoggedRequest } from '../../../src/simulator/http/request-log.js';
import { type Account, cellsOf, type Cells } from './account.js';
import type { CellChange, PlannedOperation } from './operation.js';

/** An answer of the service. */
export interface ModelAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** What Zoom was asked meanwhile. */
  readonly requests: readonly LoggedRequest[];
}

/** More calls than this for one operation would be a loop. */
const maxCalls = 80;

/** Exceptions that only say that something was in the way, not that the request is refused. */
const obstacles: readonly unknown[] = [
  'ConnectionBrokenException',
  'ConnectionFailedException',
  'ConnectorIOException',
  'RetryableException',
];

/**
 * Whether the state after an operation is one that its answer allows.
 * @returns sentences on what is wrong.
 */
export function judge(
  before: Account,
  planned: PlannedOperation,
  answer: ModelAnswer,
  after: Account,
): readonly string[] {
  const { expected } = planned;
  const changes = 'changes' in expected ? expected.changes : [];
  return [
    ...answerProblems(expected, answer),
    ...callProblems(planned, answer),
    ...readProblems(planned, answer),
    ...stateProblems(cellsOf(before), changes, answer, cellsOf(after)),
  ];
}

function answerProblems(
  expected: PlannedOperation['expected'],
  { body, requests, status }: ModelAnswer,
): readonly string[] {
  const { exception } = body;
  if (isObstacle(body) && requests.some(({ fault }) => fault !== undefined)) return [];
  if ('changes' in expected) {
    return status === expected.status
      ? []
      : [`Answered ${status} ${String(exception)} ${String(body['detail'])}`];
  }
  const uidIsRight = expected.uid === undefined || expected.uid === body['uid'];
  return exception === expected.exception && uidIsRight
    ? []
    : [`Answered ${status} ${String(exception)} for uid ${String(body['uid'])}`];
}

/** Zoom's limits per user and day are preconditions that pass with time. */
function isObstacle({ exception, retryAfter }: ModelAnswer['body']): boolean {
  const passes = exception === 'PreconditionFailedException' && retryAfter !== undefined;
  return passes || obstacles.includes(exception);
}

function readProblems({ told }: PlannedOperation, { body, status }: ModelAnswer): readonly string[] {
  if (told === undefined || status !== 200 || isDeepStrictEqual(body, told)) return [];
  return [`Read ${JSON.stringify(body)} instead of ${JSON.stringify(told)}`];
}

function callProblems(
  { endsInDeactivation = false }: PlannedOperation,
  { body, requests }: ModelAnswer,
): readonly string[] {
  const begun = body['applied'] !== undefined;
  const deactivates = requests.some(({ path }) => path.endsWith('/status'));
  return [
    ...(requests.length > maxCalls ? ['Too many calls'] : []),
    ...(begun && endsInDeactivation && !deactivates ? ['The deactivation was not tried'] : []),
  ];
}

/** Each cell is as it was, as it was to be, or - where the answer leaves that open - one of the two. */
function stateProblems(
  before: Cells,
  changes: readonly CellChange[],
  { body, status }: ModelAnswer,
  after: Cells,
): readonly string[] {
  const wanted = new Map(changes.map((change) => [change.cell, change]));
  const applied = (body['applied'] ?? []) as readonly string[];
  const cells = new Set([...Object.keys(before), ...Object.keys(after), ...wanted.keys()]);
  return [...cells].flatMap((cell) => {
    const change = wanted.get(cell);
    const certain = status < 300 || (change !== undefined && applied.includes(change.attribute));
    const allowed = allowedValues(before[cell], change, certain);
    return allowed.includes(after[cell])
      ? []
      : [
          `${cell} is ${after[cell] ?? 'empty'}, allowed is ${allowed.map((value) => value ?? 'empty').join(' or ')}`,
        ];
  });
}

function allowedValues(
  before: string | undefined,
  change: CellChange | undefined,
  certain: boolean,
): readonly (string | undefined)[] {
  if (change === undefined) return [before];
  if (certain) return [change.value];
  const { meanwhile, value } = change;
  return meanwhile === undefined ? [before, value] : [before, value, meanwhile];
}
