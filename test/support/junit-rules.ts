// What the two schemas of JUnit XML that build servers and tools validate with ask for, written down from their public text: that of
// Jenkins's xunit plugin (junit-10.xsd) and that of Apache Ant's reports (JUnit.xsd). Both are closed: an attribute or an element
// that they do not name makes a document invalid.
import type { XmlElement } from './read-xml.ts';

interface ElementRule {
  /** Attributes that must stand there; the pattern of their value. */
  readonly required: Readonly<Record<string, RegExp>>;
  readonly optional: Readonly<Record<string, RegExp>>;
  /** Names of its children in their order, joined by blanks. */
  readonly children: RegExp;
  /** Whether text may stand in it. */
  readonly text: boolean;
}

export type JUnitRules = Readonly<Record<string, ElementRule>>;

const any = /^[^]*$/;
const filledIn = /\S/;
const count = /^\d{1,9}$/;
const surefireTime = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/;
const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
const localTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;
const all = (names: string, value: RegExp = any): Record<string, RegExp> =>
  Object.fromEntries(names.split(' ').map((name) => [name, value]));

const leaf: ElementRule = { required: {}, optional: {}, children: /^$/, text: true };

/** `junit-10.xsd` of Jenkins's xunit plugin. */
export const jenkinsRules: JUnitRules = {
  testsuites: {
    required: {},
    optional: { ...all('name tests failures errors'), time: surefireTime },
    children: /^(testsuite ?)*$/,
    text: false,
  },
  testsuite: {
    required: all('name tests failures errors'),
    optional: { ...all('group skipped timestamp hostname id package file log url'), time: surefireTime },
    children: /^((testsuite|properties|testcase|system-out|system-err) ?)*$/,
    text: false,
  },
  properties: { required: {}, optional: {}, children: /^(property ?)*$/, text: false },
  property: { required: all('name value'), optional: {}, children: /^$/, text: false },
  testcase: {
    required: all('name'),
    optional: all('time classname group'),
    children: /^((skipped|error|failure|rerunFailure|rerunError|flakyFailure|flakyError|system-out|system-err) ?)*$/,
    text: false,
  },
  failure: { ...leaf, optional: all('type message') },
  error: { ...leaf, optional: all('type message') },
  'system-out': leaf,
  'system-err': leaf,
};

/** `JUnit.xsd` of Apache Ant's reports, for a document of several suites. */
export const antRules: JUnitRules = {
  testsuites: { required: {}, optional: {}, children: /^(testsuite ?)*$/, text: false },
  testsuite: {
    required: {
      name: filledIn,
      package: any,
      id: count,
      timestamp: localTime,
      hostname: filledIn,
      tests: count,
      failures: count,
      errors: count,
      time: decimal,
    },
    optional: { skipped: count },
    children: /^properties (testcase )*system-out system-err$/,
    text: false,
  },
  properties: { required: {}, optional: {}, children: /^(property ?)*$/, text: false },
  property: { required: { name: filledIn, value: any }, optional: {}, children: /^$/, text: false },
  testcase: {
    required: { name: any, classname: any, time: decimal },
    optional: {},
    children: /^(skipped|error|failure)?$/,
    text: false,
  },
  failure: { ...leaf, required: all('type'), optional: all('message') },
  error: { ...leaf, required: all('type'), optional: all('message') },
  'system-out': leaf,
  'system-err': leaf,
};

/** What in a document the rules do not allow, as sentences; none when it is valid. */
export function faultsOf(element: XmlElement, rules: JUnitRules): readonly string[] {
  const { name, attributes, children, text } = element;
  const rule = rules[name];
  if (!rule) return [`<${name}> is not known`];
  const known = { ...rule.required, ...rule.optional };
  return [
    ...Object.keys(rule.required)
      .filter((key) => !Object.hasOwn(attributes, key))
      .map((key) => `<${name}> lacks ${key}`),
    ...Object.entries(attributes).flatMap(([key, value]) => {
      const pattern = known[key];
      if (!pattern) return [`<${name}> may have no ${key}`];
      return pattern.test(value) ? [] : [`${key} of <${name}> is ${JSON.stringify(value)}`];
    }),
    ...(rule.text || text.trim() === '' ? [] : [`<${name}> may hold no text`]),
    ...(rule.children.test(children.map((child) => child.name).join(' '))
      ? []
      : [`<${name}> may not hold ${children.map((child) => child.name).join(', ')}`]),
    ...children.flatMap((child) => faultsOf(child, rules)),
  ];
}
