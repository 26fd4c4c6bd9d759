import { errorKinds } from '../connid/errors.js';
import { allErrorKinds, httpProblems, httpStatusOf } from '../server/problem/http-problem.js';
import { problemType } from '../server/problem/problem.js';
import type { Where } from '../zoom/client/errors/error-row.js';
import { codeRows, statusRows, unknownAnswer } from '../zoom/client/errors/error-table.js';
import { code, page, table } from './markdown.js';

const introduction = `The answer to every failure is \`application/problem+json\` (RFC 9457). \`exception\` is the simple name of ConnId's exception, or \`null\` if the HTTP layer itself
refuses the request. \`hint\` contains the remedy, \`upstream\` the parts of Zoom's error. Only \`exception: "UnknownUidException"\` means that an object is gone, never a bare 404.`;

const ofOperations = `## Failures of operations

"Again" is "yes" if the same request may succeed later.`;

const ofHttp = `## Failures of the HTTP layer

Their \`exception\` is \`null\`.`;

const ofZoom = `## Exceptions for Zoom's answers

The first matching row decides. Rows with a code come before rows with a status alone. "Where" restricts a row to calls, to Zoom's text, or both.`;

/** Renders the page about failures. */
export function errorsPage(): string {
  const source = 'the error tables in src/connid, src/server and src/zoom/client';
  return page('Errors', source, [
    introduction,
    ofOperations,
    operationFailures(),
    ofHttp,
    httpFailures(),
    ofZoom,
    zoomAnswers(),
  ]);
}

function operationFailures(): string {
  const rows = allErrorKinds.map((kind) => {
    const { exception, retryable, description } = errorKinds[kind];
    const again = retryable ? 'yes' : 'no';
    return [exception, String(httpStatusOf[kind]), again, description, code(problemType('error', kind))];
  });
  return table(['Exception', 'HTTP', 'Again', 'Meaning', 'Type'], rows);
}

function httpFailures(): string {
  const rows = Object.entries(httpProblems).map(([name, problem]) => [
    String(problem.status),
    problem.title,
    'hint' in problem ? problem.hint : '',
    code(problemType('http', name)),
  ]);
  return table(['HTTP', 'Meaning', 'What to do', 'Type'], rows);
}

function zoomAnswers(): string {
  const rows = [...codeRows, ...statusRows, unknownAnswer].map((row) => [
    row === unknownAnswer ? 'any other' : row.codes.join(', '),
    row.where.statuses?.join(', ') ?? '',
    whereText(row.where),
    errorKinds[row.kind].exception,
    row.hint,
  ]);
  return table(["Zoom's code", 'Status', 'Where', 'Exception', 'Hint'], rows);
}

function whereText(where: Where): string {
  const parts = [
    where.endpoints?.map(code).join(', '),
    where.api === undefined ? undefined : `API ${where.api}`,
    where.text === undefined ? undefined : `text ${code(String(where.text))}`,
    where.field === undefined ? undefined : `field ${code(where.field)}`,
    where.collides === undefined ? undefined : 'calls that create or rename',
    where.named === undefined ? undefined : 'calls whose path names an object',
    where.coded === undefined ? undefined : 'with a code',
    where.byId === undefined ? undefined : 'calls on one object by its id',
    where.writes === undefined ? undefined : `calls ${where.writes ? 'with' : 'without'} a body`,
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}
