import type { Model } from '../model';
import { claudeOpus } from './anthropic';
import { gemini15Flash, gemini25Flash } from './google';
import { gpt4o, gpt4oMini, o4Mini } from './openai';
import { sonar } from './perplexity';
import { behaviourModels } from './sandboxed';

/** The models that every sandbox has. */
export const builtInModels: Model[] = [
	gpt4oMini,
	gpt4o,
	o4Mini,
	gemini25Flash,
	gemini15Flash,
	claudeOpus,
	sonar,
	...behaviourModels,
];
