// Finds the model that questions about guides are put to, with what the settings around it say.
import { openModel, processToolHost, type ModelSettings, type Settings } from '../adapters/index.ts';
import type { Model } from '../model/index.ts';
import { usageError } from './exit-code.ts';
import { findTools } from './find-tools.ts';

export interface FoundModel {
  readonly model: Model;
  readonly terms: ModelSettings;
  readonly settings: Settings;
  /** What the configured tools speak; null without settings. */
  readonly languages: readonly string[] | null;
}

/** The model of `named`, or of the nearest `tsg.yaml` above the file. None is a usage error. */
export async function findModel(named: string | undefined, file: string): Promise<FoundModel> {
  const { toolbox, settings } = await findTools(named, [file]);
  await toolbox.close();
  const terms = settings.model;
  const model = terms && openModel(terms, processToolHost());
  if (!terms || !model)
    throw usageError(
      'no model is configured.',
      'name one in tsg.yaml: `model: { baseUrl: https://…/v1, name: …, apiKey: { env: MODEL_API_KEY } }`.',
    );
  return { model, terms, settings, languages: settings.file === null ? null : toolbox.languages };
}
