// How a settings file refers to a secret: where its value is found, never the value itself.
import { z } from 'zod';

export const secretReference = z.union([
  z.strictObject({ env: z.string().min(1).describe('Environment variable that holds the value.') }),
  z.strictObject({ store: z.string().min(1).describe("Name of the value in the editor's secret storage.") }),
]);
