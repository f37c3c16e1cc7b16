// The extension's tests in a trusted workspace.
import { approvalTests } from './approval-tests.ts';
import { authoringTests } from './authoring-tests.ts';
import { compareTests } from './compare-tests.ts';
import { debugStopsTests } from './debug-stops-tests.ts';
import { debugTests } from './debug-tests.ts';
import { editingTests } from './editing-tests.ts';
import { libraryTests } from './library-tests.ts';
import { workspaceCheckTests } from './workspace-check-tests.ts';
import { environmentTests } from './environment-tests.ts';
import { languageTests } from './language-tests.ts';
import { grammarTests } from './grammar-tests.ts';
import { mcpTests } from './mcp-tests.ts';
import { modelTests } from './model-tests.ts';
import { toolsViewTests } from './tools-view-tests.ts';
import { runsViewTests } from './runs-view-tests.ts';
import { testingTests } from './testing-tests.ts';
import { runTests } from './run-tests.ts';
import { runMocha } from './run-mocha.ts';

export const run = (): Promise<void> =>
  runMocha(() => {
    editingTests();
    languageTests();
    libraryTests();
    workspaceCheckTests();
    authoringTests();
    grammarTests();
    runTests();
    approvalTests();
    debugTests();
    debugStopsTests();
    testingTests();
    runsViewTests();
    mcpTests();
    environmentTests();
    toolsViewTests();
    modelTests();
    compareTests();
  });
