// One measured figure and the limit it is held to.

/** `most`: the value may not exceed the limit; `least`: it may not fall below it. Both in `unit`. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly bound: 'most' | 'least';
  readonly unit: string;
}
