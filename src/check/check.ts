// Everything that can be said of a guide once it is compiled. Each check is a file of its own, named after its code;
// what reading and compiling find out by themselves is reported there and not here.
import { toEnd, type Turns } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Guide } from '../guide/index.ts';
import type { Plan } from '../plan/index.ts';
import { checkAbbreviations } from './check-abbreviations.ts';
import { checkAmbiguousImages, checkAmbiguousReferences } from './check-ambiguous-references.ts';
import { checkAges } from './check-ages.ts';
import { checkApproval } from './check-approval.ts';
import { checkAttributes } from './check-attributes.ts';
import { checkBranchGap } from './check-branch-gap.ts';
import { checkBranchImpossible } from './check-branch-impossible.ts';
import { checkBranchOpen } from './check-branch-open.ts';
import { checkBranchOtherwise } from './check-branch-otherwise.ts';
import { checkBranchOverlap } from './check-branch-overlap.ts';
import { checkColumnsOfSteps } from './check-columns-of-steps.ts';
import { checkCodeLanguage } from './check-code-language.ts';
import { checkConditionInCode } from './check-condition-in-code.ts';
import { checkDestructive } from './check-destructive.ts';
import { checkEmptyItems, checkEmptySteps } from './check-empty-steps.ts';
import { checkEndings } from './check-endings.ts';
import { checkEndlessLoops } from './check-endless-loops.ts';
import { checkFrontMatterKeys } from './check-front-matter-keys.ts';
import { checkHardCoded } from './check-hard-coded.ts';
import { checkHeadingLevels } from './check-heading-levels.ts';
import { checkHttp } from './check-http.ts';
import { checkImageText } from './check-image-text.ts';
import { checkJson } from './check-json.ts';
import { checkKusto } from './check-kusto.ts';
import { checkLaterNames } from './check-later-names.ts';
import { checkLetterTargets } from './check-letter-targets.ts';
import { checkLinks } from './check-links.ts';
import { checkLooseCode } from './check-loose-code.ts';
import { checkNoSteps } from './check-no-steps.ts';
import { checkNoTool } from './check-no-tool.ts';
import { checkNoWhere } from './check-no-where.ts';
import { checkOverview } from './check-overview.ts';
import { checkOwner } from './check-owner.ts';
import { checkParameterDeclarations } from './check-parameter-declarations.ts';
import { checkParameterDuplicates } from './check-parameter-duplicates.ts';
import { checkParameterOrder } from './check-parameter-order.ts';
import { checkParameterSecrets } from './check-parameter-secrets.ts';
import { checkParameterShadows } from './check-parameter-shadows.ts';
import { checkPassiveAdvice } from './check-passive-advice.ts';
import { checkPlaceholderText } from './check-placeholder-text.ts';
import { checkPowershell } from './check-powershell.ts';
import { checkPrivileges } from './check-privileges.ts';
import { checkPromql } from './check-promql.ts';
import { checkQuotedTargets } from './check-quoted-targets.ts';
import { checkReferences } from './check-references.ts';
import { checkResultColumns } from './check-result-columns.ts';
import { checkResultNames } from './check-result-names.ts';
import { checkResultPlaces } from './check-result-places.ts';
import { checkResultSteps } from './check-result-steps.ts';
import { checkResultValues } from './check-result-values.ts';
import { checkSameTitles } from './check-same-titles.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSerialSteps } from './check-serial-steps.ts';
import { checkShell } from './check-shell.ts';
import { checkSilencing } from './check-silencing.ts';
import { checkSplicedValues } from './check-spliced-values.ts';
import { checkSql } from './check-sql.ts';
import { checkStepLetters } from './check-step-letters.ts';
import { checkStepMentions } from './check-step-mentions.ts';
import { checkStepNumbers } from './check-step-numbers.ts';
import { checkThresholds, checkThresholdTables } from './check-thresholds.ts';
import { checkTitles } from './check-titles.ts';
import { checkUnboundedQuery } from './check-unbounded-query.ts';
import { checkUnclosedCode } from './check-unclosed-code.ts';
import { checkUndefinedParameters } from './check-undefined-parameters.ts';
import { checkUndo } from './check-undo.ts';
import { checkUnexpectedEnd } from './check-unexpected-end.ts';
import { checkUnreachableSteps } from './check-unreachable-steps.ts';
import { checkUnusedParameters } from './check-unused-parameters.ts';
import { checkVagueCells, checkVagueConditions, checkVagueHeadings } from './check-vague-conditions.ts';
import { checkVerified } from './check-verified.ts';
import { checkWriteInDiagnosis } from './check-write-in-diagnosis.ts';
import { checkYaml } from './check-yaml.ts';
import { branchesOf, type Branch } from './branch-sides.ts';
import { guideFacts, type GuideFacts } from './guide-facts.ts';
import { partChecks, type Check, type PartCheck } from './scope.ts';
import type { Severities } from './settle-diagnostics.ts';

/** What is known of the place where the guide would run. */
export interface CheckAbout {
  /** Languages that the configured tools speak; null when the tools are not known. */
  readonly languages: readonly string[] | null;
  /** Names of the configured tools, when they are known. */
  readonly tools?: readonly string[];
  /** Weights from the settings; whoever puts findings together applies them, see settle-diagnostics.ts. */
  readonly severities?: Severities;
  /** Today's date as `2026-03-02`; absent where age does not matter. */
  readonly today?: string;
  /** How many days a guide's `verified` counts; a year when absent. */
  readonly verifiedWithinDays?: number;
  /** Milliseconds that actions took in earlier runs of the guide, by their ids, as far as they are known. */
  readonly durations?: Readonly<Record<string, number>>;
}

/** What a check looks at. */
export interface CheckInput {
  readonly guide: Guide;
  readonly plan: Plan;
  readonly about: CheckAbout;
  readonly facts: GuideFacts;
  /** The steps' branches, read when a check first asks. */
  readonly branches: () => readonly Branch[];
}

/** All findings, in no order that counts; pure, never throws on any guide. */
export function check(guide: Guide, plan: Plan, about: CheckAbout): readonly Diagnostic[] {
  return toEnd(everything(inputOf(guide, plan, about)));
}

/** The same in turns: a host can attend to other things after some of the checks. */
export function checkInTurns(guide: Guide, plan: Plan, about: CheckAbout): Turns<readonly Diagnostic[]> {
  return everything(inputOf(guide, plan, about));
}

/** All errors and some lesser findings, for who wants the errors alone: most checks never find one. */
export function checkForErrors(guide: Guide, plan: Plan, about: CheckAbout): readonly Diagnostic[] {
  return toEnd(errors(inputOf(guide, plan, about)));
}

function inputOf(guide: Guide, plan: Plan, about: CheckAbout): CheckInput {
  let branches: readonly Branch[] | null = null;
  return {
    guide,
    plan,
    about,
    facts: guideFacts(guide),
    branches: () => (branches ??= branchesOf(plan)),
  };
}

/** In the order in which findings of one place are thought of; the order of the text is made later. */
const checks: readonly (Check | PartCheck)[] = [
  checkAbbreviations,
  checkAmbiguousImages,
  checkAmbiguousReferences,
  checkAges,
  checkApproval,
  checkAttributes,
  checkBranchGap,
  checkBranchImpossible,
  checkBranchOpen,
  checkBranchOtherwise,
  checkBranchOverlap,
  checkCodeLanguage,
  checkConditionInCode,
  checkDestructive,
  checkEmptyItems,
  checkEmptySteps,
  checkEndings,
  checkEndlessLoops,
  checkFrontMatterKeys,
  checkHardCoded,
  checkHeadingLevels,
  checkHttp,
  checkImageText,
  checkJson,
  checkKusto,
  checkLetterTargets,
  checkLinks,
  checkLooseCode,
  checkNoSteps,
  checkNoTool,
  checkNoWhere,
  checkOwner,
  checkParameterDeclarations,
  checkParameterDuplicates,
  checkParameterOrder,
  checkParameterSecrets,
  checkParameterShadows,
  checkPassiveAdvice,
  checkPlaceholderText,
  checkPowershell,
  checkPrivileges,
  checkPromql,
  checkQuotedTargets,
  checkReferences,
  checkResultNames,
  checkResultPlaces,
  checkResultSteps,
  checkNamesOfResults,
  checkSameTitles,
  checkSecrets,
  checkSerialSteps,
  checkShell,
  checkSilencing,
  checkSplicedValues,
  checkSql,
  checkStepLetters,
  checkStepMentions,
  checkStepNumbers,
  checkOverview,
  checkThresholds,
  checkThresholdTables,
  checkTitles,
  checkUnboundedQuery,
  checkUnclosedCode,
  checkUndefinedParameters,
  checkUndo,
  checkUnexpectedEnd,
  checkUnreachableSteps,
  checkUnusedParameters,
  checkVagueConditions,
  checkVagueCells,
  checkVagueHeadings,
  checkVerified,
  checkWriteInDiagnosis,
  checkYaml,
];

/** Columns and statuses by the words of their own step, and then those of later steps that are not told yet. */
function checkNamesOfResults(input: CheckInput): readonly Diagnostic[] {
  const told = [...checkResultColumns(input), ...checkResultValues(input)];
  const later = [...told, ...checkLaterNames(input, told)];
  return [...later, ...checkColumnsOfSteps(input, later)];
}

const everything = together(checks);
/** Those that find errors, and those whose findings leave an error of reading or compiling untold. */
const errors = together([
  checkLetterTargets,
  checkQuotedTargets,
  checkSecrets,
  checkSql,
  checkStepLetters,
  checkStepNumbers,
  checkUnclosedCode,
]);

/** Checks of the whole guide in one turn. */
const inOneTurn = 12;

function together(all: readonly (Check | PartCheck)[]): (input: CheckInput) => Turns<readonly Diagnostic[]> {
  const ofGuide = all.filter((one) => typeof one === 'function');
  const ofParts = partChecks(all.filter((one) => typeof one !== 'function'));
  return function* (input) {
    const found: Diagnostic[] = [];
    for (const [index, one] of ofGuide.entries()) {
      found.push(...one(input));
      if ((index + 1) % inOneTurn === 0) yield;
    }
    found.push(...ofParts(input));
    return found;
  };
}
