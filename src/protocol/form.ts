// Small checks of unknown values that say where a value differs from what was expected; composed in read-message.ts.

/** Null when the value has the form, else the place and what was expected there: `diagram.boxes[3].x: a number`. */
export type Form = (value: unknown, place: string) => string | null;

const expect =
  (what: string, test: (value: unknown) => boolean): Form =>
  (value, place) =>
    test(value) ? null : `${place}: ${what}`;

export const text = expect('a string', (value) => typeof value === 'string');
export const number = expect('a finite number', (value) => typeof value === 'number' && Number.isFinite(value));
export const whole = expect('a whole number', (value) => Number.isSafeInteger(value));
export const flag = expect('true or false', (value) => typeof value === 'boolean');

export const oneOf = (...values: readonly string[]): Form =>
  expect(`one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value));

export const orNull =
  (form: Form): Form =>
  (value, place) =>
    value === null ? null : form(value, place);

export const list =
  (form: Form): Form =>
  (value, place) => {
    if (!Array.isArray(value)) return `${place}: a list`;
    for (const [i, item] of value.entries()) {
      const problem = form(item, `${place}[${i}]`);
      if (problem) return problem;
    }
    return null;
  };

/** An object with all of `required`, and `optional` where present. Other fields are let through, for newer senders. */
export const record =
  (required: Readonly<Record<string, Form>>, optional: Readonly<Record<string, Form>> = {}): Form =>
  (value, place) => {
    if (typeof value !== 'object' || value === null) return `${place}: an object`;
    const fields = value as Readonly<Record<string, unknown>>;
    for (const [name, form] of Object.entries(required)) {
      const problem = form(fields[name], `${place}.${name}`);
      if (problem) return problem;
    }
    for (const [name, form] of Object.entries(optional)) {
      const problem = fields[name] === undefined ? null : form(fields[name], `${place}.${name}`);
      if (problem) return problem;
    }
    return null;
  };

/** One of several records, told apart by `kind`. */
export const union =
  (members: Readonly<Record<string, Form>>): Form =>
  (value, place) => {
    const kind = typeof value === 'object' && value !== null ? (value as { readonly kind?: unknown }).kind : undefined;
    const member = typeof kind === 'string' && Object.hasOwn(members, kind) ? members[kind] : undefined;
    return member ? member(value, place) : `${place}.kind: one of ${Object.keys(members).join(', ')}`;
  };
