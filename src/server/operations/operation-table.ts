import type { Operation } from './operation.js';
import { readOperations } from './read-operations.js';
import { serviceOperations } from './service-operations.js';
import { writeOperations } from './write-operations.js';

/** Every endpoint that the OpenAPI document describes. */
export const operations: readonly Operation[] = [...readOperations, ...writeOperations, ...serviceOperations];
