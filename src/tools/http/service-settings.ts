// Settings that every service over HTTP shares: its address, how one logs in (secrets by reference), and limits.
import { z } from 'zod';
import { durationSchema, sizeSchema } from '../amounts.ts';

const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'expected the name of a header');

/** One way to log in; the value of each secret stands elsewhere. */
export const authSettings = z
  .union([
    z.strictObject({ bearer: z.string().min(1).describe('A token, as `${secret:NAME}`.') }),
    z.strictObject({
      basic: z.strictObject({
        user: z.string().min(1),
        password: z.string().min(1).describe('By reference: `${secret:NAME}`.'),
      }),
    }),
    z.strictObject({
      header: z.strictObject({
        name: headerName,
        value: z.string().min(1).describe('By reference: `${secret:NAME}`.'),
      }),
    }),
  ])
  .describe('How to log in: `bearer`, `basic` or a `header` of its own, with secrets by reference.');

export type AuthSettings = z.output<typeof authSettings>;

/** `headers` and `auth`, for the settings of a kind. */
export const loginSettings = {
  headers: z
    .record(headerName, z.string())
    .default({})
    .describe('Headers of every request; secrets as `${secret:NAME}`.'),
  auth: authSettings.optional(),
};

/** What a kind that asks a service for rows is set up with. */
export const serviceSettings = {
  baseUrl: z
    .string()
    .regex(/^https?:\/\/[^\s?#]+$/i, 'expected an address such as `https://service.example`')
    .describe('Address of the service; the paths of its API are added to it.'),
  ...loginSettings,
  timeout: durationSchema.default(30_000).describe('Longest time one query may take.'),
  maxRows: z.int().min(1).max(1_000_000).default(10_000).describe('Rows kept of one result; more are counted.'),
  maxBody: sizeSchema.default(20_000_000).describe('Largest answer that is read.'),
};
