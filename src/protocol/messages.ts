// Everything that the extension and the preview's webview say to each other. Every request has a number and is answered
// by `done` or `failed` with that number, so that neither side waits for a drawing or a click that came to nothing.
import type { ChangePicture, CoveragePicture, Diagram, RunPicture } from '../diagram/index.ts';

/** Why there is nothing to draw. */
export type EmptyReason = 'no-steps' | 'errors' | 'waiting' | 'failed';

/** From the extension to the preview. */
export type ToPreview =
  | {
      readonly kind: 'show-plan';
      readonly request: number;
      /** Identifies the document to a restored panel; opaque to the webview. */
      readonly document: string;
      readonly diagram: Diagram;
      readonly problems: ProblemCounts;
      /** The graph has the same nodes as before: keep what the reader looks at. */
      readonly keepViewport: boolean;
      /** The diagram shows two plans in one, and what differs; absent for the plan alone. */
      readonly comparison?: Comparison;
      /** The plan is that of a guide which another one calls: the titles on the way to it, its own the last. */
      readonly trail?: readonly string[];
    }
  | {
      readonly kind: 'show-empty';
      readonly request: number;
      readonly document: string;
      readonly reason: EmptyReason;
      /** One or two sentences for the reader. */
      readonly message: string;
      readonly problems: ProblemCounts;
    }
  | { readonly kind: 'show-run'; readonly request: number; readonly run: RunPicture | null }
  /** What the guide's tests have covered, drawn in the place of a run until it is null; a comparison goes before both. */
  | { readonly kind: 'show-coverage'; readonly request: number; readonly coverage: CoveragePicture | null }
  /** Charts of what a step of the run found, each a picture as a data address; answers `want-charts`. */
  | {
      readonly kind: 'show-charts';
      readonly request: number;
      readonly node: string;
      readonly charts: readonly ChartPicture[];
    }
  /** The moments that the run can be slid through, each in a few words; `at`: the one drawn, null for the present. */
  | {
      readonly kind: 'show-moments';
      readonly request: number;
      readonly moments: readonly string[];
      readonly at: number | null;
    }
  /** The cursor stands in this node's text. */
  | { readonly kind: 'light-node'; readonly request: number; readonly node: string | null; readonly scroll: boolean }
  /** `running` is false in an untrusted workspace: the buttons say so and do nothing. */
  | { readonly kind: 'set-abilities'; readonly request: number; readonly running: boolean }
  | Answer;

/** From the preview to the extension. */
export type FromPreview =
  | { readonly kind: 'ready'; readonly request: number }
  /** Show the node's text in the editor. `focus` also moves the keyboard there. */
  | { readonly kind: 'reveal-node'; readonly request: number; readonly node: string; readonly focus: boolean }
  | { readonly kind: 'reveal-edge'; readonly request: number; readonly edge: string; readonly focus: boolean }
  /** Draw the guide that a step calls, by its place among the step's calls. */
  | { readonly kind: 'open-called'; readonly request: number; readonly node: string; readonly call: number }
  /** Draw the guide that stands at this place of the trail again; 0 is the preview's own. */
  | { readonly kind: 'leave-called'; readonly request: number; readonly to: number }
  | { readonly kind: 'do-command'; readonly request: number; readonly command: PreviewCommand }
  /** The step's details are looked at: charts of what it found are wanted, if there are some. */
  | { readonly kind: 'want-charts'; readonly request: number; readonly node: string }
  /** Draw this moment of the run; null: the present. */
  | { readonly kind: 'look-at'; readonly request: number; readonly moment: number | null }
  | Answer;

/** What a toolbar button asks for. */
export type PreviewCommand =
  | 'dry-run'
  | 'live-run'
  | 'answer'
  | 'export-svg'
  | 'tell-changes'
  | 'end-comparison'
  | 'end-coverage'
  | 'accept-proposal'
  | 'refuse-proposal';

/** What a comparison is of, what differs, and what may be done about it. */
export interface Comparison {
  /** `Compared with HEAD`, `Proposal by judge-large`. */
  readonly title: string;
  /** A sentence or two; may be empty. */
  readonly note: string;
  readonly changes: ChangePicture;
  /** A proposal is accepted or refused; anything else only closed. */
  readonly proposal: 'open' | 'nothing-to-write' | null;
}

/** `milliseconds`: how long a drawing took, for those who ask. */
export type Answer =
  | { readonly kind: 'done'; readonly request: number; readonly milliseconds?: number }
  | { readonly kind: 'failed'; readonly request: number; readonly message: string };

export interface ChartPicture {
  /** The action whose result it draws. */
  readonly action: string;
  /** `data:image/svg+xml;…`. */
  readonly image: string;
  /** What can be seen in it, in words. */
  readonly words: string;
}

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
}
