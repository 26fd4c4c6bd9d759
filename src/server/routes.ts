import type { Express, RequestHandler } from 'express';

import type { Environment } from './server-parts.js';
import { HttpProblem } from './problem/http-problem.js';
import type { Operation } from './operations/operation.js';
import { serveOperation } from './serve-operation.js';

/** Gives every row of the operation table its route, and every path an answer to the methods it does not take. */
export function mountOperations(app: Express, rows: readonly Operation[], environment: Environment): void {
  for (const row of rows) app[row.method](row.path, serveOperation(row, environment));
  for (const path of new Set(rows.map((row) => row.path))) {
    const methods = rows.filter((row) => row.path === path).map((row) => row.method);
    app.all(path, refuseMethod(methods));
  }
}

/** Answers every method with 405; for a path whose routes take these only. */
export function refuseMethod(methods: readonly Operation['method'][]): RequestHandler {
  const allowed = methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  return ({ method }) => {
    throw new HttpProblem('methodNotAllowed', {
      detail: `This path takes ${allowed.join(' or ')}, not ${method}.`,
      headers: { Allow: allowed.join(', ') },
    });
  };
}
