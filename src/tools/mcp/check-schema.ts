// Checks values against the schemas that a server gives, without letting one hold the program up: a pattern can be written
// that takes years over forty letters, and so can references to references. What takes long is given up.
import { runInNewContext } from 'node:vm';
import type { JsonSchemaType, JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/client';

/** An honest schema is checked in a few milliseconds. */
const longestMs = 1000;

/** A validator that throws a sentence where a schema cannot be used, or not in time. */
export async function schemaValidator(): Promise<jsonSchemaValidator> {
  const { AjvJsonSchemaValidator } = await import('@modelcontextprotocol/client/validators/ajv');
  return {
    getValidator<T>(schema: JsonSchemaType): JsonSchemaValidator<T> {
      const check = inTime(() => new AjvJsonSchemaValidator().getValidator<T>(schema));
      return (value) => inTime(() => check(value));
    },
  };
}

/** What the work gives, unless it takes too long. */
function inTime<T>(work: () => T): T {
  try {
    return runInNewContext('work()', { work }, { timeout: longestMs }) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Error(`checking against it takes longer than ${longestMs} ms`);
  }
}
